"""Panes side by side with a thin line between them that is easy to take hold of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle

from qaf_desktop.ui.theme import Theme

HOLD_PIXELS = 9


class _Line(QSplitterHandle):
    def __init__(self, panes: Panes, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal, panes)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        held = self.underMouse()
        painter.fillRect(self.rect(), self._theme.colour("window"))
        wide = 3 if held else 1
        left = (self.width() - wide) // 2
        painter.fillRect(left, 0, wide, self.height(), self._theme.colour("border" if held else "line"))
        painter.end()


class Panes(QSplitter):
    """A splitter whose handle is wider than its line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.setHandleWidth(HOLD_PIXELS)

    def createHandle(self) -> QSplitterHandle:
        """Called by Qt for each pair of neighbours."""
        return _Line(self, self._theme)
