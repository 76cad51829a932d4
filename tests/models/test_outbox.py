"""What waits to be sent is offered in the right order, and its state only moves forward."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from qaf_desktop.domain.envelope import Kind, Record
from qaf_desktop.domain.ids import new_case_id
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.outbox import Verdict
from qaf_desktop.models.store import Store
from tests.builders import AUDIT_TITLE, an_audit, an_event
from tests.stores import StoppedClock

LARGE = 512 * 1024


def _sealed(store: Store, count: int = 1) -> list[Record]:
    with store.work() as work:
        return [work.records.seal(an_audit()) for _ in range(count)]


def test_records_are_offered_in_the_order_they_were_sealed(store: Store) -> None:
    records = _sealed(store, 3)

    with store.look() as work:
        waiting = work.outbox.waiting(25, LARGE)

    assert [(one.record_id, one.body, one.content_hash) for one in waiting] == [
        (record.id, record.body, record.content_hash) for record in records
    ]


def test_urgent_ones_go_first(store: Store) -> None:
    audits = _sealed(store, 2)
    with store.work() as work:
        notice = work.records.seal(an_event(Kind.NOTICE, case_id=new_case_id()))

        waiting = work.outbox.waiting(25, LARGE)

    assert [one.record_id for one in waiting] == [notice.id, *(audit.id for audit in audits)]
    assert [one.urgent for one in waiting] == [True, False, False]


def test_a_batch_is_bounded_by_number_and_by_bytes_and_the_next_goes_on_behind_it(store: Store) -> None:
    records = _sealed(store, 5)
    two = len(records[0].body.encode()) * 2 + 10

    with store.look() as work:
        by_number = work.outbox.waiting(3, LARGE)
        by_bytes = work.outbox.waiting(25, two)
        rest = work.outbox.waiting(25, LARGE, after=by_number[-1])

    assert [one.record_id for one in by_number] == [record.id for record in records[:3]]
    assert [one.record_id for one in by_bytes] == [record.id for record in records[:2]]
    assert [one.record_id for one in rest] == [record.id for record in records[3:]]


def test_a_record_larger_than_a_batch_travels_alone(store: Store) -> None:
    with store.work() as work:
        large = work.records.seal(an_audit(content={"why": "long " * 1000}))
        work.records.seal(an_audit())

        assert [one.record_id for one in work.outbox.waiting(25, 1000)] == [large.id]


def test_what_was_received_is_not_offered_again(store: Store) -> None:
    first, second = _sealed(store, 2)

    with store.work() as work:
        changed = work.outbox.set_verdicts([Verdict(first.id, SendState.RECEIVED)])

        assert changed == {first.id}
        assert [one.record_id for one in work.outbox.waiting(25, LARGE)] == [second.id]


def test_held_back_for_good_waits_for_a_person_and_too_new_is_offered_again(store: Store) -> None:
    refused, too_new = _sealed(store, 2)

    with store.work() as work:
        work.outbox.set_verdicts([
            Verdict(refused.id, SendState.HELD_BACK, "The centre knows another paper under this number."),
            Verdict(too_new.id, SendState.HELD_BACK, "The centre does not know this form yet.", retry=True),
        ])  # fmt: skip

        assert [one.record_id for one in work.outbox.waiting(25, LARGE)] == [too_new.id]
        assert [(line.state, line.reason) for line in work.outbox.lines()] == [
            (SendState.HELD_BACK, "The centre does not know this form yet."),
            (SendState.HELD_BACK, "The centre knows another paper under this number."),
        ]


@pytest.mark.parametrize(
    ("reached", "late"),
    [
        (SendState.RECEIVED, SendState.HELD_BACK),
        (SendState.CONFIRMED, SendState.RECEIVED),
        (SendState.CONFIRMED, SendState.HELD_BACK),
        (SendState.ERASED, SendState.CONFIRMED),
    ],
)
def test_a_late_answer_never_moves_a_state_back(store: Store, reached: SendState, late: SendState) -> None:
    (record,) = _sealed(store)
    with store.work() as work:
        work.outbox.set_verdicts([Verdict(record.id, reached)])

        changed = work.outbox.set_verdicts([Verdict(record.id, late, "too late")])

        assert changed == frozenset()
        assert work.outbox.state(record.id) is reached


def test_confirming_says_which_are_news(store: Store) -> None:
    first, second = _sealed(store, 2)
    with store.work() as work:
        assert work.outbox.set_confirmed([first.id]) == {first.id}
        assert work.outbox.set_confirmed([first.id, second.id]) == {second.id}


def test_only_a_forgetful_centre_brings_a_record_back_to_ready_and_never_an_erased_one(store: Store) -> None:
    confirmed, erased = _sealed(store, 2)
    with store.work() as work:
        work.outbox.set_confirmed([confirmed.id])
        work.records.erase(erased.id)

        assert work.outbox.back_to_ready([confirmed.id, erased.id]) == {confirmed.id}
        assert work.outbox.states([confirmed.id, erased.id]) == {
            confirmed.id: SendState.READY,
            erased.id: SendState.ERASED,
        }


def test_counts_name_every_state(store: Store) -> None:
    records = _sealed(store, 3)
    with store.work() as work:
        work.outbox.set_confirmed([records[0].id])

        counts = work.outbox.counts()

    assert counts == dict.fromkeys(SendState, 0) | {SendState.READY: 2, SendState.CONFIRMED: 1}


def test_the_queue_shows_what_each_paper_is(store: Store, clock: StoppedClock) -> None:
    (record,) = _sealed(store)

    with store.look() as work:
        (line,) = work.outbox.lines()

    assert (line.record_id, line.kind, line.child_ref, line.form_title) == (
        record.id,
        Kind.AUDIT,
        "CH-7K4QM",
        AUDIT_TITLE,
    )
    assert (line.sealed_at, line.state, line.content_hash) == (clock.now, SendState.READY, record.content_hash)


def test_the_last_attempt_is_remembered_and_old_ones_are_not_kept_for_ever(store: Store, clock: StoppedClock) -> None:
    with store.work() as work:
        assert work.outbox.last_attempt() is None
        for number in range(120):
            work.outbox.note_attempt(clock.move_on(minutes=1), "done", "All is sent.", number, 0)
        work.outbox.note_attempt(clock.move_on(minutes=1), "network", "The centre could not be reached.", 0, 0)

        newest, last_good = work.outbox.last_attempt(), work.outbox.last_attempt("done")

        assert newest is not None
        assert newest.sentence == "The centre could not be reached."
        assert last_good is not None
        assert last_good.sent == 119
        assert work.connection.exec_driver_sql("SELECT count(*) FROM attempt").scalar() == 100


def test_finding_what_waits_does_not_walk_through_what_was_confirmed(store: Store) -> None:
    asked: list[tuple[str, object]] = []
    event.listen(store._readers, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))

    with store.look() as work:
        work.outbox.waiting(25, LARGE)
        statement, values = next(one for one in asked if "FROM outbox" in one[0])
        plan = work.connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values).all()

    assert "SEARCH outbox USING INDEX outbox_by_state" in plan[0][3]
