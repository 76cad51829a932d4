"""The command line, as the IT service and form authors type it, against a real centre and a real store."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from qaf_desktop import paths
from qaf_desktop.__main__ import main
from tests.centres import Centre

PASSPHRASE = "six brass lanterns by the canal"


@pytest.fixture
def administrator(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How the administrator's commands begin."""
    monkeypatch.setenv("PGPASSWORD", centre.server.administrator_password)
    return ["centre", "--database", centre.server.address(centre.database)]


def _say(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_laptop_is_enrolled_and_synced_from_the_terminal_alone(
    administrator: list[str],
    centre: Centre,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text(centre.server.ca_pem, encoding="ascii")
    enrolment, laptop = tmp_path / "enrolment.json", ["--folder", str(tmp_path / "laptop")]
    assert main([*administrator, "team", "add", "EAST", "East team", "--service", "Safeguarding"]) == 0
    assert main([*administrator, "person", "add", "Team manager east", "--role", "TM", "--team", "EAST"]) == 0
    printed = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if "  " in line)
    form = str(paths.shipped("forms", "child_practice_audit"))
    assert main([*administrator, "form", "publish", form]) == 0
    assert main([*administrator, "calendar", "load", str(paths.shipped("demo", "calendar.csv"))]) == 0
    written = [
        "enrol",
        printed["code"],
        str(enrolment),
        "--host",
        centre.server.host,
        "--port",
        str(centre.server.port),
    ]
    assert main([*administrator, *written, "--ca", str(authority)]) == 0

    _say(monkeypatch, PASSPHRASE, printed["password"])
    assert main([*laptop, "enrol", str(enrolment)]) == 0
    _say(monkeypatch, PASSPHRASE)
    assert main([*laptop, "sync"]) == 0

    assert printed["password"] not in enrolment.read_text(encoding="utf-8")
    assert "belongs to" in capsys.readouterr().out


def test_new_references_are_handed_out_once(administrator: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*administrator, "refs", "new", "5"]) == 0
    first = capsys.readouterr().out.split()
    assert main([*administrator, "refs", "new", "5"]) == 0
    second = capsys.readouterr().out.split()

    assert len({*first, *second}) == 10
    assert all(len(reference) == 8 and reference.startswith("CH-") for reference in first)


def test_a_centre_checks_itself(administrator: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*administrator, "check"]) == 0

    assert "LOOK" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["person", "add", "Somebody", "--role", "KING"], "no role"),
        (["person", "add", "Somebody", "--role", "TM", "--team", "NOWHERE"], "no team"),
        (["person", "deactivate", "XX-99"], "Nobody has that staff code"),
        (["form", "publish", "/nowhere/at/all"], ""),
        (["calendar", "load", "/nowhere/at/all.csv"], ""),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    administrator: list[str], capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code = main([*administrator, *words])

    told = capsys.readouterr().err
    assert code == 1
    assert said in told
    assert told.strip().endswith(".")
    assert "Traceback" not in told


def test_a_centre_that_is_not_there_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["centre", "--database", "host=127.0.0.1 port=9 dbname=none", "check"])

    assert code == 1
    assert "Nobody answers" in capsys.readouterr().err


def test_sync_before_there_is_a_store_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--folder", str(tmp_path), "sync"])

    assert code == 1
    assert "qaf-desktop enrol" in capsys.readouterr().err


def test_a_form_is_tried_without_a_window(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = tmp_path / "steps.json"
    steps.write_text(json.dumps([{"op": "set", "ref": "/data/cd/cd_child_ref", "value": "not a reference"}]))
    form = str(paths.shipped("forms", "child_practice_audit"))

    code = main(["forms", "try", form, "--answers", str(steps), "--now", "2026-11-23T09:00", "--json"])

    tried = json.loads(capsys.readouterr().out)
    assert code == 0
    assert tried["status"] == "success"
    assert len(tried["snapshots"]) == 2
    before, after = (
        next(state for state in snapshot if state["ref"] == "/data/cd/cd_child_ref") for snapshot in tried["snapshots"]
    )
    assert set(before) == {"ref", "relevant", "required", "readonly", "value", "valid"}
    assert (before["value"], before["valid"], before["required"]) == ("", True, True)
    assert (after["value"], after["valid"]) == ("not a reference", False)


@pytest.mark.parametrize("content", ["", "{", '"a word"', "[1, 2]"])
def test_an_answers_file_that_is_not_steps_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    steps = tmp_path / "steps.json"
    steps.write_text(content)

    code = main(["forms", "try", str(paths.shipped("forms", "feedback_child_8_12")), "--answers", str(steps)])

    assert code == 1
    assert "steps.json" in capsys.readouterr().err


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("not a folder")

    code = main(["--folder", str(tmp_path / "file"), "sync"])

    assert code == 1
    assert "cannot be used" in capsys.readouterr().err


def test_without_a_display_the_window_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    code = main(["--folder", str(tmp_path)])

    assert code == 1
    assert "no display" in capsys.readouterr().err


@pytest.mark.usefixtures("qapp")  # the doctor would start an application of its own, and there can be only one
def test_a_computer_that_keeps_its_key_behind_a_passphrase_is_healthy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--folder", str(tmp_path), "doctor"])

    told = capsys.readouterr().out
    assert code == 0
    assert "Keyring: DOES NOT WORK" in told
    assert "Store: works" in told
