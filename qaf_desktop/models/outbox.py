"""What the centre has not confirmed yet, and how each paper got on: ready, received, confirmed, held back, erased."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, or_, select, tuple_, update
from sqlalchemy.engine import Connection

from qaf_desktop.domain.envelope import URGENT_KINDS, Kind, Record
from qaf_desktop.domain.ids import RecordId
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.moments import from_text, to_text
from qaf_desktop.models.schema import attempt, line, outbox, record_body

_KEPT_ATTEMPTS = 100

# States only move forward; a record the centre took cannot become held back by a late reply.
_MAY_BECOME = {
    SendState.READY: (SendState.READY, SendState.HELD_BACK),
    SendState.HELD_BACK: (SendState.READY, SendState.HELD_BACK),
    SendState.RECEIVED: (SendState.READY, SendState.HELD_BACK),
    SendState.CONFIRMED: (SendState.READY, SendState.HELD_BACK, SendState.RECEIVED),
    SendState.ERASED: (SendState.READY, SendState.HELD_BACK, SendState.RECEIVED, SendState.CONFIRMED),
}


@dataclass(frozen=True)
class Waiting:
    """A sealed record to offer to the centre. ``size`` is in bytes of the body."""

    record_id: RecordId
    kind: Kind
    body: str
    content_hash: str
    size: int
    urgent: bool
    lseq: int

    def __repr__(self) -> str:
        """Ids only."""
        return f"Waiting(record_id={self.record_id!r}, size={self.size})"


@dataclass(frozen=True)
class Verdict:
    """What the centre said about one record. ``retry``: held back only until the centre knows more."""

    record_id: RecordId
    state: SendState
    reason: str = ""
    retry: bool = False


@dataclass(frozen=True)
class QueueLine:
    """One own record on the page about sending; ``reason`` says why it is held back."""

    record_id: RecordId
    kind: Kind
    child_ref: str | None
    form_title: str
    sealed_at: datetime
    state: SendState
    reason: str
    content_hash: str
    tries: int


@dataclass(frozen=True)
class Attempt:
    """The last time this computer spoke to the centre, or tried to."""

    at: datetime
    outcome: str
    sentence: str
    sent: int
    pulled: int


class Outbox:
    """Every record sealed here, with its state. There is no "sending": it would need repair after a crash."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._at = to_text(now)

    def queue(self, record: Record) -> None:
        """Put a newly sealed record in the queue; only ``Records.seal`` calls this."""
        self._connection.execute(
            insert(outbox).values(
                record_id=record.id,
                kind=record.kind.value,
                child_ref=record.child_ref,
                content_hash=record.content_hash,
                size=len(record.body.encode()),
                rank=0 if record.kind in URGENT_KINDS else 1,
                state=SendState.READY.value,
                retry=False,
                reason="",
                tries=0,
                sealed_at=self._at,
                changed_at=self._at,
            )
        )

    def waiting(self, limit: int, max_bytes: int, *, after: Waiting | None = None) -> list[Waiting]:
        """The next batch: urgent first, then in the order they were sealed; ready ones and those worth a retry.

        At least one when any waits, however large: a single larger record travels alone. ``after`` goes on behind
        the last one of the batch before, so that one sync offers each record at most once.
        """
        query = (
            select(outbox.c.record_id, outbox.c.size)
            .where(
                outbox.c.state.in_([SendState.READY.value, SendState.HELD_BACK.value]),
                or_(outbox.c.state == SendState.READY.value, outbox.c.retry),
            )
            .order_by(outbox.c.rank, outbox.c.lseq)
            .limit(limit)
        )
        if after is not None:
            query = query.where(tuple_(outbox.c.rank, outbox.c.lseq) > (0 if after.urgent else 1, after.lseq))
        chosen: list[str] = []
        total = 0
        for record_id, size in self._connection.execute(query):
            total += size
            if chosen and total > max_bytes:
                break
            chosen.append(record_id)
        bodies = (
            select(outbox, record_body.c.body)
            .join(record_body, record_body.c.record_id == outbox.c.record_id)
            .where(outbox.c.record_id.in_(chosen))
            .order_by(outbox.c.rank, outbox.c.lseq)
        )
        return [
            Waiting(row.record_id, Kind(row.kind), row.body, row.content_hash, row.size, row.rank == 0, row.lseq)
            for row in self._connection.execute(bodies)
        ]

    def state(self, id: RecordId) -> SendState | None:
        """How far a record has got; ``None`` for one that was not sealed here."""
        found = self._connection.execute(select(outbox.c.state).where(outbox.c.record_id == id)).scalar()
        return None if found is None else SendState(found)

    def states(self, ids: Collection[RecordId]) -> dict[RecordId, SendState]:
        """How far each of these has got; those not sealed here are left out."""
        rows = self._connection.execute(select(outbox.c.record_id, outbox.c.state).where(outbox.c.record_id.in_(ids)))
        return {RecordId(row.record_id): SendState(row.state) for row in rows}

    def set_verdicts(self, verdicts: Iterable[Verdict]) -> frozenset[RecordId]:
        """Write down what the centre said. States only move forward; says which records are now different."""
        changed = set()
        for verdict in verdicts:
            done = self._connection.execute(
                update(outbox)
                .where(
                    outbox.c.record_id == verdict.record_id,
                    outbox.c.state.in_([state.value for state in _MAY_BECOME[verdict.state]]),
                )
                .values(
                    state=verdict.state.value,
                    reason=verdict.reason,
                    retry=verdict.retry,
                    tries=outbox.c.tries + 1,
                    changed_at=self._at,
                )
            )
            if done.rowcount:
                changed.add(verdict.record_id)
        return frozenset(changed)

    def set_confirmed(self, ids: Collection[RecordId]) -> frozenset[RecordId]:
        """These were read back from the centre's log with the same hash; says which that is news for."""
        return self._move(ids, SendState.CONFIRMED)

    def set_erased(self, ids: Collection[RecordId]) -> frozenset[RecordId]:
        """These were erased at the centre; says which of them were ours."""
        return self._move(ids, SendState.ERASED)

    def back_to_ready(self, ids: Collection[RecordId]) -> frozenset[RecordId]:
        """The centre forgot these (restored from a backup): the only way back. Erased ones stay erased."""
        found = self._connection.execute(
            update(outbox)
            .where(outbox.c.record_id.in_(ids), outbox.c.state != SendState.ERASED.value)
            .values(state=SendState.READY.value, reason="", retry=False, changed_at=self._at)
            .returning(outbox.c.record_id)
        )
        return frozenset(RecordId(row.record_id) for row in found)

    def in_state(self, state: SendState) -> list[RecordId]:
        """The own records in one state, in the order they were sealed."""
        rows = self._connection.execute(
            select(outbox.c.record_id).where(outbox.c.state == state.value).order_by(outbox.c.lseq)
        )
        return [RecordId(row.record_id) for row in rows]

    def counts(self) -> dict[SendState, int]:
        """How many own records are in each state; every state is named."""
        rows = self._connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
        found = {row[0]: row[1] for row in rows}
        return {state: found.get(state.value, 0) for state in SendState}

    def lines(self, limit: int = 100, offset: int = 0) -> list[QueueLine]:
        """Own records for the page about sending, newest first."""
        query = (
            select(outbox, line.c.form_title)
            .outerjoin(line, line.c.record_id == outbox.c.record_id)
            .order_by(outbox.c.lseq.desc())
            .limit(limit)
            .offset(offset)
        )
        return [
            QueueLine(
                record_id=RecordId(row.record_id),
                kind=Kind(row.kind),
                child_ref=row.child_ref,
                form_title=row.form_title or "",
                sealed_at=from_text(row.sealed_at),
                state=SendState(row.state),
                reason=row.reason,
                content_hash=row.content_hash,
                tries=row.tries,
            )
            for row in self._connection.execute(query)
        ]

    def note_attempt(self, at: datetime, outcome: str, sentence: str, sent: int, pulled: int) -> None:
        """Write down how a sync went, in one sentence; the last hundred are kept."""
        done = self._connection.execute(
            insert(attempt).values(at=to_text(at), outcome=outcome, sentence=sentence, sent=sent, pulled=pulled)
        )
        newest = done.inserted_primary_key[0] if done.inserted_primary_key else 0
        self._connection.execute(attempt.delete().where(attempt.c.id <= newest - _KEPT_ATTEMPTS))

    def last_attempt(self, outcome: str | None = None) -> Attempt | None:
        """The newest attempt (with this outcome, when one is named), or ``None``."""
        query = select(attempt).order_by(attempt.c.id.desc()).limit(1)
        if outcome is not None:
            query = query.where(attempt.c.outcome == outcome)
        row = self._connection.execute(query).first()
        return None if row is None else Attempt(from_text(row.at), row.outcome, row.sentence, row.sent, row.pulled)

    def _move(self, ids: Collection[RecordId], to: SendState) -> frozenset[RecordId]:
        allowed: Sequence[str] = [state.value for state in _MAY_BECOME[to]]
        found = self._connection.execute(
            update(outbox)
            .where(outbox.c.record_id.in_(ids), outbox.c.state.in_(allowed))
            .values(state=to.value, reason="", retry=False, changed_at=self._at)
            .returning(outbox.c.record_id)
        )
        return frozenset(RecordId(row.record_id) for row in found)
