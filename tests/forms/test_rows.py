"""Actions in a table: rows come, are counted, renumbered and go, and rules follow them."""

# ruff: noqa: E501 - a form is a table, one row a question

from __future__ import annotations

import pytest

from qaf_desktop.forms.filling import NoSuchAnswer
from tests.forms.tables import a_filling, a_raw_filling, values

ACTIONS = """
    | type             | name     | label           | calculation                                  | default | constraint     |
    | begin_repeat     | actions  | Actions         |                                              |         |                |
    | text             | what     | What            |                                              |         |                |
    | select_one when  | priority | Priority        |                                              | soon    |                |
    | date             | due      | Due             |                                              | today() | . >= today()   |
    | calculate        | place    |                 | position(..)                                 |         |                |
    | calculate        | line     |                 | concat(${place}, '. ', ${what})              |         |                |
    | end_repeat       |          |                 |                                              |         |                |
    | calculate        | how_many |                 | count(${actions})                            |         |                |
    | calculate        | urgent   |                 | count(${actions}[priority = 'now'])          |         |                |
    | calculate        | first    |                 | indexed-repeat(${what}, ${actions}, 1)       |         |                |
    | calculate        | all      |                 | join('; ', ${line})                          |         |                |
"""
WHEN = """
    | list_name | name | label |
    | when      | now  | Now   |
    | when      | soon | Soon  |
"""


def test_a_repeat_of_a_published_form_starts_with_no_row() -> None:
    filling = a_filling(ACTIONS, WHEN)

    assert filling.children("/data/actions") == ()
    assert values(filling) == {"/data/how_many": "0", "/data/urgent": "0"}


def test_a_raw_xform_keeps_the_rows_it_begins_with() -> None:
    filling = a_raw_filling(
        "<row><x>1</x></row><row><x>2</x></row><n/>",
        '<bind nodeset="/data/n" calculate="sum(/data/row/x)"/>',
        '<group ref="/data/row"><label>Rows</label><repeat nodeset="/data/row"><input ref="/data/row/x"/></repeat></group>',
    )

    added = filling.add("/data/row")

    assert added == "/data/row[3]"
    assert values(filling) == {"/data/row[1]/x": "1", "/data/row[2]/x": "2"}


def test_a_new_row_has_its_defaults_and_is_counted() -> None:
    filling = a_filling(ACTIONS, WHEN)

    ref = filling.add("/data/actions")
    filling.set(f"{ref}/what", "Visit")
    filling.set(f"{ref}/priority", "now")

    assert ref == "/data/actions[1]"
    assert values(filling) == {
        "/data/actions[1]/what": "Visit",
        "/data/actions[1]/priority": "now",
        "/data/actions[1]/due": "2026-11-23",
        "/data/actions[1]/place": "1",
        "/data/actions[1]/line": "1. Visit",
        "/data/how_many": "1",
        "/data/urgent": "1",
        "/data/first": "Visit",
        "/data/all": "1. Visit",
    }


def test_removing_a_row_moves_the_others_up_but_never_their_slots() -> None:
    filling = a_filling(ACTIONS, WHEN)
    for what in ("one", "two", "three"):
        filling.set(f"{filling.add('/data/actions')}/what", what)
    slot = filling.slot("/data/actions[3]/what")

    filling.remove("/data/actions[1]")
    changed = filling.changed
    added = filling.add("/data/actions")

    assert filling.answer("all") == "1. two; 2. three; 3. "
    assert slot == "/data/actions[#3]/what"
    assert filling.ref(slot) == "/data/actions[2]/what"
    assert filling.ref("/data/actions[#1]/what") is None
    assert filling.slot(added) == "/data/actions[#4]"
    assert {"/data/actions", "/data/actions[1]/place", "/data/how_many"} <= changed


def test_rows_are_only_added_to_repeats_and_only_rows_are_removed() -> None:
    filling = a_filling(ACTIONS, WHEN)
    filling.add("/data/actions")

    with pytest.raises(NoSuchAnswer):
        filling.add("/data/how_many")
    with pytest.raises(NoSuchAnswer):
        filling.add("/data/actions[1]")
    with pytest.raises(NoSuchAnswer):
        filling.remove("/data/actions")
    with pytest.raises(NoSuchAnswer):
        filling.remove("/data/actions[2]")


