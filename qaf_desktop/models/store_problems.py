"""What can go wrong with the store, each in words a person can act on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from qaf_desktop.models.copies import Backup
from qaf_desktop.problems import Problem


class StoreMissing(Problem):
    """There is no store where it should be; ``backups`` are the copies still beside it, newest first."""

    def __init__(self, backups: Sequence[Backup] = ()) -> None:
        super().__init__(
            "The file that holds your work is not on this computer.",
            safe="What had been sent to the centre is safe there." if not backups else "There are backup copies of it.",
            next_step=_offer(backups) or "Set this computer up again, or ask your IT service to bring the file back.",
        )
        self.backups = tuple(backups)


class StoreExists(Problem):
    """A new store was to be made where there is one already."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "There is already a file with work in it on this computer.",
            safe="It was not touched.",
            next_step="Open it instead of making a new one.",
        )
        self.path = path


class StoreInUse(Problem):
    """Another window of this program, or another program, has the store open."""

    def __init__(self) -> None:
        super().__init__(
            "Your work is already open in another window on this computer.",
            safe="Nothing was changed.",
            next_step="Go to that window, or close it and try again.",
        )


class StoreLocked(Problem):
    """The key is not the key of this store."""

    def __init__(self) -> None:
        super().__init__(
            "This key does not open the work on this computer.",
            safe="The work is unharmed and stays locked.",
            next_step="Try again with the right passphrase, or ask your IT service.",
        )


class StoreNewer(Problem):
    """A newer version of the program made this store, or has changed it."""

    def __init__(self) -> None:
        super().__init__(
            "Your work was last opened with a newer version of this program.",
            safe="It is unharmed and was not touched.",
            next_step="Install the newest version of QAF Desktop and open it again.",
        )


class StoreDamaged(Problem):
    """The file is damaged; ``backups`` are the copies that can be restored, newest first."""

    def __init__(self, backups: Sequence[Backup] = ()) -> None:
        super().__init__(
            "The file that holds your work is damaged.",
            safe="What was sent to the centre is safe there. The damaged file is kept as it is.",
            next_step=_offer(backups) or "Stop working on this computer and tell your IT service.",
        )
        self.backups = tuple(backups)


class StoreFull(Problem):
    """The disk is full: nothing more can be saved until there is room."""

    def __init__(self) -> None:
        super().__init__(
            "There is no room left on this computer's disk, so this could not be saved.",
            safe="Nothing is lost: all that was saved before is safe, and what you type is kept in this window.",
            next_step="Make room on the disk and leave this window open; it saves by itself when it can.",
        )


class StoreBusy(Problem):
    """Another program on this computer holds the file."""

    def __init__(self) -> None:
        super().__init__(
            "Another program on this computer is holding the file with your work.",
            safe="All that was saved before is safe, and what you type is kept in this window.",
            next_step="Wait a moment; a virus scan or a copy may be running. It is tried again by itself.",
        )


class StoreUnwritable(Problem):
    """The disk, or the rights on it, refuse to be written."""

    def __init__(self) -> None:
        super().__init__(
            "This computer's disk refuses to take your work.",
            safe="All that was saved before is safe, and what you type is kept in this window.",
            next_step="Leave this window open and tell your IT service.",
        )


def problem_for(error: Exception, backups: Sequence[Backup]) -> Problem | None:
    """What an error of the driver means to a person; ``None`` when it is a fault of ours."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", None)
    if code is None:
        return None
    match code & 0xFF:
        case driver.SQLITE_FULL:
            return StoreFull()
        case driver.SQLITE_BUSY | driver.SQLITE_LOCKED:
            return StoreBusy()
        case driver.SQLITE_CORRUPT | driver.SQLITE_NOTADB:
            return StoreDamaged(backups)
        case driver.SQLITE_READONLY | driver.SQLITE_IOERR | driver.SQLITE_CANTOPEN | driver.SQLITE_PERM:
            return StoreUnwritable()
        case _:
            return None


def _offer(backups: Sequence[Backup]) -> str:
    if not backups:
        return ""
    at = backups[0].at.astimezone()
    return f"Restore the newest backup copy, made on {at.day} {at:%B %Y at %H:%M}."
