"""A rule is read as XPath 1.0 with the additions of the ODK XForms specification."""

from __future__ import annotations

import contextlib
import math
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_desktop.forms.expressions.compiling import Compiler
from qaf_desktop.forms.expressions.fixed import FixedNode, list_of_rows
from qaf_desktop.forms.expressions.grammar import BadRule, parse
from qaf_desktop.forms.expressions.kinds import UnknownFunction, WrongArguments
from qaf_desktop.forms.expressions.values import Node, text_from_number, to_text


class _World:
    """A world with two lists and a clock, and no form."""

    def __init__(self) -> None:
        top = FixedNode("")
        data = FixedNode("data", top)
        for name, text in (("a", "1"), ("b", "2"), ("empty", ""), ("day", "2026-02-28"), ("chosen", "red blue")):
            FixedNode(name, data, text)
        for score in ("4", "2", "3"):
            FixedNode("score", FixedNode("row", data), score)
        self.root: Node = top
        self.current: Node = data
        self.position, self.size = 1, 1
        self.singles: list[Node] = []
        self.lists = {"grade": list_of_rows([{"name": "good", "score": "3"}, {"name": "poor", "score": "1"}])}

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

    def kept(self, node: Node) -> str:
        return node.read

    def itext(self, text_id: str) -> str:
        return f"text {text_id}"

    def choice_label(self, node: Node, value: str) -> str:
        return f"{node.name} {value}"


def worked_out(rule: str) -> Any:
    world = _World()
    return Compiler(None).value(parse(rule))(world.current, world)


@pytest.mark.parametrize(
    ("rule", "result"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("7 mod -3", 1.0),
        ("-7 mod 3", -1.0),
        ("7 div 2", 3.5),
        ("1 div 0", math.inf),
        ("--2", 2.0),
        ("10 - 3 - 2", 5.0),
        ("1 < 2 and 2 < 3 or false()", True),
        ("a = 1 or b = 3", True),
        ("a != ''", True),
        ("'2026-01-01' < '2026-02-01'", True),
        ("'2026-01-31' + 1", 20485.0),
        ("date('2026-01-31' + 1)", "2026-02-01"),
        ("date('2026-2-3')", "2026-02-03"),
        ("today() = '2026-11-23'", True),
        ("today() > day", True),
        ("now()", "2026-11-23T09:30:00.000+00:00"),
        ("format-date(day, '%e %b %Y, %a')", "28 Feb 2026, Sat"),
        ("format-date-time('2026-02-28T14:05:09', '%H:%M:%S')", "14:05:09"),
        ("decimal-date-time('1970-01-02T12:00:00Z')", 1.5),
        ("decimal-time('18:00:00')", 0.75),
        ("'' > 3", False),
        ("'' < 3", False),
        ("round(1.5)", 2.0),
        ("round(-1.5)", -1.0),
        ("round(2.345, 2)", 2.35),
        ("round(15, -1)", 20.0),
        ("int(-1.9)", -1.0),
        ("floor(-1.1)", -2.0),
        ("ceiling(1.1)", 2.0),
        ("pow(2, 10)", 1024.0),
        ("sqrt(16)", 4.0),
        ("abs(-3)", 3.0),
        ("sum(row/score)", 9.0),
        ("min(row/score)", 2.0),
        ("max(row/score, 7)", 7.0),
        ("count(row)", 3.0),
        ("count(row[score > 2])", 2.0),
        ("row[2]/score", "2"),
        ("row[position() = last()]/score", "3"),
        ("count(//score)", 3.0),
        ("count(*)", 8.0),
        ("count(a | b | a)", 2.0),
        ("count-non-empty(a | empty)", 1.0),
        ("concat(a, '-', b)", "1-2"),
        ("concat(row/score)", "423"),
        ("join(', ', row/score)", "4, 2, 3"),
        ("string-length('Żółw')", 4.0),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substr('abcdef', -2)", "ef"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring-before('a=b', '=')", "a"),
        ("substring-after('a=b', '=')", "b"),
        ("contains('abc', 'b') and starts-with('abc', 'a') and ends-with('abc', 'c')", True),
        ("normalize-space('  a   b ')", "a b"),
        ("translate('abc', 'abc', 'AB')", "AB"),
        ("regex('CH-7K4QM', 'CH-[0-9A-Z]{5}')", True),
        ("regex('xCH-7K4QMx', 'CH-[0-9A-Z]{5}')", False),
        ("regex('a', '(')", False),
        ("coalesce(empty, a)", "1"),
        ("if(a = 1, 'one', 'other')", "one"),
        ("selected(chosen, 'red')", True),
        ("selected(chosen, 're')", False),
        ("selected-at(chosen, 1)", "blue"),
        ("selected-at(chosen, 2)", ""),
        ("count-selected(chosen)", 2.0),
        ("boolean-from-string('true')", True),
        ("boolean-from-string('1')", True),
        ("boolean-from-string('TRUE')", False),
        ("not(empty = 'x')", True),
        ("instance('grade')/root/item[name = 'good']/score", "3"),
        ("count(instance('grade')/root/item[score < 3])", 1.0),
        ("pulldata('grade', 'score', 'name', 'poor')", "1"),
        ("checklist(1, 2, true(), false(), a = 1)", True),
        ("weighted-checklist(3, -1, true(), 2, true(), 1)", True),
        ("jr:itext('x')", "text x"),
        ("jr:choice-name(a, ' b ')", "b 1"),
        ("current()/a", "1"),
        ("a/../b", "2"),
        ("./a", "1"),
        ("string(1 = 1)", "true"),
        ("1.0", 1.0),
        ("indexed-repeat(row/score, row, 2)", "2"),
    ],
)
def test_a_rule_gives_what_the_specification_says(rule: str, result: object) -> None:
    found = worked_out(rule)

    assert (to_text(found) if isinstance(result, str) else found) == result


