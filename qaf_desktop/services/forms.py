"""The forms of this computer: those that came with the program and those the council has published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.models.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from qaf_desktop.forms.publish.exporting import Exported


@dataclass(frozen=True)
class FormLine:
    """One version as a list shows it; ``came_at`` is when it reached this computer, if that is known.

    A version that is neither ``offered`` nor withdrawn is an earlier one: kept for what was begun or sealed with it.
    """

    form_id: str
    version: str
    title: str
    audience: str
    came_at: datetime | None = None
    offered: bool = True
    withdrawn: bool = False
    draft_translations: tuple[str, ...] = ()


def form_lines(work: UnitOfWork) -> tuple[FormLine, ...]:
    """Every version kept here, each form's newest first."""
    return tuple(
        FormLine(
            form.form_id,
            form.version,
            form.title,
            form.audience,
            came_at=form.came_at,
            offered=form.offered,
            withdrawn=form.withdrawn_at is not None,
            draft_translations=form.draft_translations,
        )
        for form in work.forms.kept()
    )


def shipped_forms(folder: Path) -> tuple[PublishedForm, ...]:
    """The forms in a folder of forms, compiled from their sources, in the order of their ids."""
    # pyxform is slow to import, and only publishing needs it.
    from qaf_desktop.forms.publish.workbook import publish  # noqa: PLC0415

    return tuple(publish(source) for source in sorted(folder.iterdir()) if source.is_dir())


def export_form(work: UnitOfWork, form_id: str, version: str, to: Path) -> Exported:
    """Write a form that is kept here as a tidy workbook, which publishes to the same form.

    Raises:
        FormMissing: this version is not here.
        CannotExport: it was not made by this program, or the file cannot be written.
    """
    from qaf_desktop.forms.publish.exporting import export_published  # noqa: PLC0415 - as above

    return export_published(work.forms.get(form_id, version), to)
