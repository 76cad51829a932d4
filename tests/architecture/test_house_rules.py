"""The house rules a machine can check: short files, one-line rooms, public hosts only."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FILE_LINES = 400


def _tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def test_every_file_can_be_read_in_one_go() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in _tracked("qaf_desktop/*.py", "tests/*.py", "qaf_desktop/*.sql")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE_LINES
    }

    assert too_long == {}


def test_a_room_holds_its_sentence_and_nothing_else() -> None:
    for path in _tracked("qaf_desktop/**/__init__.py", "qaf_desktop/__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body

        assert len(body) == 1, path
        assert isinstance(body[0], ast.Expr), path


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in _tracked("qaf_desktop/*.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_the_lock_file_names_only_the_public_index() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))

    assert hosts == {"pypi.org", "files.pythonhosted.org"}


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager"])
def test_no_room_is_called_after_nothing(word: str) -> None:
    named = [path for path in _tracked("qaf_desktop/*") if word in {path.stem, *path.relative_to(ROOT).parts}]

    assert named == []
