"""The whole main job through the real windows, as the demonstration plays it, on a computer without a display."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the demonstration leaves behind."""
    folder = tmp_path_factory.mktemp("demo") / "output"
    without_display = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    played = subprocess.run(
        [sys.executable, "-m", "qaf_desktop", "demo", "--output", str(folder)],
        cwd=ROOT,
        env=without_display,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert played.stderr == ""
    return folder


def test_what_was_sealed_is_confirmed_and_the_centre_holds_the_same_words(output: Path) -> None:
    summary = json.loads((output / "summary.json").read_text(encoding="utf-8"))

    assert summary["audit"]["state"] == summary["feedback"]["state"] == "confirmed"
    assert summary["audit"]["case_id"] == summary["feedback"]["case_id"]
    assert summary["centre"]["same_hashes"] == {"audit": True, "feedback": True}
    assert summary["sending"]["ready"] == summary["sending"]["held_back"] == 0
    assert summary["centre"]["records"] >= 14


@pytest.mark.parametrize("name", ["audit.pdf", "feedback.pdf"])
def test_the_paper_is_tagged_and_says_what_it_is_a_copy_of(output: Path, name: str) -> None:
    pdf = (output / name).read_bytes()

    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf
    assert b"/Marked true" in pdf


def test_every_scene_left_a_picture(output: Path) -> None:
    pictures = sorted(path.name for path in output.glob("*.png"))

    assert len(pictures) >= 20
    assert all(re.match(r"\d\d-", name) for name in pictures)
    assert all((output / name).stat().st_size > 5_000 for name in pictures)


def test_nothing_else_was_left_behind(output: Path) -> None:
    kinds = {path.suffix for path in output.iterdir()}

    assert kinds == {".pdf", ".png", ".json", ".txt"}


def test_a_folder_with_something_of_ones_own_is_never_cleared(tmp_path: Path) -> None:
    thesis = tmp_path / "precious" / "thesis.txt"
    thesis.parent.mkdir()
    thesis.write_text("years of work")

    refused = subprocess.run(
        [sys.executable, "-m", "qaf_desktop", "demo", "--output", str(thesis.parent)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert refused.returncode == 1
    assert "Nothing in it was touched" in refused.stderr
    assert thesis.read_text() == "years of work"
