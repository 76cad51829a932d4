"""How one question is put to a person: its kind of control, its words and its choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qaf_desktop.forms.expressions.syntax import Expression
from qaf_desktop.forms.wording import Label


@dataclass(frozen=True, slots=True)
class InlineChoice:
    """A choice written beside its question."""

    value: str
    label: Label | None


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices taken from a list: which rows, which column is the value, and what to show."""

    nodes: Expression
    value: str
    label: Label | None
    list_name: str


@dataclass(slots=True)
class Control:
    """What a person meets: a question, a group's heading or a repeat's."""

    kind: str
    label: Label | None = None
    hint: Label | None = None
    appearance: str = ""
    items: tuple[InlineChoice, ...] = ()
    itemset: Itemset | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    count: Expression | None = None
    fixed_rows: bool = False
    order: int = 0
