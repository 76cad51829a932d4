"""The words an author types: check, publish and export, and what they answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qaf_desktop.__main__ import main
from qaf_desktop.forms.publish.workbook import publish
from tests.forms.tables import a_folder
from tests.forms.workbooks import SURVEY, saved

SLIPS = "| type | name | label | relevent |\n| text | my q | \u202eA\x1b[2J | 1 = 1 |"


def test_a_good_form_is_told_to_be_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["forms", "check", str(saved(tmp_path / "a.xlsx"))])

    assert code == 0
    assert capsys.readouterr().out == f"{tmp_path / 'a.xlsx'} (a_form 2026.1): no errors, no warnings\n"


def test_each_finding_says_where_what_why_and_what_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["forms", "check", str(a_folder(tmp_path / "a", SLIPS)), str(a_folder(tmp_path / "b", SURVEY))])

    said = capsys.readouterr().out
    assert code == 1
    assert "error    Sheet survey, row 1, column relevent: relevent\n" in said
    assert "           Is relevant meant?\n" in said
    assert "Rules and records could not name the question." in said
    assert f"{tmp_path / 'b'} (a_form 2026.1): no errors, no warnings" in said
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_tools_read_the_same_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["forms", "check", "--json", str(a_folder(tmp_path / "a", SLIPS)), str(tmp_path / "none.xlsx")])

    first, second = json.loads(capsys.readouterr().out)
    found = next(one for one in first["findings"] if one["mistake"] == "bad-name")
    assert code == 1
    assert (first["errors"], first["form_id"], second["findings"][0]["mistake"]) == (3, None, "no-file")
    assert set(found) == {
        "mistake", "severity", "sheet", "row", "column", "offending", "text", "why", "instead",
    }  # fmt: skip
    assert (found["severity"], found["sheet"], found["row"], found["column"], found["offending"]) == (
        "error",
        "survey",
        2,
        "name",
        "my q",
    )


def test_a_star_is_followed_where_the_shell_does_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        a_folder(tmp_path / name, SURVEY)

    code = main(["forms", "check", str(tmp_path / "*")])

    assert (code, capsys.readouterr().out.count("no errors")) == (0, 2)


def test_warnings_do_not_stop_a_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = a_folder(tmp_path / "a", "| type | name | label | appearance |\n| text | q | Q | sparkling |")

    code = main(["forms", "check", str(folder)])

    assert code == 0
    assert "no errors, 4 warnings" in capsys.readouterr().out
    assert main(["forms", "publish", str(folder), "--to", str(tmp_path / "a.xml")]) == 0
    assert (tmp_path / "a.xml").read_text(encoding="utf-8") == publish(folder).xml


def test_a_form_is_exported_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, to = a_folder(tmp_path / "a", SURVEY), tmp_path / "a.xlsx"

    first = main(["forms", "export", str(folder), "--to", str(to)])
    again = main(["forms", "export", str(folder), "--to", str(to)])

    assert (first, again) == (0, 1)
    assert "It was left as it is." in capsys.readouterr().err
    assert publish(to) == publish(folder)
