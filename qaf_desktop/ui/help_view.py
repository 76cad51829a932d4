"""One page of help, in the words of the user guide, without a network."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextTable
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from qaf_desktop.ui.theme import Theme


class HelpView(QWidget):
    """Shows ``resources/help/help.md``."""

    back_requested = Signal()

    def __init__(self, theme: Theme, resources: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("Help")
        self._theme = theme
        self._words = (resources / "help" / "help.md").read_text("utf-8")
        back = QPushButton("Back")
        back.setProperty("role", "quiet")
        back.clicked.connect(self.back_requested)
        theme.decorate(back, "back", "link")
        self._page = QTextBrowser()
        self._page.setAccessibleName("Help")
        self._page.setOpenLinks(False)
        head = QHBoxLayout()
        head.addWidget(back)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._page, 1)
        self.setFocusProxy(self._page)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._page.document().setDefaultFont(self._theme.font())
        self._page.document().setDocumentMargin(self._theme.pixels(16))
        self._page.setMarkdown(self._words)
        self._roomy()

    def _roomy(self) -> None:
        """Air around the cells of a table, and words in the colour of the look."""
        cursor = QTextCursor(self._page.document())
        cursor.select(QTextCursor.SelectionType.Document)
        ink = QTextCharFormat()
        ink.setForeground(self._theme.colour("text"))
        cursor.mergeCharFormat(ink)
        block = self._page.document().begin()
        while block.isValid():
            shape = block.blockFormat()
            shape.setTopMargin(self._theme.pixels(18 if shape.headingLevel() > 1 else 0))
            shape.setBottomMargin(0 if QTextCursor(block).currentTable() else self._theme.pixels(6))
            QTextCursor(block).setBlockFormat(shape)
            block = block.next()
        for frame in self._page.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                look = frame.format()
                look.setCellPadding(6)
                look.setCellSpacing(0)
                look.setBorder(0)
                frame.setFormat(look)


def show_about(parent: QWidget, version: str, notices: str) -> None:
    """What this program is, which version, and on whose work it stands."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("About QAF Desktop")
    box.setText(f"QAF Desktop {version}")
    box.setInformativeText("Offline practice audits for children's services.")
    box.setDetailedText(notices)
    box.open()
