"""What the papers add up to is the same in whatever order they came, and lists never touch their words."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from qaf_desktop.domain.envelope import Kind, Record
from qaf_desktop.domain.ids import CaseId, new_case_id
from qaf_desktop.models.case_lines import lines_of
from qaf_desktop.models.envelopes import Envelope, envelope_of
from qaf_desktop.models.store import Store
from tests.builders import a_feedback, an_arrival, an_audit, an_event, arrivals, sealed

BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def _history() -> list[Record]:
    """Two cases with everything that changes a line."""
    first, second = new_case_id(), new_case_id()
    audit = sealed(an_audit(case_id=first, overall="I"), device_seq=1)
    told = sealed(a_feedback(case_id=first), device_seq=2)
    unsaid = sealed(a_feedback(case_id=first), device_seq=3)
    other = sealed(an_audit(case_id=second, overall="O", child_ref="CH-2B3CD", team="CIC-1"), device_seq=4)
    return [
        audit,
        told,
        unsaid,
        sealed(an_event(Kind.WITHDRAWAL, case_id=first, about=unsaid.id), device_seq=5),
        other,
        sealed(an_event(Kind.WITHDRAWAL, case_id=second, about=other.id), device_seq=6),
        sealed(an_event(Kind.ACTION_UPDATE, case_id=first, about=audit.id), device_seq=7),
    ]


_HISTORY = _history()


def _rows(store: Store) -> Sequence[Any]:
    with store.look() as work:
        return work.connection.exec_driver_sql("SELECT * FROM line ORDER BY record_id").all()


def test_feedback_is_counted_and_a_withdrawn_paper_is_marked(store: Store) -> None:
    with store.work() as work:
        work.records.receive(arrivals(_HISTORY))

        lines = {line.child_ref: line for line in work.projections.audits()}

    assert (lines["CH-7K4QM"].overall, lines["CH-7K4QM"].feedback_count, lines["CH-7K4QM"].withdrawn) == ("I", 1, False)
    assert (lines["CH-2B3CD"].overall, lines["CH-2B3CD"].feedback_count, lines["CH-2B3CD"].withdrawn) == ("O", 0, True)
    assert lines["CH-2B3CD"].grades == {"dm": "O", "pv": "G"}


def _withdrawn(*envelopes: Envelope) -> set[str]:
    return {row["record_id"] for row in lines_of(envelopes) if row["withdrawn"]}


def test_an_audit_counts_until_the_centre_has_received_its_withdrawal() -> None:
    audit = sealed(an_audit())
    withdrawal = sealed(an_event(Kind.WITHDRAWAL, case_id=audit.case_id, about=audit.id), device_seq=2)

    unsent = _withdrawn(an_arrival(audit).envelope, envelope_of(withdrawal))
    received = _withdrawn(an_arrival(audit).envelope, an_arrival(withdrawal, received_seq=2).envelope)

    assert (unsent, received) == (set(), {audit.id})


def test_feedback_is_withdrawn_at_once_by_whoever_gathered_it_and_by_others_through_the_centre() -> None:
    case = new_case_id()
    feedback = sealed(a_feedback(case_id=case), author="TM-01")
    mine = sealed(an_event(Kind.WITHDRAWAL, case_id=case, about=feedback.id), author="TM-01", device_seq=2)
    anothers = sealed(an_event(Kind.WITHDRAWAL, case_id=case, about=feedback.id), author="QA-01", device_seq=3)

    assert _withdrawn(envelope_of(feedback), envelope_of(mine)) == {feedback.id}
    assert _withdrawn(envelope_of(feedback), envelope_of(anothers)) == set()
    assert _withdrawn(envelope_of(feedback), an_arrival(anothers).envelope) == {feedback.id}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(_HISTORY), cuts=st.lists(st.integers(1, len(_HISTORY)), max_size=3))
def test_any_order_of_arrival_and_any_rebuilding_gives_the_same_lines(
    store: Store, order: list[Record], cuts: list[int]
) -> None:
    with store.work() as work:
        work.records.forget(*(record.id for record in _HISTORY))
    places = sorted({0, *cuts, len(order)})

    for start, end in pairwise(places):
        with store.work() as work:
            work.records.receive(an_arrival(record) for record in order[start:end])

    piece_by_piece = _rows(store)
    with store.work() as work:
        work.projections.rebuild()
    in_one_go = lines_of(an_arrival(record).envelope for record in _HISTORY)

    assert _rows(store) == piece_by_piece
    assert len(piece_by_piece) == len(in_one_go)
    assert {row.record_id: row.feedback_count for row in piece_by_piece} == {
        row["record_id"]: row["feedback_count"] for row in in_one_go
    }


def test_lists_come_a_page_at_a_time_newest_first_whatever_the_clock_change(store: Store) -> None:
    summer = datetime.fromisoformat("2026-10-25T01:30:00+01:00")
    winter = datetime.fromisoformat("2026-10-25T01:10:00+00:00")
    records = [sealed(an_audit(), claimed_at=moment) for moment in (winter, summer, BEGIN)]
    with store.work() as work:
        work.records.receive(arrivals(records))

        pages = [work.projections.audits(limit=2), work.projections.audits(limit=2, offset=2)]

    assert [[line.record_id for line in page] for page in pages] == [[records[0].id, records[1].id], [records[2].id]]
    assert pages[0][1].completed_at == summer


def test_mine_are_those_i_sealed(store: Store) -> None:
    with store.work() as work:
        mine = work.records.seal(an_audit())
        work.records.receive([an_arrival(sealed(an_audit(), author="TM-09"))])

        assert [line.record_id for line in work.projections.audits(mine=True)] == [mine.id]
        assert (work.projections.count(mine=True), work.projections.count()) == (1, 2)


def test_kinds_are_told_apart(store: Store) -> None:
    case = new_case_id()
    with store.work() as work:
        audit = work.records.seal(an_audit(case_id=case))
        feedback = work.records.seal(a_feedback(case_id=case))
        work.records.seal(an_event(Kind.PRINT_LOG, case_id=case))

        assert [line.record_id for line in work.projections.audits(kind=Kind.FEEDBACK)] == [feedback.id]
        assert [line.record_id for line in work.projections.audits()] == [audit.id]
        assert {line.record_id for line in work.projections.of_case(case)} == {audit.id, feedback.id}
        assert work.projections.of_record(audit.id) == work.projections.audits()[0]


@pytest.mark.parametrize(
    "typed", ["CH-7K4", "ch-7k4qm", "7k4", "AST", "ast-n", "assessment n", "north", "child pr", "Practice"]
)
def test_a_search_finds_by_reference_team_and_form(store: Store, typed: str) -> None:
    with store.work() as work:
        wanted = work.records.seal(an_audit())
        work.records.seal(an_audit(child_ref="CH-2B3CD", team="CIC-1", title="Observation"))

        assert [line.record_id for line in work.projections.search(typed)] == [wanted.id]


@pytest.mark.parametrize("typed", ["zzz", "%", "_H-7K4", "'", "orth", "CH-7K4QMX"])
def test_a_search_for_what_is_not_there_finds_nothing(store: Store, typed: str) -> None:
    with store.work() as work:
        work.records.seal(an_audit())

        assert work.projections.search(typed) == []


def test_nothing_typed_lists_everything(store: Store) -> None:
    with store.work() as work:
        work.records.seal(an_audit())

        assert work.projections.search("  ") == work.projections.audits()


def test_a_broad_search_and_a_narrow_one_find_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [
        sealed(an_audit(child_ref=f"CH-{number:05}"), claimed_at=BEGIN + timedelta(hours=number))
        for number in range(30)
    ]
    with store.work() as work:
        work.records.receive(arrivals(records))
        narrow = work.projections.search("CH-", limit=10, offset=5)

        monkeypatch.setattr("qaf_desktop.models.projections.BROAD_SEARCH_HITS", 3)

        assert work.projections.search("CH-", limit=10, offset=5) == narrow
        assert [line.child_ref for line in narrow] == [f"CH-{number:05}" for number in range(24, 14, -1)]


def test_a_reference_that_another_audit_carries_is_known(store: Store) -> None:
    with store.work() as work:
        record = work.records.seal(an_audit(child_ref="CH-7K4QM"))

        assert work.projections.child_refs("ch-7k4qm") == [record.case_id]
        assert work.projections.child_refs("CH-7K4") == []


def test_no_list_or_search_touches_the_words(store: Store) -> None:
    with store.work() as work:
        case = work.records.seal(an_audit()).case_id
    asked: list[str] = []
    event.listen(store._readers, "before_cursor_execute", lambda *args: asked.append(args[2]))

    with store.look() as work:
        work.projections.audits(mine=True)
        work.projections.search("ch-")
        work.projections.of_case(case)
        work.projections.count()
        work.outbox.lines()
        work.outbox.counts()

    assert len(asked) >= 6
    assert not [statement for statement in asked if "record_body" in statement or "answer" in statement]


def test_a_case_that_lost_its_papers_has_no_lines(store: Store) -> None:
    record = sealed(an_audit(case_id=CaseId("only-one")))
    with store.work() as work:
        work.records.receive([an_arrival(record)])
        work.records.forget(record.id)

        assert work.projections.of_case(CaseId("only-one")) == []


def test_a_line_is_a_value_that_any_thread_may_keep(store: Store) -> None:
    with store.work() as work:
        work.records.seal(an_audit())
        (line,) = work.projections.audits()

    with pytest.raises(dataclasses.FrozenInstanceError):
        line.overall = "O"  # type: ignore[misc]
