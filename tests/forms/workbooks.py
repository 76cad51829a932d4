"""Workbooks and their parts, made for tests: whole ones, and ones with something wrong inside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from tests.forms.tables import GRADES, SETTINGS, rows_of

SURVEY = """
    | type             | name  | label | guidance_hint | relevant | calculation           |
    | select_one grade | grade | Grade | Think first.  |          |                       |
    | select_one yes_no | seen | Seen? | Think first.  |          |                       |
    | text             | why   | Why   | Think first.  |          |                       |
    | calculate        | n     |       |               |          | string-length(${why}) |
"""


def a_book(survey: str = SURVEY, choices: str = GRADES, settings: str = SETTINGS) -> Any:
    """An openpyxl workbook with three sheets, and notes."""
    book = openpyxl.Workbook()
    for sheet, table in ((book.active, survey), (book.create_sheet(), choices), (book.create_sheet(), settings)):
        for row in rows_of(table):
            sheet.append(row)
    for title, sheet in zip(("survey", "choices", "settings"), book.worksheets, strict=True):
        sheet.title = title
    book.create_sheet("Notes").append(["Anything may stand here"])
    return book


def saved(path: Path, change: Callable[[Any], object] = lambda book: None) -> Path:
    """A workbook as a file, changed before it is saved."""
    book = a_book()
    change(book)
    book.save(path)
    return path


def bytes_of(book: Any) -> bytes:
    """A workbook as bytes."""
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_part(path: Path, name: str, data: bytes) -> Path:
    """The workbook with one part of its package added or replaced."""
    with zipfile.ZipFile(path) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    parts[name] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return path
