"""What every function of a rule has in common: its name, how many arguments it takes, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias

from qaf_desktop.forms.expressions.places import Place
from qaf_desktop.forms.expressions.syntax import Expression
from qaf_desktop.forms.expressions.values import Node, Value

Kind: TypeAlias = Literal["text", "number", "boolean", "nodes", "any"]


class World(Protocol):
    """What a rule may look at while it is worked out."""

    root: Node
    current: Node
    position: int
    size: int
    singles: Sequence[Node]
    lists: Mapping[str, Node]

    def now(self) -> datetime:
        """The moment on the local clock."""

    def kept(self, node: Node) -> str:
        """The answer a question holds, whether it is asked or not."""

    def itext(self, text_id: str) -> str:
        """A text of the form in the language being read."""

    def choice_label(self, node: Node, value: str) -> str:
        """The label of one choice of a question, in the language being read."""


Closure: TypeAlias = Callable[[Node, World], Any]


class Compiles(Protocol):
    """What turns the parts of a rule into closures; a function asks it for its arguments."""

    place: Place | None
    home: Place | None

    def within(self, place: Place | None) -> Compiles:
        """The same for a predicate, which stands elsewhere but whose ``current()`` stays."""

    def nodes(self, expression: Expression) -> Closure:
        """A closure that gives a sequence of nodes."""

    def value(self, expression: Expression) -> Closure:
        """A closure that gives whatever the expression gives."""

    def text(self, expression: Expression) -> Closure:
        """A closure that gives text."""

    def number(self, expression: Expression) -> Closure:
        """A closure that gives a number."""

    def boolean(self, expression: Expression) -> Closure:
        """A closure that gives yes or no."""


Build: TypeAlias = Callable[[Compiles, Sequence[Expression]], Closure]


@dataclass(frozen=True)
class Function:
    """A function a rule may call. ``build`` turns its arguments into a closure that gives a value of ``kind``."""

    name: str
    kind: Kind
    least: int
    most: int | None  # None: as many as the author likes
    build: Build


class Table(dict[str, Function]):
    """Functions by name, filled in where they are defined. ``most`` is ``least`` unless given; None: no limit."""

    def enter(self, name: str, kind: Kind, least: int, most: int | None = -1) -> Callable[[Build], Build]:
        """Enter a function that compiles its own arguments."""

        def keep(build: Build) -> Build:
            self[name] = Function(name, kind, least, least if most == -1 else most, build)
            return build

        return keep

    def of_texts(self, name: str, kind: Kind, least: int, work: Callable[..., Value], most: int | None = -1) -> None:
        """Enter a function of texts alone."""

        def build(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
            parts = [compiler.text(argument) for argument in arguments]
            if len(parts) == 1:
                only = parts[0]
                return lambda node, world: work(only(node, world))
            return lambda node, world: work(*[part(node, world) for part in parts])

        self.enter(name, kind, least, most)(build)

    def of_numbers(self, name: str, least: int, work: Callable[..., float], most: int | None = -1) -> None:
        """Enter a function of numbers that gives a number."""

        def build(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
            parts = [compiler.number(argument) for argument in arguments]
            return lambda node, world: work(*[part(node, world) for part in parts])

        self.enter(name, "number", least, most)(build)
