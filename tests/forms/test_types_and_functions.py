"""Each type, look and function an author may use, as a small form: what is asked, and what comes of an answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.forms.tables import a_filling, values


@pytest.mark.parametrize(
    ("written", "answer", "accepted"),
    [
        ("text", "anything at all", True),
        ("string", "anything", True),
        ("integer", "12", True),
        ("int", "12.5", False),
        ("decimal", "12.5", True),
        ("decimal", "12,5", False),
        ("date", "2026-11-23", True),
        ("date", "23/11/2026", False),
        ("time", "14:30:00", True),
        ("time", "half past two", False),
        ("dateTime", "2026-11-23T14:30:00Z", True),
        ("datetime", "2026-11-23", False),
        ("select_one yes_no", "yes", True),
        ("select one yes_no", "no", True),
        ("select1 yes_no", "no", True),
        ("select_multiple yes_no", "yes no", True),
        ("acknowledge", "OK", True),
        ("trigger", "OK", True),
        ("image", "drawing.png", True),
        ("photo", "drawing.png", True),
        ("range", "3", True),
    ],
)
def test_a_type_takes_its_answers_and_no_others(written: str, answer: str, accepted: bool) -> None:
    filling = a_filling(f"""
        | type      | name | label |
        | {written} | q    | Q     |
    """)

    filling.set("/data/q", answer)

    assert (filling.look("/data/q").value, filling.look("/data/q").valid) == (answer, accepted)


@pytest.mark.parametrize(
    ("kind", "appearance"),
    [
        ("select_one yes_no", "minimal"),
        ("select_one yes_no", "autocomplete"),
        ("select_one yes_no", "faces"),
        ("select_one yes_no", "columns"),
        ("select_one yes_no", "columns-3"),
        ("select_one yes_no", "columns-pack"),
        ("select_one yes_no", "horizontal"),
        ("select_one yes_no", "horizontal-compact"),
        ("select_one yes_no", "label"),
        ("select_one yes_no", "list-nolabel"),
        ("text", "numbers"),
        ("date", "year"),
        ("date", "month-year"),
        ("date", "no-calendar"),
    ],
)
def test_a_look_reaches_the_screen(kind: str, appearance: str) -> None:
    filling = a_filling(f"""
        | type   | name | label | appearance   |
        | {kind} | q    | Q     | {appearance} |
    """)

    assert filling.look("/data/q").appearance == appearance


def test_a_table_of_choices_has_its_looks_on_the_group_and_its_rows() -> None:
    filling = a_filling("""
        | type              | name | label | appearance |
        | begin_group       | g    | Seen  | table-list |
        | select_one yes_no | a    | Home  |            |
        | select_one yes_no | b    | Room  |            |
        | end_group         |      |       |            |
        | begin_group       | f    | More  | field-list |
        | text              | c    | C     |            |
        | end_group         |      |       |            |
    """)

    shown = [filling.look(ref) for ref in filling.children("/data/g")]

    assert [item.appearance for item in shown] == ["", "label", "list-nolabel", "list-nolabel"]
    assert filling.look("/data/f").appearance == "field-list"


def test_what_nobody_is_asked_is_worked_out_and_never_shown() -> None:
    filling = a_filling("""
        | type      | name  | label | calculation |
        | text      | q     | Q     |             |
        | calculate | twice |       | concat(${q}, ${q}) |
        | hidden    | h     |       |             |
        | today     | day   |       |             |
    """)

    filling.set("/data/q", "ab")

    assert filling.answer("twice") == "abab"
    assert filling.children() == ("/data/q",)


def test_other_is_asked_for_only_when_it_is_chosen() -> None:
    filling = a_filling("""
        | type                           | name | label |
        | select_multiple yes_no or_other | q   | Q     |
    """)
    before = filling.look("/data/q_other").relevant

    filling.set("/data/q", "yes other")

    assert (before, filling.look("/data/q_other").relevant) == (False, True)
    assert [choice.value for choice in filling.look("/data/q").choices] == ["yes", "no", "other"]


@pytest.mark.parametrize(
    ("rule", "result"),
    [
        ("boolean(${full})", "true"),
        ("boolean('')", "false"),
        ("boolean(0)", "false"),
        ("string(1 > 2)", "false"),
        ("if(${number} > 2, 'more', 'less')", "more"),
        ("coalesce(${empty}, ${full})", "text"),
        ("number(${day}) - number('2026-01-01')", "1"),
        ("number('rubbish')", ""),
        ("${day} + 30", "20485"),
        ("date(${day} + 30)", "2026-02-01"),
        ("format-date(${day}, '%d/%m/%y %n %e %a %b %Y')", "02/01/26 1 2 Fri Jan 2026"),
        ("format-date-time('2026-01-02T15:04:05.678+00:00', '%H:%M:%S.%3 %h')", "15:04:05.678 15"),
        ("decimal-time('06:00:00')", "0.25"),
        ("int(decimal-date-time('2026-01-02T12:00:00Z'))", "20455"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(1234.567, -2)", "1200"),
        ("floor(-2.1) + ceiling(2.1)", "0"),
        ("pow(2, 3) + sqrt(9) + abs(-1)", "12"),
        ("7 div 2", "3.5"),
        ("-7 mod 3", "-1"),
        ("max(1, ${number}, 2)", "3"),
        ("min(${number}, 8)", "3"),
        ("substr(${full}, 1, 3)", "ex"),
        ("substring(${full}, 2, 2)", "ex"),
        ("substring-before('2026-11-23', '-')", "2026"),
        ("substring-after('2026-11-23', '-')", "11-23"),
        ("translate('CH-1', '-', '')", "CH1"),
        ("normalize-space('  a   b ')", "a b"),
        ("string-length(${full})", "4"),
        ("contains(${full}, 'ex') and starts-with(${full}, 'te') and ends-with(${full}, 'xt')", "true"),
        ("join(' and ', ${full}, ${number})", "text and 3"),
        ("selected(${several}, 'yes')", "true"),
        ("selected(${full}, 'te')", "false"),
        ("selected-at(${several}, 1)", "no"),
        ("selected-at(${several}, 5)", ""),
        ("count-selected(${several})", "2"),
        ("count-selected(${empty})", "0"),
        ("jr:choice-name(selected-at(${several}, 0), '${several}')", "Yes"),
        ("regex(${full}, '^t.*t$')", "true"),
        ("regex(${full}, 'ex')", "false"),
        ("boolean-from-string('1') and not(boolean-from-string('yes'))", "true"),
        ("checklist(1, 2, ${number} = 3, ${full} = 'x')", "true"),
        ("weighted-checklist(5, -1, true(), 3, false(), 9, true(), 2)", "true"),
        ("count-non-empty(${full} | ${empty})", "1"),
        ("round(exp(log(2)) + log10(100) + sin(0) + cos(0), 6)", "5"),
        ("string-length(uuid()) + string-length(uuid(5))", "41"),
        ("pulldata('staff', 'team', 'name', 'AB12')", "n1"),
        ("instance('grade')/root/item[score > 2][2]/name", "good"),
        ("count(instance('grade')/root/item)", "3"),
    ],
)  # fmt: skip
def test_a_function_gives_what_the_specification_says(rule: str, result: str) -> None:
    written = rule.replace("|", "\\|")
    filling = a_filling(
        f"""
        | type                           | name    | label | calculation |
        | text                           | full    | F     |             |
        | text                           | empty   | E     |             |
        | integer                        | number  | N     |             |
        | date                           | day     | D     |             |
        | select_multiple yes_no         | several | S     |             |
        | select_one grade               | grade   | G     |             |
        | select_one_from_file staff.csv | who     | W     |             |
        | calculate                      | found   |       | {written}   |
        """,
        rows={"staff.csv": [{"name": "AB12", "label": "A. B.", "team": "n1"}]},
    )

    for name, answer in (("full", "text"), ("number", "3"), ("day", "2026-01-02"), ("several", "yes no")):
        filling.set(f"/data/{name}", answer)

    assert filling.answer("found") == result


def test_functions_of_rows_look_at_every_row_or_at_the_one_asked_for() -> None:
    filling = a_filling("""
        | type             | name     | label | calculation                                        |
        | begin_repeat     | acts     | Acts  |                                                    |
        | integer          | days     | Days  |                                                    |
        | text             | what     | What  |                                                    |
        | calculate        | place    |       | position(..)                                       |
        | calculate        | share    |       | ${days} div sum(../../acts/days)                   |
        | end_repeat       |          |       |                                                    |
        | calculate        | total    |       | sum(${days})                                       |
        | calculate        | longest  |       | max(${days})                                       |
        | calculate        | many     |       | count(${acts})                                     |
        | calculate        | long     |       | count(${acts}[days > 5])                           |
        | calculate        | words    |       | join('; ', ${what})                                |
        | calculate        | second   |       | indexed-repeat(${what}, ${acts}, 2)                |
        | calculate        | latest   |       | ${acts}[position() = last()]/what                  |
    """)
    for days, what in (("4", "visit"), ("12", "call")):
        ref = filling.add("/data/acts")
        filling.set(f"{ref}/days", days)
        filling.set(f"{ref}/what", what)

    found = values(filling)

    assert {name: found[f"/data/{name}"] for name in ("total", "longest", "many", "long")} == {
        "total": "16",
        "longest": "12",
        "many": "2",
        "long": "1",
    }
    assert (found["/data/words"], found["/data/second"], found["/data/latest"]) == ("visit; call", "call", "call")
    assert (found["/data/acts[2]/place"], found["/data/acts[1]/share"]) == ("2", "0.25")


def test_the_clock_of_a_form_is_the_local_one() -> None:
    summer = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    filling = a_filling(
        """
        | type      | name  | label | calculation |
        | today     | today |       |             |
        | start     | begun |       |             |
        | calculate | day   |       | today()     |
        | calculate | then  |       | now()       |
        | text      | q     | Q     |             |
        """,
        now=lambda: summer,
    )

    found = values(filling)

    assert (found["/data/today"], found["/data/day"]) == ("2026-07-01", "2026-07-01")
    assert found["/data/then"] == found["/data/begun"] == "2026-07-01T00:30:00.000+01:00"
    assert datetime.fromisoformat(found["/data/then"]).astimezone(UTC).hour == 23


def test_once_keeps_its_first_value_and_a_plain_calculation_follows() -> None:
    filling = a_filling("""
        | type      | name  | label | calculation    |
        | text      | q     | Q     |                |
        | calculate | first |       | once(${q})     |
        | calculate | last  |       | ${q}           |
    """)

    for answer in ("one", "two"):
        filling.set("/data/q", answer)

    assert (filling.answer("first"), filling.answer("last")) == ("one", "two")


def test_a_repeat_with_a_count_has_as_many_rows_as_it_says() -> None:
    filling = a_filling("""
        | type         | name | label    | repeat_count |
        | integer      | n    | How many |              |
        | begin_repeat | kids | Children | ${n}         |
        | text         | age  | Age      |              |
        | end_repeat   |      |          |              |
    """)
    none = filling.children("/data/kids")

    filling.set("/data/n", "3")
    three = filling.children("/data/kids")
    filling.set("/data/n", "1")

    assert (len(none), len(three), len(filling.children("/data/kids"))) == (0, 3, 1)
