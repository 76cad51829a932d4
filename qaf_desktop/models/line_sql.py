"""The pieces every list and search is put together from, each answered by an index and none touching the words."""

from __future__ import annotations

_COLUMNS = """SELECT l.case_id, l.record_id, l.kind, l.child_ref, l.team, l.form_id, l.form_version, l.form_title,
    l.overall, l.author, l.completed_at, l.feedback_count, o.state, o.reason, l.withdrawn, l.grades"""
_STATE = "LEFT JOIN outbox o ON o.record_id = l.record_id"

LINES = f"{_COLUMNS} FROM line l {_STATE}"
_NEWEST_FIRST = "ORDER BY l.sort_at DESC, l.record_id DESC"

# Few hits: gathered first and handed back as one list. CROSS JOIN is how SQLite is told to begin with that list.
HITS = "SELECT rowid FROM line WHERE {hits} LIMIT {limit:d}"
LINES_OF_HITS = f"{_COLUMNS} FROM json_each(?) h CROSS JOIN line l ON l.rowid = h.value {_STATE}"

CASES_OF_CHILD = "SELECT DISTINCT case_id FROM line WHERE child_key = ? ORDER BY case_id"
TEAM_NAMES = "SELECT code, name FROM team"


def _different(column: str) -> str:
    # One step of the index for each different value, however many lines carry it; two fixed names come in here.
    return f"""WITH RECURSIVE step(v) AS (SELECT min({column}) FROM line UNION ALL
    SELECT (SELECT min({column}) FROM line WHERE {column} > step.v) FROM step WHERE step.v IS NOT NULL)
    SELECT v FROM step WHERE v IS NOT NULL"""  # noqa: S608


TITLES = _different("title_key")
TEAMS = _different("team")


def newest_first(limit: int, offset: int) -> str:
    """A page of lines. The numbers stand in the text: with a bound limit SQLite plans the statement anew each time."""
    return f"{_NEWEST_FIRST} LIMIT {limit:d} OFFSET {offset:d}"


def begins_with(column: str) -> str:
    """A condition on the beginning of a column, with two values: the beginning, and the last text that has it.

    The empty text joined to each value hides it from SQLite's planner, which would plan anew for every value.
    """
    return f"({{table}}{column} >= '' || ? AND {{table}}{column} < '' || ?)"