@pytest.mark.parametrize(
    "rule", ["number('x')", "'' + 1", "0 div 0", "min(nothing)", "sqrt(-1)", "date('rubbish') + 1"]
)
def test_what_is_no_number_is_nan(rule: str) -> None:
    assert math.isnan(worked_out(rule))


@pytest.mark.parametrize(
    ("rule", "column", "advice"),
    [
        ("a == b", 4, "Write one ="),
        ("a AND b", 3, "Write and"),
        ("a <> b", 4, "Write !="),
        ("(a = 1", 7, ""),
        ("a = 'x", 5, ""),
        ("a = “x”", 5, "straight quotation"),
        ("a +", 4, ""),
        ("", 1, ""),
        ("a b", 3, ""),
    ],
)
def test_a_slip_is_told_with_its_column_and_the_right_spelling(rule: str, column: int, advice: str) -> None:
    with pytest.raises(BadRule) as raised:
        parse(rule)

    assert (raised.value.column, advice in raised.value.next_step) == (column, True)


def test_a_function_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownFunction) as raised:
        worked_out("1 + SUM(row/score)")

    assert raised.value.name == "SUM"
    assert raised.value.column == 5
    assert raised.value.next_step == "Write sum in small letters."


def test_a_function_with_too_few_arguments_is_refused() -> None:
    with pytest.raises(WrongArguments, match="if takes 3 arguments, and here it has 2"):
        worked_out("if(a, b)")


def test_brackets_without_end_are_refused_instead_of_running_out_of_stack() -> None:
    with pytest.raises(BadRule, match="too many brackets"):
        parse("(" * 5000)


@given(st.text(max_size=60))
def test_any_text_is_either_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(BadRule):
        parse(text)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_number_survives_being_written_down(number: float) -> None:
    text = text_from_number(number)

    assert "e" not in text
    assert float(text) == pytest.approx(number, rel=1e-12, abs=1e-15)


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 50))
def test_arithmetic_agrees_with_python(a: int, b: int, c: int) -> None:
    rule = f"({a}) + ({b}) * {c} - ({a}) div {c}"

    assert worked_out(rule) == pytest.approx(a + b * c - a / c)


def test_a_long_list_is_looked_up_not_searched() -> None:
    rows = list_of_rows({"name": f"n{number}", "score": str(number)} for number in range(2000))
    root = rows.by_name["root"][0]

    assert [row.by_name["score"][0].read for row in root.rows_where("item", "name", "n1999")] == ["1999"]
    assert root.rows_where("item", "name", "nobody") == ()
