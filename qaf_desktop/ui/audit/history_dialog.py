"""What stood in an answer before, and a way to have it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.models.drafts import PastAnswer
from qaf_desktop.ui.audit.rows import plain_label
from qaf_desktop.ui.theme import Theme


class HistoryDialog(QDialog):
    """Earlier answers to one question, newest first; putting one back is an answer like any other."""

    put_back = Signal(str)

    def __init__(self, item: Item, past: Sequence[PastAnswer], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("History of this answer")
        self.setMinimumSize(theme.pixels(420), theme.pixels(320))
        self.buttons: list[QPushButton] = []
        inside = QWidget()
        inside.setProperty("role", "page")
        entries = QVBoxLayout(inside)
        entries.setContentsMargins(4, 4, 4, 4)
        entries.setSpacing(12)
        earlier = [answer for answer in past if answer.value != item.value]
        for answer in earlier:
            entries.addWidget(self._card(answer, item))
        if not earlier:
            entries.addWidget(plain_label("Nothing else has stood here.", "muted"))
        entries.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        close = QPushButton("Close")
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        rows.addWidget(plain_label(item.label, "heading"))
        rows.addWidget(scroll, 1)
        rows.addLayout(foot)

    def _card(self, answer: PastAnswer, item: Item) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        when = f"{answer.at:%d/%m/%Y at %H:%M}"
        words = readable(answer.value, item) or "(empty)"
        button = QPushButton("Put this back")
        button.setAccessibleName(f"Put back what stood here on {when}")
        button.clicked.connect(partial(self._chosen, answer.value))
        self.buttons.append(button)
        foot = QHBoxLayout()
        foot.addWidget(plain_label(f"{when}, {answer.by}", "caption"), 1)
        foot.addWidget(button)
        rows = QVBoxLayout(card)
        rows.setContentsMargins(16, 12, 12, 12)
        rows.addWidget(plain_label(words, ""))
        rows.addLayout(foot)
        return card

    def _chosen(self, value: str) -> None:
        self.put_back.emit(value)
        self.close()


def readable(value: str, item: Item) -> str:
    """An answer in words: the labels of what was chosen, a date in figures, text as it is."""
    if item.choices:
        labels = {choice.value: choice.label for choice in item.choices}
        return ", ".join(labels.get(code, code) for code in value.split())
    if item.type == "date" and len(value) >= 10 and value[4] == value[7] == "-":
        return f"{value[8:10]}/{value[5:7]}/{value[:4]}"
    if value.startswith("<svg"):
        return "A drawing"
    return value
