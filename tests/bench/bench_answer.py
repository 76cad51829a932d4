"""A letter typed in the real window until it is safely committed, beside one raw commit to the same kind of file."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from subprocess import PIPE

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from qaf_desktop.domain.keys import new_store_key
from qaf_desktop.models import cipher
from qaf_desktop.ui.audit.audit_presenter import AuditPresenter
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.questions.question import Question
from tests.bench import laptops, table
from tests.bench.starting import Hands

TIMES = 60
ROOT = Path(__file__).parents[2]


def main() -> None:
    """One process; each letter beside one raw commit, so that a busy moment falls on both alike."""
    with tempfile.TemporaryDirectory() as folder:
        laptop = laptops.with_keyring(Path(folder))
        words = [sys.executable, "-m", "tests.bench.bench_answer", folder, laptop.draft]
        told = subprocess.run(words, cwd=ROOT, env=laptop.environment, check=True, stdout=PIPE, text=True).stdout
    rows = [[float(figure) for figure in line.split()] for line in told.splitlines()]
    key, waited, saved, bare = (list(column) for column in zip(*rows, strict=True))
    table.times_row("a letter typed: the window's thread, until it is shown", key, bare, "≤ 50 ms")
    table.times_row("focus leaves an answer: until the window knows it is safe", saved, bare, "–")
    ahead = f"{1000 * statistics.median(waited):.0f} ({1000 * table.p95(waited):.0f}) ms"
    table.row("a letter typed: the same, with the wait for more letters", ahead, aim="≤ 300 ms and one commit")


def show(folder: Path, draft: str) -> None:
    """Type into the first long answer of an open audit, and tell what each letter took."""
    hands = Hands(folder)
    hands.to_the_door()
    hands.through_the_door("")
    hands.into_the_draft(draft)
    window = hands.program.window
    assert window is not None
    view = window.current_page()
    assert isinstance(view, AuditView)
    view.jump_requested.emit("/data/cf/cf_story")
    hands.wait(0.5)
    paper = hands.application.focusWidget()
    assert isinstance(paper, QPlainTextEdit | QTextEdit), paper
    drafting = hands.program.pages.presenter_of(view, AuditPresenter).drafting
    raw = cipher.connect(folder / "raw.store", new_store_key())
    raw.execute("PRAGMA journal_mode = WAL").fetchone()
    raw.execute("CREATE TABLE answer (slot TEXT PRIMARY KEY, value TEXT)")
    question = view.question_in_focus()
    assert isinstance(question, Question)
    told = QEventLoop()
    drafting.saved.connect(told.quit)
    for _ in range(TIMES):
        begun = time.perf_counter()
        hands.type_once(paper)
        shown = time.perf_counter()
        told.exec()
        committed = time.perf_counter()
        hands.type_once(paper)
        left = time.perf_counter()
        drafting.save_now()
        told.exec()
        saved = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (question.item.slot, question.item.value))
        raw.execute("COMMIT")
        ended = time.perf_counter()
        print(shown - begun, committed - begun, saved - left, ended - saved)  # noqa: T201
        hands.wait(0.02)
    raw.close()
    hands.end()


if __name__ == "__main__":
    show(Path(sys.argv[1]), sys.argv[2])
