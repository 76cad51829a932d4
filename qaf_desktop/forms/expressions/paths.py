"""How a rule finds the answers it names: straight to the one answer where it can, step by step where it must."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from qaf_desktop.forms.expressions import values
from qaf_desktop.forms.expressions.fixed import FixedNode
from qaf_desktop.forms.expressions.function import Closure, Compiles, World
from qaf_desktop.forms.expressions.kinds import kind_of, needs_position, stands_alone
from qaf_desktop.forms.expressions.places import Place, top_of
from qaf_desktop.forms.expressions.syntax import Call, Expression, Operation, Path, Step
from qaf_desktop.forms.expressions.values import Node

_Move: TypeAlias = Callable[[Sequence[Node], World], Sequence[Node]]
_NONE: Sequence[Node] = ()


class PathCompiler:
    """Compiles the paths of one rule."""

    def __init__(self, compiler: Compiles) -> None:
        self._compiler = compiler

    def text(self, path: Path) -> Closure:
        """A closure that gives the text of the first answer a path leads to."""
        place = self.fixed_place(path)
        if place is not None:
            index = place.index
            return lambda _node, world: world.singles[index].read
        nodes = self.nodes(path)

        def first(node: Node, world: World) -> str:
            found = nodes(node, world)
            return found[0].read if found else ""

        return first

    def nodes(self, path: Path) -> Closure:
        """A closure that gives the answers a path leads to, in document order."""
        place = self.fixed_place(path)
        if place is not None:
            index = place.index
            return lambda _node, world: (world.singles[index],)
        start, where = self._start(path)
        moves: list[_Move] = [self._filter(test, where) for test in path.filters]
        for step in path.steps:
            move, where = self._move(step, where)
            moves.append(move)
        if not moves:
            return start
        if len(moves) == 1:
            only = moves[0]
            return lambda node, world: only(start(node, world), world)

        def walk(node: Node, world: World) -> Sequence[Node]:
            found: Sequence[Node] = start(node, world)
            for move in moves:
                if not found:
                    return _NONE
                found = move(found, world)
            return found

        return walk

    def fixed_place(self, path: Path) -> Place | None:
        """The one place a path leads to, when nothing on the way repeats and nothing is filtered."""
        place = self._static(path)
        return None if place is None or place.many else place

    def single(self, path: Path) -> bool:
        """Whether a path leads to one answer at most."""
        if self.fixed_place(path) is not None:
            return True
        place = self._origin(path)
        if place is None or path.filters:
            return False
        for step in path.steps:
            following = _next_place(place, step)
            if following is None or step.predicates:
                return False
            if step.axis == "child" and following.repeats:
                return False
            place = following
        return True

    def _static(self, path: Path) -> Place | None:
        place = self._origin(path)
        if place is None or path.filters:
            return None
        for step in path.steps:
            if place is None or step.predicates:
                return None
            place = _next_place(place, step)
        return place

    def _origin(self, path: Path) -> Place | None:
        compiler = self._compiler
        if path.start == "/":
            return None if compiler.home is None else top_of(compiler.home)
        if path.start == "":
            return compiler.place
        if isinstance(path.start, Call) and path.start.name == "current":
            return compiler.home
        return None

    def _start(self, path: Path) -> tuple[Closure, Place | None]:
        where = self._origin(path)
        if path.start == "/":
            return lambda _node, world: (world.root,), where
        if path.start == "":
            return lambda node, _world: (node,), where
        assert not isinstance(path.start, str)  # noqa: S101 - the two texts are handled above
        return self._compiler.nodes(path.start), where

    def _move(self, step: Step, where: Place | None) -> tuple[_Move, Place | None]:
        following = _next_place(where, step) if where is not None else None
        name = step.name
        if step.axis == "child" and step.predicates:
            return self._children_that(step, following), following
        basic: _Move
        if step.axis == "child":
            basic = _every_child if name == "*" else _children_called(name)
        elif step.axis == "parent":
            basic = _parents(name)
        elif step.axis == "self":
            basic = _themselves(name)
        else:
            basic = _descendants(name)
        tests = [self._filter(test, following) for test in step.predicates]
        if not tests:
            return basic, following

        def move(nodes: Sequence[Node], world: World) -> Sequence[Node]:
            found = basic(nodes, world)
            for test in tests:
                found = test(found, world)
            return found

        return move, following

    def _children_that(self, step: Step, following: Place | None) -> _Move:
        """Children that pass predicates; a choice list is looked up instead of searched where that gives the same."""
        name = step.name
        children = _every_child if name == "*" else _children_called(name)
        tests = [self._filter(test, following) for test in step.predicates]
        lookup = self._lookup(step.predicates[0]) if name != "*" else None

        def move(nodes: Sequence[Node], world: World) -> Sequence[Node]:
            found: list[Node] = []
            for node in nodes:
                remaining = tests
                if lookup is not None and isinstance(node, FixedNode):
                    kept: Sequence[Any] = lookup(node, name, world)
                    remaining = tests[1:]
                else:
                    kept = children((node,), world)
                for test in remaining:
                    kept = test(kept, world)
                found.extend(kept)
            return found

        return move

    def _lookup(self, predicate: Expression) -> Callable[[FixedNode, str, World], Sequence[Any]] | None:
        match predicate:
            case Operation(
                operator="=", left=Path(start="", steps=(Step(axis="child", name=column),)) as own, right=other
            ):
                pass
            case Operation(
                operator="=", left=other, right=Path(start="", steps=(Step(axis="child", name=column),)) as own
            ):
                pass
            case _:
                return None
        if (
            own.steps[0].predicates
            or column == "*"
            or kind_of(other) not in ("text", "nodes")
            or not stands_alone(other)
        ):
            return None
        if kind_of(other) == "text":
            text = self._compiler.text(other)
            return lambda node, row, world: node.rows_where(row, column, text(world.current, world))
        nodes = self._compiler.nodes(other)

        def rows(node: FixedNode, row: str, world: World) -> Sequence[Any]:
            wanted = dict.fromkeys(one.read for one in nodes(world.current, world))
            if len(wanted) == 1:
                return node.rows_where(row, column, next(iter(wanted)))
            hits = {id(item) for value in wanted for item in node.rows_where(row, column, value)}
            return [item for item in node.by_name.get(row, ()) if id(item) in hits]

        return rows

    def _filter(self, expression: Expression, where: Place | None) -> _Move:
        test = _predicate(self._compiler.within(where), expression)
        if not needs_position(expression):
            return lambda nodes, world: [node for node in nodes if test(node, world)]

        def numbered(nodes: Sequence[Node], world: World) -> Sequence[Node]:
            before = world.position, world.size
            world.size = len(nodes)
            kept = []
            for position, node in enumerate(nodes, start=1):
                world.position = position
                if test(node, world):
                    kept.append(node)
            world.position, world.size = before
            return kept

        return numbered


def _predicate(compiler: Compiles, expression: Expression) -> Closure:
    """A closure that says whether a node stays: a number means its position, anything else yes or no."""
    kind = kind_of(expression)
    if kind == "number":
        number = compiler.number(expression)
        return lambda node, world: bool(number(node, world) == world.position)
    if kind == "any":
        value = compiler.value(expression)

        def either(node: Any, world: Any) -> bool:
            found = value(node, world)
            is_position = isinstance(found, float) and not isinstance(found, bool)
            return found == world.position if is_position else values.to_boolean(found)

        return either
    return compiler.boolean(expression)


def _next_place(place: Place, step: Step) -> Place | None:
    if step.axis == "parent":
        return place.up
    if step.axis == "self":
        return place if step.name in ("*", place.name) else None
    return place.inside.get(step.name) if step.axis == "child" else None


def _children_called(name: str) -> _Move:
    def move(nodes: Sequence[Node], _world: World) -> Sequence[Node]:
        if len(nodes) == 1:
            return nodes[0].by_name.get(name, _NONE)
        return [child for node in nodes for child in node.by_name.get(name, _NONE)]

    return move


def _every_child(nodes: Sequence[Node], _world: World) -> Sequence[Node]:
    return [child for node in nodes for child in node.children]


def _parents(name: str) -> _Move:
    def move(nodes: Sequence[Node], _world: World) -> Sequence[Node]:
        found = dict.fromkeys(node.parent for node in nodes if node.parent is not None)
        return [node for node in found if name in ("*", node.name)]

    return move


def _themselves(name: str) -> _Move:
    return lambda nodes, _world: nodes if name == "*" else [node for node in nodes if node.name == name]


def _descendants(name: str) -> _Move:
    def below(node: Node, found: dict[Node, None]) -> None:
        for child in node.children:
            if name in ("*", child.name):
                found[child] = None
            below(child, found)

    def move(nodes: Sequence[Node], _world: World) -> Sequence[Node]:
        found: dict[Node, None] = {}
        for node in nodes:
            below(node, found)
        return list(found)

    return move
