"""What is asked, needed and accepted: the semantics every form of ours can rely on."""

from __future__ import annotations

import pytest

from qaf_desktop.forms.filling import NoSuchAnswer
from tests.forms.tables import a_filling, a_raw_filling, values


def test_an_answer_that_is_not_asked_is_kept_reads_as_empty_and_returns() -> None:
    filling = a_filling("""
        | type              | name | label | relevant       | calculation              |
        | select_one yes_no | seen | Seen  |                |                          |
        | text              | why  | Why   | ${seen} = 'no' |                          |
        | calculate         | long |       |                | string-length(${why})    |
    """)
    filling.set("/data/seen", "no")
    filling.set("/data/why", "ill")

    filling.set("/data/seen", "yes")
    hidden = (filling.look("/data/why").relevant, filling.answer("why"), filling.answer("long"))
    left_out = filling.content()
    filling.set("/data/seen", "no")

    assert hidden == (False, "", "0")
    assert left_out == {"seen": "yes", "long": "0"}
    assert (filling.answer("why"), filling.answer("long")) == ("ill", "3")


def test_a_group_that_is_not_asked_hides_everything_in_it() -> None:
    filling = a_filling("""
        | type              | name  | label | relevant        | required |
        | select_one yes_no | seen  | Seen  |                 |          |
        | begin_group       | visit | Visit | ${seen} = 'yes' |          |
        | begin_group       | inner | Inner |                 |          |
        | text              | where | Where |                 | yes      |
        | end_group         |       |       |                 |          |
        | end_group         |       |       |                 |          |
    """)

    before = [state.relevant for state in filling.snapshot()]
    changed = filling.set("/data/seen", "yes")

    assert before == [True, False, False, False]
    assert all(state.relevant for state in filling.snapshot())
    assert {"/data/visit", "/data/visit/inner", "/data/visit/inner/where"} <= changed
    assert (filling.progress().answered, filling.progress().asked) == (0, 1)


def test_a_choice_that_a_filter_removes_reads_as_empty_and_returns() -> None:
    filling = a_filling(
        """
        | type              | name  | label | choice_filter          |
        | select_one area   | area  | Area  |                        |
        | select_one team   | team  | Team  | area = ${area}         |
        | select_multiple team | all | All  | area = ${area} or name = 'x' |
        """,
        """
        | list_name | name  | label | area  |
        | area      | north | North |       |
        | area      | south | South |       |
        | team      | n1    | N 1   | north |
        | team      | s1    | S 1   | south |
        | team      | x     | X     |       |
        """,
    )
    filling.set("/data/area", "north")
    filling.set("/data/team", "n1")
    filling.set("/data/all", "n1 x")

    filling.set("/data/area", "south")
    removed = (filling.answer("team"), filling.answer("all"), [c.value for c in filling.look("/data/team").choices])
    filling.set("/data/area", "north")

    assert removed == ("", "x", ["s1"])
    assert (filling.answer("team"), filling.answer("all")) == ("n1", "n1 x")


def test_a_constraint_is_not_tested_on_an_empty_answer() -> None:
    filling = a_filling(r"""
        | type | name | label     | constraint                      | constraint_message            | required |
        | text | ref  | Reference | regex(., 'CH-[0-9A-Z]{5}')      | Write it as CH-7K4QM.         | yes      |
    """)

    empty = filling.look("/data/ref")
    filling.set("/data/ref", "7K4QM")
    wrong = filling.look("/data/ref")
    filling.set("/data/ref", "CH-7K4QM")

    assert (empty.valid, empty.message) == (True, "Needs an answer.")
    assert (wrong.valid, wrong.message) == (False, "Write it as CH-7K4QM.")
    assert filling.problems() == []


def test_a_calculation_that_is_no_number_is_empty() -> None:
    filling = a_filling("""
        | type      | name | label | calculation  |
        | integer   | age  | Age   |              |
        | calculate | next |       | ${age} + 1   |
    """)

    before = filling.answer("next")
    filling.set("/data/age", "8")

    assert (before, filling.answer("next")) == ("", "9")


def test_dates_compare_as_days() -> None:
    filling = a_filling("""
        | type | name | label | constraint      | calculation     |
        | date | from | From  | . <= today()    |                 |
        | date | to   | To    | . >= ${from}    |                 |
        | calculate | days |  |                 | ${to} - ${from} |
    """)

    filling.set("/data/from", "2026-02-27")
    filling.set("/data/to", "2026-03-02")
    right = [filling.look(ref).valid for ref in ("/data/from", "/data/to")]
    filling.set("/data/to", "2026-01-02")
    filling.set("/data/from", "2026-11-24")

    assert right == [True, True]
    assert [filling.look(ref).valid for ref in ("/data/from", "/data/to")] == [False, False]
    assert filling.answer("days") == str(-326)


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        ("integer", "1.5", "-3"),
        ("decimal", "one", "1.5"),
        ("date", "2026-02-30", "2026-02-28"),
        ("time", "25:00", "23:59"),
        ("datetime", "2026-02-28", "2026-02-28T10:00:00.000+00:00"),
    ],
)
def test_an_answer_that_does_not_fit_its_type_is_kept_but_not_accepted(kind: str, wrong: str, right: str) -> None:
    filling = a_filling(f"""
        | type   | name | label |
        | {kind} | q    | Q     |
    """)

    filling.set("/data/q", wrong)
    refused = filling.look("/data/q")
    filling.set("/data/q", right)

    assert (refused.value, refused.valid, refused.message.startswith("Needs a")) == (wrong, False, True)
    assert filling.look("/data/q").valid


