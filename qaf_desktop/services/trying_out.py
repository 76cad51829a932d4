"""An author tries a workbook out in the real windows before anybody else sees it; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import new_case_id, new_draft_id
from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.moving import Aside, move
from qaf_desktop.forms.publish.workbook import publish_with_advice
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.forms.rows import Rows, rows_in
from qaf_desktop.models.drafts import Draft
from qaf_desktop.problems import Problem
from qaf_desktop.services.audits import OpenDraft

SAMPLE_ROWS: Rows = {
    "staff.csv": [
        {"name": "SW-01", "label": "A social worker (SW-01)", "role": "SW", "team": "T-1", "service": "Service one"},
        {"name": "TM-01", "label": "A team manager (TM-01)", "role": "TM", "team": "T-1", "service": "Service one"},
    ],
    "teams.csv": [
        {"name": "T-1", "label": "Team one", "service": "Service one"},
        {"name": "T-2", "label": "Team two", "service": "Service two"},
    ],
    "cycles.csv": [{"name": "2026-11", "label": "November 2026"}, {"name": "2026-10", "label": "October 2026"}],
}
"""What stands in for the council's own lists where no store is open."""


class OnlyATrial(Problem):
    """Somebody pressed Complete in a trial."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing is missing: this could be completed.",
            safe="It is only a trial, so nothing was sealed and nothing is kept.",
            next_step="Publish the workbook when you are content with it.",
        )


@dataclass(frozen=True)
class Trial:
    """A workbook opened: the form with throw-away answers, or only what is wrong with it.

    ``findings`` are in sheet, row and column; when ``opened`` is there they are advice. ``aside`` is what, of the
    answers given before the workbook was read again, has no place any more.
    """

    source: Path
    opened: OpenDraft | None
    findings: tuple[str, ...]
    aside: tuple[Aside, ...] = ()


def open_trial(source: Path, *, now: Callable[[], datetime], rows: Rows, before: Filling | None = None) -> Trial:
    """Read a workbook or CSV folder; answers given ``before`` in an earlier reading come along by name."""
    try:
        form, found = publish_with_advice(source)
        findings = tuple(str(finding) for finding in sorted(found, key=lambda finding: not finding.serious))
        if form is None:
            return Trial(source, None, findings)
        filling, aside = _filled(form, now, rows, before)
    except Problem as refused:
        said = [str(finding) for finding in getattr(refused, "findings", ())]
        return Trial(source, None, tuple(said or [str(refused)]))
    return Trial(source, OpenDraft(_no_draft(form, now()), form, filling, ""), findings, aside)


def _filled(
    form: PublishedForm, now: Callable[[], datetime], rows: Rows, before: Filling | None
) -> tuple[Filling, tuple[Aside, ...]]:
    definition = read_form(form.xml)
    all_rows: Mapping[str, Sequence[Mapping[str, str]]] = {**rows, **rows_in(form.media, definition.files.values())}
    if before is None:
        return Filling(definition, now=now, rows=all_rows), ()
    moved = move(before, before.saved(), definition, now=now, rows=all_rows)
    filling = Filling.restore(definition, moved.saved, now=now, rows=all_rows)
    if before.language in filling.languages:
        filling.language = before.language
    return filling, moved.aside


def _no_draft(form: PublishedForm, at: datetime) -> Draft:
    """What a workspace needs to know of a draft; this one is in no store."""
    return Draft(
        id=new_draft_id(),
        case_id=new_case_id(),
        kind=Kind.FEEDBACK if form.profile.kind == Kind.FEEDBACK else Kind.AUDIT,
        form_id=form.form_id,
        form_version=form.version,
        about=None,
        child_ref="",
        team="",
        worker="",
        spoken_by=None,
        started_at=at,
        touched_at=at,
        caret="",
        answered=0,
        asked=0,
        discarded_at=None,
    )
