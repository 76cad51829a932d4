"""The bar under the workspace: how far one is, the way on, and the side panes when there is room for one only."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from qaf_desktop.ui.questions.languages import LanguagePicker
from qaf_desktop.ui.theme import Theme

THREE_FROM_PIXELS = 900
TWO_FROM_PIXELS = 520
"""Widths at 100 % text: larger text needs more."""


class Room(Enum):
    """How many panes there is room for."""

    ONE = 1
    TWO = 2
    THREE = 3


def room_for(pixels_at_100_percent: float) -> Room:
    """Three panes, or fewer when the window is narrow or the words are large."""
    if pixels_at_100_percent >= THREE_FROM_PIXELS:
        return Room.THREE
    return Room.TWO if pixels_at_100_percent >= TWO_FROM_PIXELS else Room.ONE


class ActionBar(QWidget):
    """Progress and completing on the left, section by section on the right."""

    side_chosen = Signal(str)
    """"sections", "guidance" or nothing: which side pane to show while there is not room for both."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._room = Room.THREE
        self._side = ""
        self._last = False
        self.progress = QLabel()
        self.progress.setProperty("role", "muted")
        self.check = QPushButton("Check and complete…")
        self.language = LanguagePicker()
        self.draft = QLabel("Draft translation – have it checked")
        self.draft.setProperty("role", "caption")
        self.draft.hide()
        self.sections = QPushButton("Sections")
        self.guidance = QPushButton("Guidance")
        self.previous = QPushButton("Previous section")
        self.next = QPushButton("Next section")
        # Forward points to the right, so its arrow stands after the word.
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        for button, icon in ((self.previous, "back"), (self.next, "next"), (self.guidance, "guidance")):
            theme.decorate(button, icon)
        theme.decorate(self.sections, "forms")
        self.sections.clicked.connect(lambda: self._toggle("sections"))
        self.guidance.clicked.connect(lambda: self._toggle("guidance"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 16, 8)
        row.setSpacing(10)
        for part in (self.check, self.progress, self.language, self.draft, self.sections, self.guidance):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.previous)
        row.addWidget(self.next)

    def show_progress(self, answered: int, asked: int, place: int, sections: int) -> None:
        """How many answers there are, and whether there is a section before and after this one."""
        self.progress.setText(f"{answered} of {asked} answered" if asked else "")
        self.previous.setEnabled(place > 0)
        self._last = place == sections - 1
        self._name()

    def at_the_questions(self, there: bool) -> None:
        """Whether questions are in front, or the page before completing."""
        for button in (self.check, self.previous, self.next):
            button.setEnabled(there and (button is not self.previous or self.previous.isEnabled()))

    def fit(self, room: Room, side: str) -> None:
        """Fewer words where there is less room."""
        self._room, self._side = room, side
        self.progress.setVisible(room is Room.THREE)
        self.check.setVisible(room is not Room.ONE)
        self.sections.setVisible(room is not Room.THREE and (room is Room.ONE or side != "sections"))
        self.guidance.setVisible(room is not Room.THREE and (room is Room.ONE or side != "guidance"))
        self._name()

    def _name(self) -> None:
        last = "Check and complete" if self._last else "Next section"
        for button, words in ((self.previous, "Previous section"), (self.next, last)):
            button.setText(words if self._room is Room.THREE else "")
            button.setAccessibleName(words)
            button.setToolTip(words)

    def _toggle(self, side: str) -> None:
        self.side_chosen.emit("" if side == self._side and self._room is Room.ONE else side)
