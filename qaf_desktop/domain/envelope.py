"""A record: a sealed, immutable piece of paper, with the same envelope in the store, on the wire and at the centre."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from qaf_desktop.domain.canonical import canonical_json, content_hash
from qaf_desktop.domain.ids import CaseId, DeviceId, RecordId
from qaf_desktop.problems import Problem

SCHEMA_VERSION = 1
"""Version of the envelope itself; the centre answers ``too_new`` to one it does not know."""


class Kind(StrEnum):
    """What sort of paper a record is; sealed fillings of a form first, small typed events after."""

    AUDIT = "audit"
    FEEDBACK = "feedback"
    WORKER_PART = "worker_part"
    MODERATION = "moderation"
    OBSERVATION = "observation"
    REVIEW_QA = "review_qa"
    AGENCY_RETURN = "agency_return"
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    LEARNING_REVIEW = "learning_review"
    OTHER_VOICE = "other_voice"
    SAFEGUARDING_NOTE = "safeguarding_note"
    ALLOCATION = "allocation"
    ACCEPTANCE = "acceptance"
    PARTICIPATION = "participation"
    CONFLICT_OVERRIDE = "conflict_override"
    NOTICE = "notice"
    ACKNOWLEDGEMENT = "acknowledgement"
    SIGN_OFF = "sign_off"
    ACTION_UPDATE = "action_update"
    TRACKER_REVIEW = "tracker_review"
    CONCERN_CLOSURE = "concern_closure"
    SECOND_AGREEMENT = "second_agreement"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    PRINT_LOG = "print_log"
    FORM_VERSION = "form_version"
    DIRECTORY = "directory"
    CALENDAR = "calendar"


URGENT_KINDS = frozenset({Kind.NOTICE, Kind.ACKNOWLEDGEMENT, Kind.SAFEGUARDING_NOTE})
"""Sent first when a network appears."""


class NotARecord(Problem):
    """A text that should be a record's body is not one, or does not match its hash."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One sealed record. ``body`` is the canonical JSON of all the other fields; ``content_hash`` its SHA-256.

    ``claimed_at`` is what the laptop's clock said, with its offset: a hint, never an order. ``summary`` carries no
    free text. ``author`` is the staff code of the login; ``spoken_by`` whose words these are.
    """

    id: RecordId
    kind: Kind
    case_id: CaseId
    about: RecordId | None = None
    based_on: tuple[RecordId, ...] = ()
    form_id: str | None = None
    form_version: str | None = None
    form_hash: str | None = None
    child_ref: str | None = None
    team: str | None = None
    author: str
    spoken_by: Mapping[str, str] | None = None
    device: DeviceId
    device_seq: int
    claimed_at: datetime
    salt: str
    summary: Mapping[str, Any] = field(default_factory=dict)
    content: Mapping[str, Any] = field(default_factory=dict)
    body: str = field(repr=False)
    content_hash: str

    def __repr__(self) -> str:
        """Ids only: a record's words never reach a log or a traceback."""
        return f"Record(id={self.id!r}, kind={self.kind.value!r})"


def seal(
    *,
    id: RecordId,
    kind: Kind,
    case_id: CaseId,
    author: str,
    device: DeviceId,
    device_seq: int,
    claimed_at: datetime,
    about: RecordId | None = None,
    based_on: tuple[RecordId, ...] = (),
    form_id: str | None = None,
    form_version: str | None = None,
    form_hash: str | None = None,
    child_ref: str | None = None,
    team: str | None = None,
    spoken_by: Mapping[str, str] | None = None,
    summary: Mapping[str, Any] | None = None,
    content: Mapping[str, Any] | None = None,
) -> Record:
    """Seal a record: salt it, write its canonical body once, and take the hash of that.

    Raises:
        ValueError: ``claimed_at`` has no offset, or the content holds what JSON cannot.
    """
    if claimed_at.tzinfo is None:
        raise ValueError("claimed_at needs an offset from UTC")
    envelope = {
        "schema": SCHEMA_VERSION,
        "id": id,
        "kind": kind.value,
        "case_id": case_id,
        "about": about,
        "based_on": list(based_on),
        "form_id": form_id,
        "form_version": form_version,
        "form_hash": form_hash,
        "child_ref": child_ref,
        "team": team,
        "author": author,
        "spoken_by": dict(spoken_by) if spoken_by else None,
        "device": device,
        "device_seq": device_seq,
        "claimed_at": claimed_at.isoformat(timespec="milliseconds"),
        "salt": secrets.token_hex(16),
        "summary": dict(summary or {}),
        "content": dict(content or {}),
    }
    return read(canonical_json(envelope))


def read(body: str, expected_hash: str | None = None) -> Record:
    """A record from its body; checks the hash when one is given, and that the body is written canonically.

    Raises:
        NotARecord: the body is damaged, not canonical, or not the one that was hashed.
    """
    actual = content_hash(body)
    if expected_hash is not None and actual != expected_hash:
        raise NotARecord("A sealed copy does not match its own fingerprint.", next_step="Tell your IT service.")
    try:
        fields = json.loads(body)
        if canonical_json(fields) != body:
            raise ValueError("not canonical")
        return Record(
            id=RecordId(fields["id"]),
            kind=Kind(fields["kind"]),
            case_id=CaseId(fields["case_id"]),
            about=fields["about"],
            based_on=tuple(fields["based_on"]),
            form_id=fields["form_id"],
            form_version=fields["form_version"],
            form_hash=fields["form_hash"],
            child_ref=fields["child_ref"],
            team=fields["team"],
            author=fields["author"],
            spoken_by=fields["spoken_by"],
            device=DeviceId(fields["device"]),
            device_seq=fields["device_seq"],
            claimed_at=datetime.fromisoformat(fields["claimed_at"]),
            salt=fields["salt"],
            summary=fields["summary"],
            content=fields["content"],
            body=body,
            content_hash=actual,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise NotARecord("A sealed copy could not be read.", next_step="Tell your IT service.") from error
