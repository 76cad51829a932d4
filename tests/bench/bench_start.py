"""From a double click to the locked door, and to typing in the last audit: whole processes beside a bare window."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE

from tests.bench import laptops, table

ROUNDS = 7
PAUSE_SECONDS = 3.0
"""How long somebody takes to type a passphrase of seven words, at the very least."""
ROOT = Path(__file__).parents[2]
BARE = Path(__file__).with_name("bare_window.py")


def main() -> None:
    """Interleaved, so that a busy moment on this computer falls on all alike; medians."""
    bare: list[float] = []
    door: list[float] = []
    at_once: list[float] = []
    after_a_while: list[float] = []
    stretching: list[float] = []
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        with_passphrase = laptops.with_passphrase(Path(one))
        with_keyring = laptops.with_keyring(Path(two))
        key = laptops.key_of(with_passphrase).hex()
        for _ in range(ROUNDS):
            stretching.append(table.took(lambda: laptops.key_of(with_passphrase)))
            bare += moments([str(BARE), str(with_passphrase.store), key], with_passphrase.environment)
            door += moments(["-m", "tests.bench.starting", "door", one], with_passphrase.environment)
            words = ["-m", "tests.bench.starting", "typing", two, with_keyring.draft, "", "0"]
            at_once.append(moments(words, with_keyring.environment)[-1])
            words = ["-m", "tests.bench.starting", "typing", one, with_passphrase.draft, laptops.PASSPHRASE]
            shown, pressed, _, typed = moments([*words, str(PAUSE_SECONDS)], with_passphrase.environment)
            after_a_while.append(shown + typed - pressed - stretching[-1])
    table.times_row("start to the locked door", door, bare, "≤ 1.5")
    table.times_row("start to typing in the last audit, waited for", after_a_while, bare, "≤ 3")
    table.times_row("the same by a robot that presses Unlock at once", at_once, bare, "–")
    table.row("  scrypt, on purpose, not counted above", table.milliseconds(statistics.median(stretching)))


def moments(words: list[str], environment: Mapping[str, str]) -> list[float]:
    """The moments a process told, in seconds since it was started."""
    begun = time.monotonic()
    told = subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True, stdout=PIPE, text=True)
    return [float(line) - begun for line in told.stdout.splitlines()]


if __name__ == "__main__":
    main()
