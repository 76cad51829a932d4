"""What can be told of a rule before it runs: which functions it calls, and what kind of value it gives."""

from __future__ import annotations

from collections.abc import Sequence

from qaf_desktop.forms.expressions.function import Function, Kind
from qaf_desktop.forms.expressions.grammar import BadRule
from qaf_desktop.forms.expressions.library import FUNCTIONS
from qaf_desktop.forms.expressions.syntax import Call, Expression, Literal, Negation, Operation, Path


class UnknownFunction(BadRule):
    """A rule calls a function that forms do not have. ``name`` is what was written."""

    def __init__(self, name: str, *, column: int) -> None:
        lower = name.lower()
        advice = (
            f"Write {lower} in small letters." if lower in FUNCTIONS else "The authoring guide lists the functions."
        )
        super().__init__(f"There is no function called {name}.", column=column, next_step=advice)
        self.name = name


class WrongArguments(BadRule):
    """A rule gives a function too few or too many arguments."""


def function_of(call: Call) -> Function:
    """The function a call means.

    Raises:
        UnknownFunction: there is none of that name.
        WrongArguments: there is, but not with so many arguments.
    """
    found = FUNCTIONS.get(call.name)
    if found is None:
        raise UnknownFunction(call.name, column=call.at + 1)
    given = len(call.arguments)
    if given < found.least or (found.most is not None and given > found.most):
        wanted = f"{found.least}" if found.most == found.least else f"{found.least} to {found.most or 'many'}"
        raise WrongArguments(f"{call.name} takes {wanted} arguments, and here it has {given}.", column=call.at + 1)
    return found


def kind_of(expression: Expression) -> Kind:  # noqa: PLR0911 - one answer for each form of expression
    """What an expression gives, as far as can be told before it runs."""
    match expression:
        case Literal(value=str()):
            return "text"
        case Literal() | Negation():
            return "number"
        case Path():
            return "nodes"
        case Operation(operator="|"):
            return "nodes"
        case Operation(operator=sign):
            return "number" if sign in ("+", "-", "*", "div", "mod") else "boolean"
        case Call(name="if", arguments=(_, yes, no)):
            first = kind_of(yes)
            return first if first == kind_of(no) else "any"
        case Call():
            return function_of(expression).kind
    raise TypeError(expression)


def needs_position(expression: Expression) -> bool:
    """Whether a predicate asks for the position of what it tests."""
    if kind_of(expression) in ("number", "any"):
        return True
    return _mentions(expression, ("position", "last"))


def stands_alone(expression: Expression) -> bool:
    """Whether an expression means the same whatever node it is asked for."""
    match expression:
        case Literal():
            return True
        case Negation(operand=operand):
            return stands_alone(operand)
        case Operation(left=left, right=right):
            return stands_alone(left) and stands_alone(right)
        case Call(name=name, arguments=arguments):
            if name in ("position", "last", "once", "string", "number", "normalize-space", "jr:choice-name"):
                return bool(arguments) and name in ("string", "number", "normalize-space") and _all_alone(arguments)
            return _all_alone(arguments)
        case Path(start=start):
            return start == "/" or (isinstance(start, Call) and stands_alone(start))


def _all_alone(expressions: Sequence[Expression]) -> bool:
    return all(stands_alone(expression) for expression in expressions)


def _mentions(expression: Expression, names: tuple[str, ...]) -> bool:
    match expression:
        case Call(name=name, arguments=arguments):
            return name in names or any(_mentions(argument, names) for argument in arguments)
        case Operation(left=left, right=right):
            return _mentions(left, names) or _mentions(right, names)
        case Negation(operand=operand):
            return _mentions(operand, names)
        case Path(start=Call() as start):
            return _mentions(start, names)
    return False
