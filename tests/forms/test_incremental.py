"""Whatever is answered in whatever order, working out only what changed gives what working out everything gives."""

# ruff: noqa: E501 - a form is a table, one row a question

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from qaf_desktop.forms.definition import FormDefinition, read_form
from qaf_desktop.forms.filling import Filling
from tests.forms.tables import NOON, a_form

SURVEY = """
    | type                  | name    | label     | relevant                              | required          | constraint                  | calculation                                         | choice_filter  | readonly       |
    | select_one yes_no     | seen    | Seen      |                                       | yes               |                             |                                                     |                |                |
    | begin_group           | visit   | Visit     | ${seen} = 'yes'                       |                   |                             |                                                     |                |                |
    | integer               | age     | Age       |                                       | ${seen} = 'yes'   | . > 0 and . < 26            |                                                     |                |                |
    | select_one area       | area    | Area      | ${age} > 5                            |                   |                             |                                                     |                |                |
    | select_multiple team  | teams   | Teams     |                                       |                   | count-selected(.) < 3       |                                                     | area = ${area} | ${age} > 20    |
    | end_group             |         |           |                                       |                   |                             |                                                     |                |                |
    | select_one grade      | grade   | Grade     | selected(${teams}, 'n1') or ${age} = 3 |                  |                             |                                                     |                |                |
    | calculate             | score   |           |                                       |                   |                             | instance('grade')/root/item[name = ${grade}]/score  |                |                |
    | begin_repeat          | actions | Actions   | ${seen} != 'no'                       |                   |                             |                                                     |                |                |
    | text                  | what    | What      |                                       | ${score} < 3      | . != ${first}               |                                                     |                |                |
    | integer               | weight  | Weight    | ${what} != ''                         |                   | . <= ${age}                 |                                                     |                |                |
    | calculate             | place   |           |                                       |                   |                             | position(..)                                        |                |                |
    | calculate             | heavy   |           |                                       |                   |                             | ${weight} * ${place} + ${total}                     |                |                |
    | end_repeat            |         |           |                                       |                   |                             |                                                     |                |                |
    | calculate             | total   |           |                                       |                   |                             | count(${actions}[weight > 1])                       |                |                |
    | calculate             | first   |           |                                       |                   |                             | indexed-repeat(${what}, ${actions}, 2)              |                |                |
    | calculate             | all     |           |                                       |                   |                             | join(',', ${heavy})                                 |                |                |
    | note                  | end     | ${all}    | ${total} > 0 or ${score} = 1          |                   |                             |                                                     |                |                |
"""
CHOICES = """
    | list_name | name       | label | score | area  |
    | yes_no    | yes        | Yes   |       |       |
    | yes_no    | no         | No    |       |       |
    | area      | north      | N     |       |       |
    | area      | south      | S     |       |       |
    | team      | n1         | N1    |       | north |
    | team      | n2         | N2    |       | north |
    | team      | s1         | S1    |       | south |
    | grade     | good       | Good  | 3     |       |
    | grade     | inadequate | Inad  | 1     |       |
"""
NUMBERS = st.sampled_from(["", "1", "3", "7", "22", "40", "x"])
ANSWERS = st.one_of(
    st.tuples(st.just("/data/seen"), st.sampled_from(["", "yes", "no"])),
    st.tuples(st.just("/data/visit/age"), NUMBERS),
    st.tuples(st.just("/data/visit/area"), st.sampled_from(["", "north", "south"])),
    st.tuples(st.just("/data/visit/teams"), st.sampled_from(["", "n1", "n1 n2", "s1", "s1 n1"])),
    st.tuples(st.just("/data/grade"), st.sampled_from(["", "good", "inadequate"])),
    st.tuples(st.just("what"), st.sampled_from(["", "a", "b"])),
    st.tuples(st.just("weight"), NUMBERS),
    st.tuples(st.just("add"), st.just("")),
    st.tuples(st.just("remove"), st.just("")),
)


@cache
def _definition() -> FormDefinition:
    return read_form(a_form(SURVEY, CHOICES).xml)


def _step(filling: Filling, what: str, value: str, pick: int) -> None:
    rows = filling.children("/data/actions")
    if what == "add":
        filling.add("/data/actions")
    elif what == "remove" and rows:
        filling.remove(rows[pick % len(rows)])
    elif what in ("what", "weight") and rows:
        filling.set(f"{rows[pick % len(rows)]}/{what}", value)
    elif what.startswith("/") and not filling.look(what).readonly:
        filling.set(what, value)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(ANSWERS, st.integers(0, 5)), max_size=25))
def test_working_out_only_what_changed_gives_the_same_as_working_out_everything(
    steps: list[tuple[tuple[str, str], int]],
) -> None:
    filling = Filling(_definition(), now=lambda: NOON)

    for (what, value), pick in steps:
        _step(filling, what, value, pick)
        filling.snapshot()  # looked at, so that what is remembered would be seen to be stale

    afresh = Filling.restore(_definition(), filling.saved(), now=lambda: NOON)
    assert filling.snapshot() == afresh.snapshot()
    assert filling.content() == afresh.content()
    assert filling.problems() == afresh.problems()
    assert filling.progress() == afresh.progress()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ANSWERS, st.integers(0, 5)), min_size=1, max_size=12))
def test_every_state_that_became_different_is_announced(steps: list[tuple[tuple[str, str], int]]) -> None:
    filling = Filling(_definition(), now=lambda: NOON)
    filling.snapshot()

    for (what, value), pick in steps:
        before = {state.ref: state for state in filling.snapshot()}
        if what == "remove":
            continue  # rows after it move up, so refs before and after mean different rows
        _step(filling, what, value, pick)
        after = {state.ref: state for state in filling.snapshot()}

        different = {ref for ref in before if after[ref] != before[ref]}
        assert not different or different <= filling.changed
