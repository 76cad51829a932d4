"""What one run of the program stands in: its clock, its version, its folders and the fonts it prints with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from qaf_desktop import paths
from qaf_desktop.paths import Paths


def now() -> datetime:
    """This computer's clock with its offset; the only place that asks it."""
    return datetime.now().astimezone()


def program_version() -> str:
    """Which version of the program this is, as the centre is told."""
    from importlib.metadata import version  # noqa: PLC0415 - a fifteenth of the start, and the door says no version

    return version("qaf-desktop")


def paths_for(folder: Path | None) -> Paths:
    """The folders of this computer, or all of them inside one folder."""
    return paths.below(folder) if folder is not None else paths.of_this_computer()
