"""Stepping stones: how far along the child is, without a number to worry about."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qaf_desktop.ui.theme import Theme


class Stones(QWidget):
    """One stone for each page; those behind are filled, the one stood on has a ring."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.count = 0
        self.here = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def show_place(self, here: int, count: int) -> None:
        """Stand on stone ``here`` (from 0) of ``count``."""
        self.here, self.count = here, count
        self.setAccessibleName(f"Page {here + 1} of {count}")
        self.setVisible(count > 0)
        self.update()

    def sizeHint(self) -> QSize:
        """A line of stones."""
        return QSize(self._theme.pixels(240), self._theme.pixels(28))

    def minimumSizeHint(self) -> QSize:
        """Stones grow small before the buttons do."""
        return QSize(self._theme.pixels(60), self._theme.pixels(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A gentle curve of stones."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = min(self._apart() * 0.30, self._theme.pixels(7))
        for stone in range(self.count):
            lift = self._theme.pixels(3) * (1 if stone % 2 else -1)
            middle = QPointF(self.place_of(stone), self.height() / 2 + lift)
            past = stone < self.here
            painter.setPen(QPen(self._theme.colour("primary" if stone <= self.here else "border"), 2))
            painter.setBrush(self._theme.colour("primary" if past else "surface"))
            if stone == self.here:
                painter.setBrush(self._theme.colour("selected"))
                painter.drawEllipse(middle, size * 1.5, size * 1.5)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("primary"))
                painter.drawEllipse(middle, size * 0.7, size * 0.7)
            else:
                painter.drawEllipse(middle, size, size)
        painter.end()

    def place_of(self, stone: int) -> float:
        """Where a stone lies, in pixels from the left; the path begins where reading does."""
        apart = self._apart()
        along = (self.width() - apart * (max(1, self.count) - 1)) / 2 + stone * apart
        return self.width() - along if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else along

    def _apart(self) -> float:
        return min(self._theme.pixels(26), (self.width() - self._theme.pixels(20)) / max(1, self.count))
