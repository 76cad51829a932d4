"""A sync from hello to proof, with a real store, a real centre and TLS in between."""

from __future__ import annotations

import re

from qaf_desktop.centre import teams
from qaf_desktop.centre.office import set_oldest_program
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.people import Team
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.schema import record_body
from qaf_desktop.models.store_lock import StoreLock
from qaf_desktop.sync import failures
from qaf_desktop.sync.receipts import receipt
from tests.centre.papers import a_record, push


def test_sealed_work_is_confirmed_and_the_centre_holds_it_word_for_word(laptop, centre):
    audits = [laptop.seal() for _ in range(3)]

    outcome = laptop.sync()

    assert outcome.problem is None
    assert (outcome.sent, outcome.confirmed, outcome.held_back) == (3, 3, 0)
    assert laptop.states() == {SendState.CONFIRMED: 3}
    rows = centre.office().execute("SELECT id::text, body FROM core.record WHERE kind = 'audit'").fetchall()
    assert dict(rows) == {audit.id: audit.body for audit in audits}
    assert outcome.change.records >= {audit.id for audit in audits}
    assert outcome.change.sending


def test_a_second_sync_adds_nothing_and_costs_one_round_trip(laptop, centre):
    laptop.seal()
    laptop.sync()
    laptop.calls.clear()

    outcome = laptop.sync()

    assert (outcome.sent, outcome.confirmed, outcome.pulled) == (0, 0, 0)
    assert laptop.calls == ["hello"]
    assert centre.count() == 1


def test_one_more_audit_costs_three_round_trips_and_is_proved(laptop):
    laptop.seal()
    laptop.sync()
    laptop.calls.clear()
    laptop.seal()

    outcome = laptop.sync()

    assert outcome.confirmed == 1
    assert laptop.calls == ["hello", "push", "pull"]


def test_a_batch_is_one_round_trip_of_at_most_25_records(laptop, centre):
    for _ in range(60):
        laptop.seal()

    laptop.sync()

    assert laptop.calls.count("push") == 3
    assert centre.count() == 60


def test_a_batch_is_at_most_512_kilobytes_and_a_larger_record_travels_alone(laptop, centre):
    for _ in range(3):
        laptop.seal(words="x" * 300_000)
    laptop.seal(words="x" * 900_000)

    laptop.sync()

    assert laptop.calls.count("push") == 4
    assert laptop.states() == {SendState.CONFIRMED: 4}


def test_a_notice_goes_before_older_work(laptop, centre):
    for _ in range(30):
        laptop.seal()
    notice = laptop.seal(Kind.NOTICE)

    laptop.sync()

    first = centre.office().execute(
        "SELECT id::text FROM core.record WHERE author <> 'centre' ORDER BY received_seq LIMIT 1"
    )
    assert first.fetchone() == (notice.id,)


def test_stopped_between_push_and_pull_the_screen_says_received_and_not_confirmed(laptop):
    audit = laptop.seal()
    steps = []

    outcome = laptop.sync(
        lambda progress: steps.append(progress.step), lambda: steps[-1:] == ["push"] and len(steps) > 2
    )

    assert isinstance(outcome.problem, failures.SyncStopped)
    assert laptop.state(audit) is SendState.RECEIVED
    with laptop.store.look() as work:
        line = receipt(work).lines[0]
    assert (line.state, line.scope, line.seq) == (SendState.RECEIVED, "", 0)
    assert laptop.sync().confirmed == 1


def test_the_receipt_names_the_log_entry_that_proves_each_record(laptop, centre):
    audit = laptop.seal()

    laptop.sync()

    with laptop.store.look() as work:
        proof = receipt(work)
    (line,) = proof.lines
    assert (line.state, line.scope, line.seq, line.content_hash) == (
        SendState.CONFIRMED,
        "person:TM-01",
        1,
        audit.content_hash,
    )
    heads = centre.office().execute(
        "SELECT key, head_seq, encode(head_chain, 'hex') FROM core.scope WHERE key = 'person:TM-01'"
    )
    assert heads.fetchone() in [(pin.scope, pin.seq, pin.chain) for pin in proof.heads]
    assert proof.at is not None


def test_the_same_id_with_other_words_is_held_back_and_never_confirmed(laptop, centre):
    mine = laptop.seal()
    with centre.sign_in("TM-01") as line:
        push(line, a_record(id=mine.id))
    fine = laptop.seal()

    outcome = laptop.sync()
    again = laptop.sync()

    assert outcome.problem is None
    assert laptop.state(mine) is SendState.HELD_BACK
    assert "another paper under the same number" in laptop.reason(mine)
    assert laptop.state(fine) is SendState.CONFIRMED
    assert (outcome.held_back, again.held_back, again.problem) == (1, 0, None)


