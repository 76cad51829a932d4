"""The centre or the laptop forgot something, or somebody altered what was proved: mended, or told plainly."""

from __future__ import annotations

import pytest

from qaf_desktop.domain.envelope import read
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.outbox import Verdict
from qaf_desktop.sync import failures


def test_an_erased_record_disappears_here_and_stays_erased(new_laptop, centre):
    auditor, colleague = new_laptop("TM-01"), new_laptop("TM-02")
    audit = auditor.seal(team="SOUTH")
    auditor.sync()
    colleague.sync()
    centre.office().execute("SELECT core.erase(%s, 'asked for')", (audit.id,))

    auditor.sync()
    colleague.sync()

    assert auditor.state(audit) is SendState.ERASED
    assert auditor.knows(audit) == colleague.knows(audit) == [False]


def test_the_centre_restored_from_an_earlier_backup_gets_back_what_it_forgot(new_laptop, centre):
    office, other = new_laptop("TM-01"), new_laptop("TM-02")
    early = [office.seal() for _ in range(5)]
    office.sync()
    other.sync()
    centre.copy("last_night")
    late = [office.seal() for _ in range(7)]
    office.sync()
    foreign = other.seal(team="NORTH")

    centre.restore("last_night")
    forgotten = centre.count()
    other.sync()
    outcome = office.sync()

    assert forgotten == 5
    assert outcome.problem is None
    assert [type(remark) for remark in outcome.remarks] == [failures.CentreForgot]
    assert outcome.confirmed == 7
    assert centre.count() == 13
    assert office.states() == {SendState.CONFIRMED: 12}
    assert all(office.state(record) is SendState.CONFIRMED for record in early + late)
    assert office.knows(foreign) == [True]


def test_a_long_history_finds_its_common_point_in_few_round_trips(laptop, centre):
    for _ in range(4):
        for _ in range(60):
            laptop.seal()
        laptop.sync()
    centre.copy("earlier")
    for _ in range(200):
        laptop.seal()
    laptop.sync()
    centre.restore("earlier")
    laptop.calls.clear()

    outcome = laptop.sync()

    assert outcome.confirmed == 200
    assert laptop.calls.count("chain_at") <= 4  # two logs, at most two round trips each


def test_a_laptop_restored_from_its_backup_gets_back_what_it_forgot_as_another_device(laptop, centre):
    early = laptop.seal()
    laptop.sync()
    backup = laptop.store.path.with_suffix(".copy")
    laptop.store.back_up()
    laptop.store.close()
    backup.write_bytes(laptop.store.path.read_bytes())
    laptop.store = type(laptop.store).open(laptop.store.path, laptop.key, clock=laptop.store._clock)
    late = [laptop.seal() for _ in range(3)]
    laptop.sync()
    with laptop.store.look() as work:
        device = work.meta.device

    laptop.store.close()
    laptop.store.path.write_bytes(backup.read_bytes())
    laptop.store = type(laptop.store).open(laptop.store.path, laptop.key, clock=laptop.store._clock)
    reused = laptop.seal()
    outcome = laptop.sync()

    assert outcome.problem is None
    assert laptop.holds(early, *late, reused) == [True] * 5
    assert centre.count() == 5
    with laptop.store.look() as work:
        assert work.meta.device != device


def test_a_store_that_came_from_a_backup_waits_for_its_persons_consent(laptop, centre):
    laptop.seal()
    with laptop.store.work() as work:
        work.meta.needs_consent_to_sync = True

    outcome = laptop.sync()

    assert isinstance(outcome.problem, failures.StoreWasRestored)
    assert centre.count() == 0


def test_received_but_never_in_the_log_is_offered_again(laptop, centre):
    audit = laptop.seal()
    with laptop.store.work() as work:
        # As after a push whose centre was restored before the log was read.
        work.outbox.set_verdicts([Verdict(audit.id, SendState.RECEIVED)])

    outcome = laptop.sync()

    assert outcome.confirmed == 1
    assert laptop.state(audit) is SendState.CONFIRMED
    assert centre.count() == 1


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE core.feed SET content_hash = sha256('x') WHERE seq = 2",
        "UPDATE core.feed SET chain = sha256('x') WHERE seq = 2",
        "DELETE FROM core.feed WHERE seq = 2",
        "UPDATE core.feed SET op = 'r' WHERE seq = 2",
        "UPDATE core.scope SET head_chain = sha256('x')",
    ],
)
def test_a_log_that_was_altered_stops_the_sync(new_laptop, centre, damage):
    writer, reader = new_laptop("TM-01"), new_laptop("TM-01")
    for _ in range(3):
        writer.seal()
    writer.sync()
    centre.office().execute(f"ALTER TABLE core.feed DISABLE TRIGGER ALL; {damage}".encode())

    outcome = reader.sync()

    assert isinstance(outcome.problem, failures.HistoryMismatch)


REWRITE = """
ALTER TABLE core.record DISABLE TRIGGER ALL;
ALTER TABLE core.feed DISABLE TRIGGER ALL;
DO $$
DECLARE
  entry record;
  running bytea;
BEGIN
  UPDATE core.record SET body = replace(body, 'clear', 'vague'),
    content_hash = sha256(convert_to(replace(body, 'clear', 'vague'), 'UTF8')) WHERE kind = 'audit';
  FOR entry IN SELECT f.*, s.key FROM core.feed f JOIN core.scope s USING (scope_id) ORDER BY scope_id, seq LOOP
    running := CASE WHEN entry.seq = 1 THEN core.genesis(entry.key) ELSE running END;
    entry.content_hash :=
      coalesce((SELECT r.content_hash FROM core.record AS r WHERE r.id = entry.record_id), entry.content_hash);
    running := core.link(running, entry.op, entry.record_id, entry.content_hash);
    UPDATE core.feed SET content_hash = entry.content_hash, chain = running
     WHERE scope_id = entry.scope_id AND seq = entry.seq;
    UPDATE core.scope SET head_chain = running WHERE scope_id = entry.scope_id;
  END LOOP;
END $$;
"""


def test_a_history_rewritten_without_a_flaw_is_noticed_by_whoever_read_it_before(new_laptop, centre):
    writer, reader = new_laptop("TM-01"), new_laptop("TM-02")
    audit = writer.seal(team="SOUTH")
    writer.sync()
    reader.sync()

    centre.office().execute(REWRITE.encode())
    read_again, written_again = reader.sync(), writer.sync()

    assert isinstance(read_again.problem, failures.HistoryMismatch)
    assert written_again.held_back == 1
    assert writer.state(audit) is SendState.HELD_BACK
    assert "another paper under the same number" in writer.reason(audit)


def test_words_altered_at_the_centre_stop_the_sync(new_laptop, centre):
    writer, reader = new_laptop("TM-01"), new_laptop("TM-01")
    audit = writer.seal()
    writer.sync()
    altered = read(audit.body.replace("clear", "vague"))
    centre.office().execute(
        "ALTER TABLE core.record DISABLE TRIGGER ALL; ALTER TABLE core.record DROP CONSTRAINT hash;"
        f" UPDATE core.record SET body = $b${altered.body}$b$ WHERE id = '{audit.id}'".encode()
    )

    outcome = reader.sync()

    assert isinstance(outcome.problem, failures.HistoryMismatch)
    assert reader.holds(audit) == [False]
