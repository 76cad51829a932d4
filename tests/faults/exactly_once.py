"""What must hold after every fault: each record at the centre exactly once, word for word, and the screen truthful."""

from __future__ import annotations

from qaf_desktop.domain.sending import SendState
from tests.centres import Centre
from tests.sync.laptops import Laptop


def exactly_once(centre: Centre, records) -> None:
    """Ids, words, no double or missing log entry, no gap, one projection an audit."""
    office = centre.office()
    rows = office.execute("SELECT id::text, body FROM core.record WHERE author <> 'centre'").fetchall()
    assert dict(rows) == {record.id: record.body for record in records}
    assert len(rows) == len(records)
    entries = office.execute(
        "SELECT f.record_id::text FROM core.feed f JOIN core.scope s USING (scope_id)"
        " WHERE s.key = 'person:TM-01' AND op = 'p'"
    ).fetchall()
    assert sorted(id for (id,) in entries) == sorted(record.id for record in records)
    gaps = office.execute(
        "SELECT count(*) FROM core.scope s"
        " WHERE head_seq <> (SELECT count(*) FROM core.feed f WHERE f.scope_id = s.scope_id)"
    )
    assert gaps.fetchone() == (0,)
    assert office.execute("SELECT count(*) FROM core.audit").fetchone() == (len(records),)


def truthful(centre: Centre, laptop: Laptop, records) -> None:
    """Whatever the screen calls received or confirmed, the centre holds."""
    rows = centre.office().execute("SELECT id::text, encode(content_hash, 'hex') FROM core.record").fetchall()
    there = dict(rows)
    for record in records:
        if laptop.state(record) in {SendState.RECEIVED, SendState.CONFIRMED}:
            assert there.get(record.id) == record.content_hash
