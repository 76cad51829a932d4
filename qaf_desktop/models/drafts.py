"""What an auditor is typing is safe from the first letter: forms being filled in, with every answer's history."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection, Row

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import CaseId, DraftId, RecordId, new_case_id, new_draft_id
from qaf_desktop.models import draft_sql as sql
from qaf_desktop.models.moments import from_text, from_text_or_none, to_text
from qaf_desktop.problems import Problem

BURST_PAUSE_SECONDS = 30
"""A longer pause than this begins a new history entry of an answer."""
BURST_LENGTH_SECONDS = 300
"""Somebody who types without pausing still gets a history entry this often."""


class DraftGone(Problem):
    """The draft was completed or discarded, perhaps in another window."""

    def __init__(self) -> None:
        super().__init__(
            "This draft is no longer open.",
            safe="What was saved before is kept.",
            next_step="Look for it in My work: it was completed or discarded.",
        )


@dataclass(frozen=True)
class Save:
    """A value typed into a slot; an empty value is an answer taken back."""

    slot: str
    value: str

    def __repr__(self) -> str:
        """The slot only: what was typed never reaches a log or a traceback."""
        return f"Save(slot={self.slot!r})"


@dataclass(frozen=True)
class PastAnswer:
    """One burst of editing: what stood there at its end, when that was, and who typed."""

    value: str
    at: datetime
    by: str

    def __repr__(self) -> str:
        """When and who, not what."""
        return f"PastAnswer(at={self.at.isoformat()}, by={self.by!r})"


@dataclass(frozen=True)
class DraftIndex:
    """What the list of drafts shows about one of them, taken from its answers."""

    child_ref: str = ""
    team: str = ""
    worker: str = ""
    answered: int = 0
    asked: int = 0


@dataclass(frozen=True)
class Draft:
    """A form being filled in. ``caret`` is the slot that had the keyboard; ``answered`` of ``asked`` its progress."""

    id: DraftId
    case_id: CaseId
    kind: Kind
    form_id: str
    form_version: str
    about: RecordId | None
    child_ref: str
    team: str
    worker: str
    spoken_by: Mapping[str, str] | None
    started_at: datetime
    touched_at: datetime
    caret: str
    answered: int
    asked: int
    discarded_at: datetime | None


class Drafts:
    """The drafts of this computer. Nothing here ever leaves it."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._at = to_text(now)

    def start(
        self,
        *,
        kind: Kind,
        form_id: str,
        form_version: str,
        case_id: CaseId | None = None,
        about: RecordId | None = None,
        child_ref: str | None = "",
        team: str | None = "",
        worker: str | None = "",
        spoken_by: Mapping[str, str] | None = None,
    ) -> Draft:
        """Begin to fill in a form. Without ``case_id`` a new case begins with it."""
        draft = Draft(
            id=new_draft_id(),
            case_id=case_id or new_case_id(),
            kind=kind,
            form_id=form_id,
            form_version=form_version,
            about=about,
            child_ref=child_ref or "",
            team=team or "",
            worker=worker or "",
            spoken_by=spoken_by,
            started_at=from_text(self._at),
            touched_at=from_text(self._at),
            caret="",
            answered=0,
            asked=0,
            discarded_at=None,
        )
        spoken = json.dumps(dict(spoken_by)) if spoken_by else None
        self._connection.exec_driver_sql(
            sql.START,
            (draft.id, draft.case_id, kind.value, form_id, form_version, about, draft.child_ref, draft.team,
             draft.worker, spoken, self._at, self._at),
        )  # fmt: skip
        return draft

    def get(self, id: DraftId) -> Draft:
        """One draft, discarded or not.

        Raises:
            DraftGone: it was completed, or discarded long ago.
        """
        row = self._connection.exec_driver_sql(sql.GET, (id,)).first()
        if row is None:
            raise DraftGone
        return _draft(row)

    def all_open(self) -> list[Draft]:
        """Every draft that can be gone on with, last touched first."""
        return [_draft(row) for row in self._connection.exec_driver_sql(sql.ALL_OPEN)]

    def of_case(self, case_id: CaseId) -> list[Draft]:
        """The open drafts of one case, in the order they were begun."""
        return [_draft(row) for row in self._connection.exec_driver_sql(sql.OF_CASE, (case_id,))]

    def discarded(self) -> list[Draft]:
        """Every draft that was thrown away and can still be taken back, last thrown away first."""
        return [_draft(row) for row in self._connection.exec_driver_sql(sql.DISCARDED)]

    def saved(self, id: DraftId) -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
        """The answers by slot, and the instances of each repeat in order. An empty value is an answer taken back."""
        answers = {row[0]: row[1] for row in self._connection.exec_driver_sql(sql.ANSWERS, (id,))}
        instances: dict[str, tuple[int, ...]] = {}
        for repeat_slot, number in self._connection.exec_driver_sql(sql.INSTANCES, (id,)):
            instances[repeat_slot] = (*instances.get(repeat_slot, ()), number)
        return answers, instances

    def save(
        self,
        id: DraftId,
        saves: Sequence[Save],
        *,
        by: str,
        caret: str | None = None,
        index: DraftIndex | None = None,
    ) -> None:
        """Keep what was typed, once per slot, and extend or begin its history.

        ``caret`` and ``index`` are those of :meth:`set_caret` and :meth:`set_index`, here to be one statement less
        on the path of every keystroke.

        Raises:
            DraftGone: the draft is not open.
        """
        self._touch(id, caret, index)
        pause = to_text(self._now - timedelta(seconds=BURST_PAUSE_SECONDS))
        length = to_text(self._now - timedelta(seconds=BURST_LENGTH_SECONDS))
        run = self._connection.exec_driver_sql
        for save in saves:
            if run(sql.GO_ON, (save.value, self._at, id, save.slot, by, pause, length)).rowcount == 0:
                run(sql.TO_HISTORY, (id, save.slot))
                run(sql.BEGIN_BURST, (id, save.slot, save.value, self._at, self._at, by))

    def add_instance(self, id: DraftId, repeat_slot: str, number: int) -> None:
        """Add an instance at the end of a repeat; safe to repeat."""
        self._touch(id)
        self._connection.exec_driver_sql(sql.ADD_INSTANCE, (id, repeat_slot, number, id, repeat_slot))

    def remove_instance(self, id: DraftId, repeat_slot: str, number: int) -> None:
        """Take an instance away with its answers; what had been typed stays in the history."""
        self._touch(id)
        self._connection.exec_driver_sql(sql.REMOVE_INSTANCE, (id, repeat_slot, number))
        inside = f"{repeat_slot}[#{number}]/"
        self._connection.exec_driver_sql(sql.ALL_TO_HISTORY, (id, inside, inside + "\U0010ffff"))
        self._connection.exec_driver_sql(sql.REMOVE_ANSWERS, (id, inside, inside + "\U0010ffff"))

    def set_caret(self, id: DraftId, slot: str) -> None:
        """Remember which question has the keyboard; raises :class:`DraftGone`."""
        self._touch(id, caret=slot)

    def set_index(self, id: DraftId, *, child_ref: str, team: str, worker: str, answered: int, asked: int) -> None:
        """Remember what the list of drafts shows; raises :class:`DraftGone`."""
        self._touch(id, index=DraftIndex(child_ref, team, worker, answered, asked))

    def history(self, id: DraftId, slot: str) -> list[PastAnswer]:
        """What stood in a slot, newest first, one entry per burst; the first stands there now, if any does."""
        now = self._connection.exec_driver_sql(sql.NOW, (id, slot)).all()
        before = self._connection.exec_driver_sql(sql.BEFORE, (id, slot)).all()
        return [PastAnswer(row[0], from_text(row[1]), row[2]) for row in (*now, *before)]

    def discard(self, id: DraftId) -> None:
        """Throw a draft away in a way that can be taken back; raises :class:`DraftGone`."""
        if self._connection.exec_driver_sql(sql.DISCARD, (self._at, id)).rowcount == 0:
            raise DraftGone

    def take_back(self, id: DraftId) -> None:
        """Take a discarded draft back; raises :class:`DraftGone` when it is no longer there."""
        if self._connection.exec_driver_sql(sql.TAKE_BACK, (self._at, id)).rowcount == 0:
            raise DraftGone

    def clear_discarded(self, before: datetime) -> int:
        """Delete for good what was discarded before a moment; says how many drafts that were."""
        return self._connection.exec_driver_sql(sql.CLEAR_DISCARDED, (to_text(before),)).rowcount

    def finished(self, id: DraftId) -> None:
        """The draft is sealed: its answers and their history are deleted, the record holds what counts."""
        if self._connection.exec_driver_sql(sql.FINISHED, (id,)).rowcount == 0:
            raise DraftGone

    def _touch(self, id: DraftId, caret: str | None = None, index: DraftIndex | None = None) -> None:
        if index is None:
            found = self._connection.exec_driver_sql(sql.TOUCH, (self._at, caret, id))
        else:
            found = self._connection.exec_driver_sql(
                sql.TOUCH_WITH_INDEX,
                (self._at, caret, index.child_ref, index.team, index.worker, index.answered, index.asked, id),
            )
        if found.rowcount == 0:
            raise DraftGone


def _draft(row: Row[tuple[object, ...]]) -> Draft:
    return Draft(
        id=DraftId(row.id),
        case_id=CaseId(row.case_id),
        kind=Kind(row.kind),
        form_id=row.form_id,
        form_version=row.form_version,
        about=row.about,
        child_ref=row.child_ref,
        team=row.team,
        worker=row.worker,
        spoken_by=None if row.spoken_by is None else json.loads(row.spoken_by),
        started_at=from_text(row.started_at),
        touched_at=from_text(row.touched_at),
        caret=row.caret,
        answered=row.answered,
        asked=row.asked,
        discarded_at=from_text_or_none(row.discarded_at),
    )
