"""The pieces every list and search is put together from, each answered by an index and none touching the words."""

from __future__ import annotations

_COLUMNS = """SELECT l.case_id, l.record_id, l.kind, l.child_ref, l.team, l.form_id, l.form_version, l.form_title,
    l.overall, l.author, l.completed_at, l.feedback_count, o.state, o.reason, l.withdrawn, l.grades"""
_STATE = "LEFT JOIN outbox o ON o.record_id = l.record_id"

LINES = f"{_COLUMNS} FROM line l {_STATE}"
NEWEST_FIRST = "ORDER BY l.sort_at DESC, l.record_id DESC LIMIT ? OFFSET ?"

HITS = "SELECT rowid AS place FROM line WHERE {hit}"
# CROSS JOIN is how SQLite is told which side to begin with: with the few hits, not with all the lines.
LINES_OF_HITS = _COLUMNS + " FROM ({hits}) h CROSS JOIN line l ON l.rowid = h.place " + _STATE
COUNT_HITS = "SELECT count(*) FROM (SELECT 1 FROM line WHERE {hits} LIMIT ?)"

CASES_OF_CHILD = "SELECT DISTINCT case_id FROM line WHERE child_key = ? ORDER BY case_id"
TEAM_NAMES = "SELECT code, name FROM team"


def _different(column: str) -> str:
    # One step of the index for each different value, however many lines carry it; two fixed names come in here.
    return f"""WITH RECURSIVE step(v) AS (SELECT min({column}) FROM line UNION ALL
    SELECT (SELECT min({column}) FROM line WHERE {column} > step.v) FROM step WHERE step.v IS NOT NULL)
    SELECT v FROM step WHERE v IS NOT NULL"""  # noqa: S608


TITLES = _different("title_key")
TEAMS = _different("team")
