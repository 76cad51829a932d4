"""Functions of days and times: due in ten days, overdue today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Final

from qaf_desktop.forms.expressions.function import Closure, Compiles, Table, World
from qaf_desktop.forms.expressions.syntax import Expression
from qaf_desktop.forms.expressions.values import (
    NAN,
    Node,
    Value,
    days_from_text,
    moment_from_days,
    moment_from_text,
    text_from_days,
    to_number,
    to_text,
)

FUNCTIONS: Final = Table()
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS: Final = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_TIME = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?:Z|[+-]\d{2}:\d{2})?\Z")
_UNPADDED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=T|\Z)")
_SIGN = re.compile(r"%(.)")


def moment_as_text(moment: datetime) -> str:
    """A moment as forms keep it: ``2026-11-23T09:00:00.000+00:00``."""
    text = moment.isoformat(timespec="milliseconds")
    return text if moment.tzinfo is not None else f"{text}+00:00"


@FUNCTIONS.enter("today", "text", 0)
def _today(_compiler: Compiles, _arguments: Sequence[Expression]) -> Closure:
    return lambda _node, world: world.now().date().isoformat()


@FUNCTIONS.enter("now", "text", 0)
def _now(_compiler: Compiles, _arguments: Sequence[Expression]) -> Closure:
    return lambda _node, world: moment_as_text(world.now())


@FUNCTIONS.enter("date", "text", 1)
def _date(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    value = compiler.value(arguments[0])
    return lambda node, world: _as_date(value(node, world))


def _as_date(value: Value) -> str:
    if isinstance(value, float) and not isinstance(value, bool):
        return text_from_days(value) if value == value else ""  # noqa: PLR0124 - NaN
    text = to_text(value)
    match = _UNPADDED.match(text)
    if match is None:
        number = to_number(value)
        return text_from_days(number) if number == number else ""  # noqa: PLR0124 - NaN
    year, month, day = match.groups()
    padded = f"{year}-{int(month):02d}-{int(day):02d}"
    return padded if days_from_text(padded) == days_from_text(padded) else ""


@FUNCTIONS.enter("decimal-date-time", "number", 1)
def _decimal_date_time(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    return compiler.number(arguments[0])


@FUNCTIONS.enter("decimal-time", "number", 1)
def _decimal_time(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
    text = compiler.text(arguments[0])
    return lambda node, world: _part_of_day(text(node, world))


def _part_of_day(text: str) -> float:
    match = _TIME.match(text.rpartition("T")[2])
    if match is None:
        return NAN
    hour, minute, second, fraction = match.groups()
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return NAN
    return (int(hour) * 3600 + int(minute) * 60 + int(second or 0) + float(f"0.{fraction or 0}")) / 86400


def _formatter(name: str, *, times: bool) -> None:
    @FUNCTIONS.enter(name, "text", 2)
    def build(compiler: Compiles, arguments: Sequence[Expression]) -> Closure:
        value, shape = compiler.value(arguments[0]), compiler.text(arguments[1])

        def written(node: Node, world: World) -> str:
            zone = world.now().tzinfo
            moment = _moment(value(node, world), zone if isinstance(zone, timezone) else None)
            return "" if moment is None else _written(moment, shape(node, world), times=times)

        return written


_formatter("format-date", times=False)
_formatter("format-date-time", times=True)


def _moment(value: Value, zone: timezone | None) -> datetime | None:
    if isinstance(value, float) and not isinstance(value, bool):
        return moment_from_days(value, zone) if value == value else None  # noqa: PLR0124 - NaN
    text = to_text(value)
    found = moment_from_text(text, zone)
    if found is not None or not text:
        return found
    number = to_number(text)
    return moment_from_days(number, zone) if number == number else None  # noqa: PLR0124 - NaN


def _written(moment: datetime, shape: str, *, times: bool) -> str:
    parts = {
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "b": _MONTHS[moment.month - 1],
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "a": _DAYS[moment.weekday()],
    }
    if times:
        parts |= {
            "H": f"{moment.hour:02d}",
            "h": str(moment.hour),
            "M": f"{moment.minute:02d}",
            "S": f"{moment.second:02d}",
            "3": f"{moment.microsecond // 1000:03d}",
        }
    return _SIGN.sub(lambda match: parts.get(match.group(1), match.group()), shape)
