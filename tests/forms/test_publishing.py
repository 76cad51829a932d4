"""A workbook with slips in it is refused with sheet, row, column and what to write instead."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from qaf_desktop.forms.lint.excel import MAX_FILE_BYTES
from qaf_desktop.forms.lint.findings import Finding, FormRefused
from qaf_desktop.forms.publish.workbook import publish
from qaf_desktop.forms.published import PublishedForm
from tests.forms.tables import GRADES, SETTINGS, a_folder, a_form, findings_of, rows_of

SURVEY = """
    | type             | name  | label | guidance_hint | relevant | calculation          |
    | select_one grade | grade | Grade | Think first.  |          |                      |
    | text             | why   | Why   |               |          |                      |
    | calculate        | n     |       |               |          | string-length(${why}) |
"""


def a_workbook(path: Path, survey: str = SURVEY, settings: list[list[object]] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in rows_of(survey):
        sheet.append(row)
    choices = book.create_sheet("choices")
    for row in rows_of(GRADES):
        choices.append(row)
    others = book.create_sheet("settings")
    for line in settings or rows_of(SETTINGS):
        others.append(line)
    book.create_sheet("Notes").append(["Anything may stand here"])
    book.save(path)
    return path


def serious_of(survey: str, settings: str = SETTINGS) -> list[Finding]:
    return [finding for finding in findings_of(survey, settings=settings) if finding.serious]


def refusal(source: Path) -> FormRefused:
    with pytest.raises(FormRefused) as raised:
        publish(source)
    return raised.value


def test_the_same_source_gives_the_same_form(tmp_path: Path) -> None:
    folder = publish(a_folder(tmp_path / "a", SURVEY))
    again = publish(a_folder(tmp_path / "b", SURVEY))
    workbook = publish(a_workbook(tmp_path / "a.xlsx"))

    assert folder == again
    assert folder.sha256 == again.sha256 == workbook.sha256


def test_a_form_travels_as_content_and_its_hash_is_worked_out_afresh(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, SURVEY)
    (folder / "media").mkdir()
    (folder / "media" / "face_1.svg").write_bytes(b"<svg/>")
    form = publish(folder)
    content = form.to_content()

    elsewhere = PublishedForm.from_content(content)
    there = PublishedForm.from_content(content, {form.pictures["face_1.svg"]: b"<svg/>"})

    assert (elsewhere.media, elsewhere.sha256) == ({}, form.sha256)
    assert there == form
    assert PublishedForm.from_content({**content, "xml": "<other/>"}).sha256 != form.sha256


@pytest.mark.parametrize(
    ("survey", "row", "column", "words"),
    [
        ("| type | name | label | relevent |\n| text | a | A | 1 = 1 |", 1, "relevent", "Is relevant meant?"),
        ("| type | name | label |\n| note | | Hello |", 2, "name", "no name"),
        ("| type | name | label |\n| text | a b | A |", 2, "name", "cannot be used"),
        ("| type | name | label |\n| text | a | A |\n| text | a | B |", 3, "name", "twice"),
        ("| type | name | label |\n| geopoint | a | A |", 2, "type", "address as text"),
        ("| type | name | label |\n| txt | a | A |", 2, "type", "cannot be used here"),
        ("| type | name | label |\n| select_one grades | a | A |", 2, "type", "no choice list called grades"),
        ("| type | name | label | relevant |\n| text | a | A | ${b} = 1 |", 2, "relevant", "no question called b"),
        ("| type | name | label | relevant |\n| text | a | A | 1 == 1 |", 2, "relevant", "Write one ="),
        ("| type | name | label | relevant |\n| text | a | A | ${a |", 2, "relevant", "never ended"),
        ("| type | name | label | calculation |\n| text | a | A | SUM(1) |", 2, "calculation", "small letters"),
        ("| type | name | label | calculation |\n| text | a | A | random() |", 2, "calculation", "nothing is random"),
        ("| type | name | label | calculation |\n| text | a | A | cht:x() |", 2, "calculation", "other programs"),
        ("| type | name | label | required |\n| text | a | A | ye |", 2, "required", "Write yes or no"),
        ("| type | name | label | constraint |\n| text | a | A | . = b |", 2, "constraint", "For the text write 'b'"),
        ("| type | name | label |\n| text | a | Hello ${nobody} |", 2, "label", "no question called nobody"),
        ("| type | name | label |\n| begin_group | g | G |\n| text | a | A |", 2, "type", "never ended"),
        ("| type | name | label |\n| text | a | A |\n| end_group | | |", 3, "type", "none is open"),
        (
            "| type | name | label |\n| begin_repeat | r | R |\n| begin_repeat | s | S |\n| text | a | A |\n"
            "| end_repeat | | |\n| end_repeat | | |",
            3,
            "type",
            "inside another repeat",
        ),
        ("| type | name | label | media::image |\n| text | a | A | no.png |", 2, "media::image", "not in the media"),
        ("| type | name | label |\n| select_one_from_file x.csv | a | A |", 2, "type", "x.csv is not in the media"),
        (
            "| type | name | label | parameters |\n| select_one grade | a | A | randomize=true |",
            2,
            "parameters",
            "order",
        ),
        ("| type | name | label | trigger |\n| text | a | A | |", 1, "trigger", "Use a calculation"),
    ],
)
def test_a_slip_is_found_where_it_is(survey: str, row: int, column: str, words: str) -> None:
    serious = [finding for finding in findings_of(survey) if finding.serious]

    assert [(finding.sheet, finding.row, finding.column) for finding in serious] == [("survey", row, column)]
    assert words in str(serious[0])


def test_an_unknown_appearance_is_advice_and_no_refusal() -> None:
    survey = """
        | type | name | label | appearance |
        | text | a    | A     | sparkling  |
    """

    found = [finding for finding in findings_of(survey) if finding.column == "appearance"]

    assert [finding.serious for finding in found] == [False]
    assert a_form(survey).form_id == "a_form"


def test_rules_that_go_round_in_a_circle_name_their_questions() -> None:
    found = serious_of("""
        | type      | name | label | calculation |
        | calculate | a    |       | ${b} + 1    |
        | calculate | b    |       | ${c} + 1    |
        | calculate | c    |       | ${a} + 1    |
    """)

    assert len(found) == 1
    assert found[0].row in (2, 3, 4)
    assert sorted(found[0].text.removesuffix(" wait for each other.").rpartition(": ")[2].split(", ")) == [
        "a",
        "b",
        "c",
    ]


def test_a_group_that_hides_itself_by_its_own_answer_is_refused() -> None:
    found = serious_of("""
        | type        | name | label | relevant    |
        | begin_group | g    | G     | ${q} != 'x' |
        | text        | q    | Q     |             |
        | end_group   |      |       |             |
    """)

    assert len(found) == 1
    assert (found[0].row, found[0].column) == (2, "relevant")
    assert "reads q, which lies inside it" in found[0].text


def test_the_profile_must_name_what_is_in_the_form() -> None:
    settings = """
        | form_title | form_id | version | kind  | overall_question | area_prefix | actions_repeat | grade_list | print_groups |
        | A          | a       | 1       | audit | overal           | dm          | actions        | grades     | cd           |
    """  # noqa: E501 - a table, one column a setting

    found = serious_of(SURVEY, settings=settings)

    assert [(finding.sheet, finding.column) for finding in found] == [
        ("settings", "overall_question"),
        ("settings", "actions_repeat"),
        ("settings", "print_groups"),
        ("settings", "grade_list"),
        ("settings", "area_prefix"),
        ("settings", "area_prefix"),
    ]


def test_the_profile_says_what_the_questions_mean() -> None:
    form = a_form(
        """
        | type             | name     | label   |
        | begin_group      | dm       | DM      |
        | select_one grade | dm_grade | Grade   |
        | text             | dm_why   | Why     |
        | end_group        |          |         |
        | begin_repeat     | actions  | Actions |
        | text             | what     | What    |
        | end_repeat       |          |         |
        """,
        settings="""
        | form_title | form_id | version | kind  | overall_question | area_prefix | actions_repeat | child_view |
        | A          | a       | 1       | audit | dm_grade         | dm          | actions        | yes        |
        """,
    )

    profile = form.profile

    assert (profile.kind, profile.overall_question, profile.areas) == ("audit", "dm_grade", ("dm",))
    assert (profile.actions_repeat, profile.child_view) == ("actions", True)


def test_a_version_or_date_that_excel_would_change_is_refused(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "a.xlsx", settings=[["form_title", "form_id", "version"], ["A", "a", 2026.1]])
    other = openpyxl.load_workbook(a_workbook(tmp_path / "b.xlsx"))
    other["survey"]["E2"] = date(2026, 11, 23)
    other.save(tmp_path / "b.xlsx")

    version, day = refusal(book), refusal(tmp_path / "b.xlsx")

    assert "2026.10 and 2026.1 are the same number" in version.findings[0].why
    assert (day.findings[0].row, day.findings[0].column) == (2, "relevant")


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, SURVEY)
    survey = folder / "survey.csv"
    survey.write_bytes(b"\xef\xbb\xbf" + survey.read_bytes())

    assert publish(folder).form_id == "a_form"


def test_a_file_in_an_old_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, SURVEY)
    (folder / "survey.csv").write_bytes("type,name,label\ntext,a,Café\n".encode("cp1252"))

    finding = refusal(folder).findings[0]

    assert (finding.sheet, "line 2" in finding.text, "UTF-8" in finding.advice) == ("survey", True, True)


def test_a_comma_without_quotation_marks_is_seen(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, SURVEY)
    (folder / "survey.csv").write_text("type,name,label\ntext,a,One, two\n", encoding="utf-8")

    finding = refusal(folder).findings[0]

    assert (finding.row, "under no heading" in finding.text) == (2, True)


def test_a_file_that_is_no_workbook_is_told_from_one_with_a_password(tmp_path: Path) -> None:
    (tmp_path / "fake.xlsx").write_text("hello")
    (tmp_path / "locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (tmp_path / "empty.xlsx").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as other:
        other.writestr("a.txt", "not a workbook")

    said = {name: str(refusal(tmp_path / f"{name}.xlsx")) for name in ("fake", "locked", "empty", "other")}

    assert "is not one" in said["fake"]
    assert "password" in said["locked"]
    assert "is empty" in said["empty"]
    assert "cannot be opened" in said["other"]


def test_a_missing_file_and_a_folder_without_questions_are_told(tmp_path: Path) -> None:
    (tmp_path / "servey.csv").write_text("type,name,label\n")

    assert "There is no file called none.xlsx" in str(refusal(tmp_path / "none.xlsx"))
    assert "it holds servey.csv" in str(refusal(tmp_path))
    (tmp_path / "form.ods").write_text("x")
    assert "not a workbook this program can read" in str(refusal(tmp_path / "form.ods"))


def test_a_misspelt_sheet_is_told_with_the_sheets_there_are(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(a_workbook(tmp_path / "a.xlsx"))
    book["survey"].title = "servey"
    book.save(tmp_path / "a.xlsx")

    assert "its sheets are servey, choices, settings, Notes" in str(refusal(tmp_path / "a.xlsx"))


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(11):
            parts.writestr(f"{number}.xml", b"\0" * MAX_FILE_BYTES)
    (tmp_path / "bomb.xlsx").write_bytes(packed.getvalue())

    assert "unpacks to more than" in str(refusal(tmp_path / "bomb.xlsx"))


def test_other_asks_for_text_in_a_form_of_one_language() -> None:
    form = a_form("""
        | type                      | name | label |
        | select_one grade or_other | a    | A     |
    """)

    assert "/data/a_other" in form.xml


def test_the_first_choice_need_not_fill_every_column() -> None:
    form = a_form(
        """
        | type             | name | label::English (en) | label::Polski (pl) |
        | select_one grade | q    | Grade               | Ocena              |
        """,
        """
        | list_name | name | label::English (en) | label::Polski (pl) | score |
        | grade     | good | Good                |                    |       |
        | grade     | poor | Poor                | Słaba              | 1     |
        """,
    )

    assert "<score>1</score>" in form.xml
    assert "Słaba" in form.xml
