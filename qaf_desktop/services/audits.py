"""An audit from its first moment to the sealed copy: start it, keep every answer, complete it, read it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.envelope import Kind, Record
from qaf_desktop.domain.ids import CaseId, DraftId, RecordId, new_case_id
from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.items import AnswerProblem, SavedAnswers
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.models.drafts import Draft, DraftIndex, PastAnswer, Save
from qaf_desktop.models.records import NewRecord
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.problems import Problem
from qaf_desktop.services.lines import CompletedLine, DraftLine, completed_line, draft_line
from qaf_desktop.services.reference import my_code, rows_for_forms
from qaf_desktop.services.sealed import filled_from
from qaf_desktop.services.summaries import summary_of

DISCARDED_KEPT_DAYS = 30
_LEFT_OPEN = "drafts_left_open"
"""Under this name the store remembers which drafts were on the screen, to know after a crash what was recovered."""


class NotFinished(Problem):
    """A draft cannot be sealed yet; ``problems`` says what is missing, in the order of the form."""

    def __init__(self, problems: Sequence[AnswerProblem]) -> None:
        count = len(problems)
        super().__init__(
            f"{count} answer{'s are' if count != 1 else ' is'} still missing or not right.",
            safe="Everything you have typed is kept.",
            next_step="Go through the list and complete again.",
        )
        self.problems = tuple(problems)


@dataclass(frozen=True)
class OfferedForm:
    """A form a person may begin with."""

    form_id: str
    version: str
    title: str
    audience: str


@dataclass(frozen=True)
class OpenDraft:
    """A draft ready to go on with; ``recovered`` says what was found again after a crash, or is empty."""

    draft: Draft
    form: PublishedForm
    filling: Filling
    recovered: str


@dataclass(frozen=True)
class SealedCopy:
    """A sealed copy opened in the very version of the form it was written with."""

    record: Record
    form: PublishedForm
    filling: Filling


@dataclass(frozen=True)
class CaseView:
    """Everything that belongs to one audit."""

    audit: CompletedLine | None
    feedback: tuple[CompletedLine, ...]
    drafts: tuple[DraftLine, ...]


def offered_forms(work: UnitOfWork, kind: Kind) -> tuple[OfferedForm, ...]:
    """The newest version of each form of this kind that has not been withdrawn."""
    return tuple(
        OfferedForm(form.form_id, form.version, form.title, form.audience)
        for form in work.forms.offered()
        if form.kind == kind
    )


def start_audit(work: UnitOfWork, form_id: str) -> Change:
    """Begin an audit: the case exists from this moment, so feedback can belong to it long before it is sealed."""
    form = work.forms.newest(form_id)
    draft = work.drafts.start(
        case_id=new_case_id(), kind=Kind(form.profile.kind), form_id=form.form_id, form_version=form.version
    )
    keep_first_answers(work, draft, form)
    return Change(drafts=frozenset({draft.id}), cases=frozenset({draft.case_id}))


def keep_first_answers(work: UnitOfWork, draft: Draft, form: PublishedForm) -> None:
    """Keep what a form answers by itself when it is begun (its defaults, the start time): it does so only once."""
    filling = Filling(read_form(form.xml), now=lambda: work.now, username=my_code(work), rows=rows_for_forms(work))
    saved = filling.saved()
    for repeat_slot, numbers in saved.instances.items():
        for number in numbers:
            work.drafts.add_instance(draft.id, repeat_slot, number)
    about_the_form = f"{filling.definition.root.path}/meta/"
    given = [
        Save(slot, value) for slot, value in saved.answers.items() if value and not slot.startswith(about_the_form)
    ]
    work.drafts.save(draft.id, given, by=my_code(work))


def open_draft(work: UnitOfWork, draft_id: DraftId) -> OpenDraft:
    """A draft as it was left, with a line about what was recovered when the program did not close properly."""
    draft = work.drafts.get(draft_id)
    form = work.forms.get(draft.form_id, draft.form_version)
    answers, instances = work.drafts.saved(draft_id)
    definition = read_form(form.xml)
    latest = {spot.path: work.drafts.latest_row(draft_id, spot.path) for spot in definition.spots if spot.repeats}
    filling = Filling.restore(
        definition,
        SavedAnswers(answers, instances, latest),
        now=lambda: work.now,
        username=my_code(work),
        rows=rows_for_forms(work),
    )
    recovered = ""
    left_open = work.meta.get(_LEFT_OPEN, [])
    if answers and draft_id in left_open:
        recovered = (
            f"The program did not close properly last time. Everything saved up to "
            f"{draft.touched_at:%H:%M:%S} on {draft.touched_at.day} {draft.touched_at:%B %Y} is here."
        )
    work.meta.set(_LEFT_OPEN, sorted({*left_open, draft_id}))
    return OpenDraft(draft, form, filling, recovered)


def left_open(work: UnitOfWork) -> tuple[DraftId, ...]:
    """The drafts that were on the screen when the program stopped without closing them, and are still on the desk."""
    noted = set(work.meta.get(_LEFT_OPEN, []))
    return tuple(draft.id for draft in work.drafts.all_open() if draft.id in noted)


def leave_draft(work: UnitOfWork, draft_id: DraftId) -> None:
    """Note that a draft was closed in good order, so that nothing needs to be said about it next time."""
    still_open = [other for other in work.meta.get(_LEFT_OPEN, []) if other != draft_id]
    work.meta.set(_LEFT_OPEN, still_open)


def save_answers(
    work: UnitOfWork, draft_id: DraftId, saves: Sequence[Save], *, caret: str, index: DraftIndex
) -> datetime:
    """Keep what was typed; the moment returned is when it is safe on the disk (the caller's commit follows at once)."""
    work.drafts.save(draft_id, saves, by=my_code(work), caret=caret, index=index)
    return work.now


def add_row(work: UnitOfWork, draft_id: DraftId, repeat_slot: str, number: int) -> None:
    """Keep that a row (an action, a strength) was added."""
    work.drafts.add_instance(draft_id, repeat_slot, number)


def remove_row(work: UnitOfWork, draft_id: DraftId, repeat_slot: str, number: int) -> None:
    """Keep that a row was taken out; its answers stay in the draft's history."""
    work.drafts.remove_instance(draft_id, repeat_slot, number)


def answer_history(work: UnitOfWork, draft_id: DraftId, slot: str) -> tuple[PastAnswer, ...]:
    """Earlier wordings of one answer, newest first."""
    return tuple(work.drafts.history(draft_id, slot))


def discard_draft(work: UnitOfWork, draft_id: DraftId) -> Change:
    """Put a draft aside. It can be taken back for thirty days."""
    draft = work.drafts.get(draft_id)
    work.drafts.discard(draft_id)
    return Change(drafts=frozenset({draft_id}), cases=frozenset({draft.case_id}))


def let_go_of_discarded(work: UnitOfWork) -> int:
    """Delete for good what was discarded more than thirty days ago; says how many drafts that were."""
    return work.drafts.clear_discarded(work.now - timedelta(days=DISCARDED_KEPT_DAYS))


def take_back_draft(work: UnitOfWork, draft_id: DraftId) -> Change:
    """Bring a discarded draft back to the desk."""
    work.drafts.take_back(draft_id)
    return Change(drafts=frozenset({draft_id}))


def keep_picture(work: UnitOfWork, picture: bytes, media_type: str) -> str:
    """Keep a picture and return the name an answer carries: its SHA-256."""
    return work.pictures.keep(picture, media_type)


def picture(work: UnitOfWork, name: str) -> bytes | None:
    """A picture by the name an answer carries; ``None`` when it is not on this computer."""
    return None if work.pictures.missing([name]) else work.pictures.get(name)


def complete_draft(work: UnitOfWork, draft_id: DraftId) -> Change:
    """Seal a finished audit or feedback. After this nobody can change it; a correction is another record.

    Raises:
        NotFinished: an answer is missing or breaks a rule of the form.
    """
    opened = open_draft(work, draft_id)
    filling, draft, profile = opened.filling, opened.draft, opened.form.profile
    filling.end()
    problems = filling.problems()
    if problems:
        raise NotFinished(problems)
    record = work.records.seal(
        NewRecord(
            kind=draft.kind,
            case_id=draft.case_id,
            about=draft.about,
            based_on=tuple(other.id for other in work.records.of_case(draft.case_id)),
            form_id=opened.form.form_id,
            form_version=opened.form.version,
            form_hash=opened.form.sha256,
            child_ref=filling.answer(profile.child_ref_question) if profile.child_ref_question else draft.child_ref,
            team=(filling.answer(profile.team_question) if profile.team_question else draft.team) or None,
            spoken_by=draft.spoken_by,
            summary=summary_of(opened.form, filling),
            content=filling.content(),
        )
    )
    work.drafts.finished(draft_id)
    leave_draft(work, draft_id)
    return Change(
        drafts=frozenset({draft_id}),
        records=frozenset({record.id}),
        cases=frozenset({record.case_id}),
        sending=True,
    )


def open_record(work: UnitOfWork, record_id: RecordId) -> SealedCopy:
    """A sealed copy to read, in the version it was written with."""
    record = work.records.get(record_id)
    form = work.forms.get(record.form_id or "", record.form_version or "")
    return SealedCopy(record, form, filled_from(record, form, rows_for_forms(work, read_again_from=record.claimed_at)))


def case_of(work: UnitOfWork, case_id: CaseId) -> CaseView:
    """An audit with the feedback and the drafts that belong to it."""
    lines = [completed_line(line) for line in work.projections.of_case(case_id)]
    audits = [line for line in lines if line.kind is Kind.AUDIT]
    return CaseView(
        audit=audits[0] if audits else None,
        feedback=tuple(line for line in lines if line.kind is Kind.FEEDBACK),
        drafts=tuple(draft_line(work, draft) for draft in work.drafts.of_case(case_id)),
    )
