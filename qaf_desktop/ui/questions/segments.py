"""Short scales in one compact row: yes, partly, no, not applicable, can't tell."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QRadioButton, QSizePolicy

from qaf_desktop.forms.choices import Choice
from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import take_back
from qaf_desktop.ui.questions.flow import Flow
from qaf_desktop.ui.questions.look import at_the_start, line, mirrored, tick, tile
from qaf_desktop.ui.questions.options import Options
from qaf_desktop.ui.theme import Theme

MOST_OPTIONS = 5
MOST_CHARACTERS = 62
"""In all labels together; a longer scale reads better as rows."""


def fits_a_row(item: Item) -> bool:
    """Whether a scale is short enough to stand in one row."""
    words = [choice.label for choice in item.choices]
    return 2 <= len(words) <= MOST_OPTIONS and sum(map(len, words)) <= MOST_CHARACTERS and max(map(len, words)) <= 28


class Segment(QRadioButton):
    """One step of a scale: its words on a tile, with a tick when chosen."""

    def __init__(self, words: str, theme: Theme) -> None:
        super().__init__(words)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """The words and room to breathe."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + line(self, 1.6)
        return QSize(max(width, line(self, 2.9)), line(self, 1.5) + 6)

    def minimumSizeHint(self) -> QSize:
        """Words on a tile are never cut."""
        return self.sizeHint()

    def undo(self) -> None:
        """Ctrl+Z takes the question's last answer back."""
        take_back(self)

    def hitButton(self, pos: QPoint) -> bool:
        """Anywhere on the tile."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tile, words, tick."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        tile(painter, self, self._theme, chosen=chosen, ink="primary", ground="selected")
        words = self._theme.colour("on_selected" if chosen else "text" if self.isEnabled() else "disabled")
        painter.setPen(words)
        room = QRectF(self.rect())
        if chosen:
            size = line(self, 0.5)
            wide = self.fontMetrics().horizontalAdvance(self.text())
            left = round((room.width() - wide - size * 1.4) / 2)
            tick(painter, QRectF(mirrored(self, QRect(left, 0, size, self.height()))), words)
            beside = mirrored(self, self.rect().adjusted(left + round(size * 1.4), 0, 0, 0))
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | at_the_start(self), self.text())
        else:
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class Segments(Options):
    """A short scale side by side."""

    def room(self, item: Item) -> QLayout:
        """In one row while it fits."""
        return Flow(self, gap=6)

    def option(self, choice: Choice, number: int) -> QAbstractButton:
        """A tile with the words."""
        return Segment(choice.label, self.tools.theme)
