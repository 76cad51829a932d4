"""The program is killed while somebody types: nothing that was acknowledged is missing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qaf_desktop.domain.ids import DraftId, RecordId
from qaf_desktop.domain.keys import StoreKey
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.store import Store
from tests.stores import StoppedClock

ROOT = Path(__file__).parents[2]


def _killed_while_typing(path: Path, key: StoreKey, after_seconds: float) -> list[list[str]]:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.models.typing_child", str(path), key.hex()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    first = child.stdout.readline() + child.stdout.readline()  # it has begun, and saved once
    time.sleep(after_seconds)
    child.kill()
    rest, _ = child.communicate()
    # The last line may be cut off by the kill: it was not a whole promise.
    return [line.split() for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


@pytest.mark.parametrize("seed", range(6))
def test_nothing_acknowledged_is_missing_after_a_kill(
    store: Store, store_key: StoreKey, clock: StoppedClock, seed: int
) -> None:
    store.close()

    promises = _killed_while_typing(store.path, store_key, random.Random(seed).uniform(0.05, 0.4))

    again = Store.open(store.path, store_key, clock=clock)
    draft_id = DraftId(next(words[1] for words in promises if words[0] == "draft"))
    newest = {words[1]: int(words[2]) for words in promises if words[0] == "saved"}
    sealed = [RecordId(words[1]) for words in promises if words[0] == "sealed"]
    with again.look() as work:
        answers, _ = work.drafts.saved(draft_id)
        held = {slot: int(value.split()[1]) for slot, value in answers.items()}
        caret = work.drafts.get(draft_id).caret
        assert len(newest) > 0
        assert all(held[slot] >= number for slot, number in newest.items())
        assert sum(held.values()) - sum(newest.values()) <= max(held.values())  # at most one answer nobody heard of
        assert held[caret] == max(held.values())
        for id in sealed:
            assert work.records.get(id).id == id
            assert work.outbox.state(id) is SendState.READY
            assert work.projections.of_record(id) is not None
        assert work.projections.count() == sum(work.outbox.counts().values()) >= len(sealed)
    assert again.faults() == ()
    again.close()
