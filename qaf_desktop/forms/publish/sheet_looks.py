"""How an exported sheet looks and helps: widths, wrapped text, a fixed heading, filters and drop-downs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from qaf_desktop.forms.lint.vocabulary import RULE_COLUMNS, without_language

ROWS_READY: Final = 500
"""Drop-downs reach this far, so that new rows have them too."""
_WIDTHS: Final = {
    "type": 28, "name": 24, "list_name": 20, "label": 50, "hint": 36, "guidance_hint": 64, "constraint_message": 36,
    "required_message": 36, "form_title": 36, "print_groups": 30, "non_negotiables": 30, "area_prefix": 24,
}  # fmt: skip
_WIDTH_OF_RULE: Final = 34
_WIDTH: Final = 18
_HEADING: Final = "1F4E5F"
_BLOCK: Final = "E3EEF1"


def dress(sheet: Any, headings: Sequence[str], lists: Mapping[str, str]) -> None:
    """Make a sheet easy to read and to fill in. ``lists`` are the ranges with what can be chosen, by column."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    if not headings:
        return
    wrapped = Alignment(wrap_text=True, vertical="top")
    for number, heading in enumerate(headings, start=1):
        base, column = without_language(heading)[0], sheet.column_dimensions[get_column_letter(number)]
        column.width = _WIDTHS.get(base, _WIDTH_OF_RULE if base in RULE_COLUMNS else _WIDTH)
        # New cells are text too: Excel would turn the version 2026.10 into a number and 1/2 into a date.
        column.number_format = "@"
        column.alignment = wrapped
        _offer(sheet, get_column_letter(number), lists.get(_key(sheet.title, base), ""))
    shade = PatternFill("solid", fgColor=_BLOCK)
    for row in sheet.iter_rows(min_row=2, max_col=len(headings)):
        block = sheet.title == "survey" and str(row[0].value or "").startswith(("begin", "end"))
        for cell in row:
            cell.alignment = wrapped
            cell.number_format = "@"
            if block:
                cell.fill = shade
    for cell in sheet[1][: len(headings)]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_HEADING)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = "A2" if sheet.title == "settings" else "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{max(sheet.max_row, 2)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _key(sheet: str, column: str) -> str:
    if column in ("required", "readonly", "read_only", "child_view"):
        return "yes_no"
    return f"{sheet}.{column.replace(' ', '_')}"


def _offer(sheet: Any, column: str, choices: str) -> None:
    """Put a drop-down in a column. It offers and does not forbid: required may be a rule, a type a new list."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    if not choices:
        return
    offer = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=False)
    sheet.add_data_validation(offer)
    offer.add(f"{column}2:{column}{max(sheet.max_row, ROWS_READY)}")
