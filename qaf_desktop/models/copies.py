"""Which encrypted copies of the store lie beside it; answered without opening any, for the locked door."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"(?P<at>\d{8}T\d{6}Z)(?P<why>-before-update)?\.backup")


@dataclass(frozen=True)
class Backup:
    """An encrypted copy of the store. ``before_update``: taken just before a new version of the program changed it."""

    path: Path
    at: datetime
    before_update: bool = False


def folder_for(store_path: Path) -> Path:
    """Where the copies of a store are kept."""
    return store_path.with_name(store_path.name + ".backups")


def backups_of(store_path: Path) -> tuple[Backup, ...]:
    """The copies of a store, newest first."""
    folder = folder_for(store_path)
    if not folder.is_dir():
        return ()
    found = []
    for path in folder.iterdir():
        if match := _NAME.fullmatch(path.name):
            at = datetime.strptime(match["at"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            found.append(Backup(path, at, before_update=bool(match["why"])))
    return tuple(sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True))
