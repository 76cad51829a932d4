"""What a child, a young person or a parent said, kept as their own record of the same case."""

from __future__ import annotations

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import CaseId
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.services.audits import keep_first_answers
from qaf_desktop.services.reference import my_code


def start_feedback(
    work: UnitOfWork, case_id: CaseId, form_id: str, *, child_ref: str = "", team: str = "", worker: str = ""
) -> Change:
    """Begin to hear from somebody. The words are theirs: the record says whose, and who wrote them down.

    An audit that is sealed already is what the feedback answers; one still in draft is joined by the case alone.
    """
    form = work.forms.newest(form_id)
    audits = [record for record in work.records.of_case(case_id) if record.kind is Kind.AUDIT]
    draft = work.drafts.start(
        case_id=case_id,
        kind=Kind.FEEDBACK,
        form_id=form.form_id,
        form_version=form.version,
        about=audits[-1].id if audits else None,
        child_ref=child_ref or (audits[-1].child_ref if audits else None) or "",
        team=team or (audits[-1].team if audits else None) or "",
        worker=worker,
        spoken_by={"who": form.profile.audience, "written_down_by": my_code(work)},
    )
    keep_first_answers(work, draft, form)
    return Change(drafts=frozenset({draft.id}), cases=frozenset({case_id}))
