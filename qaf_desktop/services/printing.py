"""Paper from a sealed copy: the audit for the director's table, the feedback for those who need to hear it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.envelope import Kind, Record
from qaf_desktop.domain.ids import RecordId
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.models.records import NewRecord
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.reports import audit as paper
from qaf_desktop.reports import feedback as feedback_paper
from qaf_desktop.reports.page import Imprint, british_date
from qaf_desktop.services.audits import SealedCopy, open_record
from qaf_desktop.services.on_paper import OnPaper, judgement, said, tone
from qaf_desktop.services.reference import my_code

AUDIENCES = {"child": "Child", "young_person": "Young person", "parent_carer": "Parent or carer"}
"""Whose voice a feedback record is, in words; a person is never named."""

FOR_STAFF = "staff"
"""A feedback form's groups whose names begin so are filled in by the adult."""


@dataclass(frozen=True)
class Printed:
    """A PDF ready to be looked at, saved or printed. ``file_name`` says nothing about the child."""

    pdf: bytes
    title: str
    file_name: str


def print_record(work: UnitOfWork, record_id: RecordId) -> Printed:
    """The paper that belongs to a sealed copy of an audit or of feedback."""
    copy = open_record(work, record_id)
    if copy.record.kind is Kind.FEEDBACK:
        pdf = feedback_paper.render(feedback_contents(work, copy))
    else:
        pdf = paper.render(audit_contents(work, copy))
    return Printed(pdf, copy.form.title, f"{copy.form.form_id}-{copy.record.content_hash[:12]}.pdf")


def audit_contents(work: UnitOfWork, copy: SealedCopy) -> paper.AuditContents:
    """Everything the printed audit says, in the words of its own form."""
    page, profile, record = OnPaper(copy.form, copy.filling), copy.form.profile, copy.record
    cover, *others = page.groups()
    voices = _voices(work, record)
    overall = judgement(copy.filling.answer(profile.overall_question)) if profile.overall_question else None
    overall_why = profile.overall_question.split("_")[0] + "_why"
    overall_group, actions_group = page.group_of(profile.overall_question), page.group_of(profile.actions_repeat)
    declared = page.question(profile.declaration_question)
    on_their_own = {
        profile.family_group,
        *(
            group.name
            for name in (
                profile.overall_question,
                profile.declaration_question,
                profile.actions_repeat,
                profile.strengths_repeat,
                profile.improvements_repeat,
                *profile.non_negotiables,
            )
            if (group := page.group_of(name))
        ),
    }
    family = next((group for group in others if group.name == profile.family_group), None)
    return paper.AuditContents(
        imprint=_imprint(work, record, copy.form),
        facts=(
            *page.facts(cover.ref, without=frozenset({profile.child_ref_question})),
            paper.Fact("Completed", british_date(record.claimed_at.date())),
        ),
        overall=overall,
        overall_why=copy.filling.answer(overall_why) if overall else "",
        overall_items=page.items(overall_group.ref, without=frozenset({profile.overall_question, overall_why}))
        if overall_group
        else (),
        checks=_checks(page),
        checks_reason=_checks_reason(page),
        sections=tuple(page.section(group) for group in others if group.name not in on_their_own),
        family=page.section(family) if family else None,
        voices=voices,
        strengths=_points(page, profile.strengths_repeat),
        improvements=_points(page, profile.improvements_repeat),
        actions=tuple(page.action(row) for row in page.rows(profile.actions_repeat)),
        actions_items=page.items(actions_group.ref) if actions_group else (),
        took_part=_took_part(work, page, record, voices),
        declaration=declared.label if declared else "",
        declared_by=_role_of(work, record.author),
        declared_at=record.claimed_at,
    )


def feedback_contents(work: UnitOfWork, copy: SealedCopy) -> feedback_paper.FeedbackContents:
    """What somebody said, for a page of its own; the wish to keep it private is respected there."""
    page, record = OnPaper(copy.form, copy.filling), copy.record
    shared = _may_share(copy)
    return feedback_paper.FeedbackContents(
        imprint=replace(_imprint(work, record, copy.form), reference=record.content_hash[:12]),
        who=_whose(copy),
        shared=shared,
        heard_on=record.claimed_at.date(),
        heard_by=_role_of(work, record.author),
        answers=tuple(_told(page)) if shared else (),
    )


