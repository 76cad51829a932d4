"""Our copy of the centre's logs: what it holds, proved entry by entry by a running hash."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine import Connection, Row

from qaf_desktop.domain.ids import RecordId
from qaf_desktop.models.schema import log_entry, pin


@dataclass(frozen=True)
class Pin:
    """How far the log of a scope was read and verified: ``chain`` is the running hash (hexadecimal) after ``seq``."""

    scope: str
    seq: int
    chain: str


@dataclass(frozen=True)
class LogEntry:
    """One entry: ``op`` is ``p`` (put), ``e`` (erased) or ``r`` (withdrawn from this scope). Hashes are hexadecimal."""

    scope: str
    seq: int
    op: str
    record_id: RecordId
    content_hash: str
    chain: str


class CentreLog:
    """Logs by scope. Entries and pin move together, so a cut-off pull leaves no gap."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pins(self) -> list[Pin]:
        """How far each log was read, by scope."""
        rows = self._connection.execute(select(pin).order_by(pin.c.scope))
        return [Pin(row.scope, row.seq, row.chain) for row in rows]

    def pin(self, scope: str) -> Pin | None:
        """How far one log was read; ``None`` before its first entry."""
        row = self._connection.execute(select(pin).where(pin.c.scope == scope)).first()
        return None if row is None else Pin(row.scope, row.seq, row.chain)

    def entries(self, scope: str, after: int = 0, limit: int = -1) -> list[LogEntry]:
        """The entries of a scope behind a place, in order."""
        rows = self._connection.execute(
            select(log_entry)
            .where(log_entry.c.scope == scope, log_entry.c.seq > after)
            .order_by(log_entry.c.seq)
            .limit(limit)
        )
        return [_entry(row) for row in rows]

    def of_records(self, ids: Collection[RecordId]) -> dict[RecordId, list[LogEntry]]:
        """Every entry about each of these records, by scope and place."""
        found: dict[RecordId, list[LogEntry]] = {id: [] for id in ids}
        rows = self._connection.execute(
            select(log_entry).where(log_entry.c.record_id.in_(list(ids))).order_by(log_entry.c.scope, log_entry.c.seq)
        )
        for row in rows:
            found[RecordId(row.record_id)].append(_entry(row))
        return found

    def append(self, scope: str, entries: Iterable[LogEntry], pin_: Pin) -> None:
        """Keep verified entries and move the pin behind them, together.

        Raises:
            ValueError: the entries do not go on where the pin stands, or the new pin is not their end.
        """
        rows = [vars(entry) for entry in entries]
        before = self.pin(scope)
        place = before.seq if before else 0
        if [row["seq"] for row in rows] != list(range(place + 1, place + len(rows) + 1)):
            raise ValueError("log entries do not go on where the pin stands")
        if pin_.scope != scope or pin_.seq != place + len(rows):
            raise ValueError("the pin is not the end of the entries")
        if rows:
            self._connection.execute(insert(log_entry), rows)
        self._set_pin(pin_)

    def cut(self, scope: str, seq: int) -> frozenset[RecordId]:
        """Drop the log above a place and move the pin there; says which records the dropped entries were about."""
        chain = self.chain_at(scope, [seq]).get(seq, "")
        dropped = self._connection.execute(
            delete(log_entry).where(log_entry.c.scope == scope, log_entry.c.seq > seq).returning(log_entry.c.record_id)
        )
        ids = frozenset(RecordId(row.record_id) for row in dropped)
        if seq <= 0:
            self._connection.execute(delete(pin).where(pin.c.scope == scope))
        else:
            self._set_pin(Pin(scope, seq, chain))
        return ids

    def drop_scope(self, scope: str) -> frozenset[RecordId]:
        """Forget a scope that is no longer ours; says which records no other scope shows."""
        dropped = self.cut(scope, 0)
        return dropped - self.shown(dropped)

    def shown(self, ids: Collection[RecordId]) -> frozenset[RecordId]:
        """Those of these records that some scope of ours shows: its newest entry about them is a put."""
        newest = (
            select(log_entry.c.scope, log_entry.c.record_id, func.max(log_entry.c.seq).label("seq"))
            .where(log_entry.c.record_id.in_(list(ids)))
            .group_by(log_entry.c.scope, log_entry.c.record_id)
            .subquery()
        )
        rows = self._connection.execute(
            select(log_entry.c.record_id)
            .join(newest, and_(log_entry.c.scope == newest.c.scope, log_entry.c.seq == newest.c.seq))
            .where(log_entry.c.op == "p")
        ).scalars()
        return frozenset(RecordId(id) for id in rows)

    def chain_at(self, scope: str, seqs: Sequence[int]) -> dict[int, str]:
        """The running hash at each of these places that this computer holds."""
        rows = self._connection.execute(
            select(log_entry.c.seq, log_entry.c.chain).where(log_entry.c.scope == scope, log_entry.c.seq.in_(seqs))
        )
        return {row.seq: row.chain for row in rows}

    def length(self, scope: str) -> int:
        """How many entries of a scope are here."""
        return self._connection.execute(
            select(func.count()).select_from(log_entry).where(log_entry.c.scope == scope)
        ).scalar_one()

    def _set_pin(self, pin_: Pin) -> None:
        statement = upsert(pin).values(vars(pin_))
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[pin.c.scope],
                set_={"seq": statement.excluded.seq, "chain": statement.excluded.chain},
            )
        )


def _entry(row: Row[tuple[object, ...]]) -> LogEntry:
    return LogEntry(row.scope, row.seq, row.op, RecordId(row.record_id), row.content_hash, row.chain)
