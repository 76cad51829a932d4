"""The answers of one filling, each in its place: what was typed, whether it is asked, which row it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qaf_desktop.forms.shape import Seed, Spot

_PART = re.compile(r"([^\[\]/]+)(?:\[(#?)(\d+)\])?\Z")


class Answer:
    """One question, group or row of a filling.

    ``value`` is what was given and is kept; ``read`` is what rules and outputs see: empty while the question is not
    asked or the choice is filtered out. ``number`` is a row's own number, never given to another row.
    """

    __slots__ = (
        "alive", "allowed", "by_name", "latest", "name", "number", "own_relevant", "parent", "position", "read",
        "readonly", "relevant", "required", "spot", "valid", "value",
    )  # fmt: skip

    def __init__(self, spot: Spot, parent: Answer | None) -> None:
        self.spot = spot
        self.name = spot.name
        self.parent = parent
        self.by_name: dict[str, list[Answer]] = {}
        self.value = ""
        self.read = ""
        self.position = 1
        self.number = 0
        self.alive = True
        self.own_relevant = True
        self.relevant = True
        self.allowed: frozenset[str] | None = None
        # Worked out when somebody looks; None until then.
        self.required: bool | None = None
        self.readonly: bool | None = None
        self.valid: bool | None = None
        # The highest row number given out so far, by repeat.
        self.latest: dict[str, int] = {}

    @property
    def children(self) -> Sequence[Answer]:
        """What lies in it, in document order."""
        return [child for name in self.spot.inside for child in self.by_name.get(name, ())]

    def walk(self) -> Iterator[Answer]:
        """Itself and everything in it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def rows(self, name: str) -> list[Answer]:
        """The rows of a repeat in it."""
        return self.by_name.setdefault(name, [])

    def ref(self) -> str:
        """Where it is now: ``/data/actions[2]/due``. Changes when a row before it is removed."""
        if not self.spot.many:
            return self.spot.path
        assert self.parent is not None  # noqa: S101 - rows lie in something
        place = f"[{self.position}]" if self.spot.repeats else ""
        return f"{self.parent.ref()}/{self.name}{place}"

    def slot(self) -> str:
        """Its name in the store: ``/data/actions[#7]/due``. Never changes and is never used again."""
        if not self.spot.many:
            return self.spot.path
        assert self.parent is not None  # noqa: S101 - rows lie in something
        place = f"[#{self.number}]" if self.spot.repeats else ""
        return f"{self.parent.slot()}/{self.name}{place}"


def grow(seed: Seed, parent: Answer, *, number: int = 0) -> Answer:
    """An answer tree from what the form's XML holds, joined to its parent. Rows are numbered in order."""
    spot = seed.spot
    answer = Answer(spot, parent)
    siblings = parent.by_name.setdefault(spot.name, [])
    siblings.append(answer)
    answer.position = len(siblings)
    if spot.repeats:
        answer.number = number or parent.latest.get(spot.name, 0) + 1
        parent.latest[spot.name] = max(parent.latest.get(spot.name, 0), answer.number)
    answer.value = answer.read = seed.text
    for child in seed.children:
        grow(child, answer)
    return answer


def find(top: Answer, ref: str) -> tuple[Answer, Spot] | None:
    """What a ref or slot names: an answer and its spot; for a repeat without a row number, what holds its rows."""
    current, spot = top, top.spot
    parts = ref.strip("/").split("/")
    for place, part in enumerate(parts):
        match = _PART.match(part)
        below = spot.inside.get(match.group(1)) if match else None
        if match is None or below is None:
            return None
        name, stable, digits = match.groups()
        rows = current.by_name.get(name, [])
        if below.repeats and digits is None and place == len(parts) - 1:
            return current, below
        wanted = int(digits or 1)
        if stable:
            chosen = next((row for row in rows if row.number == wanted), None)
        else:
            chosen = rows[wanted - 1] if 1 <= wanted <= len(rows) else None
        if chosen is None:
            return None
        current, spot = chosen, below
    return current, spot


def affected(answer: Answer, climb: int, names: tuple[str, ...]) -> Sequence[Answer]:
    """The answers reached by climbing from one answer and then going down by name."""
    start: Answer | None = answer
    for _ in range(climb):
        start = start.parent if start is not None else None
    if start is None:
        return ()
    found: Sequence[Answer] = (start,)
    for name in names:
        if len(found) == 1:
            found = found[0].by_name.get(name, ())
        else:
            found = [child for one in found for child in one.by_name.get(name, ())]
    return found