def log_paper(work: UnitOfWork, record_id: RecordId, how: str) -> Change:
    """Note that a copy left the store, printed or saved: paper is the weak point [§8]."""
    printed = work.records.envelope(record_id)
    sealed = work.records.seal(
        NewRecord(
            kind=Kind.PRINT_LOG,
            case_id=printed.case_id,
            about=record_id,
            child_ref=printed.child_ref,
            team=printed.team,
            summary={"how": how},
            content={"how": how},
        )
    )
    return Change(records=frozenset({sealed.id}), cases=frozenset({sealed.case_id}), sending=True)


def _imprint(work: UnitOfWork, record: Record, form: PublishedForm) -> Imprint:
    return Imprint(
        title=form.title,
        reference=record.child_ref or record.content_hash[:12],
        printed_at=work.now,
        printed_by=_role_of(work, my_code(work)),
        form_id=form.form_id,
        form_version=form.version,
        content_hash=record.content_hash,
        council=(work.meta.enrolment or {}).get("council", ""),
    )


def _role_of(work: UnitOfWork, code: str) -> str:
    person = work.people.person(code)
    return person.role.words if person else "Member of staff"


def _checks(page: OnPaper) -> tuple[paper.Check, ...]:
    """The non-negotiables [§4], each with what belongs to it: its evidence and its date."""
    names = page.form.profile.non_negotiables
    found = []
    for name in names:
        item = page.question(name)
        if item is None or not item.value:
            continue
        group = page.group_of(name)
        beside = [other for other in page.questions(group.ref) if other.name.startswith(f"{name}_")] if group else []
        notes = [page.note(other) for other in beside if other.value]
        found.append(paper.Check(item.label, said(item), tone(item), " ".join(notes)))
    return tuple(found)


def _checks_reason(page: OnPaper) -> str:
    names = page.form.profile.non_negotiables
    group = page.group_of(names[0]) if names else None
    if group is None:
        return ""
    rest = [item for item in page.questions(group.ref) if not item.name.startswith(names)]
    return " ".join(item.value for item in rest)


def _points(page: OnPaper, repeat: str) -> tuple[paper.Point, ...]:
    return tuple(page.point(row) for row in page.rows(repeat))


def _voices(work: UnitOfWork, record: Record) -> tuple[paper.Voice, ...]:
    return tuple(
        _voice(work, open_record(work, other.id))
        for other in work.records.of_case(record.case_id)
        if other.kind is Kind.FEEDBACK
    )


def _voice(work: UnitOfWork, copy: SealedCopy) -> paper.Voice:
    shared = _may_share(copy)
    return paper.Voice(
        who=_whose(copy),
        shared=shared,
        heard=f"Written down by: {_role_of(work, copy.record.author)}, {british_date(copy.record.claimed_at.date())}.",
        answers=tuple(
            paper.Item(told.question, told.answer)
            for told in _told(OnPaper(copy.form, copy.filling))
            if shared and told.answer
        ),
    )


def _whose(copy: SealedCopy) -> str:
    return AUDIENCES.get(copy.form.profile.audience, copy.form.title)


def _may_share(copy: SealedCopy) -> bool:
    """Whether the person said that others may hear this [§8.5]; silence is not a yes."""
    question = copy.form.profile.share_question
    return not question or copy.filling.answer(question) == "yes"


def _told(page: OnPaper) -> Iterator[feedback_paper.FeedbackAnswer]:
    """The person's own answers. Groups named ``staff…`` are for the adult who gathered them and are not printed."""
    everything = {item.name: item for group in page.groups() for item in page.questions(group.ref)}
    for group in page.groups():
        if group.name.startswith(FOR_STAFF):
            continue
        for item in page.questions(group.ref):
            by = everything.get(f"{item.name}_by")
            face = int(item.value) if "faces" in item.appearance.split() and item.value.isdigit() else 0
            yield feedback_paper.FeedbackAnswer(
                question=item.label, answer=said(item), face=face, note=said(by) if by else ""
            )


def _took_part(
    work: UnitOfWork, page: OnPaper, record: Record, voices: tuple[paper.Voice, ...]
) -> tuple[paper.Fact, ...]:
    present = page.question(page.form.profile.worker_present_question)
    facts = [paper.Fact("Auditor", _role_of(work, record.author))]
    if present:
        facts.append(paper.Fact(present.label, said(present)))
    facts += [paper.Fact(voice.who, "Gave feedback") for voice in voices]
    return tuple(facts)
