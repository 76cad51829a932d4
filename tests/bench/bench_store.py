"""The store beside the least it could cost: a raw commit, a bare query, a bare opening – in one interleaved run."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import DraftId, new_case_id, new_device_id, new_record_id
from qaf_desktop.domain.keys import StoreKey, new_store_key
from qaf_desktop.domain.people import Person, Role, Team
from qaf_desktop.models import cipher
from qaf_desktop.models.drafts import DraftIndex, Save
from qaf_desktop.models.envelopes import Envelope, to_row
from qaf_desktop.models.schema import record
from qaf_desktop.models.store import Store
from tests.bench import table
from tests.builders import AUDIT_FORM, AUDIT_TITLE

RECORDS = 100_000
ANSWERS = 400
QUERIES = 60
OPENINGS = 40
SENTENCE = "The worker visited within timescales and the child was seen alone and spoken with. "
BEGIN = datetime(2021, 1, 4, 9, 0, tzinfo=UTC)


def main() -> None:
    """Measure and print every row."""
    with tempfile.TemporaryDirectory() as folder:
        path, key = Path(folder) / "work.store", new_store_key()
        store = Store.create(path, key, clock=lambda: datetime.now(UTC))
        raw = cipher.connect(path.with_name("raw.store"), key)
        raw.execute("PRAGMA journal_mode = WAL").fetchone()
        raw.execute("CREATE TABLE answer (slot TEXT PRIMARY KEY, value TEXT)")
        with store.work() as work:
            work.people.set_me(Person("TM-02", "u1", "Terry Manager", Role.TM, "T-01"))
            draft_id = work.drafts.start(kind=Kind.AUDIT, form_id=AUDIT_FORM, form_version="2026.1").id
        _saving(store, raw, draft_id)
        raw.close()
        _fill(store)
        _listing(store, cipher.connect(path, key))
        store.close()
        _opening(path, key)


def _saving(store: Store, raw: Any, draft_id: DraftId) -> None:
    ours, bare = [], []
    for number in range(ANSWERS):
        slot, value = f"/data/q{number % 60}", SENTENCE * (1 + number % 12)

        def commit(slot: str = slot, value: str = value) -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (slot, value))
            raw.execute("COMMIT")

        def save(slot: str = slot, value: str = value, number: int = number) -> None:
            with store.work() as work:
                work.drafts.save(
                    draft_id,
                    [Save(slot, value)],
                    by="TM-02",
                    caret=slot,
                    index=DraftIndex("CH-7K4QM", "T-01", "SW-11", number, ANSWERS),
                )

        bare.append(table.took(commit))
        ours.append(table.took(save))
    table.times_row("an answer given to the store, to committed", ours, bare, "≤ 2")


def _fill(store: Store) -> None:
    chance = random.Random(7)
    teams = [Team(f"T-{number:02}", f"Team number {number}", "Assessment") for number in range(1, 41)]
    device = new_device_id()
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    rows = [
        to_row(
            Envelope(
                id=new_record_id(),
                kind=Kind.AUDIT,
                case_id=new_case_id(),
                form_id=AUDIT_FORM,
                form_version="2026.1",
                child_ref="CH-" + "".join(chance.choices(digits, k=5)),
                team=chance.choice(teams).code,
                author=f"TM-{chance.randrange(80):02}",
                device=device,
                device_seq=number,
                claimed_at=BEGIN + timedelta(minutes=25 * number),
                content_hash=f"{number:064x}",
                summary={"title": AUDIT_TITLE, "overall": chance.choice("OGI"), "areas": {"dm": "G", "pv": "RI"}},
                received_seq=number,
            )
        )
        for number in range(RECORDS)
    ]
    begun = time.perf_counter()
    with store.work() as work:
        work.people.replace([], teams)
        work.connection.execute(record.insert(), rows)
    kept = time.perf_counter()
    with store.work() as work:
        work.projections.rebuild()
    projected = time.perf_counter()
    table.row(f"{RECORDS:,} envelopes kept", f"{kept - begun:.1f} s")
    table.row(f"{RECORDS:,} envelopes projected anew", f"{projected - kept:.1f} s")


def _listing(store: Store, raw: Any) -> None:
    page = "SELECT * FROM line LEFT JOIN outbox USING (record_id) WHERE line.kind = 'audit' "
    newest = " ORDER BY sort_at DESC, line.record_id DESC LIMIT 50"
    few = page.replace("WHERE line", "WHERE +line")  # by hand: begin with the index of the few
    cases: list[tuple[str, Callable[[Any], object], str]] = [
        ("the newest 50", lambda work: work.projections.audits(), page + newest),
        ("page 20", lambda work: work.projections.audits(offset=950), page + newest + " OFFSET 950"),
        ("mine", lambda work: work.projections.audits(mine=True), page + "AND author = 'TM-02'" + newest),
        ("search CH- (all)", lambda work: work.projections.search("ch-"), page + _between("ch-") + newest),
        ("search CH-7", lambda work: work.projections.search("ch-7"), page + _between("ch-7") + newest),
        ("search CH-7K4", lambda work: work.projections.search("ch-7k4"), few + _between("ch-7k4") + newest),
        ("search a team", lambda work: work.projections.search("T-07"), page + "AND team = 'T-07'" + newest),
        ("search nothing", lambda work: work.projections.search("qqq"), few + _between("qqq") + newest),
    ]
    for name, ask, statement in cases:
        ours, bare = [], []
        for _ in range(QUERIES):
            bare.append(table.took(lambda statement=statement: raw.execute(statement).fetchall()))
            ours.append(table.took(lambda ask=ask: _look(store, ask)))
        table.times_row(f"list of {RECORDS:,}: {name}", ours, bare, "≤ 2, ≤ 50 ms")
    raw.close()


def _between(prefix: str) -> str:
    return f"AND child_key >= '{prefix}' AND child_key < '{prefix}\U0010ffff'"


def _look(store: Store, ask: Callable[[Any], object]) -> None:
    with store.look() as work:
        ask(work)


def _opening(path: Path, key: StoreKey) -> None:
    ours, bare = [], []
    for _ in range(OPENINGS):
        bare.append(table.took(lambda: cipher.connect(path, key).close()))
        ours.append(table.took(lambda: Store.open(path, key, clock=lambda: datetime.now(UTC)).close()))
    table.times_row("a store opened and closed", ours, bare, "–")


if __name__ == "__main__":
    main()
