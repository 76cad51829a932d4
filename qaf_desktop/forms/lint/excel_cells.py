"""What an Excel sheet shows differently from what it holds: merged cells, formulas and hidden rows."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from typing import IO, Final

from qaf_desktop.forms.lint.findings import Finding, Place
from qaf_desktop.forms.lint.mistakes import Mistake

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_WRITE_VALUE: Final = "Copy the cell and paste it back as a value."
MAX_REMARKS: Final = 200


def look_into_sheet(sheet: str, part: IO[bytes], headings: Sequence[str]) -> Iterator[Finding]:
    """Findings about one sheet of a workbook whose parts have been checked for document types before."""
    left = MAX_REMARKS
    for _, element in ET.iterparse(part):  # noqa: S314 - document types were turned away before
        finding = _finding(sheet, element, headings)
        if finding is not None and left:
            left -= 1
            yield finding
        if element.tag.rpartition("}")[2] in ("row", "mergeCell", "hyperlink", "dataValidation"):
            element.clear()


def _finding(sheet: str, element: ET.Element, headings: Sequence[str]) -> Finding | None:
    match element.tag.rpartition("}")[2]:
        case "mergeCell":
            span = element.get("ref") or ""
            return _place(sheet, span, headings, span).found(
                Mistake.MERGED_CELLS, f"The cells {span} are merged.", "Take them apart and fill each in."
            )
        case "c":
            return _formula(sheet, element, headings)
        case "row" if element.get("hidden") in ("1", "true") and len(element):
            number = element.get("r") or ""
            return Place(sheet, int(number) if number.isdigit() else 0, "").found(
                Mistake.HIDDEN_ROW, "The row is hidden, and is part of the form.", "Show it, or delete it."
            )
    return None


def _formula(sheet: str, cell: ET.Element, headings: Sequence[str]) -> Finding | None:
    formula = next((child for child in cell if child.tag.rpartition("}")[2] == "f"), None)
    if formula is None:
        return None
    value = next((child for child in cell if child.tag.rpartition("}")[2] in ("v", "is")), None)
    place = _place(sheet, cell.get("r") or "", headings, f"={formula.text or ''}")
    if value is None or (not value.text and not len(value)):
        return place.found(
            Mistake.FORMULA_WITHOUT_VALUE,
            "The cell is a formula whose result was never saved.",
            "Open the workbook in Excel and save it, or write the text itself.",
        )
    return place.found(Mistake.FORMULA, "The cell is an Excel formula.", _WRITE_VALUE)


def _place(sheet: str, reference: str, headings: Sequence[str], offending: str) -> Place:
    match = _REFERENCE.match(reference)
    if match is None:
        return Place(sheet, 0, "", offending)
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    heading = headings[column - 1] if column <= len(headings) else ""
    return Place(sheet, int(match.group(2)), heading or match.group(1), offending)
