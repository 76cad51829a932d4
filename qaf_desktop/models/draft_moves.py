"""A draft on another version of its form: nothing that stood there before is lost, and the way back is exact."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from qaf_desktop.domain.ids import DraftId
from qaf_desktop.models.drafts import DraftGone
from qaf_desktop.models.moments import from_text, to_text

_ANSWERS = "SELECT slot, value, begun_at, at, author FROM answer WHERE draft_id = ? ORDER BY slot"
_INSTANCES = "SELECT repeat_slot, number, place FROM instance WHERE draft_id = ? ORDER BY repeat_slot, place"
_INDEX = "SELECT form_version, caret, answered, asked FROM draft WHERE id = ? AND discarded_at IS NULL"
_STAND_ON = "UPDATE draft SET form_version = ?, caret = ?, answered = ?, asked = ?, touched_at = ? WHERE id = ?"
_TO_HISTORY = """INSERT INTO answer_history (draft_id, slot, value, at, author)
    SELECT draft_id, slot, value, at, author FROM answer WHERE draft_id = ? AND slot = ? AND value != ''"""
_COPY_HISTORY = """INSERT INTO answer_history (draft_id, slot, value, at, author)
    SELECT draft_id, ?, value, at, author FROM answer_history WHERE draft_id = ? AND slot = ? ORDER BY id"""
_PUT = "INSERT INTO answer (draft_id, slot, value, begun_at, at, author) VALUES (?, ?, ?, ?, ?, ?)"
_PUT_INSTANCE = "INSERT INTO instance (draft_id, repeat_slot, number, place) VALUES (?, ?, ?, ?)"
_NOTE = """INSERT INTO draft_move (draft_id, from_version, to_version, at, author, before, aside, undone_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_LAST = """SELECT id, from_version, to_version, at, before FROM draft_move
    WHERE draft_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1"""
_UNDO = "UPDATE draft_move SET undone_at = ?, aside = '[]' WHERE id = ?"
_ALL = "SELECT from_version, to_version, at, aside FROM draft_move WHERE draft_id = ? ORDER BY id DESC"


@dataclass(frozen=True)
class PastMove:
    """A move to another version, up or back. ``aside`` is what found no place; empty where the move was undone."""

    from_version: str
    to_version: str
    at: datetime
    aside: tuple[Mapping[str, str], ...]


class DraftMoves:
    """Moves drafts between versions. All of it is one transaction with the deed around it."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._at = to_text(now)

    def move(
        self,
        id: DraftId,
        to_version: str,
        answers: Mapping[str, str],
        instances: Mapping[str, Sequence[int]],
        *,
        slots: Mapping[str, str],
        aside: Sequence[Mapping[str, str]],
        answered: int,
        asked: int,
        by: str,
    ) -> None:
        """Put the answers of another version in place of those there are.

        ``slots`` says for a slot of today where its answer goes: it takes who gave it, when, and its history along.
        What is in nobody's place goes into the history, and ``aside`` keeps it in words.

        Raises:
            DraftGone: the draft is not open.
        """
        before = self._before(id)
        run = self._connection.exec_driver_sql
        came_from = {there: slot for slot, there in slots.items()}
        known = {row[0]: row for row in before["answers"]}
        for slot, row in known.items():
            there = slots.get(slot)
            if there is None or answers.get(there) != row[1]:
                run(_TO_HISTORY, (id, slot))
            if there is not None and there != slot:
                run(_COPY_HISTORY, (there, id, slot))
        run("DELETE FROM answer WHERE draft_id = ?", (id,))
        for slot, value in answers.items():
            row = known.get(came_from.get(slot, ""))
            bursts = row[2:] if row is not None and row[1] == value else (self._at, self._at, by)
            run(_PUT, (id, slot, value, *bursts))
        self._put_instances(
            id, [(slot, n, place) for slot, all_ in instances.items() for place, n in enumerate(all_, 1)]
        )
        run(_STAND_ON, (to_version, slots.get(before["caret"], ""), answered, asked, self._at, id))
        versions = (before["version"], to_version)
        run(_NOTE, (id, *versions, self._at, by, _json(before), _json(list(aside)), None))

    def go_back(self, id: DraftId, *, aside: Sequence[Mapping[str, str]], by: str) -> None:
        """Undo the last move: everything stands again as it stood. What was typed since goes into the history.

        Raises:
            DraftGone: the draft is not open, or has not moved.
        """
        since = self._before(id)
        run = self._connection.exec_driver_sql
        last = run(_LAST, (id,)).first()
        if last is None:
            raise DraftGone
        before: dict[str, Any] = json.loads(last.before)
        stood = {row[0]: row for row in before["answers"]}
        for row in since["answers"]:
            if row[0] not in stood or stood[row[0]][1] != row[1]:
                run(_TO_HISTORY, (id, row[0]))
        run("DELETE FROM answer WHERE draft_id = ?", (id,))
        for row in before["answers"]:
            run(_PUT, (id, *row))
        self._put_instances(id, before["instances"])
        run(
            _STAND_ON,
            (before["version"], before["caret"], before["answered"], before["asked"], self._at, id),
        )
        run(_UNDO, (self._at, last.id))
        versions = (since["version"], before["version"])
        # Undone from the beginning: one does not go back from going back, one moves up again.
        run(_NOTE, (id, *versions, self._at, by, _json(since), _json(list(aside)), self._at))

    def earlier_version(self, id: DraftId) -> str:
        """The version the draft can go back to; empty when it has not moved."""
        last = self._connection.exec_driver_sql(_LAST, (id,)).first()
        return "" if last is None else str(last.from_version)

    def stood(self, id: DraftId) -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
        """The answers and rows as they stood before the last move; raises :class:`DraftGone` when there was none."""
        last = self._connection.exec_driver_sql(_LAST, (id,)).first()
        if last is None:
            raise DraftGone
        before = json.loads(last.before)
        instances: dict[str, tuple[int, ...]] = {}
        for slot, number, _ in before["instances"]:
            instances[slot] = (*instances.get(slot, ()), number)
        return {row[0]: row[1] for row in before["answers"]}, instances

    def past(self, id: DraftId) -> tuple[PastMove, ...]:
        """Every move of a draft, the last first."""
        return tuple(
            PastMove(row.from_version, row.to_version, from_text(row.at), tuple(json.loads(row.aside)))
            for row in self._connection.exec_driver_sql(_ALL, (id,))
        )

    def _before(self, id: DraftId) -> dict[str, Any]:
        run = self._connection.exec_driver_sql
        index = run(_INDEX, (id,)).first()
        if index is None:
            raise DraftGone
        return {
            "version": index.form_version,
            "caret": index.caret,
            "answered": index.answered,
            "asked": index.asked,
            "answers": [list(row) for row in run(_ANSWERS, (id,))],
            "instances": [list(row) for row in run(_INSTANCES, (id,))],
        }

    def _put_instances(self, id: DraftId, rows: Sequence[Sequence[object]]) -> None:
        run = self._connection.exec_driver_sql
        run("DELETE FROM instance WHERE draft_id = ?", (id,))
        for row in rows:
            run(_PUT_INSTANCE, (id, *row))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
