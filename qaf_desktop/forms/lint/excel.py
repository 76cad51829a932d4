"""An Excel workbook is opened without running, following or unpacking anything that a form does not need."""

from __future__ import annotations

import difflib
import io
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from qaf_desktop.forms.lint.excel_cells import look_into_sheet
from qaf_desktop.forms.lint.findings import Finding, FormRefused, refused
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.sheets import MAX_COLUMNS, SHEETS, Sheets, take_rows

MAX_FILE_BYTES: Final = 20_000_000
MAX_XML_BYTES: Final = 60_000_000
MAX_UNPACKED_BYTES: Final = 200_000_000
MAX_PARTS: Final = 2_000
MAX_RATIO: Final = 200
_RATIO_COUNTS_FROM: Final = 5_000_000
_SAVE: Final = "Save it as an Excel workbook (.xlsx)."
NOTES_SHEET: Final = "Notes for authors"
LISTS_SHEET: Final = "Lists"


def read_workbook(source: Path) -> Sheets:
    """Read the three sheets of a workbook.

    Raises:
        FormRefused: it is not a workbook, is protected, too large, or made to do harm.
    """
    if source.stat().st_size > MAX_FILE_BYTES:
        raise refused(Mistake.TOO_LARGE, f"{source.name} is larger than 20 MB.", "Split the form into several.")
    data = source.read_bytes()
    _check_kind(source.name, data)
    sheets = Sheets()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _check_parts(source.name, parts)
            sheets.findings.extend(_notices(source.name, parts))
            _read(sheets, source.name, data, parts)
    except FormRefused:
        raise
    except Exception as error:  # the zip, XML and workbook readers raise whatever they please
        raise refused(
            Mistake.NOT_A_WORKBOOK,
            f"{source.name} cannot be opened as an Excel workbook.",
            "Open it in Excel and save it again under a new name.",
        ) from error
    return sheets


def _check_kind(name: str, data: bytes) -> None:
    if data[:4] == b"\xd0\xcf\x11\xe0":
        if "EncryptedPackage".encode("utf-16-le") in data:
            text, advice = f"{name} is protected by a password.", "Remove the password in Excel and save it again."
        else:
            text = f"{name} is protected by a password, or is a workbook from before 2007 with a new name."
            advice = "Remove the password, or save it as an Excel workbook (.xlsx)."
        raise refused(Mistake.PASSWORD, text, advice)
    if data[:2] == b"PK":
        return
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    kind = "but is not one"
    if not data:
        kind = "but is empty"
    elif head.startswith(b"%pdf"):
        kind = "but is a PDF"
    elif head.startswith((b"<html", b"<!doctype html", b"<table")):
        kind = "but is a web page"
    elif head.startswith(b"<?xml"):
        kind = "but is an XML file"
    elif b"," in head.partition(b"\n")[0] and b"\0" not in head:
        kind = "but is a CSV file"
    raise refused(Mistake.NOT_A_WORKBOOK, f"{name} has the name of an Excel workbook {kind}.", _SAVE)


