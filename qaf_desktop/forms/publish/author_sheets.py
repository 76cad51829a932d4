"""The two sheets an exported workbook has besides the form: what drop-downs offer, and notes for its author."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from qaf_desktop.forms.lint.excel import LISTS_SHEET, NOTES_SHEET
from qaf_desktop.forms.lint.sheets import Sheets
from qaf_desktop.forms.lint.vocabulary import APPEARANCES, AUDIENCES, KINDS, PROGRAM_LISTS

_TYPES: Final = (
    "text", "integer", "decimal", "date", "time", "datetime", "note", "calculate", "hidden", "acknowledge", "image",
    "range", "begin_group", "end_group", "begin_repeat", "end_repeat", "start", "end", "today", "username",
)  # fmt: skip

_NOTES: Final = (
    ("The three sheets", ""),
    ("survey", "One row a question, in the order they are asked."),
    ("choices", "One row a choice. Choices with the same list_name make a list."),
    ("settings", "One row: the title, the id, the version, and what the questions mean to the program."),
    ("Other sheets", "Are not read. Keep your own notes there."),
    ("", ""),
    ("Columns of survey", ""),
    ("type", "What is asked: text, integer, date, select_one and a list, begin_group … end_group, and so on."),
    ("name", "A short name without spaces, such as visit_when. Never change it in a new version: answers hang on it."),
    ("label", "The question as people read it. One question at a time."),
    ("hint", "A few words under the question: in which form, for which time."),
    ("guidance_hint", "What to look for and what counts, so that two auditors would answer alike."),
    ("relevant", "When the question is asked, for example ${seen} = 'no'. Empty: always."),
    ("required", "yes if it must be answered, or a rule such as ${grade} = 'RI'."),
    ("constraint", "What a right answer is like; the full stop is the answer: . <= today()"),
    ("constraint_message", "What to say when it is not."),
    ("calculation", "What a calculate row works out: ${a} + ${b}"),
    ("choice_filter", "Which choices are offered: area = ${area}, where area is a column of choices."),
    ("appearance", "How it looks: minimal, autocomplete, multiline, likert, columns-2 …"),
    ("media::image", "The name of a picture in the folder beside this workbook."),
    ("label::Polski (pl)", "The same text in another language; the code in brackets is needed."),
    ("", ""),
    ("Rules", ""),
    ("${name}", "The answer to the question of that name."),
    ("=   !=   <   <=   >   >=", "Compare. One =, never ==. Text stands in quotation marks: ${plan} = 'cp'"),
    ("and   or   not(…)", "In small letters, with brackets where it matters."),
    ("+   -   *   div   mod", "Reckon. Dates are days: ${due} - today() < 14"),
    ("selected(${flags}, 'court')", "Whether a choice is ticked where several can be."),
    ("if(…, …, …)", "If the first is so the second, else the third."),
    ("count(${actions})", "How many rows a repeat has; count(${actions}[priority = 'high']) counts some of them."),
    ("instance('grade')/root/item[name = ${q}]/score", "The column score of the list grade for the chosen grade."),
    ("regex(., '^CH-[0-9A-Z]{5}$')", "Whether the answer has a pattern; from ^ to $."),
    ("", ""),
    ("Before you publish", ""),
    ("version", "Write a new one, such as 2026.2, whenever anything changed. It is text, not a number."),
    ("check", "Check the workbook first. Every finding names its sheet, row and column."),
    ("Excel formulas", "Do not use them here: only their last result would count."),
    ("merged cells", "Take them apart: only the first would count."),
)


def add_lists(book: Any, sheets: Sheets) -> Mapping[str, str]:
    """Add the sheet that drop-downs take their choices from, and say where each column's choices stand."""
    lists = list(dict.fromkeys(filter(None, (row.get("list_name", "list name") for row in sheets.choices))))
    blocks = ("begin", "end")
    named = [row for row in sheets.survey if row.get("name")]
    asked = [row.get("name") for row in named if not row.get("type").startswith(blocks)]
    grouped = [row.get("name") for row in named if row.get("type").startswith("begin")]
    columns: dict[str, list[str]] = {
        "survey.type": [
            *_TYPES,
            *(f"{kind} {name}" for name in lists for kind in ("select_one", "select_multiple")),
            *(f"select_one_from_file {name}" for name in PROGRAM_LISTS),
        ],
        "survey.appearance": sorted(APPEARANCES),
        "choices.list_name": lists,
        "yes_no": ["yes", "no"],
        "settings.kind": list(KINDS),
        "settings.audience": list(AUDIENCES),
        "settings.grade_list": lists,
        "settings.overall_question": asked,
        "settings.child_ref_question": asked,
        "settings.team_question": asked,
        "settings.worker_question": asked,
        "settings.date_question": asked,
        "settings.actions_repeat": grouped,
    }
    sheet = book.create_sheet(LISTS_SHEET)
    ranges: dict[str, str] = {}
    for number, (column, words) in enumerate(columns.items(), start=1):
        _put(sheet, 1, number, f"for {column}", bold=True)
        for row, word in enumerate(words, start=2):
            _put(sheet, row, number, word)
        if words:
            letter = sheet.cell(1, number).column_letter
            sheet.column_dimensions[letter].width = 28
            ranges[column] = f"{LISTS_SHEET}!${letter}$2:${letter}${len(words) + 1}"
    sheet.freeze_panes = "A2"
    return ranges


def add_notes(book: Any) -> None:
    """Add the sheet with notes for whoever changes the form."""
    from openpyxl.styles import Alignment  # noqa: PLC0415

    sheet = book.create_sheet(NOTES_SHEET)
    _put(sheet, 1, 1, NOTES_SHEET, bold=True)
    for row, (what, words) in enumerate(_NOTES, start=3):
        _put(sheet, row, 1, what, bold=bool(what) and not words)
        _put(sheet, row, 2, words)
        for cell in sheet[row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 44
    sheet.column_dimensions["B"].width = 92
    sheet.freeze_panes = "A3"


def _put(sheet: Any, row: int, column: int, text: str, *, bold: bool = False) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415

    if not text:
        return
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
