"""A rule that has been read becomes a chain of small functions, quick enough to run at every keystroke."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from qaf_desktop.forms.expressions import values
from qaf_desktop.forms.expressions.function import Closure
from qaf_desktop.forms.expressions.grammar import BadRule
from qaf_desktop.forms.expressions.kinds import function_of, kind_of
from qaf_desktop.forms.expressions.paths import PathCompiler
from qaf_desktop.forms.expressions.places import Place
from qaf_desktop.forms.expressions.syntax import Call, Expression, Literal, Negation, Operation, Path

_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}


class Compiler:
    """Turns expressions into closures for one place of a form.

    ``place`` is where the rule stands (None inside a choice list), ``home`` where ``current()`` points to.
    """

    def __init__(self, place: Place | None, home: Place | None = None) -> None:
        self.place = place
        self.home = home if home is not None else place
        self._paths = PathCompiler(self)

    def within(self, place: Place | None) -> Compiler:
        """A compiler for a predicate, which stands elsewhere but whose ``current()`` stays."""
        return Compiler(place, self.home)

    def nodes(self, expression: Expression) -> Closure:
        """A closure that gives a sequence of nodes.

        Raises:
            BadRule: the expression gives a value, not answers.
        """
        match expression:
            case Path():
                return self._paths.nodes(expression)
            case Operation(operator="|", left=left, right=right):
                first, second = self.nodes(left), self.nodes(right)
                return lambda node, world: list(dict.fromkeys([*first(node, world), *second(node, world)]))
            case Call() if kind_of(expression) == "nodes":
                return function_of(expression).build(self, expression.arguments)
            case Call(name="if", arguments=(test, yes, no)):
                asked, then, otherwise = self.boolean(test), self.nodes(yes), self.nodes(no)
                return lambda node, world: then(node, world) if asked(node, world) else otherwise(node, world)
        name = expression.name if isinstance(expression, Call) else "This part of the rule"
        at = expression.at if isinstance(expression, Call) else 0
        raise BadRule(f"{name} gives a value where the rule needs questions.", column=at + 1)

    def value(self, expression: Expression) -> Closure:
        """A closure that gives whatever the expression gives."""
        match expression:
            case Literal(value=value):
                return lambda _node, _world: value
            case Path() | Operation(operator="|"):
                return self.nodes(expression)
            case Negation(operand=operand):
                number = self.number(operand)
                return lambda node, world: -number(node, world)
            case Operation():
                return self._operation(expression)
            case Call():
                return function_of(expression).build(self, expression.arguments)
        raise TypeError(expression)

    def text(self, expression: Expression) -> Closure:
        """A closure that gives text."""
        kind = kind_of(expression)
        if isinstance(expression, Path):
            return self._paths.text(expression)
        value = self.value(expression)
        if kind == "text":
            return value
        to_text = values.to_text
        return lambda node, world: to_text(value(node, world))

    def number(self, expression: Expression) -> Closure:
        """A closure that gives a number."""
        kind = kind_of(expression)
        if kind == "number":
            return self.value(expression)
        if kind in ("nodes", "text"):
            text, from_text = self.text(expression), values.number_from_text
            return lambda node, world: from_text(text(node, world))
        value, to_number = self.value(expression), values.to_number
        return lambda node, world: to_number(value(node, world))

    def boolean(self, expression: Expression) -> Closure:
        """A closure that gives yes or no."""
        value = self.value(expression)
        if kind_of(expression) == "boolean":
            return value
        to_boolean = values.to_boolean
        return lambda node, world: to_boolean(value(node, world))

    def _operation(self, expression: Operation) -> Closure:
        sign = expression.operator
        if sign in ("and", "or"):
            first, second = self.boolean(expression.left), self.boolean(expression.right)
            if sign == "and":
                return lambda node, world: first(node, world) and second(node, world)
            return lambda node, world: first(node, world) or second(node, world)
        if sign in ("=", "!="):
            return self._equality(expression)
        if sign in ("<", "<=", ">", ">="):
            return self._ordering(expression)
        left, right = self.number(expression.left), self.number(expression.right)
        work = _ARITHMETIC.get(sign) or (_divided if sign == "div" else _remainder)
        return lambda node, world: work(left(node, world), right(node, world))

    def _equality(self, expression: Operation) -> Closure:
        wanted = expression.operator == "="
        left, right = expression.left, expression.right
        kinds = kind_of(left), kind_of(right)
        if kinds == ("text", "nodes"):
            left, right = right, left
            kinds = "nodes", "text"
        if kinds == ("nodes", "text"):
            answers, text = self.nodes(left), self.text(right)

            def some_text(node: Any, world: Any) -> bool:
                wished = text(node, world)
                return any((one.read == wished) is wanted for one in answers(node, world))

            return some_text
        if kinds == ("text", "text"):
            one, other = self.text(left), self.text(right)
            return lambda node, world: (one(node, world) == other(node, world)) is wanted
        first, second = self.value(left), self.value(right)
        test = values.equal if wanted else values.unequal
        return lambda node, world: test(first(node, world), second(node, world))

    def _ordering(self, expression: Operation) -> Closure:
        sign, left, right = expression.operator, expression.left, expression.right
        if "boolean" not in (kind_of(left), kind_of(right)) and self._one(left) and self._one(right):
            low, high = self.number(left), self.number(right)
            if sign == "<":
                return lambda node, world: low(node, world) < high(node, world)
            if sign == "<=":
                return lambda node, world: low(node, world) <= high(node, world)
            if sign == ">":
                return lambda node, world: low(node, world) > high(node, world)
            return lambda node, world: low(node, world) >= high(node, world)
        first, second, test = self.value(left), self.value(right), values.compare
        return lambda node, world: test(sign, first(node, world), second(node, world))

    def _one(self, expression: Expression) -> bool:
        """Whether an expression never gives more than one value."""
        kind = kind_of(expression)
        if kind == "nodes":
            return isinstance(expression, Path) and self._paths.single(expression)
        return kind != "any"


def _divided(left: float, right: float) -> float:
    if right == 0:
        return values.NAN if left == 0 or left != left else (1 if left > 0 else -1) * float("inf")  # noqa: PLR0124
    return left / right


def _remainder(left: float, right: float) -> float:
    """The remainder has the sign of the first number, as in XPath."""
    try:
        return math.fmod(left, right)
    except ValueError:
        return values.NAN
