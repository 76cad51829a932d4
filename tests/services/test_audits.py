"""An audit from its first moment to the sealed copy, through the deeds and a real encrypted store."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from qaf_desktop import paths
from qaf_desktop.demo.filling_in import fill_in
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import DraftId, new_case_id
from qaf_desktop.domain.people import Person, Role, Team
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.drafts import DraftIndex, Save
from qaf_desktop.models.records import NewRecord
from qaf_desktop.models.store import Store
from qaf_desktop.services import audits, feedback, setting_up
from qaf_desktop.services.audits import NotFinished
from qaf_desktop.services.forms import shipped_forms
from qaf_desktop.services.my_work import my_work
from qaf_desktop.services.printing import print_record
from qaf_desktop.services.setting_up import AnotherPerson

FORM = "child_practice_audit"
ACTIONS = "/data/ac/ac_list"


@pytest.fixture
def desk(store: Store) -> Store:
    """A store with the shipped forms."""
    store.do(setting_up.keep_forms, shipped_forms(paths.shipped("forms")))
    return store


def _begun(store: Store) -> DraftId:
    (draft,) = store.do(audits.start_audit, FORM).drafts
    return draft


def _save(store: Store, draft: DraftId, **answers: str) -> None:
    saves = [Save(slot.replace("__", "/"), value) for slot, value in answers.items()]
    store.do(audits.save_answers, draft, saves, caret="", index=DraftIndex())


def test_an_unfinished_audit_cannot_be_completed_and_nothing_is_lost(desk: Store) -> None:
    draft = _begun(desk)
    _save(desk, draft, __data__cf__cf_story="Sleeps badly.")

    with pytest.raises(NotFinished) as refused:
        desk.do(audits.complete_draft, draft)

    assert len(refused.value.problems) > 10
    assert "Everything you have typed is kept" in str(refused.value)
    assert desk.do(audits.open_draft, draft).filling.answer("cf_story") == "Sleeps badly."


def test_a_row_taken_out_never_lends_its_number_to_a_new_one(desk: Store) -> None:
    draft = _begun(desk)
    for number in (1, 2):
        desk.do(audits.add_row, draft, ACTIONS, number)
    saves = [Save(f"{ACTIONS}[#2]/ac_text", "Ring the school.")]
    desk.do(audits.save_answers, draft, saves, caret="", index=DraftIndex())
    desk.do(audits.remove_row, draft, ACTIONS, 2)

    filling = desk.do(audits.open_draft, draft).filling
    added = filling.add(ACTIONS)

    assert added == f"{ACTIONS}[2]"
    assert filling.slot(added) == f"{ACTIONS}[#3]"


def test_a_draft_left_in_good_order_says_nothing_about_recovery(desk: Store) -> None:
    draft = _begun(desk)
    _save(desk, draft, __data__cf__cf_story="Sleeps badly.")
    desk.do(audits.open_draft, draft)

    desk.do(audits.leave_draft, draft)

    assert desk.do(audits.open_draft, draft).recovered == ""
    assert "did not close properly" in desk.do(audits.open_draft, draft).recovered


def test_a_discarded_draft_can_be_taken_back(desk: Store) -> None:
    draft = _begun(desk)

    desk.do(audits.discard_draft, draft)
    gone = desk.do(my_work).drafts
    desk.do(audits.take_back_draft, draft)

    assert gone == ()
    assert [line.id for line in desk.do(my_work).drafts] == [draft]


def test_earlier_wordings_of_an_answer_come_newest_first(desk: Store, clock: object) -> None:
    draft = _begun(desk)
    for words in ("First.", "Second."):
        _save(desk, draft, __data__cf__cf_story=words)
        clock.move_on(minutes=2)  # type: ignore[attr-defined]

    past = desk.do(audits.answer_history, draft, "/data/cf/cf_story")

    assert [entry.value for entry in past] == ["Second.", "First."]
    assert past[0].by == "TM-02"


def test_feedback_joins_the_case_of_its_audit_before_the_audit_is_sealed(desk: Store) -> None:
    draft = _begun(desk)
    case = desk.do(audits.open_draft, draft).draft.case_id

    (heard,) = desk.do(feedback.start_feedback, case, "feedback_child_8_12", child_ref="CH-6GM2T").drafts

    view = desk.do(audits.case_of, case)
    assert {line.id for line in view.drafts} == {draft, heard}
    assert desk.do(audits.open_draft, heard).draft.spoken_by == {"who": "child", "written_down_by": "TM-02"}


@pytest.mark.parametrize("name", ["02_good_foster_home.json", "01_inadequate_neglect.json"])
def test_a_sealed_audit_reads_back_word_for_word_and_waits_to_be_sent(desk: Store, name: str) -> None:
    spec = json.loads(paths.shipped("demo", "audits", name).read_text(encoding="utf-8"))
    earlier = paths.shipped("demo", "forms")
    if earlier.exists():
        desk.do(setting_up.keep_forms, shipped_forms(earlier))
    _with_demo_directory(desk)
    draft = _begun(desk)
    opened = desk.do(audits.open_draft, draft)
    fill_in(opened.filling, spec["answers"], spec["repeats"])
    saved = opened.filling.saved()
    for repeat, numbers in saved.instances.items():
        for number in numbers:
            desk.do(audits.add_row, draft, repeat, number)
    saves = [Save(slot, value) for slot, value in saved.answers.items() if value]
    desk.do(audits.save_answers, draft, saves, caret="", index=DraftIndex())
    before = opened.filling.content()

    (record,) = desk.do(audits.complete_draft, draft).records

    copy = desk.do(audits.open_record, record)
    (line,) = desk.do(my_work).completed
    assert copy.record.content == before == copy.filling.content()
    assert (line.state, line.overall, line.child_ref) == (
        SendState.READY,
        spec["answers"]["gr_overall"],
        spec["answers"]["cd_child_ref"],
    )
    assert set(copy.record.summary["areas"]) <= set(copy.form.profile.areas)
    assert spec["answers"]["cf_story"] not in json.dumps(copy.record.summary)
    assert desk.do(print_record, record).pdf.startswith(b"%PDF")
    assert desk.do(my_work).drafts == ()


def test_a_computer_with_somebodys_work_is_not_enrolled_for_another_person(desk: Store) -> None:
    other = Person("TM-09", "u9", "Another manager", Role.TM, None)
    desk.do(setting_up.say_who_works_here, other, None, [])  # nothing sealed yet: may still change hands
    with desk.work() as work:
        work.records.seal(_a_note())

    with pytest.raises(AnotherPerson, match="another person"):
        desk.do(setting_up.say_who_works_here, Person("TM-10", "u10", "A third", Role.TM, None), None, [])


def _a_note() -> NewRecord:
    return NewRecord(kind=Kind.CORRECTION, case_id=new_case_id(), content={"words": "a correction"})


def _with_demo_directory(store: Store) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        with Path(paths.shipped("demo", name)).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    people = [Person(r["code"], r["login"], r["name"], Role(r["role"]), r["team"] or None) for r in rows("people.csv")]
    teams = [Team(r["code"], r["name"], r["service"]) for r in rows("teams.csv")]
    with store.work() as work:
        work.people.replace(people, teams)
