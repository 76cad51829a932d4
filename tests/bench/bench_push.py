"""Pushing 1,000 audits of 20 KB, beside a raw COPY of the same rows into plain tables of the same server."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from qaf_desktop.centre import migrate
from qaf_desktop.centre.embedded import EmbeddedServer
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import new_case_id
from qaf_desktop.domain.keys import new_store_key
from qaf_desktop.models.records import NewRecord
from qaf_desktop.models.store import Store
from qaf_desktop.sync.conversation import Conversation
from qaf_desktop.sync.line import CentreAddress, Line
from qaf_desktop.sync.messages import Offered
from tests.bench import table
from tests.centres import add_demo_people

AUDITS = 1_000
CHILD_ROWS = 30
ROUNDS = 3
BATCH = 25
PROSE = (
    "the plan names who does what by when and family could say it in their own words worker visited within timescales"
    " child was seen alone spoken with about school home friends sleep food worries hopes meeting minutes show manager"
    " oversight recorded reasons decision review conference supervision father grandmother network support risk harm"
    " strengths evidence impact outcome next step agreed responsible date because however although during before after"
)

PLAIN_TABLES = """
CREATE TABLE plain_audit (id uuid PRIMARY KEY, kind text, case_id uuid, child_ref text, team text, author text,
  claimed_at text, summary jsonb, content_hash text, body text);
CREATE TABLE plain_answer (audit uuid, name text, value text);
"""


def main() -> None:
    """Three interleaved rounds; medians."""
    with EmbeddedServer(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        server.create_database("centre")
        with server.office("centre") as office:
            migrate.init(office, council="Bench Council")
            me = add_demo_people(office)["TM-01"]
            office.execute(PLAIN_TABLES)
            address = CentreAddress(server.host, server.port, "centre", me.person.login, server.ca_pem)
            line = Line(address, me.password)
            times: dict[str, list[float]] = {"copy": [], "copy of records alone": [], "push": [], "repeat": []}
            times["whole sync"] = []
            for number in range(ROUNDS):
                store = Store.create(Path(folder) / f"{number}.store", new_store_key(), clock=lambda: datetime.now(UTC))
                with store.work() as work:
                    work.people.set_me(me.person)
                records = seal_some(store)
                times["copy"].append(timed(lambda rows=records: copy(office, rows, child_rows=True)))
                times["copy of records alone"].append(timed(lambda rows=records: copy(office, rows, child_rows=False)))
                times["push"].append(timed(lambda rows=records: push(line, rows)))
                times["repeat"].append(timed(lambda rows=records: push(line, rows)))
                forget(office)
                times["whole sync"].append(timed(lambda kept=store: sync(kept, line, Path(folder))))
                forget(office)
                store.close()
            line.close()
    middle = {name: statistics.median(taken) for name, taken in times.items()}
    calls = -(-AUDITS // BATCH)
    copied = middle.pop("copy")
    what = {
        "push": f"{AUDITS:,} audits of 20 KB pushed; baseline COPY with child rows",
        "repeat": "  the same once more, all known already",
        "whole sync": f"  whole sync: {calls} pushes, verdicts, log read and proved",
        "copy of records alone": "  COPY of the audits without child rows",
    }
    for name, words in what.items():
        aim = "≤ 2" if name == "push" else "–"
        table.row(words, f"{middle[name]:.2f} s", f"{copied:.2f} s", middle[name] / copied, aim)


def seal_some(store: Store) -> list:
    """Audits of 30 answers and 20 KB."""
    chance = random.Random(2026)
    summary = {"overall": "G", "areas": {"dm": "G", "pv": "RI"}, "held_on": "2026-11-20"}
    records = []
    for _ in range(AUDITS // 100):
        with store.work() as work:
            records += [
                work.records.seal(
                    NewRecord(
                        kind=Kind.AUDIT,
                        case_id=new_case_id(),
                        child_ref="CH-7K4QM",
                        team="NORTH",
                        summary=summary,
                        content={f"q{number:02d}": prose(chance) for number in range(CHILD_ROWS)},
                    )
                )
                for _ in range(100)
            ]
    return records


def prose(chance: random.Random) -> str:
    """About 640 characters that pack as badly as real writing does."""
    return " ".join(chance.choices(PROSE.split(), k=108))


def copy(office: psycopg.Connection, records: list, *, child_rows: bool) -> None:
    office.execute("TRUNCATE plain_audit, plain_answer")
    with office.transaction(), office.cursor() as cursor:
        with cursor.copy("COPY plain_audit FROM STDIN") as out:
            for one in records:
                envelope = (one.id, one.kind.value, one.case_id, one.child_ref, one.team, one.author)
                rest = (one.claimed_at.isoformat(), '{"overall": "G"}', one.content_hash, one.body)
                out.write_row((*envelope, *rest))
        if child_rows:
            with cursor.copy("COPY plain_answer FROM STDIN") as out:
                for one in records:
                    for name, value in one.content.items():
                        out.write_row((one.id, name, value))


def push(line: Line, records: list) -> None:
    for start in range(0, len(records), BATCH):
        said = line.push([Offered(one.id, one.content_hash, one.body) for one in records[start : start + BATCH]])
        if any(one.verdict != "accepted" for one in said):
            raise RuntimeError("the bench's audits were not taken")


def sync(store: Store, line: Line, folder: Path) -> None:
    """Everything: verdicts into the encrypted store, log read back and proved."""
    outcome = Conversation(store, lambda: line, lock_path=folder / "sync", program_version="0.1.0").run()
    if outcome.problem is not None or outcome.confirmed < AUDITS:
        raise RuntimeError(f"the bench's sync did not finish: {outcome.sentence}")


def forget(office: psycopg.Connection) -> None:
    """Empty the centre again, as only an administrator can."""
    office.execute(
        "SET session_replication_role = replica; DELETE FROM core.feed; DELETE FROM core.record_scope;"
        " DELETE FROM core.audit; DELETE FROM core.record; DELETE FROM core.case_file;"
        " UPDATE core.scope SET head_seq = 0, head_chain = core.genesis(key); RESET session_replication_role"
    )


def timed(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
