"""What the papers add up to now: one line for each, ready for lists and searches, without touching their words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, literal_column, or_, select, text
from sqlalchemy.engine import Connection, Row

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import CaseId, RecordId
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.case_lines import lines_of
from qaf_desktop.models.envelopes import from_row
from qaf_desktop.models.meta import Meta
from qaf_desktop.models.schema import line, outbox, record, team

BROAD_SEARCH_HITS = 1_000
"""More hits than this, and it is quicker to walk down the newest lines than to sort all the hits."""
_REBUILD_CASES = 500
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class AuditLine:
    """One sealed paper as a list shows it. ``overall`` is a grade code or empty; ``grades`` are those by area.

    ``state`` is ``None`` for a copy that came from the centre; ``feedback_count`` counts the feedback of its case.
    """

    case_id: CaseId
    record_id: RecordId
    kind: Kind
    child_ref: str
    team: str
    form_id: str
    form_version: str
    form_title: str
    overall: str
    author: str
    completed_at: datetime
    feedback_count: int
    state: SendState | None
    reason: str
    withdrawn: bool = False
    grades: Mapping[str, str] = field(default_factory=dict)


class Projections:
    """Index tables that can be thrown away: every row is a pure function of the envelopes of its case."""

    def __init__(self, connection: Connection, meta: Meta) -> None:
        self._connection = connection
        self._meta = meta

    def audits(
        self,
        *,
        mine: bool = False,
        kind: Kind | None = Kind.AUDIT,
        team: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[AuditLine]:
        """Papers of a kind (of all kinds with ``None``), newest first, a page at a time."""
        query = _newest_first(limit, offset)
        for condition in self._narrowed(mine=mine, kind=kind):
            query = query.where(condition)
        if team is not None:
            query = query.where(line.c.team == team)
        return [_line(row) for row in self._connection.execute(query)]

    def count(self, *, mine: bool = False, kind: Kind | None = Kind.AUDIT) -> int:
        """How many papers :meth:`audits` would list in all."""
        query = select(func.count()).select_from(line)
        for condition in self._narrowed(mine=mine, kind=kind):
            query = query.where(condition)
        return self._connection.execute(query).scalar_one()

    def of_case(self, case_id: CaseId) -> list[AuditLine]:
        """The papers of one case, newest first."""
        query = _newest_first(-1, 0).where(line.c.case_id == case_id)
        return [_line(row) for row in self._connection.execute(query)]

    def of_record(self, id: RecordId) -> AuditLine | None:
        """One paper as a line; ``None`` when it is not here or not of a kind that lists show."""
        row = self._connection.execute(_newest_first(1, 0).where(line.c.record_id == id)).first()
        return None if row is None else _line(row)

    def search(
        self, words: str, *, mine: bool = False, kind: Kind | None = Kind.AUDIT, limit: int = 50, offset: int = 0
    ) -> list[AuditLine]:
        """Papers whose child reference, team or form title begins with what was typed, newest first.

        A child reference is found with or without its ``CH-``; a team by code or any word of its name; a form by any
        word of its title. Case does not matter. Nothing typed lists everything.
        """
        typed = " ".join(words.split()).lower()
        if not typed:
            return self.audits(mine=mine, kind=kind, limit=limit, offset=offset)
        hit = self._hit(typed)
        if hit is None:
            return []
        few = select(literal_column("1")).select_from(line).where(hit).limit(BROAD_SEARCH_HITS).subquery()
        broad = self._connection.execute(select(func.count()).select_from(few)).scalar_one() >= BROAD_SEARCH_HITS
        query = _newest_first(limit, offset)
        for condition in self._narrowed(mine=mine, kind=kind):
            query = query.where(condition)
        if broad:
            query = query.where(hit)
        else:
            # Materialised first: otherwise the planner may prefer walking all lines in order of time.
            found = select(line.c.record_id).where(hit).cte("found").prefix_with("MATERIALIZED")
            query = query.where(line.c.record_id.in_(select(found.c.record_id)))
        return [_line(row) for row in self._connection.execute(query)]

    def child_refs(self, child_ref: str) -> list[CaseId]:
        """The cases that carry this child reference, for the warning about a duplicate."""
        rows = self._connection.execute(
            select(line.c.case_id).where(line.c.child_key == child_ref.lower()).distinct().order_by(line.c.case_id)
        )
        return [CaseId(row.case_id) for row in rows]

    def refresh(self, cases: Collection[CaseId]) -> None:
        """Project these cases anew. Only the two doors of the records and :meth:`rebuild` call this."""
        if not cases:
            return
        wanted = list(cases)
        self._connection.execute(delete(line).where(line.c.case_id.in_(wanted)))
        rows = self._connection.execute(select(record).where(record.c.case_id.in_(wanted)).order_by(record.c.case_id))
        lines = lines_of(from_row(row) for row in rows)
        if lines:
            self._connection.execute(insert(line), lines)

    def rebuild(self) -> None:
        """Throw the lines away and make them again from the records; the result is the same."""
        self._connection.execute(delete(line))
        cases = list(self._connection.execute(select(record.c.case_id).distinct()).scalars())
        for start in range(0, len(cases), _REBUILD_CASES):
            self.refresh([CaseId(case) for case in cases[start : start + _REBUILD_CASES]])

    def _narrowed(self, *, mine: bool, kind: Kind | None) -> Iterable[ColumnElement[bool]]:
        if kind is not None:
            yield line.c.kind == kind.value
        if mine:
            me = self._meta.get("me")
            yield line.c.author == (me["code"] if me else "")

    def _hit(self, typed: str) -> ColumnElement[bool] | None:
        conditions = [
            line.c.child_key.between(start, start + _LAST) for start in {typed, f"ch-{typed.removeprefix('ch-')}"}
        ]
        titles = [title for title in self._distinct("title_key") if _has_word(title, typed)]
        if titles:
            conditions.append(line.c.title_key.in_(titles))
        names = {row.code: row.name for row in self._connection.execute(select(team.c.code, team.c.name))}
        teams = [
            code
            for code in self._distinct("team")
            if code.lower().startswith(typed) or _has_word(names.get(code, "").lower(), typed)
        ]
        if teams:
            conditions.append(line.c.team.in_(teams))
        return or_(*conditions)

    def _distinct(self, column: str) -> list[str]:
        # One step of the index for each different value, however many lines carry it.
        steps = text(
            f"WITH RECURSIVE step(v) AS (SELECT min({column}) FROM line UNION ALL "  # noqa: S608 - two fixed names
            f"SELECT (SELECT min({column}) FROM line WHERE {column} > step.v) FROM step WHERE step.v IS NOT NULL) "
            "SELECT v FROM step WHERE v IS NOT NULL"
        )
        return list(self._connection.execute(steps).scalars())


def _has_word(text_: str, typed: str) -> bool:
    return text_.startswith(typed) or f" {typed}" in text_


def _newest_first(limit: int, offset: int) -> Select[Any]:
    return (
        select(line, outbox.c.state, outbox.c.reason)
        .outerjoin(outbox, outbox.c.record_id == line.c.record_id)
        .order_by(line.c.sort_at.desc(), line.c.record_id.desc())
        .limit(limit)
        .offset(offset)
    )


def _line(row: Row[Any]) -> AuditLine:
    return AuditLine(
        case_id=CaseId(row.case_id),
        record_id=RecordId(row.record_id),
        kind=Kind(row.kind),
        child_ref=row.child_ref,
        team=row.team,
        form_id=row.form_id,
        form_version=row.form_version,
        form_title=row.form_title,
        overall=row.overall,
        author=row.author,
        completed_at=datetime.fromisoformat(row.completed_at),
        feedback_count=row.feedback_count,
        state=None if row.state is None else SendState(row.state),
        reason=row.reason or "",
        withdrawn=row.withdrawn,
        grades=json.loads(row.grades),
    )
