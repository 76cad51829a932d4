"""A form comes back as a workbook that publishes to the same form, whatever its texts begin with."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaf_desktop.forms.lint.opening import read_sheets
from qaf_desktop.forms.publish.exporting import CannotExport, export
from qaf_desktop.forms.publish.workbook import check, publish
from tests.forms.tables import a_folder
from tests.forms.workbooks import SURVEY

FORMS = Path(__file__).parents[2] / "resources" / "forms"
DANGEROUS = ("=1+1", "+44", "-", "@here", "=cmd|' /C calc'!A0", "'quoted", "#REF!x", "_x0041_", "1e5", "0012", "TRUE")


@pytest.mark.parametrize("source", sorted(FORMS.iterdir()), ids=lambda path: path.name)
def test_a_shipped_form_comes_back_as_the_same_form(source: Path, tmp_path: Path) -> None:
    exported = export(source, tmp_path / "form.xlsx")

    again = publish(exported.workbook)

    assert again == publish(source)
    assert again.sha256 == exported.form.sha256
    assert check(exported.workbook).findings == check(source).findings


def test_an_exported_workbook_helps_its_author(tmp_path: Path) -> None:
    source = a_folder(tmp_path / "form", SURVEY)

    export(source, tmp_path / "form.xlsx")

    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    survey = book["survey"]
    offered = {str(one.sqref): one.formula1 for one in survey.data_validations.dataValidation}
    assert book.sheetnames == ["survey", "choices", "settings", "Lists", "Notes for authors"]
    assert (survey.freeze_panes, survey.auto_filter.ref) == ("C2", "A1:F5")
    assert survey["C2"].alignment.wrap_text
    assert survey.column_dimensions["D"].width > 50
    assert offered["A2:A500"].startswith("Lists!$A$2:")
    assert "select_one grade" in [cell.value for cell in book["Lists"]["A"]]
    assert [one.sqref for one in book["choices"].data_validations.dataValidation]
    assert any("Never change it" in str(row[1].value) for row in book["Notes for authors"].iter_rows())


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    rows = "\n".join(
        f"| note | n{number} | {text.replace('|', chr(92) + '|')} |" for number, text in enumerate(DANGEROUS)
    )
    source = a_folder(tmp_path / "form", f"| type | name | label |\n{rows}")

    exported = export(source, tmp_path / "form.xlsx")

    cells = [row[2] for row in openpyxl.load_workbook(exported.workbook)["survey"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells[:4]] == [True] * 4
    assert publish(exported.workbook).xml == publish(source).xml


def test_pictures_go_with_the_workbook(tmp_path: Path) -> None:
    source = a_folder(tmp_path / "form", "| type | name | label | media::image |\n| note | n | Hello | a.svg |")
    (source / "media").mkdir()
    (source / "media" / "a.svg").write_bytes(b"<svg/>")

    exported = export(source, tmp_path / "copy.xlsx")

    assert exported.media is not None
    assert (exported.media / "a.svg").read_bytes() == b"<svg/>"
    assert publish(exported.workbook).media == publish(source).media


def test_pictures_of_another_form_nearby_are_not_taken_along(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "other.svg").write_bytes(b"<svg/>")
    source = a_folder(tmp_path / "form", SURVEY)

    exported = export(source, tmp_path / "form.xlsx")

    assert publish(exported.workbook).media == {}


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    source = a_folder(tmp_path / "form", SURVEY)
    (tmp_path / "form.xlsx").write_bytes(b"mine")

    with pytest.raises(CannotExport, match="already something called form"):
        export(source, tmp_path / "form.xlsx")
    with pytest.raises(CannotExport, match="does not end in"):
        export(source, tmp_path / "form.csv")
    with pytest.raises(CannotExport, match="cannot be written"):
        export(source, tmp_path / "nowhere" / "form.xlsx")

    assert (tmp_path / "form.xlsx").read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["form", "form.xlsx"]


_TEXT = st.one_of(
    st.sampled_from(DANGEROUS),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=40).filter(
        lambda text: text.strip() and "${" not in text
    ),
)
_ROWS = st.lists(
    st.tuples(st.sampled_from(("text", "note", "integer", "select_one grade")), _TEXT, _TEXT), min_size=1, max_size=6
)


@settings(max_examples=40, deadline=None)
@given(_ROWS)
def test_any_small_form_comes_back_as_the_same_form(rows: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = a_folder(folder / "form", "| type | name | label | guidance_hint |")
        written = [
            f"{kind},q{place},{_quoted(label)},{_quoted(more)}" for place, (kind, label, more) in enumerate(rows)
        ]
        (source / "survey.csv").write_text("\n".join(["type,name,label,guidance_hint", *written]), encoding="utf-8")
        checked = check(source)
        if checked.form is None:
            return

        exported = export(source, folder / "form.xlsx")

        assert publish(exported.workbook).sha256 == checked.form.sha256
        assert [row.cells for row in read_sheets(exported.workbook).survey] == [
            row.cells for row in read_sheets(source).survey
        ]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
