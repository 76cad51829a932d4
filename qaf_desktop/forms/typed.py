"""What an answer of each type may look like, and how a worked-out value is written down for it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from qaf_desktop.forms.expressions.values import Value, days_from_text, number_from_text, text_from_number, to_text

_INTEGER = re.compile(r"-?\d{1,15}\Z")
_DECIMAL = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T|\Z)")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?\Z")
_DATE_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T(.+)\Z")


def fits(kind: str, value: str) -> bool:
    """Whether a non-empty answer can be an answer of this XForms type."""
    test = _TESTS.get(kind)
    return test is None or test(value)


def _is_date(value: str) -> bool:
    return _DATE.match(value) is not None and not math.isnan(days_from_text(value))


def _is_date_time(value: str) -> bool:
    match = _DATE_TIME.match(value)
    return match is not None and _is_date(match.group(1)) and _TIME.match(match.group(2)) is not None


_TESTS: dict[str, Callable[[str], bool]] = {
    "int": lambda value: _INTEGER.match(value) is not None,
    "decimal": lambda value: _DECIMAL.match(value) is not None,
    "date": _is_date,
    "time": lambda value: _TIME.match(value) is not None,
    "dateTime": _is_date_time,
}

NOT_FITTING = {
    "int": "Needs a whole number.",
    "decimal": "Needs a number.",
    "date": "Needs a date.",
    "time": "Needs a time.",
    "dateTime": "Needs a date and a time.",
}


def written(value: Value, kind: str) -> str:
    """A worked-out value as an answer of this type; not a number becomes empty."""
    if isinstance(value, float) and not isinstance(value, bool) and math.isnan(value):
        return ""
    text = to_text(value)
    if not text:
        return ""
    if kind in ("int", "decimal"):
        return _number(value, text, kind)
    if kind == "date":
        return text[:10] if _is_date(text[:10]) else text
    return text


def _number(value: Value, text: str, kind: str) -> str:
    number = value if isinstance(value, float) else number_from_text(text)
    if math.isnan(number) or math.isinf(number):
        return "" if math.isnan(number) and _DECIMAL.match(text) is None else text
    return text_from_number(float(math.trunc(number)) if kind == "int" else number)
