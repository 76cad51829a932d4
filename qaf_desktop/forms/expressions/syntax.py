"""What a rule says once it has been read: a small tree of comparisons, paths and functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """Text in quotes, or a number."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; ``at`` is the column (from 0) where its name stands."""

    name: str
    arguments: tuple[Expression, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """Two values joined by an operator such as ``and``, ``=``, ``+`` or ``|``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus sign in front of a value."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path. ``axis`` is ``child``, ``self``, ``parent`` or ``descendant``; ``name`` may be ``*``."""

    axis: str
    name: str
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A way to one or more answers.

    ``start`` is ``"/"`` for a path from the root, ``""`` for one from where the rule stands, or an expression that
    gives answers itself, such as ``instance('grade')`` or ``current()``; ``filters`` are its own predicates.
    """

    start: str | Expression
    steps: tuple[Step, ...]
    filters: tuple[Expression, ...] = ()


Expression: TypeAlias = Literal | Call | Operation | Negation | Path

OWN_ANSWER = Path("", (Step("self", "*"),))
"""The answer a rule stands at, written ``.``."""