def _check_parts(name: str, parts: zipfile.ZipFile) -> None:
    """Everything that can be told from the list of parts, before any of them is unpacked."""
    listed = parts.infolist()
    names = {part.filename for part in listed}
    if any(part.flag_bits & 1 for part in listed):
        raise refused(Mistake.PASSWORD, f"{name} is protected by a password.", "Remove it and save the file again.")
    if "xl/workbook.xml" not in names:
        kind = next(
            (
                said
                for mark, said in (
                    ("content.xml", "it is a LibreOffice file"),
                    ("word/document.xml", "it is a Word document"),
                    ("ppt/presentation.xml", "it is a PowerPoint file"),
                    ("xl/workbook.bin", "it is a binary Excel workbook (.xlsb)"),
                )
                if mark in names
            ),
            "it is a packed folder of other files",
        )
        raise refused(Mistake.NOT_A_WORKBOOK, f"{name} cannot be opened as an Excel workbook: {kind}.", _SAVE)
    advice = "Copy the three sheets into a new workbook, without pictures."
    unpacked = sum(part.file_size for part in listed)
    written = sum(part.file_size for part in listed if part.filename.lower().endswith((".xml", ".rels", ".vml")))
    if len(listed) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or written > MAX_XML_BYTES:
        raise refused(Mistake.TOO_LARGE, f"{name} unpacks to more than a form can be.", advice)
    for part in listed:
        if part.file_size > _RATIO_COUNTS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise refused(Mistake.TOO_LARGE, f"A part of {name} unpacks to {part.file_size:,} bytes.", advice)
        if part.filename.lower().endswith((".xml", ".rels")):
            with parts.open(part) as opened:
                head = opened.read(4_000).replace(b"\0", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                text = f"A part of {name} declares a document type, which workbooks never do."
                raise refused(Mistake.DOCUMENT_TYPE, text, "Do not open it; ask whoever sent it.")


def _notices(name: str, parts: zipfile.ZipFile) -> Iterable[Finding]:
    names = [part.lower() for part in parts.namelist()]
    if any(part.endswith("vbaproject.bin") for part in names):
        yield Finding(
            Mistake.MACROS,
            "",
            0,
            "",
            f"{name} holds macros. They were not run.",
            "Save it as a workbook without macros.",
        )
    if any(part.startswith("xl/externallinks/") for part in names):
        yield Finding(
            Mistake.EXTERNAL_LINKS, "", 0, "", f"{name} holds links to other files. They were not followed.",
            "Replace the linked cells by their text.",
        )  # fmt: skip


def _read(sheets: Sheets, name: str, data: bytes, parts: zipfile.ZipFile) -> None:
    import openpyxl  # noqa: PLC0415 - only needed when publishing from Excel

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl remarks on drop-downs and pictures it cannot keep
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            titles = {title.strip().lower(): title for title in reversed(book.sheetnames)}
            if "survey" not in titles:
                raise refused(
                    Mistake.NO_SURVEY,
                    f"{name} has no sheet called survey; its sheets are {', '.join(book.sheetnames)}."
                    f"{nearest_sheet(titles)}",
                    "Name the sheet of questions survey, in small letters.",
                )
            for sheet in SHEETS:
                if sheet in titles:
                    _read_sheet(sheets, sheet, book[titles[sheet]], parts)
            sheets.findings.extend(_hidden(book))
        finally:
            book.close()


def _hidden(book: Any) -> Iterable[Finding]:
    for title in book.sheetnames:
        if title.strip().lower() not in SHEETS and book[title].sheet_state != "visible":
            text = f"The hidden sheet {title} is passed over."
            yield Finding(Mistake.HIDDEN_SHEET, "", 0, "", text, "Delete it if it is not needed.", title)


def _read_sheet(sheets: Sheets, sheet: str, opened: Any, parts: zipfile.ZipFile) -> None:
    if not hasattr(opened, "iter_rows"):
        raise refused(Mistake.NO_SURVEY, "The sheet is a chart.", f"Name the sheet with the rows {sheet}.", sheet=sheet)
    if opened.sheet_state != "visible":
        sheets.findings.append(
            Finding(Mistake.HIDDEN_SHEET, sheet, 0, "", "The sheet is hidden, and is read all the same.", "Show it.")
        )
    # What the file says about its own size may be wrong in either direction.
    opened.reset_dimensions()
    take_rows(sheets, sheet, opened.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1))
    with parts.open(opened._worksheet_path.lstrip("/")) as part:
        sheets.findings.extend(look_into_sheet(sheet, part, sheets.headings.get(sheet, [])))


def nearest_sheet(titles: Iterable[str]) -> str:
    """A sentence naming the sheet that was probably meant to be the survey; "" if none comes near."""
    near = difflib.get_close_matches("survey", [title[:40] for title in titles], n=1)
    return f" Is {near[0]} the sheet of questions?" if near else ""
