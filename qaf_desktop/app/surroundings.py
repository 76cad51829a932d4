"""What one run of the program stands in: its clock, its version, its folders and the fonts it prints with."""

from __future__ import annotations

import os
import platform
import tempfile
from datetime import datetime
from pathlib import Path

from qaf_desktop import paths
from qaf_desktop.paths import Paths
from qaf_desktop.problems import Problem


def now() -> datetime:
    """This computer's clock with its offset; the only place that asks it."""
    return datetime.now().astimezone()


def program_version() -> str:
    """Which version of the program this is, as the centre is told."""
    from importlib.metadata import version  # noqa: PLC0415 - a fifteenth of the start, and the door says no version

    return version("qaf-desktop")


class PlaceUnusable(Problem):
    """The folder for store, logs and settings cannot be used."""


class NoDisplay(Problem):
    """A window was asked for on a computer that shows none."""

    def __init__(self) -> None:
        super().__init__(
            "This computer has no display to open a window on.",
            next_step="Use the words of the command line: qaf-desktop --help lists them.",
        )


def paths_for(folder: Path | None) -> Paths:
    """The folders of this computer, or all of them inside one folder.

    Raises:
        PlaceUnusable: the folder given cannot be made or written to.
    """
    if folder is None:
        return paths.of_this_computer()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return paths.below(folder)
    except OSError as error:
        raise PlaceUnusable(
            f"The folder {folder.name} cannot be used ({error.strerror or 'not a folder'}).",
            safe="Nothing was changed.",
            next_step="Choose a folder that you may write to.",
        ) from error


def has_display() -> bool:
    """Whether a window can be shown; without a display Qt would end the program without a word."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.system() != "Linux" or chosen in {"offscreen", "minimal", "vnc"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
