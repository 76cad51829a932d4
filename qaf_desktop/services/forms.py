"""The forms an auditor can begin with: those that came with the program and those the council has published."""

from __future__ import annotations

from pathlib import Path

from qaf_desktop.forms.published import PublishedForm


def shipped_forms(folder: Path) -> tuple[PublishedForm, ...]:
    """The forms in a folder of forms, compiled from their sources, in the order of their ids."""
    # pyxform is slow to import, and only publishing needs it.
    from qaf_desktop.forms.publish.workbook import publish  # noqa: PLC0415

    return tuple(publish(source) for source in sorted(folder.iterdir()) if source.is_dir())
