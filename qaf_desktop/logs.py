"""What the program writes about its own work: ids, counts and steps, never a name or an answer."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES_A_FILE = 512_000
_FILES_KEPT = 4


def write_to(folder: Path, *, level: int = logging.INFO) -> None:
    """Send the program's log to rotating files in ``folder``; libraries below warnings stay silent."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = RotatingFileHandler(
        folder / "qaf-desktop.log", maxBytes=_BYTES_A_FILE, backupCount=_FILES_KEPT, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    program = logging.getLogger("qaf_desktop")
    program.setLevel(level)
    program.addHandler(handler)
    program.propagate = False
