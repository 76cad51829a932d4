"""A separate program that opens a store and syncs it, so that a test can kill it at any moment."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from qaf_desktop.domain.keys import StoreKey
from qaf_desktop.models.store import Store
from qaf_desktop.sync.conversation import Conversation
from qaf_desktop.sync.line import CentreAddress, Line


def main() -> None:
    told = json.loads(sys.stdin.readline())
    store = Store.open(Path(told["store"]), StoreKey(bytes.fromhex(told["key"])), clock=lambda: datetime.now(UTC))
    line = Line(CentreAddress(**told["address"]), told["password"])
    conversation = Conversation(store, lambda: line, lock_path=Path(told["lock"]), program_version="0.1.0")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    outcome = conversation.run()
    sys.stdout.write(f"{outcome.confirmed} {outcome.sentence}\n")


if __name__ == "__main__":
    main()
