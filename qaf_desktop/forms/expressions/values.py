"""What an answer is worth inside a rule: text, a number, yes or no, or several answers at once.

Conversions follow XPath 1.0, with the ODK XForms addition that a date counts as days since 1 January 1970.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Protocol, TypeAlias


class Node(Protocol):
    """One answer, group or list row as a rule sees it."""

    @property
    def name(self) -> str:
        """Its name, without what it lies in."""

    @property
    def read(self) -> str:
        """Its text: empty for a group, and while the question is not asked."""

    @property
    def position(self) -> int:
        """Its place, from 1, among its neighbours of the same name."""

    @property
    def parent(self) -> Node | None:
        """What it lies in."""

    @property
    def children(self) -> Sequence[Node]:
        """What lies in it."""

    @property
    def by_name(self) -> Mapping[str, Sequence[Node]]:
        """What lies in it, by name."""


Value: TypeAlias = "str | float | bool | Sequence[Node]"

NAN: Final = math.nan
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*\Z")
_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?(Z|[+-]\d{2}:\d{2})?)?\Z"
)


def number_from_text(text: str) -> float:
    """The number a text stands for: digits as they are, dates as days since 1 January 1970, anything else NaN."""
    if _NUMBER.match(text):
        return float(text)
    return days_from_text(text)


def days_from_text(text: str) -> float:
    """Days since 1 January 1970; a date is a whole number, a date with a time has a fraction. NaN if it is neither."""
    match = _MOMENT.match(text)
    if match is None:
        return NAN
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    try:
        whole = date(int(year), int(month), int(day)).toordinal() - _EPOCH_DAY
    except ValueError:
        return NAN
    if hour is None:
        return float(whole)
    seconds = int(hour) * 3600 + int(minute or 0) * 60 + int(second or 0) + float(f"0.{fraction or 0}")
    return whole + (seconds - _offset_seconds(offset)) / 86400


def moment_from_text(text: str, local: timezone | None) -> datetime | None:
    """The moment a date or date-time text names, on the local clock; None if it names none."""
    match = _MOMENT.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    try:
        moment = datetime(  # noqa: DTZ001 - the offset, if it is written, is applied just below
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
            int((fraction or "0")[:6].ljust(6, "0")),
        )  # fmt: skip
        if offset and local is not None:
            zone = timezone(timedelta(seconds=_offset_seconds(offset)))
            return moment.replace(tzinfo=zone).astimezone(local)
    except (ValueError, OverflowError):
        return None
    return moment


def _offset_seconds(offset: str | None) -> int:
    if not offset or offset == "Z":
        return 0
    sign = -1 if offset[0] == "-" else 1
    return sign * (int(offset[1:3]) * 3600 + int(offset[4:6]) * 60)


def text_from_days(days: float) -> str:
    """The date so many days after 1 January 1970, as ``2026-11-23``; empty when there is no such date."""
    try:
        return date.fromordinal(_EPOCH_DAY + math.floor(days)).isoformat()
    except (ValueError, OverflowError):
        return ""


def moment_from_days(days: float, local: timezone | None) -> datetime | None:
    """The moment so many days after 1 January 1970 UTC; whole days are dates and stay on their day."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return moment if local is None or days == math.floor(days) else moment.astimezone(local)


def text_from_number(number: float) -> str:
    """A number as text: whole numbers without a point, never an exponent."""
    if number != number:  # noqa: PLR0124 - only NaN differs from itself, and this is the quickest way to ask
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    text = repr(number)
    return f"{number:.20f}".rstrip("0") if "e" in text else text


def to_text(value: Value) -> str:
    """Any value as text; of several answers, the first."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return text_from_number(value)
    return value[0].read if value else ""


def to_number(value: Value) -> float:
    """Any value as a number; NaN when it is none."""
    if isinstance(value, str):
        return number_from_text(value)
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    return number_from_text(value[0].read) if value else NAN


def to_boolean(value: Value) -> bool:
    """Any value as yes or no: some text, a number that is neither zero nor NaN, at least one node."""
    if isinstance(value, float):
        return value == value and value != 0  # noqa: PLR0124 - NaN is false
    return bool(value)


_COMPARISONS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def equal(left: Value, right: Value) -> bool:
    """``=``: of several answers, true if any one is equal."""
    return _equality(left, right, wanted=True)


def unequal(left: Value, right: Value) -> bool:
    """``!=``: of several answers, true if any one differs."""
    return _equality(left, right, wanted=False)


def _equality(left: Value, right: Value, *, wanted: bool) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return (to_boolean(left) == to_boolean(right)) is wanted
    lefts, rights = _singles(left), _singles(right)
    numeric = isinstance(left, float) or isinstance(right, float)
    if numeric:
        return any((to_number(a) == to_number(b)) is wanted for a in lefts for b in rights)
    return any((a == b) is wanted for a in lefts for b in rights)


def compare(sign: str, left: Value, right: Value) -> bool:
    """``<``, ``<=``, ``>``, ``>=``: always as numbers, dates as days; of several answers, true if any one fits."""
    if isinstance(left, bool) or isinstance(right, bool):
        left, right = to_number(to_boolean(left)), to_number(to_boolean(right))
    test = _COMPARISONS[sign]
    return any(test(to_number(a), to_number(b)) for a in _singles(left) for b in _singles(right))


def _singles(value: Value) -> Sequence[str | float]:
    if isinstance(value, (str, float)):
        return (value,)
    assert not isinstance(value, bool)  # noqa: S101 - callers have turned yes and no into a number
    return [node.read for node in value]
