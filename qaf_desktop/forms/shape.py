"""The questions of a form and how they lie in groups and repeats, before anybody has answered one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from qaf_desktop.forms.control import Control
from qaf_desktop.forms.expressions.function import Closure
from qaf_desktop.forms.expressions.reading import Read
from qaf_desktop.forms.expressions.syntax import Expression
from qaf_desktop.forms.wording import Label

SpotKind = Literal["group", "repeat", "question"]
RuleKind = Literal["relevant", "calculate", "count", "choices", "required", "readonly", "constraint", "words"]
EAGER: tuple[RuleKind, ...] = ("relevant", "calculate", "count", "choices")
"""Rules whose result other rules may read; the others are worked out when somebody looks."""


@dataclass(slots=True)
class Bind:
    """What the form says about one question apart from how it looks."""

    type: str = "string"
    relevant: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    required_message: Label | None = None
    constraint_message: Label | None = None
    preload: str = ""
    preload_params: str = ""


@dataclass(slots=True, eq=False)
class Spot:
    """One question, group or repeat. ``index`` is its number in document order; the nameless top has -1."""

    index: int
    name: str
    up: Spot | None
    repeats: bool = False
    inside: dict[str, Spot] = field(default_factory=dict)
    bind: Bind = field(default_factory=Bind)
    control: Control | None = None
    meta: bool = False
    many: bool = False
    path: str = ""
    # Filled in when the rules are put in order:
    readers: tuple[Reader, ...] = ()
    row_readers: tuple[Reader, ...] = ()
    rules: dict[str, Rule] = field(default_factory=dict)

    @property
    def kind(self) -> SpotKind:
        """A repeat, a group, or a question."""
        if self.repeats:
            return "repeat"
        return "group" if self.inside else "question"

    def walk(self) -> Iterator[Spot]:
        """Everything that lies in it, in document order."""
        for child in self.inside.values():
            yield child
            yield from child.walk()

    def ancestors(self) -> Iterator[Spot]:
        """What it lies in, nearest first, without the nameless top."""
        above = self.up
        while above is not None and above.index >= 0:
            yield above
            above = above.up


@dataclass(slots=True)
class Seed:
    """What the form's own XML holds for a spot before anything is answered; also the pattern for a new row."""

    spot: Spot
    text: str = ""
    children: list[Seed] = field(default_factory=list)


def blank(spot: Spot) -> Seed:
    """An empty row of a repeat; repeats inside it start without rows."""
    return Seed(spot, "", [blank(child) for child in spot.inside.values() if not child.repeats])


@dataclass(slots=True, eq=False)
class Rule:
    """One rule of one question. ``rank`` is its place in the order of working out."""

    kind: RuleKind
    spot: Spot
    run: Closure
    reads: frozenset[Read]
    rank: int = 0
    lazy: bool = False
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """A rule to look at again when a spot changes, and how to get from the changed answer to the rule's own.

    Climb ``climb`` steps up from the changed answer, then down along ``names``.
    """

    rule: Rule
    climb: int
    names: tuple[str, ...]