def test_a_row_rule_reads_its_own_row_and_no_other() -> None:
    filling = a_filling(ACTIONS, WHEN)
    filling.add("/data/actions")
    filling.add("/data/actions")

    changed = filling.set("/data/actions[2]/what", "x")

    assert "/data/actions[2]/line" in changed
    assert "/data/actions[1]/line" not in changed


def test_a_count_makes_and_takes_rows_by_itself() -> None:
    filling = a_filling("""
        | type         | name | label | repeat_count | calculation            |
        | integer      | n    | N     |              |                        |
        | begin_repeat | r    | Rows  | ${n}         |                        |
        | text         | q    | Q     |              |                        |
        | calculate    | p    |       |              | position(..)           |
        | end_repeat   |      |       |              |                        |
    """)

    rows = []
    for answer in ("2", "3", "", "1"):
        filling.set("/data/n", answer)
        rows.append(len(filling.children("/data/r")))

    assert rows == [2, 3, 3, 1]
    with pytest.raises(NoSuchAnswer, match="itself counts"):
        filling.add("/data/r")


def test_a_slip_of_the_keyboard_does_not_make_a_million_rows() -> None:
    filling = a_filling("""
        | type         | name | label | repeat_count |
        | integer      | n    | N     |              |
        | begin_repeat | r    | Rows  | ${n}         |
        | text         | q    | Q     |              |
        | end_repeat   |      |       |              |
    """)

    filling.set("/data/n", "10000000")

    assert len(filling.children("/data/r")) == 1000


def test_repeats_inside_repeats_work_in_raw_xforms() -> None:
    filling = a_raw_filling(
        '<house jr:template=""><name/><person jr:template=""><age/></person><n/><sum/></house><all/>',
        '<bind nodeset="/data/house/n" calculate="count(../person)"/>'
        '<bind nodeset="/data/house/sum" calculate="sum(../person/age)"/>'
        '<bind nodeset="/data/all" calculate="count(/data/house/person)"/>',
        '<group ref="/data/house"><repeat nodeset="/data/house"><input ref="/data/house/name"/>'
        '<group ref="/data/house/person"><repeat nodeset="/data/house/person"><input ref="/data/house/person/age"/>'
        "</repeat></group></repeat></group>",
    )

    filling.add("/data/house")
    filling.add("/data/house")
    for age in ("4", "6"):
        filling.set(f"{filling.add('/data/house[2]/person')}/age", age)

    assert filling.answer("all") == "2"
    assert {ref: value for ref, value in values(filling).items() if ref.endswith(("/n", "/sum"))} == {
        "/data/house[1]/n": "0",
        "/data/house[1]/sum": "0",
        "/data/house[2]/n": "2",
        "/data/house[2]/sum": "10",
    }
    assert filling.slot("/data/house[2]/person[1]/age") == "/data/house[#2]/person[#1]/age"


def test_a_running_total_may_look_at_the_row_before() -> None:
    filling = a_raw_filling(
        '<r jr:template=""><x/><t/></r>',
        '<bind nodeset="/data/r/t" type="int" calculate="../x +'
        ' coalesce(/data/r[position() = position(current()/..) - 1]/t, 0)"/>',
        '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat></group>',
    )
    for x in ("1", "2", "3"):
        filling.set(f"{filling.add('/data/r')}/x", x)

    filling.set("/data/r[1]/x", "10")

    assert [filling.look(f"/data/r[{row}]/t").value for row in (1, 2, 3)] == ["10", "12", "15"]


def test_choices_may_come_from_the_rows_of_a_repeat() -> None:
    filling = a_raw_filling(
        '<child jr:template=""><name/></child><who/>',
        "",
        '<group ref="/data/child"><repeat nodeset="/data/child"><input ref="/data/child/name"/></repeat></group>'
        '<select1 ref="/data/who"><itemset nodeset="/data/child[name != \'\']"><value ref="name"/>'
        '<label ref="name"/></itemset></select1>',
    )

    changed = filling.set(f"{filling.add('/data/child')}/name", "A")

    assert "/data/who" in changed
    assert [choice.label for choice in filling.look("/data/who").choices] == ["A"]
