"""Drafts and sealed copies as one line each, the way every list shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import CaseId, DraftId, RecordId
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.drafts import Draft
from qaf_desktop.models.projections import AuditLine
from qaf_desktop.models.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DraftLine:
    """A form being filled in: what it is about, who with, when last touched and how complete."""

    id: DraftId
    case_id: CaseId
    kind: Kind
    child_ref: str
    form_title: str
    form_version: str
    worker: str
    touched_at: datetime
    answered: int
    asked: int


@dataclass(frozen=True)
class CompletedLine:
    """A sealed copy: its grade (a code, or nothing), what has joined it and how far it has got."""

    record_id: RecordId
    case_id: CaseId
    kind: Kind
    child_ref: str
    form_title: str
    overall: str
    completed_at: datetime
    feedback_count: int
    state: SendState | None
    """``None`` for a copy that came from the centre."""
    reason: str


def draft_line(work: UnitOfWork, draft: Draft) -> DraftLine:
    """One draft as a line; a worker shows as the staff code until the directory knows a name."""
    person = work.people.person(draft.worker) if draft.worker else None
    return DraftLine(
        id=draft.id,
        case_id=draft.case_id,
        kind=draft.kind,
        child_ref=draft.child_ref or "",
        form_title=work.forms.title(draft.form_id, draft.form_version),
        form_version=draft.form_version,
        worker=person.name if person else draft.worker or "",
        touched_at=draft.touched_at,
        answered=draft.answered,
        asked=draft.asked,
    )


def completed_line(line: AuditLine) -> CompletedLine:
    """One sealed copy as a line."""
    return CompletedLine(
        record_id=line.record_id,
        case_id=line.case_id,
        kind=line.kind,
        child_ref=line.child_ref or "",
        form_title=line.form_title,
        overall=line.overall,
        completed_at=line.completed_at,
        feedback_count=line.feedback_count,
        state=line.state,
        reason=line.reason,
    )
