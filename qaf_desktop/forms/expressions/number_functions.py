"""Functions that count and reckon: how many actions are overdue, the mean of the grades, yes or no from numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from qaf_desktop.forms.expressions.function import Closure, Compiles, Table, World
from qaf_desktop.forms.expressions.syntax import OWN_ANSWER, Expression
from qaf_desktop.forms.expressions.values import NAN, Node, Value, number_from_text, to_boolean, to_number

FUNCTIONS: Final = Table()


@FUNCTIONS.enter("number", "number", 0, 1)
def _number(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    return compiler.number(arguments[0] if arguments else OWN_ANSWER)


@FUNCTIONS.enter("boolean", "boolean", 1)
def _boolean(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    return compiler.boolean(arguments[0])


@FUNCTIONS.enter("not", "boolean", 1)
def _not(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    asked = compiler.boolean(arguments[0])
    return lambda node, world: not asked(node, world)


@FUNCTIONS.enter("true", "boolean", 0)
def _true(_compiler: Compiles, _arguments: Sequence[Expression]) -> Closure:
    return lambda _node, _world: True


@FUNCTIONS.enter("false", "boolean", 0)
def _false(_compiler: Compiles, _arguments: Sequence[Expression]) -> Closure:
    return lambda _node, _world: False


@FUNCTIONS.enter("if", "any", 3)
def _if(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    asked, then, otherwise = compiler.boolean(arguments[0]), compiler.value(arguments[1]), compiler.value(arguments[2])
    return lambda node, world: then(node, world) if asked(node, world) else otherwise(node, world)


def round_half_up(number: float, decimals: float = 0) -> float:
    """Halves go up, so 1.5 becomes 2 and -1.5 becomes -1. Decimals may be negative: 15 to -1 decimals is 20."""
    if not math.isfinite(number) or not math.isfinite(decimals):
        return number if math.isfinite(decimals) else NAN
    scale = 10.0 ** max(min(int(decimals), 15), -15)
    return math.floor(number * scale + 0.5) / scale


def _power(number: float, power: float) -> float:
    try:
        result = number**power
    except OverflowError:
        return math.inf
    except ZeroDivisionError:
        return math.inf
    return NAN if isinstance(result, complex) else result


def _whole(work: Callable[[float], int]) -> Callable[[float], float]:
    return lambda number: float(work(number)) if math.isfinite(number) else number


def _guarded(work: Callable[..., float]) -> Callable[..., float]:
    def safe(*numbers: float) -> float:
        try:
            return work(*numbers)
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return safe


FUNCTIONS.of_numbers("int", 1, _whole(math.trunc))
FUNCTIONS.of_numbers("floor", 1, _whole(math.floor))
FUNCTIONS.of_numbers("ceiling", 1, _whole(math.ceil))
FUNCTIONS.of_numbers("round", 1, round_half_up, 2)
FUNCTIONS.of_numbers("abs", 1, abs)
FUNCTIONS.of_numbers("pow", 2, _power)
FUNCTIONS.of_numbers("sqrt", 1, _guarded(math.sqrt))
FUNCTIONS.of_numbers("log", 1, _guarded(math.log))
FUNCTIONS.of_numbers("log10", 1, _guarded(math.log10))
FUNCTIONS.of_numbers("exp", 1, _guarded(math.exp))
FUNCTIONS.of_numbers("exp10", 1, lambda number: _power(10.0, number))
FUNCTIONS.of_numbers("pi", 0, lambda: math.pi)
for _name in ("sin", "cos", "tan", "asin", "acos", "atan"):
    FUNCTIONS.of_numbers(_name, 1, _guarded(getattr(math, _name)))
FUNCTIONS.of_numbers("atan2", 2, math.atan2)


def numbers_in(value: Value) -> list[float]:
    """The numbers of a value: of several answers, every one."""
    if isinstance(value, (str, float, bool)):
        return [to_number(value)]
    return [number_from_text(node.read) for node in value]


@FUNCTIONS.enter("sum", "number", 1)
def _sum(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    nodes = compiler.nodes(arguments[0])
    return lambda node, world: float(sum(number_from_text(one.read) for one in nodes(node, world)))


def _extreme(name: str, work: Callable[[list[float]], float]) -> None:
    @FUNCTIONS.enter(name, "number", 1, None)
    def build(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
        parts = [compiler.value(argument) for argument in arguments]

        def found(node: Node, world: World) -> float:
            numbers = [number for part in parts for number in numbers_in(part(node, world))]
            return NAN if not numbers or any(map(math.isnan, numbers)) else work(numbers)

        return found


_extreme("min", min)
_extreme("max", max)


@FUNCTIONS.enter("count", "number", 1)
def _count(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    nodes = compiler.nodes(arguments[0])
    return lambda node, world: float(len(nodes(node, world)))


@FUNCTIONS.enter("count-non-empty", "number", 1)
def _count_non_empty(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    nodes = compiler.nodes(arguments[0])
    return lambda node, world: float(sum(1 for one in nodes(node, world) if one.read))


@FUNCTIONS.enter("checklist", "boolean", 2, None)
def _checklist(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    least, most = compiler.number(arguments[0]), compiler.number(arguments[1])
    parts = [compiler.value(argument) for argument in arguments[2:]]

    def within(node: Node, world: World) -> bool:
        ticks = sum(1 for part in parts for tick in _ticks(part(node, world)) if tick)
        return _between(ticks, least(node, world), most(node, world))

    return within


@FUNCTIONS.enter("weighted-checklist", "boolean", 2, None)
def _weighted_checklist(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    least, most = compiler.number(arguments[0]), compiler.number(arguments[1])
    parts = [compiler.value(argument) for argument in arguments[2:]]

    def within(node: Node, world: World) -> bool:
        total = 0.0
        for values, weights in zip(parts[::2], parts[1::2], strict=False):
            for tick, weight in zip(_ticks(values(node, world)), numbers_in(weights(node, world)), strict=False):
                total += weight if tick else 0
        return _between(total, least(node, world), most(node, world))

    return within


def _ticks(value: Value) -> list[bool]:
    """What counts as ticked: yes, or a number above 0."""
    if isinstance(value, bool):
        return [value]
    if isinstance(value, float):
        return [to_boolean(value)]
    return [number > 0 for number in numbers_in(value)]


def _between(total: float, least: float, most: float) -> bool:
    """-1 means there is no limit on that side."""
    return (least == -1 or total >= least) and (most == -1 or total <= most)
