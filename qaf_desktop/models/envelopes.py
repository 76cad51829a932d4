"""Everything about a sealed paper except its words: what lists and sync need."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Row

from qaf_desktop.domain.envelope import Kind, Record
from qaf_desktop.domain.ids import CaseId, DeviceId, RecordId
from qaf_desktop.models.moments import from_text_or_none, to_text


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A record without its body. ``received_at`` and ``received_seq`` are the centre's, ``None`` until it has spoken.

    ``claimed_at`` is the laptop's clock with its offset; ``size`` the body's length in bytes (0 when not known).
    """

    id: RecordId
    kind: Kind
    case_id: CaseId
    about: RecordId | None = None
    based_on: tuple[RecordId, ...] = ()
    form_id: str | None = None
    form_version: str | None = None
    form_hash: str | None = None
    child_ref: str | None = None
    team: str | None = None
    author: str
    spoken_by: Mapping[str, str] | None = None
    device: DeviceId
    device_seq: int
    claimed_at: datetime
    content_hash: str
    size: int = 0
    summary: Mapping[str, Any] = field(default_factory=dict)
    received_at: datetime | None = None
    received_seq: int | None = None

    def __repr__(self) -> str:
        """Ids only."""
        return f"Envelope(id={self.id!r}, kind={self.kind.value!r})"


def envelope_of(record: Record, *, received_at: datetime | None = None, received_seq: int | None = None) -> Envelope:
    """The envelope of a record whose words are here."""
    return Envelope(
        id=record.id,
        kind=record.kind,
        case_id=record.case_id,
        about=record.about,
        based_on=record.based_on,
        form_id=record.form_id,
        form_version=record.form_version,
        form_hash=record.form_hash,
        child_ref=record.child_ref,
        team=record.team,
        author=record.author,
        spoken_by=record.spoken_by,
        device=record.device,
        device_seq=record.device_seq,
        claimed_at=record.claimed_at,
        content_hash=record.content_hash,
        size=len(record.body.encode()),
        summary=record.summary,
        received_at=received_at,
        received_seq=received_seq,
    )


def to_row(envelope: Envelope) -> dict[str, Any]:
    """The envelope as a row of the table ``record``."""
    return {
        "id": envelope.id,
        "kind": envelope.kind.value,
        "case_id": envelope.case_id,
        "about": envelope.about,
        "based_on": json.dumps(list(envelope.based_on)),
        "form_id": envelope.form_id,
        "form_version": envelope.form_version,
        "form_hash": envelope.form_hash,
        "child_ref": envelope.child_ref,
        "team": envelope.team,
        "author": envelope.author,
        "spoken_by": None if envelope.spoken_by is None else json.dumps(dict(envelope.spoken_by)),
        "device": envelope.device,
        "device_seq": envelope.device_seq,
        "claimed_at": envelope.claimed_at.isoformat(timespec="milliseconds"),
        "content_hash": envelope.content_hash,
        "size": envelope.size,
        "summary": json.dumps(dict(envelope.summary), sort_keys=True),
        "received_at": None if envelope.received_at is None else to_text(envelope.received_at),
        "received_seq": envelope.received_seq,
    }


def from_row(row: Row[Any]) -> Envelope:
    """A row of the table ``record`` as an envelope."""
    return Envelope(
        id=RecordId(row.id),
        kind=Kind(row.kind),
        case_id=CaseId(row.case_id),
        about=row.about,
        based_on=tuple(json.loads(row.based_on)),
        form_id=row.form_id,
        form_version=row.form_version,
        form_hash=row.form_hash,
        child_ref=row.child_ref,
        team=row.team,
        author=row.author,
        spoken_by=None if row.spoken_by is None else json.loads(row.spoken_by),
        device=DeviceId(row.device),
        device_seq=row.device_seq,
        claimed_at=datetime.fromisoformat(row.claimed_at),
        content_hash=row.content_hash,
        size=row.size,
        summary=json.loads(row.summary),
        received_at=from_text_or_none(row.received_at),
        received_seq=row.received_seq,
    )


def in_case_order(envelopes: Iterable[Envelope]) -> list[Envelope]:
    """The papers of one case as they followed each other.

    What a paper answers or had seen comes before it; then the order in which the centre received them; papers it has
    not received come last, in the order their laptop sealed them. Never a laptop's clock.
    """
    waiting = sorted(envelopes, key=_fallback_order)
    here = {envelope.id for envelope in waiting}
    placed: set[RecordId] = set()
    ordered: list[Envelope] = []
    while waiting:
        ready = next((one for one in waiting if _before(one, here) <= placed), waiting[0])
        waiting.remove(ready)
        placed.add(ready.id)
        ordered.append(ready)
    return ordered


def _before(envelope: Envelope, here: set[RecordId]) -> set[RecordId]:
    named: Sequence[RecordId] = (*envelope.based_on, *((envelope.about,) if envelope.about else ()))
    return {id for id in named if id in here and id != envelope.id}


def _fallback_order(envelope: Envelope) -> tuple[bool, int, int, str]:
    received = envelope.received_seq
    return (received is None, received or 0, envelope.device_seq, envelope.id)
