"""The rows of a workbook as text, whoever saved it: every cell with its row number and its heading."""

from __future__ import annotations

import time as clock
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from qaf_desktop.forms.lint.findings import Finding, Place, refused, shortened
from qaf_desktop.forms.lint.mistakes import Mistake

_FAILED_FORMULAS: Final = ("#REF!", "#NAME?", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!")
SHEETS: Final = ("survey", "choices", "settings")
MAX_ROWS: Final = {"survey": 5_000, "choices": 50_000, "settings": 100}
MAX_COLUMNS: Final = 300
MAX_CELL_LETTERS: Final = 32_767
MAX_SECONDS: Final = 30
_LINE_ENDS: Final = str.maketrans({"\xa0": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"})


@dataclass(frozen=True)
class Row:
    """One row: its sheet, its number in the spreadsheet, and its cells that are not empty, by heading."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def get(self, *columns: str) -> str:
        """The first of these cells that is not empty, or ""."""
        return next((self.cells[column] for column in columns if self.cells.get(column)), "")

    def at(self, column: str) -> Place:
        """One cell of the row, to say something about."""
        return Place(self.sheet, self.number, column, self.cells.get(column, ""))


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

    def has(self, sheet: str, *columns: str) -> bool:
        """Whether a sheet has one of these columns."""
        return any(column in self.headings.get(sheet, ()) for column in columns)


def take_rows(sheets: Sheets, sheet: str, rows: Iterable[Sequence[Any]]) -> None:
    """Enter the rows of one sheet; the first that is not empty holds the headings.

    Raises:
        FormRefused: there are more rows or columns than a form can have, or reading them takes too long.
    """
    headings: list[str] = []
    empty: Sequence[Any] | None = None
    target, limit, started = sheets.of(sheet), MAX_ROWS[sheet], clock.monotonic()
    for number, values in enumerate(rows, start=1):
        if number % 1000 == 0 and clock.monotonic() - started > MAX_SECONDS:
            advice = "Copy the rows into a new workbook, without the empty ones after them."
            raise refused(Mistake.TOO_LARGE, "The sheet takes too long to read.", advice, sheet=sheet)
        # openpyxl gives the same row again and again for a gap, and a gap can be a million rows long.
        if values is empty or values.count(None) + values.count("") == len(values):
            empty = values
            continue
        if not headings:
            headings = _headings(sheets, sheet, values, number)
            continue
        cells = _cells(sheets, sheet, number, headings, values)
        if cells:
            target.append(Row(sheet, number, cells))
        if len(target) > limit:
            text = f"The sheet has more than {limit:,} rows."
            raise refused(Mistake.TOO_LARGE, text, "Split the form into several.", sheet=sheet)
    sheets.headings[sheet] = headings


def _headings(sheets: Sheets, sheet: str, values: Sequence[Any], number: int) -> list[str]:
    headings = [" ".join(str(value).translate(_LINE_ENDS).split()) if value is not None else "" for value in values]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        text = f"The sheet has more than {MAX_COLUMNS} columns."
        raise refused(Mistake.TOO_LARGE, text, "Delete the columns that are not used.", sheet=sheet)
    for heading in dict.fromkeys(heading for heading in headings if heading and headings.count(heading) > 1):
        place = Place(sheet, number, heading, heading)
        sheets.findings.append(
            place.found(Mistake.DOUBLE_COLUMN, "Two columns have this heading.", "Delete or rename one of them.")
        )
    return headings


def _cells(sheets: Sheets, sheet: str, number: int, headings: list[str], values: Sequence[Any]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for column, value in enumerate(values):
        heading = headings[column] if column < len(headings) else ""
        text = _text(sheets, Place(sheet, number, heading, str(value)), value) if value is not None else ""
        if text and heading:
            cells[heading] = text
        elif text:
            place = Place(sheet, number, "", text)
            sheets.findings.append(
                place.found(
                    Mistake.STRAY_CELL,
                    f"The cell {shortened(text, 40)!r} stands under no heading.",
                    "Give the column a heading or empty the cell. In CSV, a comma needs quotation marks around its"
                    " cell: edit the file with a spreadsheet.",
                )
            )
    return cells


def _text(sheets: Sheets, place: Place, value: Any) -> str:
    if isinstance(value, str):
        return _plain(sheets, place, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (datetime, date, time, timedelta)):
        changed = "The cell is a date or a time to Excel, which changes how it is written."
        advice = "Format the cell as text and write the date as 2026-11-23, the time as 14:30."
        sheets.findings.append(place.found(Mistake.DATE_CELL, changed, advice))
        return str(value) if isinstance(value, timedelta) else value.isoformat()
    if place.sheet == "settings" and place.column == "version" and not float(value).is_integer():
        kept = f"Excel keeps the version as the number {value}."
        advice = "Format the cell as text and write the version again, for example 2026.10."
        sheets.findings.append(place.found(Mistake.VERSION_NUMBER, kept, advice))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _plain(sheets: Sheets, place: Place, value: str) -> str:
    text = value.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS).strip().strip("\ufeff\u200b").strip()
    if text in _FAILED_FORMULAS:
        failed = f"The cell holds a failed Excel formula ({text})."
        sheets.findings.append(place.found(Mistake.FAILED_FORMULA, failed, "Write the text itself."))
    if len(text) > MAX_CELL_LETTERS:
        long = f"The cell holds {len(text):,} letters; a spreadsheet keeps {MAX_CELL_LETTERS:,}."
        sheets.findings.append(place.found(Mistake.LONG_CELL, long, "Shorten it, or put it on a page of its own."))
        return text[:MAX_CELL_LETTERS]
    unseen = next((letter for letter in text if _unusable(letter)), "")
    if unseen:
        sheets.findings.append(
            place.found(
                Mistake.INVISIBLE_LETTER,
                f"Letter {text.index(unseen) + 1} of the cell cannot be seen (U+{ord(unseen):04X}).",
                "Type the text again instead of pasting it.",
            )
        )
    return text


def _unusable(letter: str) -> bool:
    """Letters that XML cannot hold, and those without any width apart from the joiners that Urdu needs."""
    code = ord(letter)
    if code < 0x20:
        return letter not in "\n\t"
    return code in (0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF
