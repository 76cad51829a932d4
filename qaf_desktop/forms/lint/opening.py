"""What an author hands over is opened: a folder of CSV files or an Excel workbook, with the pictures beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from qaf_desktop.forms.lint.excel import MAX_FILE_BYTES, nearest_sheet, read_workbook
from qaf_desktop.forms.lint.findings import refused
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.sheets import MAX_CELL_LETTERS, SHEETS, Sheets, take_rows

MAX_MEDIA_BYTES: Final = 50_000_000
_OTHER_KINDS: Final = {
    ".xls": "It is a workbook of the kind before 2007.",
    ".ods": "It is a LibreOffice workbook.",
    ".numbers": "It is a Numbers workbook.",
    ".xlsb": "It is a binary Excel workbook.",
    ".csv": "It is one CSV file, and a form has three sheets.",
}


def read_sheets(source: Path) -> Sheets:
    """Open a folder of CSV files or an .xlsx workbook.

    Raises:
        FormRefused: it cannot be opened as either.
    """
    try:
        if source.is_dir():
            sheets = _read_folder(source)
            media = source / "media"
        elif not source.exists():
            raise refused(
                Mistake.NO_FILE,
                f"There is no file called {source.name}.",
                "Choose the workbook or the folder of the form.",
            )
        elif source.suffix.lower() in (".xlsx", ".xlsm"):
            sheets = read_workbook(source)
            beside = source.with_name(f"{source.stem}-media")
            media = beside if beside.is_dir() else source.parent / "media"
        else:
            kind = _OTHER_KINDS.get(source.suffix.lower(), "")
            raise refused(
                Mistake.NOT_A_WORKBOOK,
                f"{source.name} is not a workbook this program can read. {kind}".strip(),
                "Save it as an Excel workbook (.xlsx), or as a folder with survey.csv, choices.csv and settings.csv.",
            )
        if media.is_dir():
            sheets.media = _read_media(media)
    except OSError as error:
        raise refused(
            Mistake.NO_FILE,
            f"{source.name} cannot be opened ({error.strerror or type(error).__name__}).",
            "Close it in other programs, and check that you may read it.",
        ) from error
    return sheets


def _read_media(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    size = 0
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~")):
            size += path.stat().st_size
            if size > MAX_MEDIA_BYTES:
                raise refused(
                    Mistake.TOO_LARGE, "The media folder holds more than 50 MB.", "Make the pictures smaller."
                )
            found[path.name] = path.read_bytes()
    return found


def _read_folder(folder: Path) -> Sheets:
    sheets = Sheets()
    present = {path.stem.strip().lower(): path for path in sorted(folder.glob("*.csv"))}
    if "survey" not in present:
        found = ", ".join(path.name for path in present.values()) or "no CSV files"
        raise refused(
            Mistake.NO_SURVEY,
            f"The folder {folder.name} has no survey.csv; it holds {found}.{nearest_sheet(present)}",
            "Name the sheet of questions survey.csv.",
        )
    for name in SHEETS:
        if name in present:
            path = present[name]
            if path.stat().st_size > MAX_FILE_BYTES:
                text = f"{path.name} is larger than 20 MB."
                raise refused(Mistake.TOO_LARGE, text, "Split the form into several.", sheet=name)
            take_rows(sheets, name, _csv_rows(name, path.read_bytes()))
    return sheets


def _csv_rows(sheet: str, data: bytes) -> Iterator[Sequence[Any]]:
    text = _decoded(sheet, data)
    first = text.partition("\n")[0]
    if "," not in first and (";" in first or "\t" in first):
        between = "semicolons" if ";" in first else "tabs"
        raise refused(
            Mistake.BROKEN_CSV,
            f"{sheet}.csv has {between} between its cells instead of commas.",
            'In Excel choose "CSV UTF-8 (Comma delimited)" when saving.',
            sheet=sheet,
        )
    # A cell may be longer than Excel allows, so that it is told with its row instead of by the CSV reader.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL_LETTERS * 8))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise refused(
            Mistake.BROKEN_CSV,
            f"{sheet}.csv cannot be read near line {reader.line_num}: a quotation mark is opened and not closed, or"
            " closed too early.",
            "Edit the file with a spreadsheet program.",
            sheet=sheet,
        ) from error


def _decoded(sheet: str, data: bytes) -> str:
    advice = 'In Excel choose "CSV UTF-8 (Comma delimited)" when saving.'
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = f"{sheet}.csv is saved as Unicode text (UTF-16)."
        raise refused(Mistake.NOT_UTF8, text, advice, sheet=sheet)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refused(
            Mistake.NOT_UTF8,
            f"{sheet}.csv is not saved as UTF-8; the first letter that cannot be read is in line {line}.",
            advice,
            sheet=sheet,
            row=line,
        ) from error
    if "\0" in text:
        raise refused(Mistake.NOT_UTF8, f"{sheet}.csv is not a text file.", advice, sheet=sheet)
    return text
