"""A draft on an older version can always be finished, and moved up and back without losing a word."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from qaf_desktop.domain.ids import DraftId
from qaf_desktop.models.drafts import Save
from qaf_desktop.models.store import Store
from qaf_desktop.services import audits, moving_up
from qaf_desktop.services.desk import Desk
from tests.resources.shipped import AUDITS, FIRST_AUDIT, fill, published, read_json
from tests.stores import StoppedClock

DRAFTS = [path for path in AUDITS if read_json(path)["state"] == "draft"]
NEARLY = next(path for path in DRAFTS if "nearly" in path.name)


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def offer(store: Store, clock: StoppedClock, form_id: str = "child_practice_audit") -> None:
    """The newer version comes with a sync, later."""
    clock.move_on(days=1)
    with store.work() as work:
        work.forms.keep(published(form_id))


def begun(store: Store, path: Path) -> DraftId:
    """A demo draft as it lies on a laptop, written with the first version."""
    story = read_json(path)
    saved = fill(FIRST_AUDIT, story, datetime.fromisoformat("2026-11-23T09:00:00+00:00")).saved()
    with store.work() as work:
        work.forms.keep(published(FIRST_AUDIT))
        (draft_id,) = audits.start_audit(work, "child_practice_audit").drafts
        for repeat, numbers in saved.instances.items():
            for number in numbers:
                work.drafts.add_instance(draft_id, repeat, number)
        typed = [Save(slot, value) for slot, value in saved.answers.items() if value and "/meta/" not in slot]
        work.drafts.save(draft_id, typed, by="TM-02", caret=typed[0].slot)
    return draft_id


def everything(store: Store, draft_id: DraftId) -> tuple[object, ...]:
    """All the store knows of a draft but its moves and when it was touched."""
    with store.work() as work:
        run = work.connection.exec_driver_sql
        answers = run(
            "SELECT slot, value, begun_at, at, author FROM answer WHERE draft_id = ? ORDER BY slot", (draft_id,)
        )
        rows = run("SELECT repeat_slot, number, place FROM instance WHERE draft_id = ? ORDER BY 1, 3", (draft_id,))
        draft = work.drafts.get(draft_id)
        return [tuple(a) for a in answers], [tuple(r) for r in rows], draft.form_version, draft.caret, draft.answered


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_a_demo_draft_moves_up_with_every_answer(
    path: Path,
    store: Store,
    desk: Desk,
    clock: StoppedClock,
) -> None:
    draft_id = begun(store, path)
    before = desk.do(audits.open_draft, draft_id).filling
    offer(store, clock)

    desk.do(moving_up.move_up, draft_id)

    opened = desk.do(audits.open_draft, draft_id)
    after = {node.ref.rpartition("/")[2]: node.value for node in opened.filling.snapshot()}
    typed = read_json(path)["answers"]
    assert opened.form.version == "2026.2"
    assert {name: after[name] for name in typed} == typed
    assert before.definition.version == "2026.1"


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_going_back_restores_a_demo_draft_to_the_letter(
    path: Path,
    store: Store,
    desk: Desk,
    clock: StoppedClock,
) -> None:
    draft_id = begun(store, path)
    before = everything(store, draft_id)
    offer(store, clock)
    desk.do(moving_up.move_up, draft_id)
    clock.move_on(minutes=5)

    desk.do(moving_up.go_back, draft_id)

    assert everything(store, draft_id) == before


def test_rows_keep_their_numbers(store: Store, desk: Desk, clock: StoppedClock) -> None:
    draft_id = begun(store, NEARLY)
    with store.work() as work:
        slot, number = next((s, n) for s, n in work.drafts.saved(draft_id)[1].items() if len(n) > 1)
        work.drafts.remove_instance(draft_id, slot, number[0])
    offer(store, clock)

    desk.do(moving_up.move_up, draft_id)

    with store.work() as work:
        assert work.drafts.saved(draft_id)[1][slot] == number[1:]


def test_the_page_says_what_the_newer_version_asks(store: Store, desk: Desk, clock: StoppedClock) -> None:
    draft_id = begun(store, NEARLY)
    offer(store, clock)

    ahead = desk.do(moving_up.look_ahead, draft_id)

    assert (ahead.now, ahead.newer) == ("2026.1", "2026.2")
    assert ahead.move.carried > 50
    assert any("id_" in new.ref and new.required for new in ahead.move.new)
    with store.work() as work:
        assert work.drafts.get(draft_id).form_version == "2026.1"


def test_a_draft_that_stays_on_its_version_can_be_completed_and_read_again(
    store: Store,
    desk: Desk,
    clock: StoppedClock,
) -> None:
    finished = next(path for path in AUDITS if read_json(path)["state"] == "completed")
    draft_id = begun(store, finished)
    offer(store, clock)

    change = desk.do(audits.complete_draft, draft_id)

    copy = desk.do(audits.open_record, next(iter(change.records)))
    assert copy.form.version == "2026.1"
    assert copy.filling.answer("cd_child_ref") == read_json(finished)["answers"]["cd_child_ref"]


def test_a_draft_with_nothing_newer_has_nowhere_to_move(store: Store, desk: Desk) -> None:
    draft_id = begun(store, NEARLY)

    with pytest.raises(moving_up.NoSuchMove):
        desk.do(moving_up.move_up, draft_id)
    with pytest.raises(moving_up.NoSuchMove):
        desk.do(moving_up.go_back, draft_id)
    assert desk.do(moving_up.versions, draft_id).newer == ""


def test_a_withdrawn_version_is_not_offered_and_its_drafts_go_on(
    store: Store,
    desk: Desk,
    clock: StoppedClock,
) -> None:
    draft_id = begun(store, NEARLY)
    offer(store, clock)
    with store.work() as work:
        work.forms.withdraw("child_practice_audit", "2026.1")
        work.forms.withdraw("child_practice_audit", "2026.2")

    assert desk.do(moving_up.versions, draft_id).newer == ""
    assert desk.do(audits.open_draft, draft_id).form.version == "2026.1"


def test_what_was_typed_in_the_newer_version_is_kept_aside_when_going_back(
    store: Store,
    desk: Desk,
    clock: StoppedClock,
) -> None:
    draft_id = begun(store, NEARLY)
    offer(store, clock)
    new = desk.do(moving_up.look_ahead, draft_id).move.new
    desk.do(moving_up.move_up, draft_id)
    with store.work() as work:
        filling = audits.open_draft(work, draft_id).filling
        ref = next(one.ref for one in new if filling.look(one.ref).type == "text")
        label, slot = filling.look(ref).label, filling.slot(ref)
        work.drafts.save(draft_id, [Save(slot, "Written on Tuesday.")], by="TM-02")

    desk.do(moving_up.go_back, draft_id)

    (kept,) = desk.do(moving_up.kept_aside, draft_id)
    assert [(one.label, one.words) for one in kept.answers] == [(label, "Written on Tuesday.")]
    with store.work() as work:
        assert [past.value for past in work.drafts.history(draft_id, slot)] == ["Written on Tuesday."]


def test_what_was_kept_aside_goes_when_the_draft_is_sealed(
    store: Store,
    desk: Desk,
    clock: StoppedClock,
) -> None:
    draft_id = begun(store, NEARLY)
    offer(store, clock)
    desk.do(moving_up.move_up, draft_id)

    with store.work() as work:
        work.drafts.finished(draft_id)

        assert work.connection.exec_driver_sql("SELECT count(*) FROM draft_move").scalar() == 0
