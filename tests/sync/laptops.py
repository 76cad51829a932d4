"""Laptops with real encrypted stores, enrolled at a real centre."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qaf_desktop.domain.envelope import Kind, Record
from qaf_desktop.domain.ids import RecordId, new_case_id
from qaf_desktop.domain.keys import StoreKey, new_store_key
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.records import NewRecord
from qaf_desktop.models.store import Store
from qaf_desktop.sync.conversation import Conversation, Progress, SyncOutcome
from qaf_desktop.sync.line import CentreAddress, Line
from tests.centres import Centre

VERSION = "0.1.0"


def address_of(centre: Centre, code: str, **other: object) -> CentreAddress:
    """Where the centre is for one person; ``other`` replaces parts, to get them wrong."""
    right = CentreAddress(
        centre.server.host, centre.server.port, centre.database, centre.login(code), centre.server.ca_pem
    )
    return replace(right, **other)


@dataclass
class Laptop:
    """One person's computer. ``address`` and ``password`` may be changed to break the line."""

    centre: Centre
    code: str
    folder: Path
    key: StoreKey
    store: Store
    address: CentreAddress
    password: str
    calls: list[str] = field(default_factory=list)

    def seal(self, kind: Kind = Kind.AUDIT, *, words: str = "The plan was clear.", **more: object) -> Record:
        new = NewRecord(
            kind=kind, case_id=new_case_id(), team="NORTH", summary={"overall": "G"}, content={"why": words}
        )
        with self.store.work() as work:
            return work.records.seal(replace(new, **more))

    def line(self) -> Line:
        return CountingLine(self.address, self.password, self.calls)

    def sync(
        self,
        on_progress: Callable[[Progress], None] = lambda progress: None,
        cancelled: Callable[[], bool] = lambda: False,
        line: Line | None = None,
        version: str = VERSION,
    ) -> SyncOutcome:
        made = line or self.line()
        try:
            conversation = Conversation(
                self.store, lambda: made, lock_path=self.folder / "sync", program_version=version
            )
            return conversation.run(on_progress, cancelled)
        finally:
            made.close()

    def state(self, record: Record | RecordId) -> SendState | None:
        with self.store.look() as work:
            return work.outbox.state(record if isinstance(record, str) else record.id)

    def states(self) -> dict[SendState, int]:
        """Only the states some record is in."""
        with self.store.look() as work:
            return {state: count for state, count in work.outbox.counts().items() if count}

    def reason(self, record: Record) -> str:
        with self.store.look() as work:
            return next(line.reason for line in work.outbox.lines(1000, 0) if line.record_id == record.id)

    def holds(self, *records: Record) -> list[bool]:
        """Whether the words of each of these are here."""
        with self.store.look() as work:
            return [work.records.has_body(record.id) for record in records]

    def knows(self, *records: Record) -> list[bool]:
        """Whether each of these is here, with or without its words."""
        with self.store.look() as work:
            known = work.records.known([record.id for record in records])
        return [record.id in known for record in records]


class CountingLine(Line):
    """A line that remembers what was asked: one call is one round trip."""

    def __init__(self, address: CentreAddress, password: str, calls: list[str]) -> None:
        super().__init__(address, password)
        self.asked = calls

    def _ask(self, question, **words):
        self.asked.append(str(question).partition("api.")[2].partition("(")[0])
        return super()._ask(question, **words)


@pytest.fixture
def new_laptop(centre: Centre, tmp_path: Path) -> Iterator[Callable[[str], Laptop]]:
    """``new_laptop("TM-01")``: an enrolled computer with an empty store."""
    made: list[Laptop] = []

    def make(code: str = "TM-01") -> Laptop:
        folder = tmp_path / f"laptop-{len(made)}"
        key = new_store_key()
        store = Store.create(folder / "work.store", key, clock=lambda: datetime.now(UTC))
        with store.work() as work:
            work.people.set_me(centre.people[code].person)
        made.append(Laptop(centre, code, folder, key, store, address_of(centre, code), centre.password(code)))
        return made[-1]

    yield make
    for laptop in made:
        laptop.store.close()


@pytest.fixture
def laptop(new_laptop: Callable[[str], Laptop]) -> Laptop:
    """The computer of the team manager of the north team."""
    return new_laptop("TM-01")