def test_a_poisoned_record_holds_back_only_itself(laptop):
    before, poisoned, rotten, after = (
        laptop.seal(),
        laptop.seal(content={"why": "a\u0000b"}),
        laptop.seal(),
        laptop.seal(),
    )
    with laptop.store.work() as work:
        work.connection.execute(
            record_body.update().where(record_body.c.record_id == rotten.id).values(body=rotten.body + " ")
        )

    outcome = laptop.sync()

    assert outcome.problem is None
    assert [laptop.state(one) for one in (before, poisoned, rotten, after)] == [
        SendState.CONFIRMED,
        SendState.HELD_BACK,
        SendState.HELD_BACK,
        SendState.CONFIRMED,
    ]
    assert "damaged on this computer" in laptop.reason(rotten)


def test_what_the_centre_does_not_know_yet_waits_and_then_confirms_by_itself(laptop, centre):
    audit = laptop.seal(team="EAST")

    first = laptop.sync()
    held = (laptop.state(audit), laptop.reason(audit))
    teams.add(centre.office(), Team("EAST", "East locality", "Safeguarding"))
    second = laptop.sync()

    assert first.problem is None
    assert held[0] is SendState.HELD_BACK
    assert "offered again at every sync" in held[1]
    assert second.confirmed == 1
    assert laptop.state(audit) is SendState.CONFIRMED


def test_a_program_too_old_for_the_centre_stops_politely(laptop, centre):
    laptop.seal()
    set_oldest_program(centre.office(), "0.10.0")

    outcome = laptop.sync(version="0.9.9")

    assert isinstance(outcome.problem, failures.ProgramTooOld)
    assert laptop.states() == {SendState.READY: 1}
    assert laptop.sync(version="0.10.0").confirmed == 1


def test_a_read_only_centre_is_read_and_the_work_waits(new_laptop, centre):
    writer, reader = new_laptop("TM-01"), new_laptop("TM-02")
    audit = writer.seal(team="SOUTH")
    writer.sync()
    centre.office().execute("UPDATE core.setting SET read_only = true")
    mine = reader.seal()

    outcome = reader.sync()

    assert isinstance(outcome.problem, failures.CentreReadOnly)
    assert reader.state(mine) is SendState.READY
    assert reader.knows(audit) == [True]


def test_two_syncs_of_one_store_never_run_at_once(laptop):
    lock = StoreLock(laptop.folder / "sync")
    assert lock.take()

    outcome = laptop.sync()
    lock.free()

    assert isinstance(outcome.problem, failures.AlreadySyncing)
    assert laptop.sync().problem is None


def test_a_login_of_somebody_else_is_noticed_before_anything_is_sent(laptop, centre):
    laptop.seal()
    laptop.address = laptop.address.__class__(**vars(laptop.address) | {"login": centre.login("TM-02")})
    laptop.password = centre.password("TM-02")

    outcome = laptop.sync()

    assert isinstance(outcome.problem, failures.AnotherAccount)
    assert centre.count() == 0


def test_every_attempt_is_written_down_in_a_sentence(laptop):
    laptop.seal()
    laptop.sync()
    laptop.password = "wrong"
    laptop.sync()

    with laptop.store.look() as work:
        last, good = work.outbox.last_attempt(), work.outbox.last_attempt("done")
    assert (last.outcome, last.sentence.split(".")[0]) == ("sign-in", "The centre did not accept your sign-in")
    assert re.fullmatch(r"Synced: 1 sent, 1 confirmed, \d+ new from others\.", good.sentence)


def test_a_withdrawal_that_is_not_mine_to_make_is_held_back_in_words_and_the_audit_still_counts(laptop):
    audit = laptop.seal()
    withdrawal = laptop.seal(Kind.WITHDRAWAL, case_id=audit.case_id, about=audit.id)

    laptop.sync()

    assert laptop.state(withdrawal) is SendState.HELD_BACK
    assert laptop.reason(withdrawal).startswith("Your role may not seal this sort of paper")
    with laptop.store.look() as work:
        assert work.projections.of_record(audit.id).withdrawn is False


def test_what_was_sealed_since_does_not_make_the_last_sentence_untrue(laptop):
    laptop.sync()
    laptop.seal()

    with laptop.store.look() as work:
        sentence = work.outbox.last_attempt().sentence
    assert sentence.startswith("Synced: 0 sent, 0 confirmed, ")
    assert "up to date" not in sentence.lower()


def test_progress_is_told_in_order(laptop):
    laptop.seal()
    told = []

    laptop.sync(told.append)

    steps = [progress.step for progress in told]
    assert steps == sorted(steps, key=["hello", "push", "pull", "check"].index)
    assert set(steps) == {"hello", "push", "pull", "check"}
    assert all(progress.words and progress.done <= progress.total for progress in told)


def test_a_clock_five_years_off_changes_nothing_but_is_measured(laptop):
    laptop.store._clock = lambda: a_record().claimed_at.replace(year=2031)
    laptop.seal()

    outcome = laptop.sync()

    assert outcome.confirmed == 1
    assert outcome.skew_seconds > 3 * 365 * 86_400
    assert [type(remark) for remark in outcome.remarks] == [failures.ClockIsOff]
