"""Answers written down by question name, put into a form the way a person would fill it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qaf_desktop.forms.filling import Filling


def fill_in(filling: Filling, answers: Mapping[str, str], repeats: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """Answer every question named; rows of repeats are added first.

    Raises:
        KeyError: the form has no question or repeat of that name.
    """
    places = where(filling)
    for name, rows in repeats.items():
        for row in rows:
            added = filling.add(places[name])
            inside = where(filling, added)
            for question, value in row.items():
                filling.set(inside[question], value)
    for name, value in answers.items():
        filling.set(places[name], value)


def where(filling: Filling, below: str | None = None) -> dict[str, str]:
    """The ref of every question, group and repeat by name; the rows of repeats are not entered."""
    found: dict[str, str] = {}
    waiting = list(filling.children(below or ""))
    while waiting:
        ref = waiting.pop(0)
        item: Any = filling.look(ref)
        found[item.name] = ref
        if item.kind == "group":
            waiting.extend(filling.children(ref))
    return found
