"""The store beside the least it could cost: a raw commit, a bare query, a bare opening – in one interleaved run."""

from __future__ import annotations

import random
import statistics
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

        bare.append(_took(commit))
        ours.append(_took(save))
    _row("an answer saved, to committed", ours, bare, aim="<= 2x")


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
    print(f"  {RECORDS:,} envelopes kept in {kept - begun:.1f} s, projected in {projected - kept:.1f} s")  # noqa: T201


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
            bare.append(_took(lambda statement=statement: raw.execute(statement).fetchall()))
            ours.append(_took(lambda ask=ask: _look(store, ask)))
        _row(f"list of {RECORDS:,}: {name}", ours, bare, aim="<= 2x, <= 50 ms")
    raw.close()


def _between(prefix: str) -> str:
    return f"AND child_key >= '{prefix}' AND child_key < '{prefix}\U0010ffff'"


def _look(store: Store, ask: Callable[[Any], object]) -> None:
    with store.look() as work:
        ask(work)


def _opening(path: Path, key: StoreKey) -> None:
    ours, bare = [], []
    for _ in range(OPENINGS):
        bare.append(_took(lambda: cipher.connect(path, key).close()))
        ours.append(_took(lambda: Store.open(path, key, clock=lambda: datetime.now(UTC)).close()))
    _row("a store opened and closed", ours, bare, aim="-")


def _took(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return (time.perf_counter() - begun) * 1000


def _row(name: str, ours: list[float], bare: list[float], *, aim: str) -> None:
    def figures(times: list[float]) -> tuple[float, float]:
        return statistics.median(times), statistics.quantiles(times, n=20)[18]

    (median, p95), (bare_median, bare_p95) = figures(ours), figures(bare)
    print(  # noqa: T201
        f"  {name:42} {median:8.3f} ms (p95 {p95:8.3f})  bare {bare_median:8.3f} ms (p95 {bare_p95:8.3f})  "
        f"{median / bare_median:5.2f}x (p95 {p95 / bare_p95:5.2f}x)  aim {aim}"
    )


if __name__ == "__main__":
    main()
