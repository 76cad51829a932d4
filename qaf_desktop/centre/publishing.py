"""What the centre itself writes for every laptop: forms, the directory of people and teams, and the bank holidays."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from qaf_desktop.centre.office import Office, setting
from qaf_desktop.domain.envelope import Kind, Record, seal
from qaf_desktop.domain.ids import DeviceId, new_case_id, new_record_id
from qaf_desktop.forms.published import WITHDRAWN, PublishedForm
from qaf_desktop.problems import Problem

CENTRE_AUTHOR = "centre"
_NO_DEVICE = DeviceId("00000000-0000-0000-0000-000000000000")


class FormNotPublished(Problem):
    """A form could not be published."""


@dataclass(frozen=True)
class Publication:
    """A form version every laptop will have. ``already`` = it was published before, and nothing was done."""

    form_id: str
    version: str
    record_id: str
    pictures: int
    already: bool


def publish_form(office: Office, form: PublishedForm) -> Publication:
    """Publish a form version; its pictures first, by hash. Safe to repeat with the same form.

    Raises:
        FormNotPublished: this version was published with another content, or it is larger than the centre takes.
        NoCentre: ``centre init`` has not been run here.
    """
    setting(office)
    found = office.execute(
        "SELECT id::text, form_hash FROM core.record"
        " WHERE kind = 'form_version' AND form_id = %s AND form_version = %s",
        (form.form_id, form.version),
    ).fetchone()
    if found is not None and found[1] != form.sha256:
        raise FormNotPublished(
            f"Version {form.version} of {form.form_id} has been published with other questions.",
            safe="Nothing was changed.",
            next_step="Give the new one a new version in its settings sheet.",
        )
    if found is not None:
        return Publication(form.form_id, form.version, str(found[0]), len(form.pictures), already=True)
    if missing := sorted(set(form.pictures) - set(form.media)):
        raise FormNotPublished(f"The picture {missing[0]} of this form is not here.", safe="Nothing was changed.")
    with office.transaction():
        for name, picture in form.media.items():
            media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
            office.execute("SELECT core.keep_blob(%s, %s)", (media_type, picture))
        record = _enter(
            office,
            Kind.FORM_VERSION,
            content=form.to_content(),
            summary={"title": form.title, "kind": form.profile.kind, "audience": form.profile.audience},
            form=form,
        )
    return Publication(form.form_id, form.version, record.id, len(form.pictures), already=False)


def withdraw_form(office: Office, form_id: str, version: str | None = None) -> tuple[str, ...]:
    """Have a version of a form, or every version, offered no more. What was begun with it can be finished and sent.

    The version is entered once more, marked as withdrawn, so that it reaches every laptop the way it came.

    Returns:
        The versions that were withdrawn now.

    Raises:
        FormNotPublished: there is no such form, or no such version of it.
    """
    setting(office)
    bodies = office.execute(
        "SELECT body FROM core.record WHERE kind = 'form_version' AND form_id = %s"
        " AND (%s::text IS NULL OR form_version = %s) ORDER BY received_seq",
        (form_id, version, version),
    ).fetchall()
    newest: dict[str, dict[str, Any]] = {}
    for (body,) in bodies:
        content = json.loads(body)["content"]
        newest[content["version"]] = content
    if not newest:
        raise FormNotPublished(
            f"The form {form_id}{f' {version}' if version else ''} was never published here.",
            safe="Nothing was changed.",
            next_step="Check its id and its version in the settings sheet.",
        )
    due = {one: content for one, content in newest.items() if not content.get(WITHDRAWN)}
    with office.transaction():
        for content in due.values():
            form = PublishedForm.from_content(content)
            summary = {"title": form.title, "kind": form.profile.kind, "audience": form.profile.audience}
            _enter(office, Kind.FORM_VERSION, content={**content, WITHDRAWN: True}, summary=summary, form=form)
    return tuple(due)


def publish_directory(office: Office) -> Record:
    """Write the directory as it is now; the newest one counts on every laptop."""
    people = office.execute("SELECT code, login, name, role, team, active FROM core.principal ORDER BY code").fetchall()
    teams = office.execute("SELECT code, name, service, active FROM core.team ORDER BY code").fetchall()
    content = {
        "people": [
            dict(zip(("code", "login", "name", "role", "team", "active"), person, strict=True)) for person in people
        ],
        "teams": [dict(zip(("code", "name", "service", "active"), team, strict=True)) for team in teams],
    }
    return _enter(office, Kind.DIRECTORY, content=content, summary={"people": len(people), "teams": len(teams)})


def publish_calendar(office: Office, bank_holidays: Mapping[date, str]) -> Record:
    """Write the bank holidays, day by name; the newest calendar counts on every laptop.

    Raises:
        NoCentre: ``centre init`` has not been run here.
    """
    setting(office)
    days = {day.isoformat(): name for day, name in sorted(bank_holidays.items())}
    summary = {"days": len(days), "last": max(days, default="")}
    with office.transaction():
        return _enter(office, Kind.CALENDAR, content={"bank_holidays": days}, summary=summary)


def _enter(
    office: Office,
    kind: Kind,
    *,
    content: Mapping[str, Any],
    summary: Mapping[str, Any],
    form: PublishedForm | None = None,
) -> Record:
    record = seal(
        id=new_record_id(),
        kind=kind,
        case_id=new_case_id(),
        author=CENTRE_AUTHOR,
        device=_NO_DEVICE,
        device_seq=0,
        claimed_at=datetime.now(UTC),
        form_id=form.form_id if form else None,
        form_version=form.version if form else None,
        form_hash=form.sha256 if form else None,
        summary=summary,
        content=content,
    )
    if len(record.body.encode()) > 1_000_000:
        raise FormNotPublished(
            "This form is larger than one megabyte without its pictures.",
            safe="Nothing was changed.",
            next_step="Split it into two forms, or shorten its guidance.",
        )
    office.execute("SELECT core.enter(%s, %s)", (record.body, record.content_hash))
    return record
