"""The few statements on the path of every keystroke, written out so that nothing is compiled while somebody types."""

from __future__ import annotations

START = """INSERT INTO draft (id, case_id, kind, form_id, form_version, about, child_ref, team, worker, spoken_by,
    started_at, touched_at, caret, answered, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0)"""
GET = "SELECT * FROM draft WHERE id = ?"
ALL_OPEN = "SELECT * FROM draft WHERE discarded_at IS NULL ORDER BY touched_at DESC, id"
OF_CASE = "SELECT * FROM draft WHERE case_id = ? AND discarded_at IS NULL ORDER BY started_at, id"
DISCARDED = "SELECT * FROM draft WHERE discarded_at IS NOT NULL ORDER BY discarded_at DESC, id"

TOUCH = "UPDATE draft SET touched_at = ?, caret = coalesce(?, caret) WHERE id = ? AND discarded_at IS NULL"
TOUCH_WITH_INDEX = """UPDATE draft SET touched_at = ?, caret = coalesce(?, caret), child_ref = ?, team = ?, worker = ?,
    answered = ?, asked = ? WHERE id = ? AND discarded_at IS NULL"""
DISCARD = "UPDATE draft SET discarded_at = ? WHERE id = ? AND discarded_at IS NULL"
TAKE_BACK = "UPDATE draft SET discarded_at = NULL, touched_at = ? WHERE id = ? AND discarded_at IS NOT NULL"
CLEAR_DISCARDED = "DELETE FROM draft WHERE discarded_at < ?"
FINISHED = "DELETE FROM draft WHERE id = ? AND discarded_at IS NULL"

ANSWERS = "SELECT slot, value FROM answer WHERE draft_id = ?"
# The burst goes on: this is the whole cost of most keystrokes.
GO_ON = """UPDATE answer SET value = ?, at = ?
    WHERE draft_id = ? AND slot = ? AND author = ? AND at >= ? AND begun_at >= ?"""
TO_HISTORY = """INSERT INTO answer_history (draft_id, slot, value, at, author)
    SELECT draft_id, slot, value, at, author FROM answer WHERE draft_id = ? AND slot = ?"""
BEGIN_BURST = """INSERT INTO answer (draft_id, slot, value, begun_at, at, author) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (draft_id, slot) DO UPDATE SET value = excluded.value, begun_at = excluded.begun_at,
    at = excluded.at, author = excluded.author"""
ALL_TO_HISTORY = """INSERT INTO answer_history (draft_id, slot, value, at, author)
    SELECT draft_id, slot, value, at, author FROM answer WHERE draft_id = ? AND slot >= ? AND slot < ?"""
REMOVE_ANSWERS = "DELETE FROM answer WHERE draft_id = ? AND slot >= ? AND slot < ?"

NOW = "SELECT value, at, author FROM answer WHERE draft_id = ? AND slot = ?"
BEFORE = "SELECT value, at, author FROM answer_history WHERE draft_id = ? AND slot = ? ORDER BY id DESC"

INSTANCES = "SELECT repeat_slot, number FROM instance WHERE draft_id = ? ORDER BY repeat_slot, place"
ADD_INSTANCE = """INSERT INTO instance (draft_id, repeat_slot, number, place) VALUES (?, ?, ?,
    (SELECT coalesce(max(place), 0) + 1 FROM instance WHERE draft_id = ? AND repeat_slot = ?))
    ON CONFLICT (draft_id, repeat_slot, number) DO NOTHING"""
REMOVE_INSTANCE = "DELETE FROM instance WHERE draft_id = ? AND repeat_slot = ? AND number = ?"
