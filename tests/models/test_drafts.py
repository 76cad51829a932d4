"""What an auditor types is safe from the first letter."""

from __future__ import annotations

import pytest

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import DraftId
from qaf_desktop.models.drafts import DraftGone, DraftIndex, Save
from qaf_desktop.models.store import Store
from tests.stores import StoppedClock

SLOT = "/data/dm/dm_why"


@pytest.fixture
def draft_id(store: Store) -> DraftId:
    with store.work() as work:
        return work.drafts.start(kind=Kind.AUDIT, form_id="child_practice_audit", form_version="2026.1").id


def _type(store: Store, draft_id: DraftId, value: str, *, by: str = "TM-02", slot: str = SLOT) -> None:
    with store.work() as work:
        work.drafts.save(draft_id, [Save(slot, value)], by=by)


def test_an_answer_that_was_saved_is_there_in_the_next_moment(store: Store, draft_id: DraftId) -> None:
    _type(store, draft_id, "Decisions were timely.")

    with store.look() as work:
        answers, instances = work.drafts.saved(draft_id)

    assert answers == {SLOT: "Decisions were timely."}
    assert instances == {}


def test_an_answer_taken_back_is_kept_as_empty_so_that_no_default_returns(store: Store, draft_id: DraftId) -> None:
    _type(store, draft_id, "Yes")
    _type(store, draft_id, "")

    with store.look() as work:
        assert work.drafts.saved(draft_id)[0] == {SLOT: ""}


def test_one_burst_of_typing_is_one_entry_of_the_history(store: Store, draft_id: DraftId, clock: StoppedClock) -> None:
    for text in ("D", "De", "Dec", "Decisions"):
        _type(store, draft_id, text)
        clock.move_on(seconds=0.3)

    with store.look() as work:
        history = work.drafts.history(draft_id, SLOT)

    assert [(past.value, past.by) for past in history] == [("Decisions", "TM-02")]


def test_a_pause_begins_a_new_entry_and_the_newest_comes_first(
    store: Store, draft_id: DraftId, clock: StoppedClock
) -> None:
    _type(store, draft_id, "First thought")
    before = clock.now
    clock.move_on(seconds=31)
    _type(store, draft_id, "Second thought")

    with store.look() as work:
        history = work.drafts.history(draft_id, SLOT)

    assert [past.value for past in history] == ["Second thought", "First thought"]
    assert history[1].at == before


def test_somebody_who_never_pauses_still_gets_an_entry_every_five_minutes(
    store: Store, draft_id: DraftId, clock: StoppedClock
) -> None:
    for seconds in range(0, 660, 20):
        _type(store, draft_id, f"at {seconds}")
        clock.move_on(seconds=20)

    with store.look() as work:
        history = work.drafts.history(draft_id, SLOT)

    assert [past.value for past in history] == ["at 640", "at 620", "at 300"]


def test_another_person_typing_begins_an_entry_of_their_own(store: Store, draft_id: DraftId) -> None:
    _type(store, draft_id, "The auditor's words", by="TM-02")
    _type(store, draft_id, "The worker's words", by="SW-11")

    with store.look() as work:
        history = work.drafts.history(draft_id, SLOT)

    assert [past.by for past in history] == ["SW-11", "TM-02"]


def test_instances_keep_their_numbers_and_their_order(store: Store, draft_id: DraftId) -> None:
    with store.work() as work:
        for number in (1, 2, 3):
            work.drafts.add_instance(draft_id, "/data/ac/ac_list", number)
        work.drafts.remove_instance(draft_id, "/data/ac/ac_list", 2)
        work.drafts.add_instance(draft_id, "/data/ac/ac_list", 4)

    with store.look() as work:
        assert work.drafts.saved(draft_id)[1] == {"/data/ac/ac_list": (1, 3, 4)}


