"""The encrypted store: everything this computer holds about people's practice and children's words."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from qaf_desktop.domain.keys import StoreKey
from qaf_desktop.models.backups import faults_in, is_due, prune, take
from qaf_desktop.models.cipher import connect, engine_for
from qaf_desktop.models.copies import Backup, backups_of
from qaf_desktop.models.schema import HEAD
from qaf_desktop.models.store_lock import StoreLock
from qaf_desktop.models.store_problems import (
    StoreDamaged,
    StoreExists,
    StoreInUse,
    StoreLocked,
    StoreMissing,
    StoreNewer,
    StoreUnwritable,
    problem_for,
)
from qaf_desktop.models.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]

_NOT_A_DATABASE = 26  # SQLITE_NOTADB: to SQLCipher a wrong key and a damaged first page look the same


class Store:
    """One encrypted file, one program, one writer at a time; usable from any thread.

    ``clock`` gives the moment with its offset; everything that happens in one unit of work happens at one moment.
    """

    def __init__(self, path: Path, key: StoreKey, lock: StoreLock, clock: Clock) -> None:
        """Not for callers: a store comes from :meth:`create` or :meth:`open`."""
        self.path = path
        self._key = key
        self._engine = engine_for(path, key)
        self._readers = engine_for(path, key, reading=True)
        self._lock = lock
        self._clock = clock
        self._writing = threading.Lock()
        self._writer: int | None = None

    @classmethod
    def create(cls, path: Path, key: StoreKey, *, clock: Clock) -> Store:
        """Make a new store with today's tables and a device id of its own.

        Raises:
            StoreExists: there is one already; it is not touched.
            StoreInUse: another program is making one.
            StoreFull, StoreUnwritable: the disk does not take it; nothing is left behind.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _held(path) as lock:
            if path.exists():
                raise StoreExists(path)
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            store = cls(path, key, lock, clock)
            try:
                lock.remember(key)
                with store._said_in_words():
                    _upgrade(store._engine)
                with store.work() as work:
                    work.meta.new_device()
            except BaseException:
                store._engine.dispose()
                _remove_files(path)
                raise
            return store

    @classmethod
    def open(cls, path: Path, key: StoreKey, *, clock: Clock) -> Store:
        """Open a store, moving its tables to today's when it is older (after an encrypted copy was taken).

        Raises:
            StoreMissing: no store is there.
            StoreInUse: another program has it open.
            StoreLocked: the key is not its key.
            StoreNewer: a newer program made it.
            StoreDamaged: it cannot be read; its ``backups`` can be restored.
        """
        if not path.exists():
            raise StoreMissing(backups_of(path))
        with _held(path) as lock:
            version = _version_of(path, key, lock)
            store = cls(path, key, lock, clock)
            try:
                if version != HEAD:
                    store._move_on(version)
            except BaseException:
                store._engine.dispose()
                raise
            return store

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """One action, all or nothing: committed at the end, rolled back when anything is raised.

        One writer at a time; others wait their turn. What the disk or the file refuses is raised as a ``Problem``.
        """
        if self._writer == threading.get_ident():
            raise RuntimeError("a unit of work is already open in this thread")
        with self._writing:
            self._writer = threading.get_ident()
            try:
                with self._said_in_words(), self._engine.begin() as connection:
                    yield UnitOfWork(connection, self._clock())
            finally:
                self._writer = None

    @contextmanager
    def look(self) -> Iterator[UnitOfWork]:
        """One moment of the store, for reading only: waits for no writer and keeps none waiting."""
        with self._said_in_words(reading=True), self._readers.connect() as connection:
            yield UnitOfWork(connection, self._clock())

    def do(self, deed: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do one deed in one unit of work and return what it returns."""
        with self.work() as work:
            return deed(work, *args, **kwargs)

    def back_up(self) -> Backup:
        """Take an encrypted copy now and delete the copies nobody needs any more. Safe beside running work."""
        with self._said_in_words():
            backup = take(self.path, self._key, self._clock())
        prune(self.path)
        return backup

    def back_up_if_due(self) -> Backup | None:
        """Take today's copy, unless there is one."""
        return self.back_up() if is_due(self.path, self._clock()) else None

    def faults(self) -> tuple[str, ...]:
        """Read every page and say what is wrong with the file; nothing when it is whole. Takes a moment."""
        with self._said_in_words():
            return faults_in(self.path, self._key)

    def close(self) -> None:
        """Fold the last work into the file and let it go. Safe to repeat."""
        with self._writing:
            self._readers.dispose()
            self._engine.dispose()
            self._lock.free()

    def _move_on(self, version: str) -> None:
        from qaf_desktop.models.migrations.moving import knows  # noqa: PLC0415 - see _upgrade

        if not knows(version):
            raise StoreNewer
        with self._said_in_words():
            take(self.path, self._key, self._clock(), before_update=True)
        prune(self.path)
        with self._said_in_words():
            _upgrade(self._engine)

    @contextmanager
    def _said_in_words(self, *, reading: bool = False) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, driver.Error) as error:
            problem = problem_for(error, backups_of(self.path))
            if problem is None or (reading and isinstance(problem, StoreUnwritable)):
                raise  # a fault of ours: for example, writing while only looking
            # The driver's own error is left out of the chain: nothing of it helps a person, and it may quote.
            raise problem from None


@contextmanager
def _held(path: Path) -> Iterator[StoreLock]:
    """The store's lock, kept when the block succeeds and freed when it does not."""
    lock = StoreLock(path)
    if not lock.take():
        raise StoreInUse
    try:
        yield lock
    except BaseException:
        lock.free()
        raise


def _version_of(path: Path, key: StoreKey, lock: StoreLock) -> str:
    """The migration mark of a store, read before anything is changed."""
    backups = backups_of(path)
    try:
        connection = connect(path, key)
    except driver.Error as error:
        if getattr(error, "sqlite_errorcode", None) == _NOT_A_DATABASE:
            raise _locked_or_damaged(key, lock, backups) from None
        if (problem := problem_for(error, backups)) is not None:
            raise problem from None
        raise
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except driver.Error as error:
        # An empty file opens with any key and has no tables: what was in it is gone.
        if "no such table" in str(error):
            raise StoreDamaged(backups) from None
        if (problem := problem_for(error, backups)) is not None:
            raise problem from None
        raise
    finally:
        connection.close()
    if row is None:
        raise StoreDamaged(backups)
    return str(row[0])


def _locked_or_damaged(key: StoreKey, lock: StoreLock, backups: tuple[Backup, ...]) -> StoreLocked | StoreDamaged:
    known = lock.knows(key)
    if known is None:
        known = any(_opens(backup.path, key) for backup in backups[:1])
    return StoreDamaged(backups) if known else StoreLocked()


def _opens(path: Path, key: StoreKey) -> bool:
    try:
        connect(path, key).close()
    except driver.Error:
        return False
    return True


def _upgrade(engine: Engine) -> None:
    # Imported here: alembic costs a third of a second that no ordinary opening should pay.
    from qaf_desktop.models.migrations.moving import upgrade  # noqa: PLC0415

    with engine.connect() as connection:
        switch = connection.connection.cursor()
        # A step may make a table anew, and dropping the old one would take with it all that refers to it.
        switch.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            upgrade(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise RuntimeError("a migration left rows that refer to nothing")
        switch.execute("PRAGMA foreign_keys = ON")
        switch.close()


def _remove_files(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
