"""Power fails, batteries die: what was committed is there, and one goes on where one was."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qaf_desktop import paths
from qaf_desktop.domain.people import Person, Role, Team
from qaf_desktop.models.store import Store
from qaf_desktop.services import audits, setting_up
from qaf_desktop.services.forms import shipped_forms
from tests.journeys.laptop import ALPHABET
from tests.stores import StoppedClock

PASSPHRASE = "seven quiet boats on the grey water"
TIMES = 50 if os.environ.get("QAF_FULL_COUNTS") else 3
ROOT = Path(__file__).parents[2]


@pytest.fixture
def laptop(tmp_path: Path, clock: StoppedClock) -> Path:
    """A laptop with one audit just begun."""
    path = paths.below(tmp_path).store
    store = setting_up.create_with_passphrase(path, PASSPHRASE, clock)
    me = Person("TM-02", "", "Team manager", Role.TM, "FSE")
    store.do(setting_up.say_who_works_here, me, None, [Team("FSE", "East", "Family Safeguarding")])
    store.do(setting_up.keep_forms, shipped_forms(paths.shipped("forms")))
    store.do(audits.start_audit, "child_practice_audit")
    store.close()
    return tmp_path


def _run(job: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.laptop", job, str(folder), PASSPHRASE],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )


def test_nothing_committed_is_lost_when_the_program_is_killed_while_typing(laptop: Path) -> None:
    chance = random.Random(20261123)
    before = 0

    for _ in range(TIMES):
        typing = _run("type", laptop)
        assert typing.stdout is not None
        acknowledged = int(typing.stdout.readline())
        end = time.monotonic() + chance.uniform(0.05, 1.5)
        os.set_blocking(typing.stdout.fileno(), False)
        while time.monotonic() < end:
            for line in typing.stdout.readlines():
                acknowledged = int(line)
            time.sleep(0.01)
        typing.send_signal(signal.SIGKILL)
        typing.wait()
        os.set_blocking(typing.stdout.fileno(), True)
        for line in typing.stdout.readlines():
            if line.endswith("\n"):
                acknowledged = int(line)
        typing.stdout.close()
        typing.stderr.close()  # type: ignore[union-attr]

        found = _look(laptop)

        assert len(found["value"]) >= acknowledged > before
        assert set(found["value"]) <= set(ALPHABET)
        assert found["caret"] == found["in_front"] == "cf_story"
        assert "did not close properly" in found["said"]
        before = len(found["value"])

    store = setting_up.open_with_passphrase(paths.below(laptop).store, PASSPHRASE, StoppedClock())
    assert store.faults() == ()
    store.close()


def test_an_orderly_end_needs_no_words_about_recovery(laptop: Path) -> None:
    _look(laptop)

    again = _look(laptop)

    assert again["said"] == ""


def _look(folder: Path) -> dict[str, str]:
    looking = _run("look", folder)
    told, errors = looking.communicate(timeout=120)
    assert looking.returncode == 0, errors
    seen: dict[str, str] = json.loads(told.splitlines()[-1])
    return seen


def test_the_store_is_opened_by_one_program_at_a_time(laptop: Path) -> None:
    typing = _run("type", laptop)
    assert typing.stdout is not None
    typing.stdout.readline()

    with pytest.raises(Exception, match="open"):
        Store.open(
            paths.below(laptop).store,
            setting_up.key_from_passphrase(paths.below(laptop).store, PASSPHRASE),
            clock=StoppedClock(),
        )

    typing.kill()
    typing.communicate()
