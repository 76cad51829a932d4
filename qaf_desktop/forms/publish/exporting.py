"""A form comes back as a tidy workbook, so that a quality lead can change it in Excel and publish it again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qaf_desktop.forms.lint.findings import FormRefused
from qaf_desktop.forms.lint.opening import read_sheets
from qaf_desktop.forms.lint.sheets import MAX_CELL_LETTERS, SHEETS, Sheets
from qaf_desktop.forms.publish.author_sheets import add_lists, add_notes
from qaf_desktop.forms.publish.sheet_looks import dress
from qaf_desktop.forms.publish.unpublishing import sheets_of
from qaf_desktop.forms.publish.workbook import publish_with_advice, published_from
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.problems import Problem


class CannotExport(Problem):
    """A form cannot be written as a workbook."""


@dataclass(frozen=True)
class Exported:
    """A form written as a workbook; its pictures lie in the folder ``media``, None if it has none."""

    form: PublishedForm
    workbook: Path
    media: Path | None


def export(source: Path, to: Path) -> Exported:
    """Write the form in a CSV folder or workbook as a tidy workbook that publishes to the same form.

    Raises:
        FormRefused: the source cannot be published.
        CannotExport: there is such a file already, or it cannot be written.
    """
    sheets = read_sheets(source)
    form, findings = published_from(sheets)
    if form is None:
        raise FormRefused(findings)
    return export_sheets(sheets, form, to)


def export_published(form: PublishedForm, to: Path) -> Exported:
    """Write a form of which only the published version is here, for example one that came from the centre.

    Raises:
        CannotExport: it was not made by this program, or the file cannot be written.
    """
    if missing := sorted(set(form.pictures) - set(form.media)):
        raise CannotExport(
            f"The picture {missing[0]} of this form has not reached this computer.", next_step="Sync, and try again."
        )
    return export_sheets(sheets_of(form), form, to)


def export_sheets(sheets: Sheets, form: PublishedForm, to: Path) -> Exported:
    """Write sheets that make a form; afterwards the workbook is published and compared, so that nothing is lost.

    Raises:
        CannotExport: there is such a file already, or it cannot be written.
    """
    # A folder of its own, even an empty one, keeps the pictures of other forms nearby out of this one.
    with_media = sheets.media or (to.parent / "media").is_dir()
    media = to.with_name(f"{to.stem}-media") if with_media else None
    if to.suffix.lower() != ".xlsx":
        raise CannotExport(f"{to.name} does not end in .xlsx.", next_step="Choose a name that does.")
    for taken in (to, media):
        if taken is not None and taken.exists():
            raise CannotExport(
                f"There is already something called {taken.name}.",
                safe="It was left as it is.",
                next_step="Choose another name, or move it away.",
            )
    being_written = to.with_name(f"{to.stem}.being-written.xlsx")
    try:
        _book(sheets, form).save(being_written)
        if media is not None:
            media.mkdir()
            for name, data in sheets.media.items():
                (media / name).write_bytes(data)
        os.replace(being_written, to)
    except OSError as error:
        being_written.unlink(missing_ok=True)
        raise CannotExport(
            f"{to.name} cannot be written ({error.strerror or type(error).__name__}).",
            next_step="Choose another folder.",
        ) from error
    again, _ = publish_with_advice(to)
    if again is None or again.sha256 != form.sha256:
        _take_back(to, media, sheets)
        raise CannotExport(
            f"The workbook would not make the same form as {form.form_id} {form.version}.",
            safe="Nothing was written.",
            next_step="Edit the CSV files with a spreadsheet instead.",
        )
    return Exported(form, to, media)


def _take_back(workbook: Path, media: Path | None, sheets: Sheets) -> None:
    workbook.unlink()
    if media is not None:
        for name in sheets.media:
            (media / name).unlink()
        media.rmdir()


def _book(sheets: Sheets, form: PublishedForm) -> Any:
    import openpyxl  # noqa: PLC0415 - only needed here and when publishing from Excel

    book = openpyxl.Workbook()
    book.properties.creator = "QAF Desktop"
    book.properties.title = f"{form.title} {form.version}"
    for number, name in enumerate(SHEETS):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = name
        headings = [heading for heading in sheets.headings.get(name, []) if heading]
        for column, heading in enumerate(headings, start=1):
            _write(sheet, 1, column, heading)
        for place, row in enumerate(sheets.of(name), start=2):
            for column, heading in enumerate(headings, start=1):
                if heading in row.cells:
                    _write(sheet, place, column, row.cells[heading])
    lists = add_lists(book, sheets)
    add_notes(book)
    for name in SHEETS:
        dress(book[name], [heading for heading in sheets.headings.get(name, []) if heading], lists)
    return book


def _write(sheet: Any, row: int, column: int, text: str) -> None:
    """Write text that stays text: a label that begins with = must never become a formula."""
    if len(text) > MAX_CELL_LETTERS:
        raise CannotExport("A cell of this form is longer than a spreadsheet keeps.", next_step="Shorten it.")
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if text.startswith(("=", "+", "-", "@", "\t", "'")):
        cell.quotePrefix = True
