"""Drafts live on one laptop only, so yesterday's copies of the store are kept beside it, encrypted like itself."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from qaf_desktop.domain.keys import StoreKey
from qaf_desktop.models.cipher import connect
from qaf_desktop.models.copies import Backup, backups_of, folder_for
from qaf_desktop.problems import Problem

DAILY_KEPT = 7
WEEKLY_KEPT = 4
BEFORE_UPDATE_KEPT = 2
DUE_AFTER_HOURS = 20
"""A new copy is due when the newest is older than this: once a working day, whatever time it begins."""


class BackupUnusable(Problem):
    """A backup copy could not be made or used."""


def is_due(store_path: Path, now: datetime) -> bool:
    """Whether it is time for the next copy. A clock that was set back makes no difference to old copies."""
    newest = next((backup for backup in backups_of(store_path) if not backup.before_update), None)
    return newest is None or abs(now - newest.at) >= timedelta(hours=DUE_AFTER_HOURS)


def take(store_path: Path, key: StoreKey, now: datetime, *, before_update: bool = False) -> Backup:
    """Copy the store as it is at this moment, check the copy, and only then give it its name.

    Safe while the store is in use: the copy sees one moment and holds nobody up.

    Raises:
        BackupUnusable: the copy cannot be written, or does not read back whole.
    """
    folder = folder_for(store_path)
    name = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") + ("-before-update" if before_update else "")
    part = folder / (name + ".part")
    final = folder / (name + ".backup")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        _copy(store_path, part, key)
        if faults := faults_in(part, key):
            raise BackupUnusable(
                "A backup copy of your work did not read back whole.",
                safe="The store itself was not touched.",
                next_step=f"Tell your IT service ({len(faults)} faults).",
            )
        _to_disk(part)
        part.replace(final)
    except (OSError, driver.OperationalError) as error:
        raise BackupUnusable(
            "A backup copy of your work could not be written.",
            safe="The store itself was not touched.",
            next_step="Make room on this computer's disk, or tell your IT service.",
        ) from error
    finally:
        for leftover in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
            with suppress(NotADirectoryError):  # something else lies where the folder should be
                leftover.unlink(missing_ok=True)
    return Backup(final, now.astimezone(UTC).replace(microsecond=0), before_update=before_update)


def prune(store_path: Path) -> tuple[Backup, ...]:
    """Delete the copies nobody needs any more and say which: 7 daily, 4 weekly and 2 from before an update are kept."""
    every = backups_of(store_path)
    kept = set(to_keep(every))
    gone = tuple(backup for backup in every if backup not in kept)
    for backup in gone:
        backup.path.unlink(missing_ok=True)
    return gone


def to_keep(newest_first: Sequence[Backup]) -> tuple[Backup, ...]:
    """Of the last seven days that have copies the newest copy each, likewise of the last four weeks."""
    daily: dict[object, Backup] = {}
    weekly: dict[object, Backup] = {}
    for backup in newest_first:
        if not backup.before_update:
            daily.setdefault(backup.at.date(), backup)
            weekly.setdefault(backup.at.isocalendar()[:2], backup)
    before_updates = [backup for backup in newest_first if backup.before_update][:BEFORE_UPDATE_KEPT]
    kept = {*list(daily.values())[:DAILY_KEPT], *list(weekly.values())[:WEEKLY_KEPT], *before_updates}
    return tuple(backup for backup in newest_first if backup in kept)


def faults_in(path: Path, key: StoreKey) -> tuple[str, ...]:
    """What is wrong with an encrypted file, page by page; nothing when it is whole.

    Reads every page, so it takes a moment. The sentences name pages, never what is on them.
    """
    connection = connect(path, key)
    try:
        damaged = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
        if not damaged:
            damaged = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        return tuple(damaged)
    finally:
        connection.close()


def _copy(source_path: Path, target_path: Path, key: StoreKey) -> None:
    source = connect(source_path, key)
    try:
        target = connect(target_path, key)
        try:
            source.backup(target)
        finally:
            target.close()
    finally:
        source.close()


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
