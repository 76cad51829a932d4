"""Cut lines, lost replies, killed programs, a crashed server: every record arrives exactly once."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time

import pytest

from qaf_desktop.centre import migrate
from qaf_desktop.centre.embedded import EmbeddedServer
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.store import Store
from qaf_desktop.sync import failures
from tests.centres import COUNCIL, Centre, add_demo_people
from tests.faults.exactly_once import exactly_once, truthful
from tests.faults.wires import wire_to
from tests.sync.laptops import CountingLine, address_of

KILLS = 5


def test_a_reply_lost_after_the_commit_adds_nothing(laptop, centre):
    audits = [laptop.seal() for _ in range(5)]
    with wire_to(centre.server.port) as wire:
        line = LosingLine(address_of(centre, "TM-01", port=wire.port), laptop.password, wire)
        cut = laptop.sync(line=line)
        at_the_centre = centre.count()
        states = laptop.states()

    assert isinstance(cut.problem, failures.NoNetwork)
    assert at_the_centre == 5
    assert states == {SendState.READY: 5}

    outcome = laptop.sync()

    assert outcome.confirmed == 5
    exactly_once(centre, audits)


class LosingLine(CountingLine):
    """Loses what the centre answers to a push."""

    def __init__(self, address, password, wire):
        super().__init__(address, password, [])
        self._wire = wire

    def push(self, records):
        self._wire.lose_replies = True
        return super().push(records)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_line_that_breaks_in_the_middle_loses_and_doubles_nothing(laptop, centre, share):
    audits = [laptop.seal(words="The plan was clear. " * 300) for _ in range(30)]
    with wire_to(centre.server.port) as wire:
        laptop.address = address_of(centre, "TM-01", port=wire.port)
        laptop_line = laptop.line()
        laptop_line.hello("0.1.0", [])
        laptop_line.close()
        wire.break_after = wire.passed + int(share * sum(len(audit.body) for audit in audits))
        cut = laptop.sync()
        truthful(centre, laptop, audits)

    laptop.address = address_of(centre, "TM-01")
    outcome = laptop.sync()

    assert isinstance(cut.problem, failures.CentreProblem)
    assert cut.problem.retries_itself
    assert outcome.problem is None
    assert laptop.states() == {SendState.CONFIRMED: 30}
    exactly_once(centre, audits)


def test_a_sync_killed_at_random_moments_sends_everything_exactly_once(laptop, centre):
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    audits = [laptop.seal(words="The plan was clear. " * 500) for _ in range(150)]
    laptop.store.close()

    for _ in range(KILLS):
        child = start_sync(laptop)
        time.sleep(chance.uniform(0.0, 0.35))
        child.kill()
        child.communicate()
    child = start_sync(laptop)
    told, _ = child.communicate(timeout=60)

    laptop.store = Store.open(laptop.store.path, laptop.key, clock=laptop.store._clock)
    assert child.returncode == 0, f"seed {seed}"
    assert "Synced: " in told, f"seed {seed}"
    assert laptop.states() == {SendState.CONFIRMED: 150}, f"seed {seed}"
    assert laptop.store.faults() == ()
    exactly_once(centre, audits)


def start_sync(laptop) -> subprocess.Popen[str]:
    """Start the child and return once it begins to sync."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.syncing_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = {
        "store": str(laptop.store.path),
        "key": laptop.key.hex(),
        "lock": str(laptop.folder / "sync"),
        "address": vars(laptop.address),
        "password": laptop.password,
    }
    child.stdin.write(json.dumps(told) + "\n")
    child.stdin.flush()
    assert child.stdout.readline() == "ready\n"
    return child


@pytest.mark.parametrize("step", ["hello", "push", "pull", "check"])
def test_a_sync_stopped_at_any_step_is_truthful_and_goes_on_later(laptop, centre, step):
    audits = [laptop.seal() for _ in range(60)]
    steps = []

    laptop.sync(lambda progress: steps.append(progress.step), lambda: step in steps)
    truthful(centre, laptop, audits)
    outcome = laptop.sync()

    assert outcome.problem is None
    assert laptop.states() == {SendState.CONFIRMED: 60}
    exactly_once(centre, audits)


def test_a_centre_that_crashes_in_the_middle_keeps_what_it_said_it_received(new_laptop):
    with EmbeddedServer(durable=True) as server:
        server.create_database("centre")
        with server.office("centre") as office:
            migrate.init(office, council=COUNCIL)
            admitted = add_demo_people(office)
        centre = Centre(server, "centre", admitted)
        laptop = new_laptop("TM-01")
        laptop.address, laptop.password = address_of(centre, "TM-01"), centre.password("TM-01")
        audits = [laptop.seal() for _ in range(60)]
        batches = []

        def crash_after_the_first_batch(progress):
            if progress.step == "push":
                batches.append(progress.done)
                if progress.done:
                    server.crash()

        crashed = laptop.sync(crash_after_the_first_batch)
        states = laptop.states()
        server.start()
        laptop.address = address_of(centre, "TM-01")
        truthful(centre, laptop, audits)
        outcome = laptop.sync()

        assert crashed.problem.retries_itself
        assert states == {SendState.RECEIVED: 25, SendState.READY: 35}
        assert outcome.problem is None
        exactly_once(centre, audits)
        centre.close_offices()


def test_two_laptops_of_one_person_syncing_at_once_both_complete(new_laptop, centre):
    laptops = [new_laptop("TM-01"), new_laptop("TM-01")]
    audits = [laptop.seal() for laptop in laptops for _ in range(40)]
    outcomes = []

    threads = [threading.Thread(target=lambda laptop=laptop: outcomes.append(laptop.sync())) for laptop in laptops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for laptop in laptops:
        laptop.sync()

    assert [outcome.problem for outcome in outcomes] == [None, None]
    exactly_once(centre, audits)
    assert all(all(laptop.holds(*audits)) for laptop in laptops)
