"""What the centre says and what we say to it, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import CaseId, DeviceId, RecordId
from qaf_desktop.domain.people import Person, Role
from qaf_desktop.models.centre_log import LogEntry
from qaf_desktop.models.envelopes import Envelope


@dataclass(frozen=True)
class LogHead:
    """One log I may read: its end, and the running hash the centre has at my pin (``None`` = it has no such entry)."""

    scope: str
    seq: int
    chain: str
    backed_up: int
    at_pin: str | None


@dataclass(frozen=True)
class Hello:
    """The centre's answer to hello. ``server_time`` is aware; ``min_client`` the oldest program it speaks with."""

    server_time: datetime
    council: str
    min_client: str
    read_only: bool
    me: Person
    logs: tuple[LogHead, ...]

    def speaks_with(self, version: str) -> bool:
        """Whether the centre speaks with this version of the program."""
        return _numbers(version) >= _numbers(self.min_client)


@dataclass(frozen=True)
class Offered:
    """A record as it is pushed."""

    record_id: RecordId
    content_hash: str
    body: str = field(repr=False)


@dataclass(frozen=True)
class Said:
    """The verdict on one record: ``accepted``, ``erased``, ``too_new``, ``id_taken`` or ``rejected`` with a reason."""

    record_id: RecordId
    verdict: str
    reason: str


@dataclass(frozen=True)
class Pulled:
    """One log entry; ``envelope`` where it puts a record this program can read."""

    entry: LogEntry
    envelope: Envelope | None


def read_hello(told: Mapping[str, Any]) -> Hello:
    """Read the answer to hello.

    Raises:
        KeyError, ValueError, TypeError: it is not one.
    """
    who = told["me"]
    return Hello(
        server_time=datetime.fromisoformat(told["server_time"]),
        council=str(told["council"]),
        min_client=str(told["min_client"]),
        read_only=bool(told["read_only"]),
        me=Person(str(who["code"]), str(who["login"]), str(who["name"]), Role(who["role"]), who["team"]),
        logs=tuple(
            LogHead(str(log["scope"]), int(log["head"]), str(log["chain"]), int(log["backed_up"]), log["at_pin"])
            for log in told["logs"]
        ),
    )


def read_pulled(row: Mapping[str, Any]) -> Pulled:
    """Read one row of ``api.pull``.

    An envelope that this program cannot read – a kind of a newer version, a moment written strangely – stays out:
    its entry still counts in the chain, and one odd paper must not stop everybody's sync.
    """
    entry = LogEntry(
        str(row["scope"]),
        int(row["seq"]),
        str(row["op"]),
        RecordId(str(row["record_id"])),
        str(row["content_hash"]),
        str(row["chain"]),
    )
    return Pulled(entry, _envelope(row) if row["kind"] is not None else None)


def _envelope(row: Mapping[str, Any]) -> Envelope | None:
    if not _is_sound(row["summary"]):
        return None
    try:
        claimed_at = datetime.fromisoformat(row["claimed_at"])
        kind = Kind(row["kind"])
    except ValueError:
        return None
    if claimed_at.tzinfo is None:
        return None
    return Envelope(
        id=RecordId(row["record_id"]),
        kind=kind,
        case_id=CaseId(row["case_id"]),
        about=None if row["about"] is None else RecordId(row["about"]),
        based_on=tuple(RecordId(seen) for seen in row["based_on"]),
        form_id=row["form_id"],
        form_version=row["form_version"],
        form_hash=row["form_hash"],
        child_ref=row["child_ref"],
        team=row["team"],
        author=row["author"],
        spoken_by=row["spoken_by"],
        device=DeviceId(row["device"]),
        device_seq=row["device_seq"],
        claimed_at=claimed_at,
        content_hash=row["content_hash"],
        size=row["size"],
        summary=row["summary"],
        received_at=row["received_at"],
        received_seq=row["received_seq"],
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _is_sound(summary: object) -> bool:
    """Whether lists can be built from a summary: words and numbers, at most one level deep."""
    if not isinstance(summary, dict):
        return False
    return all(
        isinstance(fact, str | int | float)
        or (isinstance(fact, dict | list) and all(isinstance(each, str | int | float) for each in _inside(fact)))
        for fact in summary.values()
    )


def _inside(fact: dict[str, object] | list[object]) -> list[object]:
    return list(fact.values()) if isinstance(fact, dict) else fact
