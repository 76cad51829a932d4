"""The centre's proof, record by record, that it holds what we hold – read back from its log, not a reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import RecordId
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.centre_log import Pin
from qaf_desktop.models.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ReceiptLine:
    """One own record. ``scope`` and ``seq`` name the log entry that proves it; empty and 0 while there is none."""

    record_id: RecordId
    kind: Kind
    child_ref: str | None
    content_hash: str
    state: SendState
    seq: int
    scope: str


@dataclass(frozen=True)
class Receipt:
    """What the centre has proved to hold by the moment ``at``. ``heads`` pin down every log that was read."""

    at: datetime | None
    council: str
    centre: str
    heads: tuple[Pin, ...]
    lines: tuple[ReceiptLine, ...]


def receipt(work: UnitOfWork, *, limit: int = 1_000) -> Receipt:
    """The receipt for the newest own records; ``at`` is the last sync that reached its end (``None``: none did yet)."""
    queue = work.outbox.lines(limit=limit, offset=0)
    entries = work.centre_log.of_records([line.record_id for line in queue])
    enrolment = work.meta.enrolment or {}
    place = enrolment.get("centre", {})
    attempt = work.outbox.last_attempt("done")
    lines = []
    for line in queue:
        proofs = [one for one in entries[line.record_id] if one.op == "p" and one.content_hash == line.content_hash]
        # The author's own log first: it is where a receipt is looked for.
        proof = min(proofs, key=lambda one: (not one.scope.startswith("person:"), one.seq), default=None)
        lines.append(
            ReceiptLine(
                record_id=line.record_id,
                kind=line.kind,
                child_ref=line.child_ref,
                content_hash=line.content_hash,
                state=line.state,
                seq=proof.seq if proof else 0,
                scope=proof.scope if proof else "",
            )
        )
    return Receipt(
        at=attempt.at if attempt else None,
        council=str(enrolment.get("council", "")),
        centre=f"{place['host']}:{place['port']}" if place else "",
        heads=tuple(work.centre_log.pins()),
        lines=tuple(lines),
    )
