"""What a rule reads: the answers that, when they change, make it worth working out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from qaf_desktop.forms.expressions.grammar import parse
from qaf_desktop.forms.expressions.places import Place, descendants, top_of
from qaf_desktop.forms.expressions.syntax import Call, Expression, Literal, Negation, Operation, Path, Step


@dataclass(frozen=True, slots=True)
class Read:
    """A rule reads ``place``: its answer, how many rows it has, or its choices.

    ``hinge`` is how far up the rule climbs before it goes down to the place: only rules under the same hinge as a
    changed answer can be touched by it. In a table of actions a row that reads its own date has the row as its hinge.
    """

    place: Place
    hinge: Place
    what: OneOf["value", "rows", "choices"] = "value"


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a path can lead: the places, and the hinge they were reached over."""

    places: tuple[Place, ...]
    hinge: Place


def reads_of(expression: Expression, home: Place) -> frozenset[Read]:
    """Everything a rule at ``home`` reads."""
    reader = _Reader(home)
    reader.value(expression, _Found((home,), home))
    return frozenset(reader.reads)


def names_in(expression: Expression) -> Iterator[Path]:
    """Every path of a rule, those inside predicates and arguments too."""
    match expression:
        case Operation(left=left, right=right):
            yield from names_in(left)
            yield from names_in(right)
        case Negation(operand=operand):
            yield from names_in(operand)
        case Call(arguments=arguments):
            for argument in arguments:
                yield from names_in(argument)
        case Path(start=start, steps=steps, filters=filters):
            yield expression
            if not isinstance(start, str):
                yield from names_in(start)
            for predicate in (*filters, *(test for step in steps for test in step.predicates)):
                yield from names_in(predicate)


class _Reader:
    def __init__(self, home: Place) -> None:
        self.home = home
        self.top = top_of(home)
        self.reads: set[Read] = set()

    def value(self, expression: Expression, here: _Found) -> None:
        """Note what is read when the expression's value is wanted."""
        match expression:
            case Operation(left=left, right=right):
                self.value(left, here)
                self.value(right, here)
            case Negation(operand=operand):
                self.value(operand, here)
            case Path():
                self._keep_values(self.nodes(expression, here))
            case Call():
                self._call(expression, here)

    def nodes(self, expression: Expression, here: _Found) -> _Found:
        """Follow an expression that gives answers, noting only what is read on the way."""
        match expression:
            case Path():
                return self._path(expression, here)
            case Operation(operator="|", left=left, right=right):
                return _joined(self.nodes(left, here), self.nodes(right, here))
            case Call(name="current"):
                return _Found((self.home,), self.home)
            case Call(name="if", arguments=(test, yes, no)):
                self.value(test, here)
                return _joined(self.nodes(yes, here), self.nodes(no, here))
            case Call(name="indexed-repeat", arguments=arguments) if arguments:
                found = self.nodes(arguments[0], here)
                for place, argument in enumerate(arguments[1:]):
                    if place % 2:
                        self.value(argument, here)
                    else:
                        self.nodes(argument, here)
                return found
            case _:
                self.value(expression, here)
                return _Found((), self.top)

    def _call(self, call: Call, here: _Found) -> None:
        match call:
            case Call(name="count", arguments=(nodes,)):
                self.nodes(nodes, here)
            case Call(name="position", arguments=(nodes,)):
                for place in self.nodes(nodes, here).places:
                    if place.repeats and place.up is not None:
                        self.reads.add(Read(place, place.up, "rows"))
            case Call(name="indexed-repeat"):
                self._keep_values(self.nodes(call, here))
            case Call(name="jr:choice-name", arguments=(value, Literal(value=str() as named))):
                self.value(value, here)
                for place in self.nodes(parse(named.strip()), here).places:
                    self.reads.add(Read(place, self.top, "choices"))
            case Call(name="string" | "number" | "normalize-space" | "string-length", arguments=()):
                self._keep_values(here)
            case Call(name="once", arguments=(first,)):
                self.value(first, here)
            case Call(arguments=arguments):
                for argument in arguments:
                    self.value(argument, here)

    def _keep_values(self, found: _Found) -> None:
        for place in found.places:
            if not place.inside:
                self.reads.add(Read(place, found.hinge))

    def _path(self, path: Path, here: _Found) -> _Found:
        if path.start == "/":
            found = _Found((self.top,), self.top)
        elif path.start == "":
            found = here
        else:
            assert not isinstance(path.start, str)  # noqa: S101 - the two texts are handled above
            found = self.nodes(path.start, here)
        climbing = path.start != "/"
        for predicate in path.filters:
            self.value(predicate, found)
        for step in path.steps:
            if step.axis == "parent":
                above = tuple(dict.fromkeys(place.up for place in found.places if place.up is not None))
                hinge = above[0] if climbing and above and _lies_in(found.hinge, above[0]) else found.hinge
                found = _Found(above, hinge)
            elif step.axis != "self":
                climbing = False
                found = _Found(_below(found.places, step), found.hinge)
                for place in found.places:
                    if place.repeats:
                        self.reads.add(Read(place, found.hinge, "rows"))
            for predicate in step.predicates:
                self.value(predicate, found)
        return found


def _below(places: tuple[Place, ...], step: Step) -> tuple[Place, ...]:
    found: dict[Place, None] = {}
    for place in places:
        candidates = descendants(place) if step.axis == "descendant" else list(place.inside.values())
        for child in candidates:
            if step.name in ("*", child.name):
                found[child] = None
    return tuple(found)


def _joined(one: _Found, other: _Found) -> _Found:
    hinge = one.hinge
    while not _lies_in(other.hinge, hinge) and hinge.up is not None:
        hinge = hinge.up
    return _Found((*one.places, *other.places), hinge)


def _lies_in(place: Place, other: Place) -> bool:
    above: Place | None = place
    while above is not None:
        if above is other:
            return True
        above = above.up
    return False
