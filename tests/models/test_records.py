"""Sealing is one act: the paper, its place in the queue and its line – or none of them."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qaf_desktop.domain.envelope import Kind, NotARecord
from qaf_desktop.domain.ids import new_case_id, new_record_id
from qaf_desktop.domain.keys import StoreKey
from qaf_desktop.domain.people import Person
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.projections import Projections
from qaf_desktop.models.records import NobodyHere, RecordClash, RecordGone, WordsNotHere
from qaf_desktop.models.store import Store
from tests.builders import a_feedback, an_arrival, an_audit, an_event, arrivals, sealed
from tests.stores import StoppedClock


def test_a_sealed_record_waits_in_the_outbox_and_stands_in_the_list(store: Store) -> None:
    with store.work() as work:
        record = work.records.seal(an_audit(overall="I"))

    with store.look() as work:
        assert work.records.get(record.id) == record
        assert work.outbox.state(record.id) is SendState.READY
        assert [(line.record_id, line.overall) for line in work.projections.audits()] == [(record.id, "I")]


def test_a_sealed_record_carries_who_where_and_when(store: Store, me: Person, clock: StoppedClock) -> None:
    with store.work() as work:
        first = work.records.seal(an_audit())
        second = work.records.seal(an_audit())

        assert first.author == me.code
        assert first.device == second.device == work.meta.device
        assert (first.device_seq, second.device_seq) == (1, 2)
        assert first.claimed_at == clock.now
        assert first.salt != second.salt


def test_when_sealing_fails_half_way_nothing_is_left(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Projections, cases: object) -> None:
        raise RuntimeError("a bug in a projection")

    monkeypatch.setattr(Projections, "refresh", broken)

    with pytest.raises(RuntimeError, match="a bug"), store.work() as work:
        work.records.seal(an_audit())

    with store.look() as work:
        for table in ("record", "record_body", "outbox", "line"):
            assert work.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
        assert work.meta.get("device_seq") == 0


def test_nobody_can_seal_before_the_computer_knows_whose_it_is(
    store_path: Path, store_key: StoreKey, clock: StoppedClock
) -> None:
    fresh = Store.create(store_path, store_key, clock=clock)

    with pytest.raises(NobodyHere), fresh.work() as work:
        work.records.seal(an_audit())
    fresh.close()


def test_what_comes_from_the_centre_is_not_queued(store: Store) -> None:
    record = sealed(an_audit())

    with store.work() as work:
        change = work.records.receive([an_arrival(record)])

    with store.look() as work:
        assert change.records == {record.id}
        assert work.records.get(record.id) == record
        assert work.outbox.state(record.id) is None
        assert [line.state for line in work.projections.audits()] == [None]


def test_receiving_the_same_twice_changes_nothing(store: Store) -> None:
    coming = arrivals([sealed(an_audit()), sealed(an_audit())])
    with store.work() as work:
        work.records.receive(coming)
        before = work.projections.audits()

    with store.work() as work:
        work.records.receive(coming)

        assert work.projections.audits() == before


def test_my_own_record_coming_back_keeps_its_words_and_learns_its_place(store: Store) -> None:
    with store.work() as work:
        record = work.records.seal(an_audit())

    with store.work() as work:
        work.records.receive([an_arrival(record, received_seq=41, with_body=False)])

        assert work.records.envelope(record.id).received_seq == 41
        assert work.records.get(record.id) == record


def test_a_list_needs_no_words_and_they_can_follow(store: Store) -> None:
    record = sealed(an_audit(overall="RI"))
    with store.work() as work:
        work.records.receive([an_arrival(record, with_body=False)])

        assert [line.overall for line in work.projections.audits()] == ["RI"]
        assert work.records.without_body([record.id]) == {record.id}
        with pytest.raises(WordsNotHere):
            work.records.get(record.id)

    with store.work() as work:
        work.records.receive([an_arrival(record)])

        assert work.records.get(record.id) == record
        assert work.records.without_body([record.id]) == frozenset()


def test_a_body_that_does_not_match_its_hash_is_refused_whole(store: Store) -> None:
    good, bad = sealed(an_audit()), sealed(an_audit())
    broken = dataclasses.replace(an_arrival(bad), body=bad.body.replace("plan", "plot"))

    with pytest.raises(NotARecord), store.work() as work:
        work.records.receive([an_arrival(good), broken])

    with store.look() as work:
        assert work.records.known([good.id, bad.id]) == {}


def test_a_cover_that_names_another_author_than_the_body_is_refused(store: Store) -> None:
    arrival = an_arrival(sealed(an_audit(), author="TM-09"))
    forged = dataclasses.replace(arrival, envelope=dataclasses.replace(arrival.envelope, author="TM-02"))

    with pytest.raises(NotARecord), store.work() as work:
        work.records.receive([forged])


def test_another_paper_under_my_number_never_replaces_mine(store: Store) -> None:
    with store.work() as work:
        mine = work.records.seal(an_audit())
    other = sealed(an_audit(id=mine.id, overall="I"))

    with pytest.raises(RecordClash), store.work() as work:
        work.records.receive([an_arrival(other)])

    with store.look() as work:
        assert work.records.get(mine.id) == mine


def test_an_erased_record_is_gone_and_does_not_come_back(store: Store) -> None:
    with store.work() as work:
        record = work.records.seal(an_audit())
    with store.work() as work:
        work.records.erase(record.id)
        work.records.receive([an_arrival(record)])

    with store.look() as work:
        with pytest.raises(RecordGone):
            work.records.get(record.id)
        assert work.outbox.state(record.id) is SendState.ERASED
        assert work.outbox.waiting(10, 10_000) == []
        assert work.projections.audits() == []


def test_a_forgotten_copy_may_come_again(store: Store) -> None:
    record = sealed(an_audit())
    with store.work() as work:
        work.records.receive([an_arrival(record)])
        work.records.forget(record.id)

        assert work.projections.audits() == []

    with store.work() as work:
        work.records.receive([an_arrival(record)])

        assert work.records.get(record.id) == record


def test_the_papers_of_a_case_follow_each_other_by_what_they_answer_not_by_a_clock(store: Store) -> None:
    case = new_case_id()
    audit = sealed(an_audit(case_id=case), claimed_at=datetime(2031, 1, 1, tzinfo=UTC))
    answer = sealed(
        an_event(Kind.CORRECTION, case_id=case, about=audit.id), claimed_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    later = sealed(a_feedback(case_id=case), claimed_at=datetime(2019, 1, 1, tzinfo=UTC))
    with store.work() as work:
        work.records.receive([
            an_arrival(answer, received_seq=5), an_arrival(audit, received_seq=7), an_arrival(later, received_seq=9),
        ])  # fmt: skip
        unsent = work.records.seal(a_feedback(case_id=case))

        order = [record.id for record in work.records.of_case(case)]

    assert order == [audit.id, answer.id, later.id, unsent.id]


def test_a_record_that_is_not_here_says_so(store: Store) -> None:
    with store.look() as work, pytest.raises(RecordGone):
        work.records.get(new_record_id())


def test_a_record_never_shows_its_words_when_it_is_printed() -> None:
    new = an_audit(content={"a": "needle"})
    record = sealed(new)

    assert "needle" not in repr(new) + repr(record) + repr(an_arrival(record))
