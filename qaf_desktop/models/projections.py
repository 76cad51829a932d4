"""What the papers add up to now: one line for each, ready for lists and searches, without touching their words."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import CaseId, RecordId
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models import line_sql as sql
from qaf_desktop.models.case_lines import lines_of
from qaf_desktop.models.envelopes import from_row
from qaf_desktop.models.meta import Meta
from qaf_desktop.models.schema import line, record

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
        kind: Kind = Kind.AUDIT,
        team: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[AuditLine]:
        """Papers of a kind, newest first, a page at a time; ``mine`` are those sealed by whoever sits here."""
        where, values = self._narrowed(mine, kind)
        if team is not None:
            where, values = f"{where} AND l.team = ?", [*values, team]
        return self._lines(f"{sql.LINES} WHERE {where} {sql.newest_first(limit, offset)}", values)

    def count(self, *, mine: bool = False, kind: Kind = Kind.AUDIT) -> int:
        """How many papers :meth:`audits` would list in all."""
        where, values = self._narrowed(mine, kind)
        return int(self._rows(f"SELECT count(*) FROM line l WHERE {where}", values)[0][0])  # noqa: S608

    def of_case(self, case_id: CaseId) -> list[AuditLine]:
        """The papers of one case of every kind that lists show, newest first."""
        return self._lines(f"{sql.LINES} WHERE l.case_id = ? {sql.newest_first(-1, 0)}", [case_id])

    def of_record(self, id: RecordId) -> AuditLine | None:
        """One paper as a line; ``None`` when it is not here or not of a kind that lists show."""
        found = self._lines(f"{sql.LINES} WHERE l.record_id = ?", [id])
        return found[0] if found else None

    def search(
        self, words: str, *, mine: bool = False, kind: Kind = Kind.AUDIT, limit: int = 50, offset: int = 0
    ) -> list[AuditLine]:
        """Papers whose child reference, team or form title begins with what was typed, newest first.

        A child reference is found with or without its ``CH-``; a team by code or any word of its name; a form by any
        word of its title. Case does not matter. Nothing typed lists everything.
        """
        typed = " ".join(words.split()).lower()
        if not typed:
            return self.audits(mine=mine, kind=kind, limit=limit, offset=offset)
        where, values = self._narrowed(mine, kind)
        hits = self._hits(typed)
        hit_values = [value for _, found in hits for value in found]
        any_hit = " OR ".join(condition.format(table="line.") for condition, _ in hits)
        few = [row[0] for row in self._rows(sql.HITS.format(hits=any_hit, limit=BROAD_SEARCH_HITS), hit_values)]
        page = sql.newest_first(limit, offset)
        if len(few) < BROAD_SEARCH_HITS:
            return self._lines(f"{sql.LINES_OF_HITS} WHERE {where} {page}", [json.dumps(few), *values])
        # The plus keeps the hits from being gathered by their indexes and sorted: most lines hit anyway.
        walked = " OR ".join(condition.format(table="+l.") for condition, _ in hits)
        return self._lines(f"{sql.LINES} WHERE {where} AND ({walked}) {page}", [*values, *hit_values])

    def child_refs(self, child_ref: str) -> list[CaseId]:
        """The cases that carry this child reference, for the warning about a duplicate."""
        return [CaseId(row[0]) for row in self._rows(sql.CASES_OF_CHILD, [child_ref.lower()])]

    def refresh(self, cases: Collection[CaseId]) -> None:
        """Project these cases anew. Only the two doors of the records and :meth:`rebuild` call this."""
        if not cases:
            return
        wanted = list(cases)
        self._connection.execute(delete(line).where(line.c.case_id.in_(wanted)))
        rows = self._connection.execute(select(record).where(record.c.case_id.in_(wanted)).order_by(record.c.case_id))
        if lines := lines_of(from_row(row) for row in rows):
            self._connection.execute(insert(line), lines)

    def rebuild(self) -> None:
        """Throw the lines away and make them again from the records; the result is the same."""
        self._connection.execute(delete(line))
        cases = list(self._connection.execute(select(record.c.case_id).distinct()).scalars())
        for start in range(0, len(cases), _REBUILD_CASES):
            self.refresh([CaseId(case) for case in cases[start : start + _REBUILD_CASES]])

    def _narrowed(self, mine: bool, kind: Kind) -> tuple[str, list[object]]:
        if not mine:
            return "l.kind = ?", [kind.value]
        me = self._meta.get("me")
        return "l.author = ? AND l.kind = ?", [me["code"] if me else "", kind.value]

    def _hits(self, typed: str) -> list[tuple[str, list[object]]]:
        """Each way to hit, as a condition an index answers, with its values."""
        hits: list[tuple[str, list[object]]] = [
            (sql.begins_with("child_key"), [start, start + _LAST])
            for start in sorted({typed, f"ch-{typed.removeprefix('ch-')}"})
        ]
        names = {row[0]: str(row[1]).lower() for row in self._rows(sql.TEAM_NAMES, [])}
        titles = [row[0] for row in self._rows(sql.TITLES, []) if _has_word(row[0], typed)]
        teams = [
            row[0]
            for row in self._rows(sql.TEAMS, [])
            if row[0].lower().startswith(typed) or _has_word(names.get(row[0], ""), typed)
        ]
        for column, found in (("title_key", titles), ("team", teams)):
            if found:
                hits.append((f"{{table}}{column} IN ({', '.join('?' * len(found))})", list(found)))
        return hits

    def _lines(self, statement: str, values: Sequence[object]) -> list[AuditLine]:
        return [_line(row) for row in self._rows(statement, values)]

    def _rows(self, statement: str, values: Sequence[object]) -> Sequence[Any]:
        # Every statement is put together from the fixed pieces of line_sql; what was typed travels as a value.
        return self._connection.exec_driver_sql(statement, tuple(values)).all()


def _has_word(text: str, typed: str) -> bool:
    return text.startswith(typed) or f" {typed}" in text


_KINDS = {kind.value: kind for kind in Kind}
_STATES: dict[str | None, SendState | None] = {None: None, **{state.value: state for state in SendState}}


@lru_cache(maxsize=2_000)
def _grades(text: str) -> Mapping[str, str]:
    # The same few combinations of grades stand on thousands of lines; shared, so nobody may change them.
    return MappingProxyType(json.loads(text))


def _line(row: Any) -> AuditLine:
    (case_id, id, kind, child_ref, team, form_id, version, title, overall, author, at, feedback, state, reason,
     withdrawn, grades) = row  # fmt: skip
    return AuditLine(
        case_id, id, _KINDS[kind], child_ref, team, form_id, version, title, overall, author,
        datetime.fromisoformat(at), feedback, _STATES[state], reason or "", bool(withdrawn), _grades(grades),
    )  # fmt: skip
