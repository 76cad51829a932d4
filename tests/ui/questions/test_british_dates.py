from datetime import date

import pytest

from qaf_desktop.ui.questions.british_dates import read_date, write_date

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/2/2026", date(2026, 2, 3)),
        ("03.02.26", date(2026, 2, 3)),
        ("3 Feb 2026", date(2026, 2, 3)),
        ("3rd February, 2026", date(2026, 2, 3)),
        ("3 feb", date(2026, 2, 3)),
        ("2026-02-03", date(2026, 2, 3)),
        ("Today", TODAY),
        ("yesterday", date(2026, 11, 22)),
        ("in 2 weeks", date(2026, 12, 7)),
    ],
)
def test_a_day_is_read_as_people_here_write_it(typed, day):
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["", "31/2/2026", "2/30/2026", "soon", "12/2026", "1/1/1/1"])
def test_what_is_no_day_is_not_guessed(typed):
    assert read_date(typed, TODAY) is None


def test_a_day_is_written_with_the_day_first():
    assert write_date(date(2026, 2, 3)) == "03/02/2026"
