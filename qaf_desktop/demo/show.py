"""The demonstration: a council of its own while it lasts, then the window – or, without a display, the play."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from qaf_desktop import paths
from qaf_desktop.app.program import Program
from qaf_desktop.app.surroundings import has_display
from qaf_desktop.demo.council import Council, open_council
from qaf_desktop.demo.hands import notice_faults
from qaf_desktop.demo.laptops import ME, fill_the_council, set_up
from qaf_desktop.demo.pictures import every_screen
from qaf_desktop.demo.play import Play
from qaf_desktop.problems import Problem
from qaf_desktop.security.passphrase import generated
from qaf_desktop.services.setting_up import keep_forms

Say = Callable[[str], None]

OURS = "README.txt"
"""By this file the demonstration knows a folder again as its own."""


def run(output: Path, say: Say) -> int:
    """Open the window of a throw-away laptop; without a display play the main job and leave paper and pictures."""
    seen = has_display() and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    if not seen:
        _make_room(output)
    with _laptop(say) as (council, folder, passphrase):
        application = _application(seen)
        program = Program(application, paths.below(folder))
        program.crash.install() if seen else notice_faults()
        program.begin()
        if seen:
            say(f"\nThe passphrase of this throw-away store is:\n\n    {passphrase}\n")
            application.exec()
            program.close()
            return 0
        told = Play(program, passphrase, output, say).perform()
        _close(program)
        summary = output / "summary.json"
        summary.write_text(json.dumps(_summary(told, council), indent=1), encoding="utf-8")
    say(f"Everything is in {output}/: {', '.join(sorted(path.name for path in output.iterdir()))}")
    return 0


def take_pictures(output: Path, say: Say) -> int:
    """A picture of every screen in every theme and at twice the text size."""
    _make_room(output)
    with _laptop(say) as (_, folder, passphrase):
        application = _application(seen=False)
        program = Program(application, paths.below(folder))
        notice_faults()
        program.begin()
        every_screen(program, passphrase, output, say)
        _close(program)
    return 0


def _end_in_order() -> None:
    """Whoever ends the demonstration from outside must not leave its PostgreSQL running."""

    def end(number: int, _frame: object) -> None:
        application = QApplication.instance()
        if application is not None and QThread.currentThread().loopLevel() > 0:
            application.quit()
        else:
            raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)


@contextmanager
def _laptop(say: Say) -> Iterator[tuple[Council, Path, str]]:
    """A council that answers and my laptop in it, both gone afterwards."""
    _end_in_order()
    place = Path(tempfile.mkdtemp(prefix="qaf-demo-"))
    try:
        say("Starting a council of its own: PostgreSQL with TLS, people, teams, forms …")
        with open_council() as council:
            passphrase = generated()
            folder = place / ME
            mine = set_up(council, ME, folder, passphrase)
            say("Its people make their audits on their own laptops, and sync …")
            try:
                fill_the_council(council, mine, place)
                council.move_on()
                mine.store.do(keep_forms, council.forms)
            finally:
                mine.close()
            yield council, folder, passphrase
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _summary(told: Mapping[str, Any], council: Council) -> Mapping[str, Any]:
    return {
        **told,
        "centre": {
            "records": council.holds("record"),
            "same_hashes": {
                name: council.hash_of(told[name]["record_id"]) == told[name]["content_hash"]
                for name in ("audit", "feedback")
            },
        },
    }


def _application(seen: bool) -> QApplication:
    if not seen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("QAF Desktop")
    return application


def _close(program: Program) -> None:
    if program.window is not None:
        program.window.close()
    program.close()


class NotOurs(Problem):
    """The folder for the demonstration's output holds something else."""


def _make_room(output: Path) -> None:
    """An empty folder for paper and pictures; only what an earlier demonstration left there is cleared away."""
    ours = output / OURS
    if output.is_dir() and any(output.iterdir()) and not ours.exists():
        raise NotOurs(
            f"The folder {output.name} holds something that is not the demonstration’s.",
            safe="Nothing in it was touched.",
            next_step="Choose another folder with --output, or empty this one yourself.",
        )
    if output.is_dir():
        shutil.rmtree(output)
    output.mkdir(parents=True)
    ours.write_text(
        "What is in this folder was made by a demonstration and goes with the next one.\n", encoding="utf-8"
    )
