"""Where an auditor writes: a box that grows with the words, takes plain text only and never traps the Tab key."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import Answer
from qaf_desktop.ui.questions.tools import Tools

LONG_CHARACTERS = 4_000
"""From here the counter says that shorter is easier to read; there is no limit."""
LINES_FOR_PROSE = 3
LINES_WHEN_OPTIONAL = 2


class WritingBox(QTextEdit):
    """A plain-text box as high as its text; Enter leaves a one-line box, Tab leaves every box."""

    finished = Signal()
    grown = Signal()
    """The box is a different height: whoever scrolls should keep the line being written in sight."""

    def __init__(self, parent: QWidget | None = None, *, prose: bool) -> None:
        super().__init__(parent)
        self._prose = prose
        self._least_lines = LINES_FOR_PROSE if prose else 1
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(6)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def sizeHint(self) -> QSize:
        """As high as the text, and at least a line (three for prose)."""
        around = self.height() - self.viewport().height() if self.isVisible() else 2 * self.frameWidth()
        least = self.fontMetrics().lineSpacing() * self._least_lines
        margins = 2 * self.document().documentMargin()
        return QSize(super().sizeHint().width(), round(max(self.document().size().height(), least + margins)) + around)

    def minimumSizeHint(self) -> QSize:
        """Never shorter than its text."""
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.sizeHint().height())

    def be_at_least(self, lines: int) -> None:
        """How many lines are there before anything is written."""
        if lines != self._least_lines:
            self._least_lines = lines
            self._fit()

    def put(self, text: str) -> None:
        """Show a text that came from elsewhere; what was typed before can still be undone."""
        if text == self.toPlainText():
            return
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the words and nothing else: no fonts, colours, pictures or invisible characters."""
        if source.hasText():
            self.textCursor().insertText(plain(source.text(), lines=self._prose))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next question, except in prose, where Ctrl+Enter does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control or not self._prose:
                self.finished.emit()
                return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower box needs more lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self.sizeHint().height()
        if wanted != self.height() or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
            self.verticalScrollBar().setValue(0)
            self.grown.emit()


class TextAnswer(Answer):
    """Words; the form's ``multiline`` gives room for prose and a quiet count."""

    def __init__(self, item: Item, tools: Tools) -> None:
        super().__init__()
        self._prose = "multiline" in item.appearance.split()
        self.box = WritingBox(self, prose=self._prose)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.count.setVisible(self._prose)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self.box)
        rows.addWidget(self.count)
        self._showing = False
        self.box.textChanged.connect(self._typed)
        self.box.finished.connect(self.finished)
        tools.spelling(self.box)
        self._recount()

    def show_item(self, item: Item) -> None:
        """Show the words; while they are the same nothing moves, not even the caret."""
        self._showing = True
        self.box.put(item.value)
        self._showing = False
        self.box.setReadOnly(item.readonly)
        if self._prose:
            self.box.be_at_least(LINES_FOR_PROSE if item.required else LINES_WHEN_OPTIONAL)
        self._recount()

    def value(self) -> str:
        """The words, without spaces around them only if there is nothing else."""
        text = self.box.toPlainText()
        return text if text.strip() else ""

    def keyboard(self) -> QWidget:
        """The box."""
        return self.box

    def undo(self) -> bool:
        """Take back the last piece of typing."""
        possible = self.box.document().isUndoAvailable()
        self.box.undo()
        return possible

    def has_typing_aid(self) -> bool:
        """Prose and short texts both are words."""
        return True

    def _typed(self) -> None:
        self._recount()
        if not self._showing:
            self.value_changed.emit(self.value())

    def _recount(self) -> None:
        if not self._prose:
            return
        text = self.box.toPlainText()
        words = len(text.split())
        said = "" if not words else "1 word" if words == 1 else f"{words:,} words"
        if len(text) > LONG_CHARACTERS:
            said += " – shorter is easier to read"
        self.count.setText(said)


def plain(text: str, *, lines: bool) -> str:
    """Pasted text without control and formatting characters; on one line unless lines are wanted."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = text.replace("\t", " ").replace("\u00a0", " ")
    kept = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs", "Co"})
    return kept if lines else " ".join(part.strip() for part in kept.split("\n") if part.strip())
