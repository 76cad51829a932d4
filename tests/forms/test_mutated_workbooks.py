"""Workbooks with random damage: the checker answers with findings or a form, and nothing else."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell

from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.lint.vocabulary import CHOICE_COLUMNS, PLAIN_TYPES, SETTINGS_COLUMNS, SURVEY_COLUMNS
from qaf_desktop.forms.publish.telling import json_of, lines_of
from qaf_desktop.forms.publish.workbook import Checked, check
from tests.forms.workbooks import a_book, bytes_of

TIMES = 500 if os.environ.get("QAF_FULL_COUNTS") == "1" else 60
RULES = (
    "${why} = 'x'", "${grade} == 'good'", "${nobody} > 3", "selected(${grade}, 'god')", "((((", "if(1, 2)", "SUM(1)",
    "regex(., '([')", ". > today()", "${", "“x”", "instance('grade')/root/item[name = ${grade}]/scor", "-", "=1+1",
    "count(${why})", "${grade}/..", "//*[.='x']", "position(..)", "yes", "ye", "0", "now(", "${why}" * 40, "1 div 0",
)  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(RULES),
    st.sampled_from((*PLAIN_TYPES, *SURVEY_COLUMNS, *CHOICE_COLUMNS, *SETTINGS_COLUMNS)),
    st.sampled_from(
        ("begin_group", "end_group", "begin_repeat", "end_repeat", "select_one grade", "select_multiple grade or_other",
         "select_one_from_file staff.csv", "geopoint", "label::Polski (pl)", "label::Polski", "media::image", "a b")
    ),
    st.text(max_size=30).filter(lambda text: not any(ord(letter) < 32 for letter in text)),
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes().filter(lambda moment: moment.year > 1900),
)  # fmt: skip
CELLS = st.tuples(st.sampled_from(("survey", "choices", "settings")), st.integers(1, 8), st.integers(1, 8), WORDS)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("cell"), CELLS),
        st.tuples(st.just("delete row"), CELLS),
        st.tuples(st.just("insert row"), CELLS),
        st.tuples(st.just("delete column"), CELLS),
        st.tuples(st.just("copy row"), CELLS),
        st.tuples(st.just("merge"), CELLS),
        st.tuples(st.just("rename"), CELLS),
        st.tuples(st.just("hide"), CELLS),
    ),
    max_size=8,
)


def _damage(book: Any, deeds: list[tuple[str, tuple[str, int, int, Any]]]) -> None:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for what, (name, row, column, word) in deeds:
        sheet = sheets[name]
        match what:
            case "cell":
                cell = sheet.cell(row, column)
                if not isinstance(cell, MergedCell):
                    cell.value = word
            case "delete row":
                sheet.delete_rows(row)
            case "insert row":
                sheet.insert_rows(row)
            case "delete column":
                sheet.delete_cols(column)
            case "copy row":
                sheet.append([cell.value for cell in sheet[row]])
            case "merge":
                sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
            case "rename":
                sheet.title = str(word)[:20].translate(str.maketrans("", "", "[]*?:/\\'")) or "x"
            case _:
                sheet.sheet_state = "hidden"


def _sound(checked: Checked) -> None:
    """What every answer of the checker has in common."""
    assert (checked.form is None) == (checked.errors > 0)
    for finding in checked.findings:
        assert finding.text
        assert finding.why.endswith(".")
        assert finding.mistake.code
    assert list(lines_of("a", checked))
    assert json_of("a", checked)["errors"] == checked.errors
    if checked.form is not None:
        assert read_form(checked.form.xml).form_id == checked.form.form_id


def _checked(data: bytes) -> Checked:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(data)
        return check(path)


@settings(max_examples=TIMES, deadline=None, suppress_health_check=list(HealthCheck))
@given(DEEDS)
def test_damaged_rows_never_crash_the_checker(deeds: list[tuple[str, tuple[str, int, int, Any]]]) -> None:
    book = a_book()
    _damage(book, deeds)
    book.active = 0
    for sheet in book.worksheets:
        if sheet.title == "Notes":
            sheet.sheet_state = "visible"

    _sound(_checked(bytes_of(book)))


@settings(max_examples=TIMES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damaged_bytes_never_crash_the_checker(data: st.DataObject) -> None:
    whole = _whole()
    if data.draw(st.booleans()):
        place, length = _place(data, whole), data.draw(st.integers(0, 200))
        damaged = whole[:place] + data.draw(st.binary(max_size=20)) + whole[place + length :]
    else:
        damaged = _with_damaged_part(whole, data)

    _sound(_checked(damaged))


@cache
def _whole() -> bytes:
    return bytes_of(a_book())


def _place(data: st.DataObject, whole: bytes) -> int:
    """A place as a part of the length, which differs from one saved workbook to the next."""
    return data.draw(st.integers(0, 10_000)) * len(whole) // 10_000


def _with_damaged_part(whole: bytes, data: st.DataObject) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(kept, "w") as new:
        names = old.namelist()
        chosen = data.draw(st.sampled_from(names))
        for name in names:
            part = old.read(name)
            if name == chosen:
                place, length = _place(data, part), data.draw(st.integers(0, 60))
                part = part[:place] + data.draw(st.binary(max_size=10)) + part[place + length :]
            new.writestr(name, part)
    return kept.getvalue()


@settings(max_examples=TIMES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=7), max_size=7))
def test_csv_files_of_any_text_never_crash_the_checker(rows: list[list[Any]]) -> None:
    text = "\n".join(",".join(str(cell) for cell in row) for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        data = f"type,name,label,relevant,required,calculation,constraint\n{text}".encode("utf-8", errors="replace")
        (Path(folder) / "survey.csv").write_bytes(data)
        (Path(folder) / "choices.csv").write_text("list_name,name,label,score\ngrade,good,Good,1\n")
        (Path(folder) / "settings.csv").write_text("form_title,form_id,version,kind\nA,a,1,audit\n")

        _sound(check(Path(folder)))
