"""Turns the small tables that tests hold into published forms and fillings."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.publish.workbook import publish, publish_with_advice
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.forms.rows import Rows

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SETTINGS = """
| form_title | form_id | version | kind  |
| A form     | a_form  | 2026.1  | audit |
"""
GRADES = """
| list_name | name        | label       | score |
| grade     | outstanding | Outstanding | 4     |
| grade     | good        | Good        | 3     |
| grade     | inadequate  | Inadequate  | 1     |
| yes_no    | yes         | Yes         |       |
| yes_no    | no          | No          |       |
"""


def rows_of(table: str) -> list[list[str]]:
    """The cells of a table; ``\\n`` in a cell is a line break, ``\\|`` a bar."""
    found = []
    for line in table.strip().splitlines():
        cells = line.strip().replace("\\|", "\0").strip("|").split("|")
        found.append([cell.strip().replace("\\n", "\n").replace("\0", "|") for cell in cells])
    return found


def a_folder(folder: Path, survey: str, choices: str = GRADES, settings: str = SETTINGS) -> Path:
    """A folder of CSV files as an author would leave it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in (("survey", survey), ("choices", choices), ("settings", settings)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows_of(table))
    return folder


def a_form(survey: str, choices: str = GRADES, settings: str = SETTINGS) -> PublishedForm:
    """A form published from tables."""
    with tempfile.TemporaryDirectory() as folder:
        return publish(a_folder(Path(folder), survey, choices, settings))


def findings_of(survey: str, choices: str = GRADES, settings: str = SETTINGS) -> tuple[Finding, ...]:
    """What publishing finds in some tables."""
    with tempfile.TemporaryDirectory() as folder:
        return publish_with_advice(a_folder(Path(folder), survey, choices, settings))[1]


def a_filling(
    survey: str,
    choices: str = GRADES,
    settings: str = SETTINGS,
    *,
    now: Callable[[], datetime] = lambda: NOON,
    rows: Rows | None = None,
) -> Filling:
    """A form published from tables and opened."""
    return Filling(read_form(a_form(survey, choices, settings).xml), now=now, username="AB12", rows=rows)


def values(filling: Filling) -> dict[str, str]:
    """Every answer that is not empty, by ref."""
    return {state.ref: state.value for state in filling.snapshot() if state.value}


def an_xform(instance: str, binds: str = "", body: str = "", *, model: str = "") -> str:
    """A raw XForm around some parts, for what pyxform never writes."""
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
        ' xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Raw</h:title><model>'
        f'<instance><data id="raw" version="1">{instance}</data></instance>{model}{binds}'
        f"</model></h:head><h:body>{body}</h:body></h:html>"
    )


def a_raw_filling(instance: str, binds: str = "", body: str = "", *, model: str = "") -> Filling:
    """A raw XForm, opened."""
    return Filling(read_form(an_xform(instance, binds, body, model=model)), now=lambda: NOON)
