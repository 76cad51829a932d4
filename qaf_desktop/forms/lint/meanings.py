"""What a rule compares with what: choices that do not exist, numbers with dates, text with numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from qaf_desktop.forms.expressions.syntax import Call, Expression, Literal, Negation, Operation
from qaf_desktop.forms.expressions.values import number_from_text, text_from_number
from qaf_desktop.forms.lint.findings import Finding, shortened
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Block, Question
from qaf_desktop.forms.lint.rule_cells import Part, RuleCell, is_own_answer, question_at, reference_in
from qaf_desktop.forms.lint.vocabulary import meant
from qaf_desktop.forms.typed import fits

_CONDITIONS = ("relevant", "required", "readonly", "constraint")
_ORDER = ("<", "<=", ">", ">=")
_DAYS = ("date", "dateTime", "today", "start", "end")
_NUMBERS = ("integer", "decimal", "range")
_WORDLESS = ("select_multiple", "image", "acknowledge", "note")
_FREE = ("text", "calculate", "hidden", "username", "")
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_NAMES = {"dateTime": "datetime"}


Choices = Mapping[str, Set[str]]
"""The names in each list."""


def check_meaning(cell: RuleCell, parts: Sequence[Part], choices: Choices) -> Iterator[Finding]:
    """Findings about the comparisons and functions of one rule."""
    if cell.column in _CONDITIONS:
        yield from _as_truth(cell, parts[0])
    for part in parts:
        match part.expression:
            case Operation(operator="and" | "or", left=left, right=right):
                for side in (left, right):
                    yield from _as_truth(cell, Part(side, part.calls, part.rows_of))
            case Call(name="not" | "if", arguments=(asked, *_)):
                yield from _as_truth(cell, Part(asked, part.calls, part.rows_of))
            case Operation(operator=sign, left=left, right=right) if sign in _TURNED:
                for one, other in ((left, right), (right, left)):
                    yield from _comparison(cell, part, (one, sign, other), choices)
            case Call(name="selected", arguments=(asked, Literal(value=value))):
                yield from _selected(cell, part, asked, value, choices)
            case Call(name=name, arguments=(first, *_)) if name in ("regex", "string-length", "count-selected"):
                yield from _function(cell, name, question_at(Part(first, part.calls, part.rows_of), cell))


def _as_truth(cell: RuleCell, part: Part) -> Iterator[Finding]:
    """An answer standing where yes or no is wanted: the answer no is text like any other, and so counts as yes."""
    question = question_at(part, cell)
    if question is None or question.kind in ("acknowledge", ""):
        return
    text = f"The rule asks whether {question.name} is so, and every answer counts as yes, the answer no as well."
    some = "'yes'" if question.kind in ("select_one", "calculate", "text") else "…"
    written = _named(part.expression, question)
    yield cell.found(Mistake.ANSWER_AS_TRUTH, text, f"Write {written} = {some}, or {written} != '' for any answer.")


def _comparison(
    cell: RuleCell, part: Part, compared: tuple[Expression, str, Expression], choices: Choices
) -> Iterator[Finding]:
    one, sign, other = compared
    if isinstance(one, Call) and one.name == "selected-at" and one.arguments:
        question = question_at(Part(one.arguments[0], part.calls, part.rows_of), cell)
        if question is not None and isinstance(other, Literal):
            yield from _choice(cell, question, other.value, choices)
        return
    question = question_at(Part(one, part.calls, part.rows_of), cell)
    if question is None:
        yield from _block(cell, one, sign)
        return
    if question.kind == "note" and question is not cell.own:
        text = f"{question.name} is a note and has no answer."
        yield cell.found(Mistake.NO_ANSWER_TO_READ, text, "Name a question.")
    elif isinstance(other, Literal) and other.value != "":
        if sign in _ORDER or question.kind in (*_DAYS, *_NUMBERS):
            yield from _order(cell, question, other.value, choices)
        else:
            yield from _choice(cell, question, other.value, choices)
            if question.kind == "select_multiple":
                text = f"Several choices can be ticked at {question.name}."
                advice = f"Write selected({_named(one, question)}, '{other.value}')."
                yield cell.found(Mistake.EQUALS_ON_SEVERAL, text, advice)
    elif isinstance(other, Negation) and question.kind in (*_DAYS, *_WORDLESS):
        yield _wrong(cell, question, "a number")
    elif isinstance(other, Call) and other.name in ("today", "now") and question.kind not in (*_DAYS, *_FREE):
        yield _wrong(cell, question, "a date")
    elif isinstance(other, Call) and other.name in ("today", "now") and question.kind == "text":
        text = f"{question.name} is answered with text, and the rule compares it with a date."
        yield cell.found(Mistake.DOUBTFUL_KIND, text, "Make its type date.")


def _named(expression: Expression, question: Question) -> str:
    return "." if is_own_answer(expression) else f"${{{question.name}}}"


def _block(cell: RuleCell, one: Expression, sign: str) -> Iterator[Finding]:
    found = cell.outline.find(reference_in(one))
    if isinstance(found, Block):
        text = f"{found.name} is a {found.what} and has no answer."
        advice = (
            f"Name a question in it{f', or write count(${{{found.name}}}) {sign} …' if found.what == 'repeat' else ''}."
        )
        yield cell.found(Mistake.NO_ANSWER_TO_READ, text, advice)


def _choice(cell: RuleCell, question: Question, value: str | float, choices: Choices) -> Iterator[Finding]:
    text = value if isinstance(value, str) else text_from_number(value)
    if question.kind == "acknowledge":
        if text != "OK":
            told = f"{question.name} is OK when it is ticked, and never {shortened(text, 60)}."
            yield cell.found(Mistake.UNKNOWN_CHOICE, told, "Write 'OK'.")
        return
    names = choices.get(question.list_name) if question.chooses else None
    if not names or text == "" or text in names or question.kind == "select_one_from_file":
        return
    if isinstance(value, float) and any(number_from_text(name) == value for name in names):
        return
    told = f"The list {question.list_name} has no choice called {shortened(text, 60)}."
    some = ", ".join(sorted(names)[:8])
    yield cell.found(Mistake.UNKNOWN_CHOICE, told, meant(text, sorted(names), f"Its choices are {some}."))


def _selected(cell: RuleCell, part: Part, asked: Expression, value: str | float, choices: Choices) -> Iterator[Finding]:
    question = question_at(Part(asked, part.calls, part.rows_of), cell)
    if question is not None and question.chooses:
        yield from _choice(cell, question, value, choices)
    elif question is not None and question.kind not in _FREE:
        yield _wrong(cell, question, "choices")
    elif question is not None and question.kind == "text":
        text = f"{question.name} is not answered from a list."
        yield cell.found(Mistake.DOUBTFUL_KIND, text, "Write contains(…, …) for a word in a text.")
    elif isinstance(asked, Literal):
        text = f"selected looks for the question in the text {asked.value!r}."
        yield cell.found(Mistake.LOOSE_WORD, text, f"Write ${{{asked.value}}} for the question.")


def _order(cell: RuleCell, question: Question, value: str | float, choices: Choices) -> Iterator[Finding]:
    """A comparison by size, or one with a question that is answered with a number or a date."""
    if question.kind in _DAYS:
        if isinstance(value, float):
            yield _wrong(cell, question, "a number")
        elif not fits("date", value):
            text = f"{shortened(value, 40)!r} is not a date as forms write it."
            yield cell.found(Mistake.NOT_A_DATE, text, "Write it as '2026-11-23', or today().")
    elif question.kind in _NUMBERS:
        if isinstance(value, str) and number_from_text(value) != number_from_text(value):
            is_date = fits("date", value)
            if is_date:
                yield _wrong(cell, question, "a date")
            else:
                text = f"{question.name} is answered with a number, and never with {shortened(value, 40)!r}."
                yield cell.found(Mistake.NOT_A_NUMBER, text, "Write a number.")
    elif question.kind in _WORDLESS:
        yield _wrong(cell, question, "a number or a date")
    elif question.chooses:
        names = choices.get(question.list_name, set())
        if names and all(number_from_text(name) != number_from_text(name) for name in names):
            text = f"The choices of {question.name} are words, which have no order."
            advice = "Look the score up: instance('list')/root/item[name = ${question}]/score."
            yield cell.found(Mistake.DOUBTFUL_KIND, text, advice)
    elif question.kind == "text":
        text = f"{question.name} is answered with text, and text has no order."
        yield cell.found(Mistake.DOUBTFUL_KIND, text, "Make it an integer, a decimal or a date.")


def _function(cell: RuleCell, name: str, question: Question | None) -> Iterator[Finding]:
    if question is None or question.kind in _FREE:
        return
    if name == "count-selected":
        if question.kind not in ("select_multiple",):
            yield _wrong(cell, question, "several choices")
    elif question.kind in (*_DAYS, "time", *_WORDLESS):
        yield _wrong(cell, question, "text")


def _wrong(cell: RuleCell, question: Question, with_what: str) -> Finding:
    kind = _NAMES.get(question.kind, question.kind)
    right = {"a number": "Compare it with a date such as today() - 30.", "a date": "Make it a date, or write a number."}
    text = f"{question.name} is of the type {kind}, and the rule treats it as {with_what}."
    return cell.found(Mistake.WRONG_KIND, text, right.get(with_what, "Change the type, or the rule."))
