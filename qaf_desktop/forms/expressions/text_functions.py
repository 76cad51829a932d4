"""Functions that read or make text: a reference that must start with CH, a sentence put together from answers."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from qaf_desktop.forms.expressions.function import Closure, Compiles, Table, World
from qaf_desktop.forms.expressions.syntax import OWN_ANSWER, Expression
from qaf_desktop.forms.expressions.values import Node, Value, to_number, to_text

FUNCTIONS: Final = Table()


def texts_in(value: Value) -> Iterator[str]:
    """The texts of a value: of several answers, every one."""
    if isinstance(value, (str, float, bool)):
        yield to_text(value)
    else:
        for node in value:
            yield node.read


@FUNCTIONS.enter("string", "text", 0, 1)
def _string(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    return compiler.text(arguments[0] if arguments else OWN_ANSWER)


@FUNCTIONS.enter("concat", "text", 0, None)
def _concat(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    parts = [compiler.value(argument) for argument in arguments]
    return lambda node, world: "".join([text for part in parts for text in texts_in(part(node, world))])


@FUNCTIONS.enter("join", "text", 1, None)
def _join(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    between = compiler.text(arguments[0])
    parts = [compiler.value(argument) for argument in arguments[1:]]

    def joined(node: Node, world: World) -> str:
        glue: str = between(node, world)
        return glue.join([text for part in parts for text in texts_in(part(node, world))])

    return joined


@FUNCTIONS.enter("normalize-space", "text", 0, 1)
def _normalize_space(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    text = compiler.text(arguments[0] if arguments else OWN_ANSWER)
    return lambda node, world: " ".join(text(node, world).split())


@FUNCTIONS.enter("string-length", "number", 0, 1)
def _string_length(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    text = compiler.text(arguments[0] if arguments else OWN_ANSWER)
    return lambda node, world: float(len(text(node, world)))


def _half_up(number: float) -> float:
    return number if number != number or number in (float("inf"), float("-inf")) else float((number + 0.5) // 1)  # noqa: PLR0124


@FUNCTIONS.enter("substr", "text", 2, 3)
def _substr(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    text, start = compiler.text(arguments[0]), compiler.number(arguments[1])
    end = compiler.number(arguments[2]) if len(arguments) > 2 else None

    def cut(node: Node, world: World) -> str:
        whole = text(node, world)
        first = _place(start(node, world), len(whole))
        last = len(whole) if end is None else _place(end(node, world), len(whole))
        return whole[first:last] if first <= last else ""

    return cut


def _place(number: float, length: int) -> int:
    """A place counted from 0; a negative one counts from the end."""
    if number != number:  # noqa: PLR0124 - NaN
        return 0
    whole = int(max(min(number, 1e9), -1e9))
    return min(max(whole + length if whole < 0 else whole, 0), length)


def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for place, letter in enumerate(old):
        table.setdefault(ord(letter), new[place] if place < len(new) else None)
    return text.translate(table)


@lru_cache(maxsize=512)
def pattern(expression: str) -> re.Pattern[str] | None:
    """The compiled pattern, or None where it is not one."""
    try:
        return re.compile(expression)
    except (re.error, OverflowError, RecursionError):
        return None


def _matches(text: str, expression: str) -> bool:
    """Anchored: the whole text must match, as if the pattern stood between ^ and $."""
    compiled = pattern(expression)
    return compiled is not None and compiled.fullmatch(text) is not None


@FUNCTIONS.enter("uuid", "text", 0, 1)
def _uuid(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    if not arguments:
        return lambda _node, _world: str(uuid.uuid4())
    length = compiler.number(arguments[0])

    def letters(node: Node, world: World) -> str:
        wanted = length(node, world)
        count = int(min(max(wanted, 0), 1000)) if wanted == wanted else 0  # noqa: PLR0124 - NaN
        text = ""
        while len(text) < count:
            text += str(uuid.uuid4())
        return text[:count]

    return letters


@FUNCTIONS.enter("coalesce", "text", 2, None)
def _coalesce(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    parts = [compiler.text(argument) for argument in arguments]

    def first(node: Node, world: World) -> str:
        for part in parts:
            text: str = part(node, world)
            if text:
                return text
        return ""

    return first


@FUNCTIONS.enter("substring", "text", 2, 3)
def _substring_of(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    text = compiler.text(arguments[0])
    numbers = [compiler.value(argument) for argument in arguments[1:]]
    return lambda node, world: _cut_out(text(node, world), [to_number(number(node, world)) for number in numbers])


def _cut_out(text: str, numbers: list[float]) -> str:
    first = _half_up(numbers[0])
    end = first + _half_up(numbers[1]) if len(numbers) > 1 else float("inf")
    if first != first or end != end:  # noqa: PLR0124 - NaN takes nothing
        return ""
    return "".join([letter for place, letter in enumerate(text, start=1) if first <= place < end])


FUNCTIONS.of_texts("substring-before", "text", 2, lambda a, b: a[: max(a.find(b), 0)])
FUNCTIONS.of_texts("substring-after", "text", 2, lambda a, b: a[a.find(b) + len(b) :] if b in a else "")
FUNCTIONS.of_texts("contains", "boolean", 2, lambda a, b: b in a)
FUNCTIONS.of_texts("starts-with", "boolean", 2, lambda a, b: a.startswith(b))
FUNCTIONS.of_texts("ends-with", "boolean", 2, lambda a, b: a.endswith(b))
FUNCTIONS.of_texts("translate", "text", 3, _translate)
FUNCTIONS.of_texts("regex", "boolean", 2, _matches)
FUNCTIONS.of_texts("boolean-from-string", "boolean", 1, lambda text: text in ("true", "1"))
