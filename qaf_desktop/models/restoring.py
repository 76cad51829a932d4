"""After damage or loss, yesterday's copy is opened again; what is in the way is set aside, never deleted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from qaf_desktop.domain.keys import StoreKey
from qaf_desktop.models.backups import BackupUnusable, faults_in
from qaf_desktop.models.cipher import engine_for
from qaf_desktop.models.copies import Backup
from qaf_desktop.models.store import Store
from qaf_desktop.models.store_lock import StoreLock
from qaf_desktop.models.store_problems import StoreInUse
from qaf_desktop.models.unit_of_work import UnitOfWork


def restore(backup: Backup, path: Path, key: StoreKey, *, clock: Callable[[], datetime]) -> Store:
    """Open a backup copy in the place of the store.

    What is there now stays beside it under another name. The restored store is another device from its first moment
    (its old numbers may be in use already) and does not sync until its person agrees.

    Raises:
        BackupUnusable: the copy is damaged, or the key is not its key; nothing was changed.
        StoreInUse: the store is open somewhere; nothing was changed.
    """
    lock = StoreLock(path)
    if not lock.take():
        raise StoreInUse
    try:
        part = path.with_name(path.name + ".restoring")
        _prepare(backup, part, key, clock())
        _set_aside(path, clock())
        part.replace(path)
        lock.remember(key)
    finally:
        lock.free()
    return Store.open(path, key, clock=clock)


def _prepare(backup: Backup, part: Path, key: StoreKey, now: datetime) -> None:
    try:
        if faults_in(backup.path, key):
            raise _unusable()
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        shutil.copyfile(backup.path, part)
        engine = engine_for(part, key)
        try:
            with engine.begin() as connection:
                meta = UnitOfWork(connection, now).meta
                meta.new_device()
                meta.needs_consent_to_sync = True
        finally:
            engine.dispose()
    except (driver.Error, OSError):
        part.unlink(missing_ok=True)
        raise _unusable() from None


def _set_aside(path: Path, now: datetime) -> None:
    name = f"{path.name}.set-aside-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for ending in ("", "-wal", "-shm"):
        there = path.with_name(path.name + ending)
        if there.exists():
            there.replace(path.with_name(name + ending))


def _unusable() -> BackupUnusable:
    return BackupUnusable(
        "This backup copy cannot be opened.",
        safe="Nothing was changed.",
        next_step="Try an older copy, or tell your IT service.",
    )
