"""A workbook or a folder of CSV files is opened, and its cells become text with their row numbers kept."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from qaf_desktop.forms.publish.findings import Finding, FormRefused

_FAILED_FORMULAS: Final = ("#REF!", "#NAME?", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!")
SHEETS: Final = ("survey", "choices", "settings")
MAX_FILE_BYTES: Final = 20_000_000
MAX_UNPACKED_BYTES: Final = 200_000_000
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 300
MAX_MEDIA_BYTES: Final = 50_000_000


@dataclass(frozen=True)
class Row:
    """One row: its number in the spreadsheet and its cells that are not empty, by heading."""

    number: int
    cells: Mapping[str, str]

    def get(self, *columns: str) -> str:
        """The first of these cells that is not empty, or ""."""
        return next((self.cells[column] for column in columns if self.cells.get(column)), "")


@dataclass
class Sheets:
    """The three sheets of a form, and the pictures and lists that lie beside it."""

    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    settings: list[Row] = field(default_factory=list)
    headings: dict[str, list[str]] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of(self, sheet: str) -> list[Row]:
        """The rows of one sheet by its name."""
        rows: list[Row] = getattr(self, sheet)
        return rows


def refused(text: str, advice: str, *, sheet: str = "", row: int = 0, column: str = "") -> FormRefused:
    """A refusal for one reason."""
    return FormRefused([Finding(sheet, row, column, text, advice)])


def read_sheets(source: Path) -> Sheets:
    """Open a folder of CSV files or an .xlsx workbook.

    Raises:
        FormRefused: it cannot be opened as either.
    """
    if source.is_dir():
        sheets = _read_folder(source)
        media = source / "media"
    elif not source.exists():
        raise refused(f"There is no file called {source.name}.", "Choose the workbook or the folder of the form.")
    elif source.suffix.lower() in (".xlsx", ".xlsm"):
        sheets = _read_workbook(source)
        beside = source.with_name(f"{source.stem}-media")
        media = beside if beside.is_dir() else source.parent / "media"
    else:
        raise refused(
            f"{source.name} is not a workbook this program can read.",
            "Save it as an Excel workbook (.xlsx), or as a folder with survey.csv, choices.csv and settings.csv.",
        )
    if media.is_dir():
        sheets.media = _read_media(media)
    return sheets


def _read_media(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    size = 0
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~")):
            size += path.stat().st_size
            if size > MAX_MEDIA_BYTES:
                raise refused("The media folder holds more than 50 MB.", "Make the pictures smaller.")
            found[path.name] = path.read_bytes()
    return found


def _read_folder(folder: Path) -> Sheets:
    sheets = Sheets()
    present = {path.stem.strip().lower(): path for path in sorted(folder.glob("*.csv"))}
    if "survey" not in present:
        found = ", ".join(path.name for path in present.values()) or "no CSV files"
        raise refused(
            f"The folder {folder.name} has no survey.csv; it holds {found}.", "Name the sheet of questions survey.csv."
        )
    for name in SHEETS:
        if name in present:
            path = present[name]
            if path.stat().st_size > MAX_FILE_BYTES:
                raise refused(f"{path.name} is larger than 20 MB.", "Split the form into several.", sheet=name)
            _take(sheets, name, _csv_rows(name, path.read_bytes()))
    return sheets


def _csv_rows(sheet: str, data: bytes) -> Iterator[Sequence[Any]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refused(
            f"{sheet}.csv is not saved as UTF-8; the first letter that cannot be read is in line {line}.",
            'In Excel choose "CSV UTF-8 (Comma delimited)" when saving.',
            sheet=sheet,
        ) from error
    if "\0" in text:
        raise refused(f"{sheet}.csv is not a text file.", 'Save it as "CSV UTF-8".', sheet=sheet)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise refused(
            f"{sheet}.csv cannot be read: a quotation mark is opened and not closed, or closed too early.",
            "Edit the file with a spreadsheet program.",
            sheet=sheet,
        ) from error


def _read_workbook(source: Path) -> Sheets:
    data = source.read_bytes()
    if len(data) > MAX_FILE_BYTES:
        raise refused(f"{source.name} is larger than 20 MB.", "Split the form into several.")
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise refused(
            f"{source.name} is protected by a password, or is an old .xls workbook with a new name.",
            "Remove the password, or save it as an Excel workbook (.xlsx).",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile as error:
        raise refused(
            f"{source.name} has the name of an Excel workbook but is not one.", "Save it as an Excel workbook (.xlsx)."
        ) from error
    if unpacked > MAX_UNPACKED_BYTES:
        raise refused(f"{source.name} unpacks to more than 200 MB.", "Take large pictures and old sheets out of it.")
    return _sheets_of(source.name, data)


def _sheets_of(name: str, data: bytes) -> Sheets:
    import openpyxl  # noqa: PLC0415 - only needed when publishing from Excel

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its XML and zip readers raise
        raise refused(
            f"{name} cannot be opened as an Excel workbook.", "Open it in Excel and save it again."
        ) from error
    sheets = Sheets()
    try:
        titles = {title.strip().lower(): title for title in book.sheetnames}
        if "survey" not in titles:
            raise refused(
                f"{name} has no sheet called survey; its sheets are {', '.join(book.sheetnames)}.",
                "Name the sheet of questions survey, in small letters.",
            )
        for sheet in SHEETS:
            if sheet in titles:
                _take(sheets, sheet, book[titles[sheet]].iter_rows(values_only=True))
    finally:
        book.close()
    return sheets


def _take(sheets: Sheets, sheet: str, rows: Iterator[Sequence[Any]]) -> None:
    headings: list[str] = []
    target = sheets.of(sheet)
    for number, values in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise refused(f"The sheet has more than {MAX_ROWS} rows.", "Delete the empty rows at its end.", sheet=sheet)
        if not headings:
            headings = [_heading(value) for value in values]
            while headings and not headings[-1]:
                headings.pop()
            if len(headings) > MAX_COLUMNS:
                raise refused(f"The sheet has more than {MAX_COLUMNS} columns.", "Delete unused columns.", sheet=sheet)
            _look_at_headings(sheets, sheet, headings, number)
            continue
        cells: dict[str, str] = {}
        for place, value in enumerate(values):
            heading = headings[place] if place < len(headings) else ""
            text = _cell(sheets, sheet, number, heading, value)
            if text and heading:
                cells[heading] = text
            elif text:
                advice = (
                    "A comma in a cell without quotation marks moves the rest of the row; edit CSV with a spreadsheet."
                )
                stray = f"The cell {text[:40]!r} stands under no heading."
                sheets.findings.append(Finding(sheet, number, "", stray, advice))
        if cells:
            target.append(Row(number, cells))
    sheets.headings[sheet] = headings


def _heading(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _look_at_headings(sheets: Sheets, sheet: str, headings: list[str], number: int) -> None:
    for heading in {heading for heading in headings if heading and headings.count(heading) > 1}:
        sheets.findings.append(
            Finding(sheet, number, heading, "Two columns have this heading.", "Delete or rename one of them.")
        )


def _cell(sheets: Sheets, sheet: str, number: int, heading: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").strip()
        if text in _FAILED_FORMULAS:
            failed = f"The cell holds a failed Excel formula ({text})."
            sheets.findings.append(Finding(sheet, number, heading, failed, "Write the text itself."))
        return text
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (datetime, date, time)):
        changed = "The cell is a date to Excel, which would change how it is written."
        advice = "Format the cell as text and write the date as 2026-11-23."
        sheets.findings.append(Finding(sheet, number, heading, changed, advice))
        return value.isoformat()
    if sheet == "settings" and heading == "version":
        kept = f"Excel keeps the version as the number {value}."
        advice = "Format the cell as text and write it again: the number 2026.10 is 2026.1."
        sheets.findings.append(Finding(sheet, number, heading, kept, advice))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
