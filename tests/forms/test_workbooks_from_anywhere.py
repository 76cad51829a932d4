"""Whatever is handed over as a workbook, the answer is a finding: never a crash, never a wait without end."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.publish.workbook import Checked, check
from tests.forms.tables import a_folder
from tests.forms.workbooks import SURVEY, saved, with_part


def _only(checked: Checked) -> tuple[Mistake, str]:
    assert len(checked.findings) == 1, [str(one) for one in checked.findings]
    return checked.findings[0].mistake, str(checked.findings[0])


def _of(checked: Checked, mistake: Mistake) -> list[tuple[str, int, str]]:
    return [(one.sheet, one.row, one.column) for one in checked.findings if one.mistake is mistake]


def _zipped(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return path


def test_a_workbook_as_an_author_leaves_it_has_no_findings(tmp_path: Path) -> None:
    checked = check(saved(tmp_path / "a.xlsx"))

    assert checked.findings == ()
    assert checked.form is not None


@pytest.mark.parametrize(
    ("name", "data", "mistake", "words"),
    [
        ("empty.xlsx", b"", Mistake.NOT_A_WORKBOOK, "is empty"),
        ("really.xlsx", b"type,name,label\r\ntext,a,A\r\n", Mistake.NOT_A_WORKBOOK, "is a CSV file"),
        ("paper.xlsx", b"%PDF-1.7 ...", Mistake.NOT_A_WORKBOOK, "is a PDF"),
        ("page.xlsx", b"<html><table><tr><td>type", Mistake.NOT_A_WORKBOOK, "is a web page"),
        ("tree.xlsx", b"<?xml version='1.0'?><Workbook/>", Mistake.NOT_A_WORKBOOK, "is an XML file"),
        ("noise.xlsx", bytes(range(256)) * 20, Mistake.NOT_A_WORKBOOK, "is not one"),
        ("cut.xlsx", b"PK\x03\x04" + bytes(500), Mistake.NOT_A_WORKBOOK, "cannot be opened"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), Mistake.PASSWORD, "before 2007"),
        (
            "locked.xlsx",
            b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            Mistake.PASSWORD,
            "Remove the password",
        ),
        ("form.xls", b"\xd0\xcf\x11\xe0", Mistake.NOT_A_WORKBOOK, "before 2007"),
        ("form.ods", b"PK", Mistake.NOT_A_WORKBOOK, "LibreOffice"),
        ("survey.csv", b"type,name\n", Mistake.NOT_A_WORKBOOK, "a form has three sheets"),
        ("form.docx", b"PK", Mistake.NOT_A_WORKBOOK, "not a workbook this program can read"),
    ],
)
def test_a_file_that_is_something_else_is_told_what_it_is(
    tmp_path: Path, name: str, data: bytes, mistake: Mistake, words: str
) -> None:
    (tmp_path / name).write_bytes(data)

    found, said = _only(check(tmp_path / name))

    assert (found, words in said) == (mistake, True)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("content_xml", "LibreOffice"),
        ("word__document_xml", "Word"),
        ("xl__workbook.bin", "binary Excel"),
        ("x.txt", "other files"),
    ],
)
def test_a_package_with_a_wrong_name_is_told_what_it_is(tmp_path: Path, part: str, words: str) -> None:
    found, said = _only(check(_zipped(tmp_path / "a.xlsx", **{part: b"x"})))

    assert (found, words in said) == (Mistake.NOT_A_WORKBOOK, True)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert _only(check(tmp_path / "none.xlsx"))[0] is Mistake.NO_FILE


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx")
    with_part(path, "xl/sharedStrings.xml", b"<sst>" + bytes(50_000_000))
    started = time.perf_counter()

    found, said = _only(check(path))

    assert (found, "unpacks to" in said) == (Mistake.TOO_LARGE, True)
    assert time.perf_counter() - started < 2


def test_a_package_of_thousands_of_parts_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as parts:
        for number in range(2_100):
            parts.writestr(f"xl/media/{number}.bin", b"")

    assert _only(check(path))[0] is Mistake.TOO_LARGE


def test_entities_that_multiply_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx")
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    with_part(path, "xl/worksheets/sheet1.xml", bomb)

    assert _only(check(path))[0] is Mistake.DOCUMENT_TYPE


def test_a_part_that_is_broken_is_told_without_a_crash(tmp_path: Path) -> None:
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        path = saved(tmp_path / "a.xlsx")
        with_part(path, part, b"<worksheet><sheetData><row><c")

        assert _only(check(path))[0] is Mistake.NOT_A_WORKBOOK


def test_a_million_empty_rows_are_passed_over_in_time(tmp_path: Path) -> None:
    def stretch(book: Any) -> None:
        book["survey"].cell(1_048_576, 3).value = "far away"

    started = time.perf_counter()

    checked = check(saved(tmp_path / "a.xlsx", stretch))

    assert ("survey", 1_048_576, "type") in _of(checked, Mistake.NO_TYPE)
    assert time.perf_counter() - started < 20


def test_a_cell_in_the_last_column_does_not_make_every_row_wide(tmp_path: Path) -> None:
    def stretch(book: Any) -> None:
        book["survey"].cell(3, 16_384).value = "far away"
        book["survey"].cell(4, 250).value = "less far"

    checked = check(saved(tmp_path / "a.xlsx", stretch))

    assert _of(checked, Mistake.STRAY_CELL) == [("survey", 4, "")]


def test_too_many_headings_and_too_many_rows_are_refused(tmp_path: Path) -> None:
    def widen(book: Any) -> None:
        for number in range(400):
            book["survey"].cell(1, number + 7).value = f"c{number}"

    wide = _only(check(saved(tmp_path / "a.xlsx", widen)))
    rows = "\n".join(f"| text | q{number} | Q |" for number in range(5_010))
    long = _only(check(a_folder(tmp_path / "b", f"| type | name | label |\n{rows}")))

    assert (wide[0], long[0]) == (Mistake.TOO_LARGE, Mistake.TOO_LARGE)
    assert ("300 columns" in wide[1], "5,000 rows" in long[1]) == (True, True)


def test_macros_are_told_and_never_run(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx")
    with_part(path, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen")
    path = path.rename(tmp_path / "a.xlsm")

    checked = check(path)

    assert _only(checked) == (
        Mistake.MACROS,
        "a.xlsm holds macros. They were not run. Save it as a workbook without macros.",
    )
    assert checked.form is not None


def test_links_to_other_files_are_told_and_never_followed(tmp_path: Path) -> None:
    path = with_part(saved(tmp_path / "a.xlsx"), "xl/externalLinks/externalLink1.xml", b"<externalLink/>")

    checked = check(path)

    assert _only(checked)[0] is Mistake.EXTERNAL_LINKS
    assert checked.form is not None


def test_a_formula_is_told_and_one_without_a_result_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", lambda book: book["survey"].__setitem__("C2", '="Gra"&"de"'))
    without = check(path)
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    sheet = sheet.replace('<c r="C2">', '<c r="C2" t="str">').replace("</f><v />", "</f><v>Grade</v>")
    with_part(path, "xl/worksheets/sheet1.xml", sheet.encode())
    worked_out = check(path)

    assert _of(without, Mistake.FORMULA_WITHOUT_VALUE) == [("survey", 2, "label")]
    assert _of(worked_out, Mistake.FORMULA) == [("survey", 2, "label")]
    assert worked_out.findings[0].offending == '="Gra"&"de"'
    assert without.form is None
    assert worked_out.form is not None
    assert "<label>Grade</label>" in worked_out.form.xml


def test_merged_cells_are_told_with_their_place(tmp_path: Path) -> None:
    checked = check(saved(tmp_path / "a.xlsx", lambda book: book["choices"].merge_cells("A2:A4")))

    assert _of(checked, Mistake.MERGED_CELLS) == [("choices", 2, "list_name")]
    assert checked.form is None


def test_hidden_rows_and_sheets_are_told(tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        book["survey"].row_dimensions[3].hidden = True
        book["choices"].sheet_state = "hidden"
        book["Notes"].sheet_state = "veryHidden"

    checked = check(saved(tmp_path / "a.xlsx", hide))

    assert _of(checked, Mistake.HIDDEN_ROW) == [("survey", 3, "")]
    assert _of(checked, Mistake.HIDDEN_SHEET) == [("", 0, ""), ("choices", 0, "")]
    assert checked.form is not None


def test_dates_and_numbers_that_excel_keeps_in_its_own_way_are_told(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["survey"]["D4"] = date(2026, 11, 23)
        book["settings"]["C2"] = 2026.10

    checked = check(saved(tmp_path / "a.xlsx", change))

    assert _of(checked, Mistake.DATE_CELL) == [("survey", 4, "guidance_hint")]
    assert _of(checked, Mistake.VERSION_NUMBER) == [("settings", 2, "version")]
    assert "2026.1" in str([one.text for one in checked.findings])


def test_a_version_that_is_a_whole_number_is_no_trouble(tmp_path: Path) -> None:
    checked = check(saved(tmp_path / "a.xlsx", lambda book: book["settings"].__setitem__("C2", 2026)))

    assert checked.findings == ()
    assert checked.form is not None
    assert checked.form.version == "2026"


def test_spaces_around_words_and_empty_rows_do_no_harm(tmp_path: Path) -> None:
    def pad(book: Any) -> None:
        book["survey"]["B2"] = " grade\xa0 "
        book["survey"]["A1"] = "type "
        book["survey"].insert_rows(3, 4)

    checked = check(saved(tmp_path / "a.xlsx", pad))

    assert checked.findings == ()
    assert checked.form is not None
    assert "/data/grade" in checked.form.xml


def test_a_sheet_with_another_name_or_without_rows_is_told(tmp_path: Path) -> None:
    misspelt = check(saved(tmp_path / "a.xlsx", lambda book: setattr(book["survey"], "title", "Servey")))
    emptied = check(saved(tmp_path / "b.xlsx", lambda book: book["survey"].delete_rows(1, 99)))
    no_choices = check(saved(tmp_path / "c.xlsx", lambda book: book.remove(book["choices"])))
    no_settings = check(saved(tmp_path / "d.xlsx", lambda book: book.remove(book["settings"])))

    assert "Is servey the sheet of questions?" in _only(misspelt)[1]
    assert _of(emptied, Mistake.EMPTY_SHEET) == [("survey", 0, "")]
    assert len(_of(no_choices, Mistake.UNKNOWN_LIST)) == 2
    assert len(_of(no_settings, Mistake.NO_SETTING)) == 3


@pytest.mark.parametrize(
    ("data", "mistake", "words"),
    [
        ("type,name,label\ntext,a,Café\n".encode("cp1252"), Mistake.NOT_UTF8, "line 2"),
        ("type,name,label\ntext,a,A\n".encode("utf-16"), Mistake.NOT_UTF8, "UTF-16"),
        (b"type;name;label\ntext;a;A\n", Mistake.BROKEN_CSV, "semicolons"),
        (b"type\tname\tlabel\ntext\ta\tA\n", Mistake.BROKEN_CSV, "tabs"),
        (b'type,name,label\ntext,a,"A\n', Mistake.BROKEN_CSV, "quotation mark"),
        (b"type,name\0,label\n", Mistake.NOT_UTF8, "not a text file"),
    ],
)
def test_a_csv_file_saved_in_another_way_is_told(tmp_path: Path, data: bytes, mistake: Mistake, words: str) -> None:
    folder = a_folder(tmp_path, SURVEY)
    (folder / "survey.csv").write_bytes(data)

    found, said = _only(check(folder))

    assert (found, words in said, "CSV UTF-8" in said or "spreadsheet" in said) == (mistake, True, True)


def test_an_empty_csv_file_and_a_folder_without_one_are_told(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "a", SURVEY)
    (folder / "survey.csv").write_bytes(b"")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "servey.csv").write_text("type,name\n")

    assert _of(check(folder), Mistake.EMPTY_SHEET) == [("survey", 0, "")]
    assert "Is servey the sheet of questions?" in _only(check(tmp_path / "b"))[1]


def test_a_cell_longer_than_a_spreadsheet_keeps_is_told(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, SURVEY)
    written = io.StringIO()
    csv.writer(written).writerows([["type", "name", "label"], ["note", "a", "long " * 40_000]])
    (folder / "survey.csv").write_text(written.getvalue())

    assert _of(check(folder), Mistake.LONG_CELL) == [("survey", 2, "label")]


def test_text_made_to_slow_the_checker_down_does_not(tmp_path: Path) -> None:
    rows = "\n".join(
        f"| text | q{number} | {'${' * 3_000} | {'(' * 5_000} | {' or '.join(['1'] * 3_000)} |" for number in range(20)
    )
    started = time.perf_counter()

    checked = check(a_folder(tmp_path, f"| type | name | label | relevant | constraint |\n{rows}"))

    assert len(_of(checked, Mistake.BAD_RULE)) >= 20
    assert time.perf_counter() - started < 15


def test_groups_within_groups_without_end_are_told(tmp_path: Path) -> None:
    begins = "\n".join(f"| begin_group | g{number} | G |" for number in range(1_000))
    ends = "\n".join(["| end_group | | |"] * 1_000)

    checked = check(a_folder(tmp_path, f"| type | name | label |\n{begins}\n| text | q | Q |\n{ends}"))

    assert checked.form is None
    assert ("survey", 17, "type") in _of(checked, Mistake.TOO_DEEP)


def test_names_that_are_all_wrong_are_compared_in_time(tmp_path: Path) -> None:
    rows = "\n".join(f"| text | question_{number} | Q | ${{questoin_{number}}} = 1 |" for number in range(1_500))
    started = time.perf_counter()

    checked = check(a_folder(tmp_path, f"| type | name | label | relevant |\n{rows}"))

    assert len(_of(checked, Mistake.UNKNOWN_QUESTION)) == 100
    assert time.perf_counter() - started < 30


def test_pictures_and_lists_beside_a_form_must_be_of_use(tmp_path: Path) -> None:
    survey = """
        | type                           | name | label | guidance_hint | media::image | parameters |
        | select_one_from_file towns.csv | q    | Town  | Look.         | map.tiff     |            |
        | select_one_from_file towns.csv | r    | Town  | Look.         |              | value=code label=town |
        | select_one_from_file old.csv   | s    | Town  | Look.         |              |            |
    """
    folder = a_folder(tmp_path, survey)
    (folder / "media").mkdir()
    (folder / "media" / "map.tiff").write_bytes(b"II*")
    (folder / "media" / "towns.csv").write_text("code,town\n1,North\n", encoding="utf-8")
    (folder / "media" / "old.csv").write_bytes("name,label\n1,Café\n".encode("cp1252"))

    checked = check(folder)

    assert _of(checked, Mistake.PICTURE_FORMAT) == [("survey", 2, "media::image")]
    assert _of(checked, Mistake.BAD_FILE) == [("survey", 2, "type")] * 2
    assert _of(checked, Mistake.NOT_UTF8) == [("survey", 4, "type")]
