"""One cell with a rule in it, taken apart: which questions it names, and where in the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qaf_desktop.forms.expressions.syntax import Call, Expression, Negation, Operation, Path, Step
from qaf_desktop.forms.lint.findings import Finding, Place
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Block, Outline, Question
from qaf_desktop.forms.lint.references import REFERENCE
from qaf_desktop.forms.lint.vocabulary import NAME, RULE_COLUMNS

_MARK = "ǃ"
"""Stands before the name of a question in place of ``${…}``; a letter to the grammar, and in nobody's names."""
_MARKED = re.compile(f"{_MARK}([\\w.\\-]+)")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


@dataclass(frozen=True)
class RuleCell:
    """A rule in its place. ``own`` is the question or group the row is about."""

    place: Place
    text: str
    outline: Outline
    own: Question | Block | None = None

    @property
    def column(self) -> str:
        """The rule the cell holds, by its usual heading."""
        return RULE_COLUMNS.get(self.place.column, self.place.column)

    @property
    def straight(self) -> str:
        """The rule with straight quotation marks, as it will be compiled."""
        return self.text.translate(_STRAIGHT)

    def readable(self) -> str:
        """The rule for the parser: each ``${name}`` as a marked name, every letter in its old place."""
        return REFERENCE.sub(_marked, self.straight)

    def found(self, mistake: Mistake, text: str, advice: str = "") -> Finding:
        """A finding about this cell."""
        return self.place.found(mistake, text, advice)


def _marked(match: re.Match[str]) -> str:
    name = match.group(1).strip()
    return (_MARK + (name if NAME.match(name) else "x")).ljust(len(match.group()))[: len(match.group())]


def as_written(text: str) -> str:
    """A sentence about a rule with its questions as the author wrote them."""
    return _MARKED.sub(r"${\1}", text)


@dataclass(frozen=True)
class Part:
    """A part of a rule: what it is, the functions it is an argument of, and the path whose predicate it is in."""

    expression: Expression
    calls: tuple[str, ...] = ()
    rows_of: Path | None = None


def parts_of(part: Part) -> Iterator[Part]:
    """A part of a rule and everything in it."""
    yield part
    match part.expression:
        case Operation(left=left, right=right):
            yield from parts_of(Part(left, part.calls, part.rows_of))
            yield from parts_of(Part(right, part.calls, part.rows_of))
        case Negation(operand=operand):
            yield from parts_of(Part(operand, part.calls, part.rows_of))
        case Call(name=name, arguments=arguments):
            for argument in arguments:
                yield from parts_of(Part(argument, (*part.calls, name), part.rows_of))
        case Path(start=start, steps=steps, filters=filters) as path:
            if not isinstance(start, str):
                yield from parts_of(Part(start, part.calls, part.rows_of))
            for predicate in filters:
                yield from parts_of(Part(predicate, part.calls, Path(path.start, ())))
            for number, step in enumerate(steps, start=1):
                for predicate in step.predicates:
                    yield from parts_of(Part(predicate, part.calls, Path(path.start, steps[:number])))


def reference_in(expression: Expression) -> str:
    """The name of the question a part of a rule is, written as ``${name}``; "" for anything else."""
    match expression:
        case Path(start="", steps=(Step(axis="child", name=name), *_)) if name.startswith(_MARK):
            return name.removeprefix(_MARK)
    return ""


def loose_word(expression: Expression) -> str:
    """The word a part of a rule is, standing by itself without ${…}; "" for anything else."""
    match expression:
        case Path(start="", steps=(Step(axis="child", name=name, predicates=()),)) if not name.startswith(_MARK):
            return name
    return ""


def is_own_answer(expression: Expression) -> bool:
    """Whether a part of a rule is the full stop that means the question's own answer."""
    return isinstance(expression, Path) and expression.start == "" and expression.steps == (Step("self", "*"),)


def question_at(part: Part, cell: RuleCell) -> Question | None:
    """The question whose answer a part of a rule reads, if it reads exactly one."""
    expression = part.expression
    if is_own_answer(expression):
        return cell.own if isinstance(cell.own, Question) and part.rows_of is None else None
    if isinstance(expression, Path) and len(expression.steps) > 1:
        return None
    name = reference_in(expression)
    if not name and part.rows_of is not None:
        # In ${actions}[priority = 'high'] a bare word is a question of the same table.
        table = reference_in(part.rows_of)
        found = cell.outline.questions.get(loose_word(expression))
        return found if found is not None and table and found.repeat == table else None
    return cell.outline.questions.get(name)
