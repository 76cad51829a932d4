"""What a page may offer the window around it; a page that offers nothing is a page all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


@runtime_checkable
class Findable(Protocol):
    """Ctrl+F has somewhere to go."""

    def find_in_page(self) -> None:
        """Put the caret where one types what one looks for."""


@runtime_checkable
class Paned(Protocol):
    """F6 walks through several panes."""

    def panes(self) -> Sequence[QWidget]:
        """The panes in reading order; hidden ones are passed over."""


@runtime_checkable
class Acting(Protocol):
    """The Audit menu shows this page's own actions while it is in front."""

    def page_actions(self) -> Sequence[QAction]:
        """The actions, with their shortcuts; a separator is an action too."""


@runtime_checkable
class FillsAForm(Protocol):
    """The status bar says which form and version is in front."""

    def form_words(self) -> str:
        """For example ``Child practice audit, version 1.0``."""


@runtime_checkable
class SavesItself(Protocol):
    """Ctrl+S hurries what is not yet written down."""

    def save_now(self) -> None:
        """Commit at once; the status bar is told by whoever commits."""


@runtime_checkable
class MayStay(Protocol):
    """A page asked before it is closed, for example while it waits for an adult's PIN."""

    def can_close(self) -> bool:
        """Whether it may be closed now. The page explains itself when not."""
