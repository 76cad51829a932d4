"""Functions that look at answers as such: what was chosen, which row this is, what a list says about a grade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qaf_desktop.forms.expressions.function import Closure, Compiles, Table, World
from qaf_desktop.forms.expressions.grammar import BadRule, parse
from qaf_desktop.forms.expressions.syntax import Expression, Literal
from qaf_desktop.forms.expressions.values import NAN, Node

FUNCTIONS: Final = Table()

FUNCTIONS.of_texts("selected", "boolean", 2, lambda chosen, value: value.strip() in chosen.split())
FUNCTIONS.of_texts("count-selected", "number", 1, lambda chosen: float(len(chosen.split())))


@FUNCTIONS.enter("selected-at", "text", 2)
def _selected_at(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    text, place = compiler.text(arguments[0]), compiler.number(arguments[1])

    def chosen(node: Node, world: World) -> str:
        choices, wanted = text(node, world).split(), place(node, world)
        return choices[int(wanted)] if 0 <= wanted < len(choices) else ""

    return chosen


@FUNCTIONS.enter("jr:choice-name", "text", 2)
def _choice_name(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    """The question is named inside quotation marks, so its path is read here once."""
    value, named = compiler.text(arguments[0]), arguments[1]
    if not isinstance(named, Literal) or not isinstance(named.value, str):
        raise BadRule("jr:choice-name needs the question in quotation marks, as in '${grade}'.", column=1)
    question = compiler.nodes(parse(named.value.strip()))

    def label(node: Node, world: World) -> str:
        found, wanted = question(node, world), value(node, world)
        return world.choice_label(found[0], wanted) if found and wanted else ""

    return label


@FUNCTIONS.enter("jr:itext", "text", 1)
def _itext(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    text_id = compiler.text(arguments[0])
    return lambda node, world: world.itext(text_id(node, world))


@FUNCTIONS.enter("position", "number", 0, 1)
def _position(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    if not arguments:
        return lambda _node, world: float(world.position)
    nodes = compiler.nodes(arguments[0])

    def among_siblings(node: Node, world: World) -> float:
        found = nodes(node, world)
        return float(found[0].position) if found else NAN

    return among_siblings


@FUNCTIONS.enter("last", "number", 0)
def _last(_compiler: Compiles, _arguments: Sequence[Expression]) -> Closure:
    return lambda _node, world: float(world.size)


@FUNCTIONS.enter("current", "nodes", 0)
def _current(_compiler: Compiles, _arguments: Sequence[Expression]) -> Closure:
    return lambda _node, world: (world.current,)


@FUNCTIONS.enter("instance", "nodes", 1)
def _instance(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    name = compiler.text(arguments[0])

    def found(node: Node, world: World) -> Sequence[Node]:
        top = world.lists.get(name(node, world))
        return () if top is None else (top,)

    return found


@FUNCTIONS.enter("once", "text", 1)
def _once(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    first = compiler.text(arguments[0])
    return lambda node, world: world.kept(world.current) or first(node, world)


@FUNCTIONS.enter("pulldata", "text", 4)
def _pulldata(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    name, wanted, column, value = [compiler.text(argument) for argument in arguments]

    def found(node: Node, world: World) -> str:
        top = world.lists.get(name(node, world).removesuffix(".csv"))
        if top is None:
            return ""
        row_column, row_value, cell = column(node, world), value(node, world), wanted(node, world)
        for root in top.by_name.get("root", ()):
            for row in root.by_name.get("item", ()):
                if any(one.read == row_value for one in row.by_name.get(row_column, ())):
                    cells = row.by_name.get(cell, ())
                    return cells[0].read if cells else ""
        return ""

    return found


@FUNCTIONS.enter("indexed-repeat", "nodes", 3, 7)
def _indexed_repeat(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    """``indexed-repeat(answer, repeat, number)``: the answer in the repeat's so-and-so-manieth row."""
    if len(arguments) % 2 == 0:
        raise BadRule("indexed-repeat needs a number after each repeat.", column=1)
    target = compiler.nodes(arguments[0])
    pairs = [
        (compiler.nodes(repeat), compiler.number(number))
        for repeat, number in zip(arguments[1::2], arguments[2::2], strict=True)
    ]

    def found(node: Node, world: World) -> Sequence[Node]:
        wanted = [(repeats(node, world), number(node, world)) for repeats, number in pairs]
        if any(not repeats for repeats, _ in wanted):
            return ()
        # The outermost repeat first, in whatever order the author wrote them.
        wanted.sort(key=lambda pair: _depth(pair[0][0]))
        row: Node | None = None
        for repeats, number in wanted:
            inside = [one for one in repeats if row is None or _lies_in(one, row)]
            if not 1 <= number <= len(inside):
                return ()
            row = inside[int(number) - 1]
        return [one for one in target(node, world) if row is not None and _lies_in(one, row)]

    return found


def _depth(node: Node) -> int:
    depth, above = 0, node.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth


def _lies_in(node: Node, row: Node) -> bool:
    above: Node | None = node
    while above is not None:
        if above is row:
            return True
        above = above.parent
    return False
