"""Fixtures every test may use: a real encrypted store, a clock that stands still, and a keyring that forgets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.errors import PasswordDeleteError

from qaf_desktop.domain.keys import StoreKey, new_store_key
from qaf_desktop.domain.people import Person, Role, Team
from qaf_desktop.models.store import Store


@dataclass
class StoppedClock:
    """Says the same moment until it is moved on: Monday 23 November 2026, nine in the morning."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move_on(self, **how_far: float) -> datetime:
        """``clock.move_on(minutes=5)``; any argument of ``timedelta``."""
        self.now += timedelta(**how_far)
        return self.now


class MemoryKeyring(KeyringBackend):
    """A safe that lasts as long as the test; it passes the contract of the real ones."""

    @properties.classproperty
    def priority(self) -> float:
        """Not to be found by itself: only a test that asks for it has a safe."""
        raise RuntimeError

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("there is no such password")


TEAMS = (
    Team("AST-N", "Assessment North", "Assessment"),
    Team("CIC-1", "Children in Care One", "Care"),
)
ME = Person("TM-02", "u7f3a91", "Terry Manager", Role.TM, "AST-N")
COLLEAGUE = Person("SW-11", "u02bb10", "Sam Worker", Role.SW, "AST-N")


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def me() -> Person:
    return ME


@pytest.fixture
def store_key() -> StoreKey:
    return new_store_key()


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "qaf" / "work.store"


@pytest.fixture
def store(store_path: Path, store_key: StoreKey, clock: StoppedClock, me: Person) -> Iterator[Store]:
    """A fresh store that belongs to ``me``, with a small directory."""
    made = Store.create(store_path, store_key, clock=clock)
    with made.work() as work:
        work.people.replace([me, COLLEAGUE], TEAMS)
        work.people.set_me(me)
    yield made
    made.close()


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """The computer's safe for this test only."""
    before = keyring.get_keyring()
    safe = MemoryKeyring()
    keyring.set_keyring(safe)
    yield safe
    keyring.set_keyring(before)
