"""Valid things to test with; a test names only what matters to it: ``an_audit(overall="I")``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from qaf_desktop.domain.envelope import Kind, Record, seal
from qaf_desktop.domain.ids import CaseId, DeviceId, RecordId, new_case_id, new_device_id, new_record_id
from qaf_desktop.forms.published import Profile, PublishedForm
from qaf_desktop.models.envelopes import Envelope, envelope_of
from qaf_desktop.models.records import Arrival, NewRecord

AUDIT_FORM = "child_practice_audit"
AUDIT_TITLE = "Child practice audit"
FEEDBACK_FORM = "feedback_child_8_12"
FEEDBACK_TITLE = "What I think (8 to 12)"

_XML = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
  <h:head><h:title>{title}</h:title><model><instance><data id="{form_id}" version="{version}">
    <child_ref/><overall/></data></instance>
    <bind nodeset="/data/child_ref" type="string" required="true()"/>
    <bind nodeset="/data/overall" type="string"/></model></h:head>
  <h:body><input ref="/data/child_ref"><label>Child reference</label></input>
    <input ref="/data/overall"><label>Overall</label></input></h:body>
</h:html>
"""


def a_form(
    *,
    form_id: str = AUDIT_FORM,
    version: str = "2026.1",
    title: str = AUDIT_TITLE,
    kind: str = "audit",
    audience: str = "auditor",
    media: Mapping[str, bytes] | None = None,
    xml: str | None = None,
) -> PublishedForm:
    """A small published form of two questions."""
    return PublishedForm(
        form_id=form_id,
        version=version,
        title=title,
        xml=xml or _XML.format(form_id=form_id, version=version, title=title),
        profile=Profile(kind=kind, audience=audience, child_ref_question="child_ref", overall_question="overall"),
        media=dict(media or {}),
    )


def an_audit(
    *,
    overall: str = "G",
    child_ref: str = "CH-7K4QM",
    team: str = "AST-N",
    case_id: CaseId | None = None,
    grades: Mapping[str, str] | None = None,
    title: str = AUDIT_TITLE,
    content: Mapping[str, Any] | None = None,
    **more: Any,
) -> NewRecord:
    """An audit ready to be sealed."""
    return NewRecord(
        kind=Kind.AUDIT,
        case_id=case_id or new_case_id(),
        form_id=AUDIT_FORM,
        form_version="2026.1",
        form_hash="0" * 64,
        child_ref=child_ref,
        team=team,
        summary={"title": title, "overall": overall, "areas": dict(grades or {"dm": overall, "pv": "G"})},
        content=content or {"os": {"os_why": "The plan was made with the child and is followed."}},
        **more,
    )


def a_feedback(*, case_id: CaseId, child_ref: str = "CH-7K4QM", team: str = "AST-N", **more: Any) -> NewRecord:
    """What a child said about the work of a case, ready to be sealed."""
    return NewRecord(
        kind=Kind.FEEDBACK,
        case_id=case_id,
        form_id=FEEDBACK_FORM,
        form_version="2026.1",
        form_hash="1" * 64,
        child_ref=child_ref,
        team=team,
        spoken_by={"who": "child", "written_down_by": "TM-02"},
        summary={"title": FEEDBACK_TITLE},
        content={"listened": "yes"},
        **more,
    )


def an_event(kind: Kind, *, case_id: CaseId, about: RecordId | None = None, **more: Any) -> NewRecord:
    """A small typed event of a case, ready to be sealed."""
    return NewRecord(kind=kind, case_id=case_id, about=about, content={"why": "Entered twice."}, **more)


def sealed(
    new: NewRecord,
    *,
    author: str = "TM-09",
    device: DeviceId | None = None,
    device_seq: int = 1,
    claimed_at: datetime = datetime(2026, 11, 20, 14, 30, tzinfo=UTC),
) -> Record:
    """A record as somebody else's laptop would have sealed it."""
    fields = {field.name: getattr(new, field.name) for field in dataclasses.fields(new)}
    fields["id"] = new.id or new_record_id()
    return seal(author=author, device=device or new_device_id(), device_seq=device_seq, claimed_at=claimed_at, **fields)


def an_arrival(record: Record, *, received_seq: int = 1, with_body: bool = True) -> Arrival:
    """A record as the centre tells it."""
    envelope: Envelope = envelope_of(
        record, received_at=datetime(2026, 11, 20, 16, 0, tzinfo=UTC), received_seq=received_seq
    )
    return Arrival(envelope, record.body if with_body else None)


def arrivals(records: Sequence[Record]) -> list[Arrival]:
    """Records as the centre tells them, in the order it received them."""
    return [an_arrival(record, received_seq=place) for place, record in enumerate(records, start=1)]
