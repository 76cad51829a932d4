"""Sealed papers: one door through which our own are sealed, another through which the centre's come in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine import Connection

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.envelope import Kind, NotARecord, Record, read, seal
from qaf_desktop.domain.ids import CaseId, RecordId, new_record_id
from qaf_desktop.models.envelopes import Envelope, envelope_of, from_row, in_case_order, to_row
from qaf_desktop.models.meta import Meta
from qaf_desktop.models.moments import to_text
from qaf_desktop.models.outbox import Outbox
from qaf_desktop.models.projections import Projections
from qaf_desktop.models.schema import record, record_body, tombstone
from qaf_desktop.problems import Problem


class NobodyHere(Problem):
    """Something was to be sealed before this computer knows whose it is."""

    def __init__(self) -> None:
        super().__init__(
            "This computer does not know yet who is sitting at it.",
            safe="Everything you have typed is kept.",
            next_step="Open the enrolment file from your IT service first.",
        )


class RecordGone(Problem):
    """A sealed copy was erased, or is no longer for this computer."""

    def __init__(self) -> None:
        super().__init__(
            "This sealed copy is not on this computer.",
            next_step="It may have been erased, or it may not be shared with you any more.",
        )


class WordsNotHere(Problem):
    """The list knows a sealed copy whose words have not been fetched."""

    def __init__(self) -> None:
        super().__init__(
            "The words of this sealed copy are not on this computer yet.",
            next_step="Connect to the council's network and open it again.",
        )


class RecordClash(Problem):
    """The centre holds another paper under an id that is ours."""

    def __init__(self) -> None:
        super().__init__(
            "The centre holds another sealed copy under the same number.",
            safe="Yours is kept unchanged on this computer.",
            next_step="Tell your IT service; it will not be replaced.",
        )


@dataclass(frozen=True, kw_only=True)
class NewRecord:
    """What is to be sealed. Author, device, number, moment, salt and hash are added by the door."""

    kind: Kind
    case_id: CaseId
    about: RecordId | None = None
    based_on: tuple[RecordId, ...] = ()
    form_id: str | None = None
    form_version: str | None = None
    form_hash: str | None = None
    child_ref: str | None = None
    team: str | None = None
    spoken_by: Mapping[str, str] | None = None
    summary: Mapping[str, Any] = field(default_factory=dict)
    content: Mapping[str, Any] = field(default_factory=dict)
    id: RecordId | None = None

    def __repr__(self) -> str:
        """Its kind, never its words."""
        return f"NewRecord(kind={self.kind.value!r})"


@dataclass(frozen=True)
class Arrival:
    """A record as the centre tells it: the envelope always, the body when it was sent along."""

    envelope: Envelope
    body: str | None = field(default=None, repr=False)


class Records:
    """The sealed papers of this computer. Nothing here is ever changed: it is added, or it is forgotten."""

    def __init__(
        self, connection: Connection, now: datetime, meta: Meta, outbox: Outbox, projections: Projections
    ) -> None:
        self._connection = connection
        self._now = now
        self._meta = meta
        self._outbox = outbox
        self._projections = projections

    def seal(self, new: NewRecord) -> Record:
        """Seal a record: keep it, queue it and project it, all or none. The one door for papers made here.

        Raises:
            NobodyHere: this store has no owner yet.
        """
        me = self._meta.get("me")
        if me is None:
            raise NobodyHere
        sealed = seal(
            id=new.id or new_record_id(),
            kind=new.kind,
            case_id=new.case_id,
            author=me["code"],
            device=self._meta.device,
            device_seq=self._meta.next_device_seq(),
            claimed_at=self._now,
            about=new.about,
            based_on=new.based_on,
            form_id=new.form_id,
            form_version=new.form_version,
            form_hash=new.form_hash,
            child_ref=new.child_ref,
            team=new.team,
            spoken_by=new.spoken_by,
            summary=new.summary,
            content=new.content,
        )
        self._connection.execute(insert(record).values(to_row(envelope_of(sealed))))
        self._connection.execute(insert(record_body).values(record_id=sealed.id, body=sealed.body))
        self._outbox.queue(sealed)
        self._projections.refresh({sealed.case_id})
        return sealed

    def receive(self, arrivals: Iterable[Arrival]) -> Change:
        """Take in what the centre sent; nothing is queued. Safe to repeat; erased records stay erased.

        Raises:
            NotARecord: a body does not match its hash, or its envelope.
            RecordClash: a record here has the same id and another hash.
        """
        coming = {arrival.envelope.id: arrival for arrival in arrivals}
        for erased in self._connection.execute(
            select(tombstone.c.record_id).where(tombstone.c.record_id.in_(list(coming)))
        ).scalars():
            del coming[RecordId(erased)]
        known = {row.id: row.content_hash for row in self._connection.execute(
            select(record.c.id, record.c.content_hash).where(record.c.id.in_(list(coming)))
        )}  # fmt: skip
        rows, bodies = [], []
        for id, arrival in coming.items():
            envelope = arrival.envelope
            if arrival.body is not None:
                envelope = _checked(arrival.body, envelope)
                bodies.append({"record_id": id, "body": arrival.body})
            if id not in known:
                rows.append(to_row(envelope))
            elif known[id] != envelope.content_hash:
                raise RecordClash
            elif envelope.received_seq is not None:
                self._connection.execute(
                    update(record)
                    .where(record.c.id == id)
                    .values(
                        received_seq=envelope.received_seq,
                        received_at=None if envelope.received_at is None else to_text(envelope.received_at),
                    )
                )
        if rows:
            self._connection.execute(insert(record), rows)
        if bodies:
            self._connection.execute(upsert(record_body).on_conflict_do_nothing(), bodies)
        cases = frozenset(arrival.envelope.case_id for arrival in coming.values())
        self._projections.refresh(cases)
        return Change(records=frozenset(coming), cases=cases)

    def get(self, id: RecordId) -> Record:
        """One record with its words, checked against its hash.

        Raises:
            RecordGone: it is not here.
            WordsNotHere: only its envelope is.
            NotARecord: what is here does not match its hash.
        """
        row = self._connection.execute(
            select(record.c.content_hash, record_body.c.body).outerjoin(record_body).where(record.c.id == id)
        ).first()
        if row is None:
            raise RecordGone
        if row.body is None:
            raise WordsNotHere
        return read(row.body, row.content_hash)

    def envelope(self, id: RecordId) -> Envelope:
        """One record without its words; raises :class:`RecordGone`."""
        row = self._connection.execute(select(record).where(record.c.id == id)).first()
        if row is None:
            raise RecordGone
        return from_row(row)

    def of_case(self, case_id: CaseId) -> list[Record]:
        """The records of a case whose words are here, in the order of the case."""
        return [self.get(envelope.id) for envelope in self.envelopes_of_case(case_id) if self.has_body(envelope.id)]

    def envelopes_of_case(self, case_id: CaseId) -> list[Envelope]:
        """Every paper of a case without its words, in the order of the case."""
        return in_case_order(
            from_row(row) for row in self._connection.execute(select(record).where(record.c.case_id == case_id))
        )

    def of_kind(self, kind: Kind) -> list[Envelope]:
        """Every paper of a kind without its words, as the centre received them, ours that it has not got last."""
        rows = self._connection.execute(
            select(record)
            .where(record.c.kind == kind.value)
            .order_by(record.c.received_seq.is_(None), record.c.received_seq, record.c.device_seq, record.c.id)
        )
        return [from_row(row) for row in rows]

    def has_body(self, id: RecordId) -> bool:
        """Whether the words of a record are here."""
        return (
            self._connection.execute(select(record_body.c.record_id).where(record_body.c.record_id == id)).first()
            is not None
        )

    def without_body(self, ids: Collection[RecordId]) -> frozenset[RecordId]:
        """Those of these records that are known here and whose words are not."""
        rows = self._connection.execute(
            select(record.c.id)
            .outerjoin(record_body)
            .where(record.c.id.in_(list(ids)), record_body.c.record_id.is_(None))
        )
        return frozenset(RecordId(row.id) for row in rows)

    def known(self, ids: Collection[RecordId]) -> dict[RecordId, str]:
        """The content hash of each of these that is here."""
        rows = self._connection.execute(select(record.c.id, record.c.content_hash).where(record.c.id.in_(list(ids))))
        return {RecordId(row.id): row.content_hash for row in rows}

    def forget(self, *ids: RecordId) -> Change:
        """Remove copies that are no longer for this computer; they may come again."""
        return self._remove(ids)

    def erase(self, *ids: RecordId) -> Change:
        """The centre erased these: nothing of them stays but a stone that keeps them from coming back."""
        if ids:
            self._connection.execute(
                upsert(tombstone).on_conflict_do_nothing(),
                [{"record_id": id, "at": to_text(self._now)} for id in ids],
            )
        self._outbox.set_erased(ids)
        return self._remove(ids)

    def _remove(self, ids: Sequence[RecordId]) -> Change:
        rows = self._connection.execute(delete(record).where(record.c.id.in_(ids)).returning(record.c.case_id))
        cases = frozenset(CaseId(row.case_id) for row in rows)
        self._projections.refresh(cases)
        return Change(records=frozenset(ids), cases=cases, sending=True)


def _checked(body: str, told: Envelope) -> Envelope:
    """The envelope as the body says it; the centre's columns are believed only where they agree."""
    true = envelope_of(read(body, told.content_hash), received_at=told.received_at, received_seq=told.received_seq)
    if (true.id, true.kind, true.case_id, true.author) != (told.id, told.kind, told.case_id, told.author):
        raise NotARecord(
            "A sealed copy from the centre does not match its own cover.", next_step="Tell your IT service."
        )
    return true
