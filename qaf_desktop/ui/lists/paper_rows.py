"""Drafts and sealed copies as rows, in the words of the auditor."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.sending import SendState
from qaf_desktop.ui.lists.rows import Chip, Row
from qaf_desktop.ui.moments import day_and_time
from qaf_desktop.ui.theme import grade_look

if TYPE_CHECKING:
    from qaf_desktop.models.projections import AuditLine
    from qaf_desktop.services.lines import CompletedLine, DraftLine

STATE_CHIPS = {
    SendState.READY: Chip(SendState.READY.words, "send", "info", "info_soft"),
    SendState.RECEIVED: Chip(SendState.RECEIVED.words, "cloud", "info", "info_soft"),
    SendState.CONFIRMED: Chip(SendState.CONFIRMED.words, "check", "success", "success_soft"),
    SendState.HELD_BACK: Chip(SendState.HELD_BACK.words, "warning", "warning", "warning_soft"),
    SendState.ERASED: Chip(SendState.ERASED.words, "minus", "grade_ng", "grade_ng_soft"),
}
NO_REFERENCE = "No reference yet"


def grade_chip(code: str) -> Chip:
    """A grade with its word, shape and colours."""
    look = grade_look(code)
    return Chip(look.word, look.shape, look.ink, look.ground)


def draft_row(line: DraftLine, now: datetime) -> Row:
    """A draft: its reference, form and worker, when it was last touched and how complete it is."""
    parts = [
        line.form_title,
        f"with {line.worker}" if line.worker else "",
        f"touched {day_and_time(line.touched_at, now)}",
    ]
    return Row(
        key=line.id,
        title=line.child_ref or NO_REFERENCE,
        subtitle=" · ".join(part for part in parts if part),
        progress=(line.answered, line.asked) if line.asked else None,
    )


def completed_row(line: CompletedLine | AuditLine, now: datetime) -> Row:
    """A sealed copy: its grade, what joined it and how far it has got."""
    team = getattr(line, "team", "")
    feedback = line.feedback_count if line.kind is not Kind.FEEDBACK else 0
    joined = f"{feedback} {'voice' if feedback == 1 else 'voices'} heard" if feedback else ""
    parts = [line.form_title, team, f"completed {day_and_time(line.completed_at, now)}", joined]
    chips: tuple[Chip, ...] = (grade_chip(line.overall),) if line.overall else ()
    if line.state is not None:
        chips += (STATE_CHIPS[line.state],)
    return Row(
        key=line.record_id,
        title=line.child_ref or "No reference",
        subtitle=" · ".join(part for part in parts if part),
        chips=chips,
        note=line.reason if line.state is SendState.HELD_BACK else "",
    )
