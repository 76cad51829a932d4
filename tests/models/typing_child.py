"""A program that types without end and says what is safe; the test kills it. Run with: path, key in hexadecimal."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.keys import StoreKey
from qaf_desktop.models.drafts import Save
from qaf_desktop.models.store import Store
from tests.builders import an_audit


def main(path: Path, key: StoreKey) -> None:
    """Each line printed is a promise: this answer, or this sealed paper, is on the disk."""
    store = Store.open(path, key, clock=lambda: datetime.now(UTC))
    with store.work() as work:
        draft = work.drafts.start(kind=Kind.AUDIT, form_id="f", form_version="1")
    print("draft", draft.id, flush=True)  # noqa: T201
    number = 0
    while True:
        number += 1
        slot = f"/data/q{number % 7}"
        with store.work() as work:
            work.drafts.save(draft.id, [Save(slot, f"answer {number} " * 40)], by="TM-02", caret=slot)
        print("saved", slot, number, flush=True)  # noqa: T201
        if number % 10 == 0:
            with store.work() as work:
                record = work.records.seal(an_audit())
            print("sealed", record.id, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), StoreKey(bytes.fromhex(sys.argv[2])))
