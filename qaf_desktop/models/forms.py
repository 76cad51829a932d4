"""Published forms in every version that something on this computer was written with."""

from __future__ import annotations

import json
import mimetypes
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.models.moments import from_text, from_text_or_none, to_text
from qaf_desktop.models.pictures import Pictures
from qaf_desktop.models.schema import form
from qaf_desktop.problems import Problem


class FormConflict(Problem):
    """A form came with the id and version of another one, but says something else."""

    def __init__(self, form_id: str, version: str) -> None:
        super().__init__(
            f"Two different forms call themselves {form_id}, version {version}.",
            safe="The one that was here first is kept, and everything written with it.",
            next_step="Ask the quality assurance service to publish the new one under a new version.",
        )


class FormMissing(Problem):
    """Something was written with a form that has not reached this computer."""

    def __init__(self, form_id: str) -> None:
        super().__init__(
            f"The form {form_id} is not on this computer.",
            safe="What was written with it is kept.",
            next_step="It comes with the next sync; try again after that.",
        )


@dataclass(frozen=True)
class OfferedForm:
    """A form that can be begun: its newest version. ``kind`` and ``audience`` are those of its profile."""

    form_id: str
    version: str
    title: str
    kind: str
    audience: str


@dataclass(frozen=True)
class KeptForm:
    """One version as it lies here: when it came, whether it is offered for new work, and who it is for."""

    form_id: str
    version: str
    title: str
    kind: str
    audience: str
    came_at: datetime
    offered: bool
    withdrawn_at: datetime | None
    draft_translations: tuple[str, ...]


class Forms:
    """Forms by id and version. A kept version never changes; withdrawing one only stops new beginnings."""

    def __init__(self, connection: Connection, now: datetime, pictures: Pictures) -> None:
        self._connection = connection
        self._now = now
        self._pictures = pictures

    def keep(self, published: PublishedForm, at: datetime | None = None) -> bool:
        """Keep a version with its pictures; ``False`` when it was here already. Safe to repeat.

        Raises:
            FormConflict: another form has this id and version.
        """
        known = self._connection.execute(
            select(form.c.hash).where(form.c.form_id == published.form_id, form.c.version == published.version)
        ).scalar()
        if known is not None and known != published.sha256:
            raise FormConflict(published.form_id, published.version)
        # Also for a version known before: its pictures may have come later than the form.
        for name, data in published.media.items():
            self._pictures.keep(data, mimetypes.guess_type(name)[0] or "application/octet-stream")
        if known is not None:
            return False
        self._connection.execute(
            insert(form).values(
                form_id=published.form_id,
                version=published.version,
                title=published.title,
                kind=published.profile.kind,
                hash=published.sha256,
                content=json.dumps(published.to_content()),
                kept_at=to_text(at or self._now),
            )
        )
        return True

    def get(self, form_id: str, version: str) -> PublishedForm:
        """One version, with the pictures that are here.

        Raises:
            FormMissing: it is not here.
        """
        content = self._connection.execute(
            select(form.c.content).where(form.c.form_id == form_id, form.c.version == version)
        ).scalar()
        if content is None:
            raise FormMissing(form_id)
        fields = json.loads(content)
        wanted = set(fields["media"].values())
        here = wanted - self._pictures.missing(wanted)
        return PublishedForm.from_content(fields, {sha256: self._pictures.get(sha256) for sha256 in here})

    def newest(self, form_id: str) -> PublishedForm:
        """The version to begin with today; raises :class:`FormMissing` when there is none that is not withdrawn."""
        for offered in self.offered():
            if offered.form_id == form_id:
                return self.get(form_id, offered.version)
        raise FormMissing(form_id)

    def offered(self) -> tuple[OfferedForm, ...]:
        """The newest version of each form that is not withdrawn, by title. Newest is the one published last."""
        rows = self._connection.execute(
            select(form.c.form_id, form.c.version, form.c.title, form.c.kind, form.c.content)
            .where(form.c.withdrawn_at.is_(None))
            .order_by(form.c.kept_at, form.c.place)
        )
        newest = {row.form_id: row for row in rows}
        return tuple(
            OfferedForm(
                row.form_id, row.version, row.title, row.kind, json.loads(row.content)["profile"].get("audience", "")
            )
            for row in sorted(newest.values(), key=lambda row: (row.title, row.form_id))
        )

    def kept(self) -> tuple[KeptForm, ...]:
        """Every version on this computer, by title, the last to come first; one of each form is offered at most."""
        columns = (form.c.form_id, form.c.version, form.c.title, form.c.kind, form.c.content, form.c.kept_at,
                   form.c.withdrawn_at)  # fmt: skip
        rows = self._connection.execute(select(*columns).order_by(form.c.kept_at, form.c.place)).all()
        newest = {row.form_id: row.version for row in rows if row.withdrawn_at is None}
        titles = {row.form_id: row.title for row in rows}
        place = {(row.form_id, row.version): -number for number, row in enumerate(rows)}
        found = []
        for row in sorted(rows, key=lambda row: (titles[row.form_id], row.form_id, place[row.form_id, row.version])):
            profile = json.loads(row.content)["profile"]
            found.append(
                KeptForm(
                    row.form_id,
                    row.version,
                    row.title,
                    row.kind,
                    profile.get("audience", ""),
                    from_text(row.kept_at),
                    offered=newest.get(row.form_id) == row.version,
                    withdrawn_at=from_text_or_none(row.withdrawn_at),
                    draft_translations=tuple(profile.get("draft_translations", ())),
                )
            )
        return tuple(found)

    def newer(self, form_id: str, version: str) -> str:
        """The version offered now, if it came after this one; empty otherwise."""
        rows = self._connection.execute(
            select(form.c.version, form.c.withdrawn_at)
            .where(form.c.form_id == form_id)
            .order_by(form.c.kept_at, form.c.place)
        ).all()
        versions = [row.version for row in rows]
        later = rows[versions.index(version) + 1 :] if version in versions else []
        return next((str(row.version) for row in reversed(later) if row.withdrawn_at is None), "")

    def title(self, form_id: str, version: str) -> str:
        """What a version is called; its id when it is not here."""
        found = self._connection.execute(
            select(form.c.title).where(form.c.form_id == form_id, form.c.version == version)
        ).scalar()
        return found or form_id

    def missing_pictures(self) -> frozenset[str]:
        """SHA-256 of every picture a kept form names and this computer does not hold yet."""
        wanted: set[str] = set()
        for content in self._connection.execute(select(form.c.content)).scalars():
            wanted.update(json.loads(content)["media"].values())
        return self._pictures.missing(wanted)

    def withdraw(self, form_id: str, version: str, at: datetime | None = None) -> None:
        """Offer this version no more; what was begun with it can still be completed."""
        self._connection.execute(
            update(form)
            .where(form.c.form_id == form_id, form.c.version == version, form.c.withdrawn_at.is_(None))
            .values(withdrawn_at=to_text(at or self._now))
        )