def test_a_requirement_may_hang_on_another_answer() -> None:
    filling = a_filling("""
        | type             | name  | label | required               | required_message       |
        | select_one grade | grade | Grade |                        |                        |
        | text             | why   | Why   | ${grade} = 'inadequate' | Say why.              |
    """)

    changed = filling.set("/data/grade", "inadequate")

    assert "/data/why" in changed
    assert [(p.ref, p.label, p.message) for p in filling.problems()] == [("/data/why", "Why", "Say why.")]


def test_the_score_of_a_grade_comes_from_its_list() -> None:
    filling = a_filling("""
        | type             | name  | label | calculation                                        |
        | select_one grade | grade | Grade |                                                    |
        | calculate        | score |       | instance('grade')/root/item[name = ${grade}]/score |
        | calculate        | said  |       | jr:choice-name(${grade}, '${grade}')               |
    """)

    filling.set("/data/grade", "good")

    assert (filling.answer("score"), filling.answer("said")) == ("3", "Good")
    assert filling.look("/data/grade").choices[0].extra == {"score": "4"}


def test_defaults_are_there_at_the_start_and_worked_out_ones_only_once() -> None:
    filling = a_filling("""
        | type     | name  | label | default           | calculation       |
        | text     | place | Place | here              |                   |
        | date     | day   | Day   | today()           |                   |
        | integer  | n     | N     | 2 + 3             |                   |
        | today    | today |       |                   |                   |
        | start    | begun |       |                   |                   |
        | username | who   |       |                   |                   |
        | hidden   | id    |       | uuid()            |                   |
        | calculate | once |       |                   | once(uuid())      |
    """)
    first = filling.answer("once")

    filling.set("/data/day", "")

    given = {ref: value for ref, value in values(filling).items() if ref not in ("/data/id", "/data/once")}
    assert given == {
        "/data/place": "here",
        "/data/n": "5",
        "/data/today": "2026-11-23",
        "/data/begun": "2026-11-23T12:00:00.000+00:00",
        "/data/who": "AB12",
    }
    assert len(first) == 36
    assert filling.answer("once") == first


def test_readonly_reaches_everything_in_a_group() -> None:
    filling = a_filling("""
        | type              | name   | label  | readonly         |
        | select_one yes_no | closed | Closed |                  |
        | begin_group       | g      | G      | ${closed} = 'yes' |
        | text              | q      | Q      |                  |
        | end_group         |        |        |                  |
    """)
    open_before = filling.look("/data/g/q").readonly

    filling.set("/data/closed", "yes")

    assert (open_before, filling.look("/data/g/q").readonly) == (False, True)
    with pytest.raises(NoSuchAnswer, match="read but not changed"):
        filling.set("/data/g/q", "late")


def test_a_reference_to_nothing_is_told_in_words() -> None:
    filling = a_filling("""
        | type        | name | label |
        | begin_group | g    | G     |
        | text        | q    | Q     |
        | end_group   |      |       |
    """)

    for ref, words in (("/data/x", "has nothing at"), ("/data/g", "is not a question")):
        with pytest.raises(NoSuchAnswer, match=words):
            filling.set(ref, "1")


def test_an_xform_may_set_answers_when_another_changes() -> None:
    filling = a_raw_filling(
        "<a/><b/><n>3</n>",
        '<bind nodeset="/data/n" type="int"/>',
        '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b"'
        " value=\"concat(../a, '!')\"/></input>"
        '<input ref="/data/b"/>',
    )

    filling.set("/data/a", "x")

    assert values(filling) == {"/data/a": "x", "/data/b": "x!", "/data/n": "3"}


def test_a_calculation_answers_again_only_when_what_it_reads_changes() -> None:
    filling = a_raw_filling(
        "<a/><b/><other/>",
        '<bind nodeset="/data/b" calculate="concat(/data/a, \'!\')"/>',
        '<input ref="/data/a"/><input ref="/data/b"/><input ref="/data/other"/>',
    )
    filling.set("/data/b", "my own words")

    filling.set("/data/other", "x")
    kept = filling.answer("b")
    filling.set("/data/a", "y")

    assert (kept, filling.answer("b")) == ("my own words", "y!")
