"""Sealed records for the tests of the centre, each naming only what matters."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import psycopg

from qaf_desktop.domain.envelope import Kind, Record, seal
from qaf_desktop.domain.ids import DeviceId, new_case_id, new_record_id

DEVICE = DeviceId("8d7c5a44-4a0b-4c0e-9d4e-0a1b2c3d4e5f")


def a_record(kind: Kind = Kind.AUDIT, *, author: str = "TM-01", team: str | None = "NORTH", **more) -> Record:
    fields = {
        "id": new_record_id(),
        "case_id": new_case_id(),
        "device": DEVICE,
        "device_seq": 1,
        "claimed_at": datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        "child_ref": "CH-7K4QM",
        "summary": {"overall": "G", "areas": {"dm": "G"}, "held_on": "2026-11-20"},
        "content": {"dm": {"dm_why": "The plan was clear and everyone knew it."}},
    }
    return seal(kind=kind, author=author, team=team, **fields | more)


def push(connection: psycopg.Connection, *records: Record | dict) -> list[tuple[str, str, str]]:
    """Push as the laptop does, through the door; gives (id, verdict, reason)."""
    batch = [
        record if isinstance(record, dict) else {"id": record.id, "hash": record.content_hash, "body": record.body}
        for record in records
    ]
    return connection.execute("SELECT id, verdict, reason FROM api.push(%s)", (json.dumps(batch),)).fetchall()


def verdicts(connection: psycopg.Connection, *records: Record | dict) -> list[str]:
    return [verdict for _, verdict, _ in push(connection, *records)]


def scopes_of(connection: psycopg.Connection) -> dict[str, int]:
    """The caller's scopes with the place of their heads."""
    (hello,) = connection.execute("SELECT api.hello('0.1.0', '[]')").fetchone()
    return {log["scope"]: log["head"] for log in hello["logs"]}


def pulled(connection: psycopg.Connection, *, own_papers: bool = True) -> list[dict]:
    """Everything the caller's logs say, from the first entry; without what the centre wrote itself."""
    cursors = json.dumps([{"scope": scope, "after": 0} for scope in scopes_of(connection)])
    rows = connection.execute("SELECT * FROM api.pull(%s)", (cursors,))
    names = [column.name for column in rows.description]
    entries = [dict(zip(names, row, strict=True)) for row in rows]
    return [entry for entry in entries if entry["author"] != "centre"] if own_papers else entries


def bodies(connection: psycopg.Connection, *ids: str) -> dict[str, str]:
    rows = connection.execute("SELECT id, body FROM api.bodies(%s)", (list(ids),))
    return dict(rows.fetchall())
