"""The forms an auditor can begin with: those that came with the program and those the council has published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.models.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from qaf_desktop.forms.publish.exporting import Exported


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
