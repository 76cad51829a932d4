"""Resident memory of the whole program with one audit open, in the parts it is made of."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE

from tests.bench import laptops, table
from tests.bench.starting import Hands

ROUNDS = 3
AIM_MEGABYTES = 250
ROOT = Path(__file__).parents[2]
BARE = Path(__file__).with_name("bare_window.py")


def main() -> None:
    """A process for each round; medians."""
    if not Path("/proc/self/status").exists():
        table.row("resident memory", "this system does not tell it", aim=f"< {AIM_MEGABYTES} MB")
        return
    bare: list[float] = []
    ours: list[list[float]] = []
    with tempfile.TemporaryDirectory() as folder:
        laptop = laptops.with_keyring(Path(folder))
        with tempfile.TemporaryDirectory() as other:
            beside = laptops.with_passphrase(Path(other))
            for _ in range(ROUNDS):
                words = [str(BARE), str(beside.store), laptops.key_of(beside).hex(), "memory"]
                bare.append(_figures(words, beside.environment)[-1])
        for _ in range(ROUNDS):
            words = ["-m", "tests.bench.bench_memory", folder, laptop.draft]
            ours.append(_figures(words, laptop.environment))
    least = statistics.median(bare)
    door, work, audit, all_sections = (statistics.median(part) for part in zip(*ours, strict=True))
    table.row("resident: the locked door", _mb(door), _mb(least), door / least)
    table.row("resident: my work listed", _mb(work), _mb(least), work / least)
    table.row("resident: one audit open", _mb(audit), _mb(least), audit / least, f"< {AIM_MEGABYTES} MB")
    table.row("resident: every section of it looked at", _mb(all_sections), _mb(least), all_sections / least)


def show(folder: Path, draft: str) -> None:
    """One process that prints its resident memory at four moments."""
    hands = Hands(folder)
    hands.to_the_door()
    print(resident_megabytes())  # noqa: T201
    hands.wait(2)
    hands.through_the_door("")
    hands.wait(1)
    print(resident_megabytes())  # noqa: T201
    hands.into_the_draft(draft)
    hands.wait(1)
    print(resident_megabytes())  # noqa: T201
    window = hands.program.window
    assert window is not None
    view = window.current_page()
    while view.current_section():
        view.section_step_requested.emit(1)
        hands.wait(0.2)
    print(resident_megabytes())  # noqa: T201
    hands.end()


def resident_megabytes() -> float:
    """What this process holds in memory now."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def _figures(words: list[str], environment: Mapping[str, str]) -> list[float]:
    told = subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True, stdout=PIPE, text=True)
    return [float(line) for line in told.stdout.splitlines()]


def _mb(megabytes: float) -> str:
    return f"{megabytes:.0f} MB"


if __name__ == "__main__":
    show(Path(sys.argv[1]), sys.argv[2])