def test_a_removed_instance_loses_its_answers_but_not_their_history(store: Store, draft_id: DraftId) -> None:
    with store.work() as work:
        for number in (1, 10):
            work.drafts.add_instance(draft_id, "/data/ac/ac_list", number)
    _type(store, draft_id, "Visit", slot="/data/ac/ac_list[#1]/what")
    _type(store, draft_id, "Write", slot="/data/ac/ac_list[#10]/what")

    with store.work() as work:
        work.drafts.remove_instance(draft_id, "/data/ac/ac_list", 1)

    with store.look() as work:
        assert work.drafts.saved(draft_id)[0] == {"/data/ac/ac_list[#10]/what": "Write"}
        assert [past.value for past in work.drafts.history(draft_id, "/data/ac/ac_list[#1]/what")] == ["Visit"]


def test_caret_and_index_are_what_was_last_said(store: Store, draft_id: DraftId, clock: StoppedClock) -> None:
    clock.move_on(minutes=5)
    with store.work() as work:
        work.drafts.save(
            draft_id,
            [Save(SLOT, "x")],
            by="TM-02",
            caret=SLOT,
            index=DraftIndex("CH-7K4QM", "AST-N", "SW-11", 3, 40),
        )

    with store.look() as work:
        draft = work.drafts.get(draft_id)

    assert (draft.caret, draft.child_ref, draft.team, draft.worker) == (SLOT, "CH-7K4QM", "AST-N", "SW-11")
    assert (draft.answered, draft.asked, draft.touched_at) == (3, 40, clock.now)


def test_a_caret_alone_leaves_the_index_alone(store: Store, draft_id: DraftId) -> None:
    with store.work() as work:
        work.drafts.set_index(draft_id, child_ref="CH-7K4QM", team="AST-N", worker="", answered=1, asked=2)
        work.drafts.set_caret(draft_id, SLOT)

        draft = work.drafts.get(draft_id)

    assert (draft.caret, draft.child_ref, draft.answered) == (SLOT, "CH-7K4QM", 1)


def test_a_discarded_draft_can_be_taken_back_with_its_answers(store: Store, draft_id: DraftId) -> None:
    _type(store, draft_id, "Kept")
    with store.work() as work:
        work.drafts.discard(draft_id)

        assert work.drafts.all_open() == []
        assert [draft.id for draft in work.drafts.discarded()] == [draft_id]

    with store.work() as work:
        work.drafts.take_back(draft_id)

        assert [draft.id for draft in work.drafts.all_open()] == [draft_id]
        assert work.drafts.saved(draft_id)[0] == {SLOT: "Kept"}


def test_a_discarded_draft_takes_no_more_answers(store: Store, draft_id: DraftId) -> None:
    with store.work() as work:
        work.drafts.discard(draft_id)

    with pytest.raises(DraftGone):
        _type(store, draft_id, "Too late")


def test_old_discarded_drafts_are_cleared_and_newer_ones_stay(
    store: Store, draft_id: DraftId, clock: StoppedClock
) -> None:
    with store.work() as work:
        work.drafts.discard(draft_id)
    clock.move_on(days=20)
    with store.work() as work:
        newer = work.drafts.start(kind=Kind.AUDIT, form_id="f", form_version="1").id
        work.drafts.discard(newer)

    with store.work() as work:
        cleared = work.drafts.clear_discarded(before=clock.move_on(days=-10))

        assert cleared == 1
        assert [draft.id for draft in work.drafts.discarded()] == [newer]


def test_a_finished_draft_leaves_nothing_behind(store: Store, draft_id: DraftId) -> None:
    _type(store, draft_id, "Sealed now")
    with store.work() as work:
        work.drafts.add_instance(draft_id, "/data/ac/ac_list", 1)
        work.drafts.finished(draft_id)

    with store.look() as work:
        for table in ("draft", "answer", "answer_history", "instance"):
            assert work.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
        with pytest.raises(DraftGone):
            work.drafts.get(draft_id)


def test_a_save_never_shows_what_was_typed_when_it_is_printed() -> None:
    assert "needle" not in repr(Save(SLOT, "needle"))
