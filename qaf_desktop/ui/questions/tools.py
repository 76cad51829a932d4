"""What every question on a page is given: the look, the day, and where pictures are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from PySide6.QtWidgets import QTextEdit

from qaf_desktop.ui.theme import Theme


class Pictures(Protocol):
    """Where a chosen picture goes and comes from; both answer later, in the window's thread."""

    def keep(self, picture: bytes, media_type: str, then: Callable[[str], None]) -> None:
        """Keep a picture; ``then`` is given the name to answer with."""

    def show(self, name: str, then: Callable[[bytes], None]) -> None:
        """Fetch a picture by the name an answer carries; ``then`` is not called when it is not here."""


def _no_aid(box: QTextEdit) -> None:
    """Spelling is looked at by nobody."""


@dataclass(frozen=True)
class Tools:
    """Given to every question. ``spelling`` is called once with each box for prose, to attach its underlining."""

    theme: Theme
    today: Callable[[], date]
    pictures: Pictures | None = None
    spelling: Callable[[QTextEdit], object] = _no_aid
