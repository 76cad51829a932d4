"""One question for a child: large words, much room, nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.ui.audit.rows import plain_label
from qaf_desktop.ui.questions.question import Question
from qaf_desktop.ui.questions.tools import Tools

WORDS_PIXELS, QUESTION_PIXELS = 20, 30
COLUMN_PIXELS = 820


class ChildPage(QScrollArea):
    """A question or something to read out. It knows its own item and nothing of the case."""

    answered = Signal(str)
    finished = Signal()

    def __init__(self, item: Item, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self.item = item
        self.question: Question | None = None
        self.words: QLabel | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(item.label)
        page = QWidget()
        page.setProperty("role", "page")
        self._column = QWidget()
        rows = QVBoxLayout(self._column)
        rows.setContentsMargins(0, 0, 0, 0)
        if item.type == "note":
            self.words = plain_label(item.label, "reading")
            rows.addWidget(self.words)
            if item.hint:
                rows.addWidget(plain_label(item.hint, "muted"))
        else:
            self.question = Question(item, tools, large=True)
            self.question.value_changed.connect(self.answered)
            self.question.finished.connect(self.finished)
            rows.addWidget(self.question)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._column, 1_000)
        across.addStretch(1)
        down = QVBoxLayout(page)
        down.setContentsMargins(32, 32, 32, 32)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)
        self.setWidget(page)
        tools.theme.changed.connect(self._dress)
        self._dress()

    def show_item(self, item: Item) -> None:
        """The same question in another state."""
        self.item = item
        if self.question is not None:
            self.question.set_item(item)
        elif self.words is not None:
            self.words.setText(item.label)

    def keyboard(self) -> QWidget | None:
        """Where the keyboard belongs: the box for words, what is chosen, or the page – for among faces nobody stands
        first: a ring around one would be a nudge. None when there is nothing to answer.
        """
        if self.question is None:
            return None
        answer = self.question.answer
        return answer.keyboard() if answer.has_typing_aid() or answer.value() else self

    def take_keyboard(self) -> None:
        """Put the keyboard there."""
        if (place := self.keyboard()) is not None:
            place.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys 1 to 9 choose and Enter goes on before an answer has the keyboard."""
        if self.question is not None and (event.text().isdigit() or event.key() == Qt.Key.Key_Return):
            self.question.answer.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        theme = self._tools.theme
        self._column.setMaximumWidth(theme.pixels(COLUMN_PIXELS))
        large, larger = theme.pixels(WORDS_PIXELS), theme.pixels(QUESTION_PIXELS)
        self._column.setStyleSheet(
            f"* {{ font-size: {large}px; }} QLabel[role='title'] {{ font-size: {larger}px; }}"
            f" QLabel[role='reading'] {{ font-size: {theme.pixels(24)}px; }}"
        )
