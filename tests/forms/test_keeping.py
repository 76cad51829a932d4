"""A filling is kept and opened again as it was: answers, rows and their numbers, without a second first time."""

from __future__ import annotations

from datetime import timedelta

from qaf_desktop.forms.filling import Filling
from tests.forms.tables import NOON, a_filling

SURVEY = """
    | type              | name    | label   | relevant       | default | calculation  |
    | start             | begun   |         |                |         |              |
    | date              | day     | Day     |                | today() |              |
    | text              | place   | Place   |                | office  |              |
    | select_one yes_no | seen    | Seen    |                |         |              |
    | text              | why     | Why     | ${seen} = 'no' |         |              |
    | begin_repeat      | actions | Actions |                |         |              |
    | text              | what    | What    |                |         |              |
    | end_repeat        |         |         |                |         |              |
    | calculate         | id      |         |                |         | once(uuid()) |
"""


def test_a_filling_comes_back_as_it_was_left() -> None:
    filling = a_filling(SURVEY)
    filling.set("/data/day", "")
    filling.set("/data/place", "")
    filling.set("/data/seen", "no")
    filling.set("/data/why", "ill")
    filling.set("/data/seen", "yes")
    for what in ("one", "two", "three"):
        filling.set(f"{filling.add('/data/actions')}/what", what)
    filling.remove("/data/actions[2]")

    again = Filling.restore(filling.definition, filling.saved(), now=lambda: NOON + timedelta(days=3))
    slot = again.slot(again.add("/data/actions"))
    again.remove("/data/actions[3]")
    again.set("/data/seen", "no")

    assert slot == "/data/actions[#4]"
    assert again.answer("why") == "ill"
    again.set("/data/seen", "yes")
    assert again.snapshot() == filling.snapshot()
    assert again.saved().instances == {"/data/actions": (1, 3)}


def test_answers_of_questions_that_are_gone_are_told() -> None:
    filling = a_filling(SURVEY)
    saved = filling.saved()
    more = type(saved)({**saved.answers, "/data/gone": "x"}, {**saved.instances, "/data/old_rows": (1, 2)})

    again = Filling.restore(filling.definition, more, now=lambda: NOON)

    assert set(again.unknown_slots) == {"/data/gone", "/data/old_rows"}
    assert again.snapshot() == filling.snapshot()


def test_content_holds_what_counts_and_nothing_else() -> None:
    filling = a_filling(
        """
        | type              | name    | label   | relevant       |
        | note              | hello   | Hello   |                |
        | begin_group       | g       | G       |                |
        | select_one yes_no | seen    | Seen    |                |
        | text              | why     | Why     | ${seen} = 'no' |
        | end_group         |         |         |                |
        | begin_group       | empty   | E       |                |
        | text              | nothing | N       |                |
        | end_group         |         |         |                |
        | begin_repeat      | actions | Actions |                |
        | text              | what    | What    |                |
        | end_repeat        |         |         |                |
        """
    )
    filling.set("/data/g/why", "ill")
    filling.set("/data/g/seen", "yes")
    filling.add("/data/actions")
    filling.set(f"{filling.add('/data/actions')}/what", "Visit")

    assert filling.content() == {"g": {"seen": "yes"}, "actions": [{"what": "Visit"}]}


def test_the_end_is_noted_when_the_form_is_finished() -> None:
    filling = a_filling("""
        | type | name | label |
        | end  | done |       |
        | text | q    | Q     |
    """)
    before = filling.answer("done")

    filling.end()

    assert (before, filling.answer("done")) == ("", "2026-11-23T12:00:00.000+00:00")
