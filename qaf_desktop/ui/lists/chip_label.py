"""A chip outside a list: a word with its shape and colours."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from qaf_desktop.ui.lists.painter import ChipPainter
from qaf_desktop.ui.lists.rows import Chip
from qaf_desktop.ui.theme import Theme


class ChipLabel(QWidget):
    """Shows one chip, or nothing and takes no room."""

    def __init__(self, theme: Theme, chip: Chip | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = ChipPainter(theme)
        self._chip: Chip | None = None
        theme.changed.connect(self.updateGeometry)
        self.show_chip(chip)

    def show_chip(self, chip: Chip | None) -> None:
        """Show this one."""
        self._chip = chip
        self.setAccessibleName(chip.word if chip else "")
        self.setVisible(chip is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(self._painter.width(self._chip), self._painter.height()) if self._chip else QSize()

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        if self._chip is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._painter.paint(painter, QRect(0, 0, self.width(), self.height()), self._chip)
            painter.end()
