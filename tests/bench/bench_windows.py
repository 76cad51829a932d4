"""Opening the shipped audit and going through its sections in the real windows: how long, and how long in one piece."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from subprocess import PIPE

from PySide6.QtWidgets import QApplication

from qaf_desktop.app.pages import Pages
from qaf_desktop.ui.audit.audit_view import AuditView
from tests.bench import laptops, table
from tests.bench.starting import Hands, Painted

ROUNDS = 3
ROOT = Path(__file__).parents[2]


def main() -> None:
    """A process for each round: what is made once is made in it."""
    opening: list[float] = []
    longest: list[float] = []
    sections: dict[str, list[float]] = {}
    pieces: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        laptop = laptops.with_passphrase(Path(folder))
        for _ in range(ROUNDS):
            words = [sys.executable, "-m", "tests.bench.bench_windows", folder, laptop.draft]
            told = subprocess.run(words, cwd=ROOT, env=laptop.environment, check=True, stdout=PIPE, text=True).stdout
            for line in told.splitlines():
                name, whole, piece = line.split()
                if name == "open":
                    opening.append(float(whole))
                    longest.append(float(piece))
                else:
                    sections.setdefault(name, []).append(float(whole))
                    pieces.setdefault(name, []).append(float(piece))
    middle = {name: statistics.median(times) for name, times in sections.items()}
    worst = max(middle, key=lambda name: middle[name])
    piece = max(statistics.median(times) for times in pieces.values())
    say = table.milliseconds
    table.row("a half-filled audit opened from my work, painted", say(statistics.median(opening)), aim="≤ 150 ms")
    table.row("  longest piece of it on the window's thread", say(statistics.median(longest)), aim="≤ 50 ms")
    table.row(f"a section shown for the first time ({len(middle)}), median", say(statistics.median(middle.values())))
    table.row(f"  the slowest of them ({worst})", say(middle[worst]))
    table.row("  longest piece of any on the window's thread", say(piece), aim="≤ 50 ms")


def show(folder: Path, draft: str) -> None:
    """One process: open the audit, then every section in turn as soon as the last one is painted."""
    hands = Hands(folder)
    hands.to_the_door()
    hands.wait(2)
    hands.through_the_door(laptops.PASSPHRASE)
    hands.wait(1)
    watch = Watch(hands.application)
    hands.until = watch.until  # type: ignore[method-assign]
    begun = time.perf_counter()
    hands.into_the_draft(draft)
    print("open", time.perf_counter() - begun, watch.longest)  # noqa: T201
    window = hands.program.window
    assert window is not None
    view = window.current_page()
    assert isinstance(view, AuditView)
    assert isinstance(hands.program.pages, Pages)
    hands.wait(1)
    while True:
        before = view.current_section()
        watch.longest = 0.0
        begun = time.perf_counter()
        view.section_step_requested.emit(1)
        watch.longest = time.perf_counter() - begun
        page = view.page(view.current_section())
        if page is None or view.current_section() == before:
            break
        painted = Painted(page.viewport())
        page.viewport().update()
        watch.until(lambda painted=painted: painted.yes)
        name = view.current_section().rpartition("/")[2]
        print(name, time.perf_counter() - begun, watch.longest)  # noqa: T201
        hands.wait(0.5)
    hands.end()


class Watch:
    """Lets the program work, and remembers the longest piece the window's thread worked without looking up."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self.longest = 0.0

    def until(self, happened) -> None:
        end = time.monotonic() + 60
        while not happened():
            if time.monotonic() > end:
                raise TimeoutError
            self.longest = max(self.longest, table.took(self._application.processEvents))
            time.sleep(0.0005)


if __name__ == "__main__":
    show(Path(sys.argv[1]), sys.argv[2])
