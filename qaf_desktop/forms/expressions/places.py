"""Where in a form a rule stands: enough of the form's shape to tell what a path leads to, with nothing answered yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Place(Protocol):
    """One question, group or repeat of a form, without answers."""

    @property
    def index(self) -> int:
        """Its number in document order."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def up(self) -> Place | None:
        """What it lies in; None for the top of the form."""

    @property
    def inside(self) -> Mapping[str, Place]:
        """What lies in it, by name."""

    @property
    def repeats(self) -> bool:
        """Whether there may be any number of it."""

    @property
    def many(self) -> bool:
        """Whether it, or anything it lies in, repeats."""


def top_of(place: Place) -> Place:
    """The nameless top of the form, which ``/`` means."""
    while place.up is not None:
        place = place.up
    return place


def descendants(place: Place) -> list[Place]:
    """Everything that lies in a place, in document order."""
    found: list[Place] = []
    for child in place.inside.values():
        found.append(child)
        found.extend(descendants(child))
    return found
