"""The parts a section is made of: a question that follows from the one before, a group, a list of rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qaf_desktop.ui.theme import Theme

BETWEEN_QUESTIONS = 28
BEFORE_A_FOLLOW_UP = 12


def lower_first(words: str) -> str:
    """A label inside a sentence: "Something that went well" becomes "something that went well"."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or len(words) < 2 else words


class FollowUp(QWidget):
    """Holds a question that belongs to the one above it, for example its evidence: set in, with a line beside it."""

    def __init__(self, inside: QWidget, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QVBoxLayout(self)
        row.setContentsMargins(18, 0, 0, 0)
        row.addWidget(inside)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line."""
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.colour("line"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        at = self.width() - 4 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 4
        painter.drawLine(at, 6, at, self.height() - 6)
        painter.end()


class GroupBox(QWidget):
    """A group inside a section: its heading and its questions."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        self.heading = plain_label(title, "heading")
        self.heading.setVisible(bool(title))
        self.rows.addWidget(self.heading)


class Card(QFrame):
    """One row of a list: an action, a strength."""

    remove_requested = Signal()

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title = plain_label(title, "strong")
        self.remove = QPushButton("Remove")
        self.remove.setProperty("role", "quiet")
        theme.decorate(self.remove, "bin", "link")
        self.remove.clicked.connect(self.remove_requested)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.remove)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(20, 12, 20, 20)
        self.rows.setSpacing(0)
        self.rows.addLayout(head)

    def call_it(self, title: str) -> None:
        """Its words and number; the number changes when a row before it is taken out."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.remove.setAccessibleName(f"Remove {lower_first(title)}")


class RowList(QWidget):
    """A list people add to: cards, a button to add one, and a line to put a removed one back."""

    add_requested = Signal()
    put_back_requested = Signal()

    def __init__(self, label: str, theme: Theme) -> None:
        super().__init__()
        self.label = label
        self.cards: list[Card] = []
        self.empty = plain_label("None yet.", "muted")
        self._removed = plain_label("", "muted")
        self.put_back = QPushButton("Put it back")
        self.put_back.setProperty("role", "quiet")
        self.put_back.clicked.connect(self.put_back_requested)
        self.undo_line = QFrame()
        self.undo_line.setProperty("role", "sunken")
        line = QHBoxLayout(self.undo_line)
        line.setContentsMargins(16, 6, 8, 6)
        line.addWidget(self._removed, 1)
        line.addWidget(self.put_back)
        self.undo_line.hide()
        self.add = QPushButton(f"Add {lower_first(label)}")
        theme.decorate(self.add, "add")
        self.add.clicked.connect(self.add_requested)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(14)
        rows.addWidget(self.empty)
        rows.addLayout(self._cards)
        rows.addWidget(self.undo_line)
        rows.addLayout(below)

    def add_card(self, card: Card) -> None:
        """A new card at the end."""
        self.cards.append(card)
        self._cards.addWidget(card)
        self.undo_line.hide()
        self.renumber()

    def remove_card(self, card: Card) -> None:
        """Take a card away."""
        self.cards.remove(card)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.renumber()

    def renumber(self) -> None:
        """Every card by its place."""
        for number, card in enumerate(self.cards, start=1):
            card.call_it(f"{self.label} {number}")
        self.empty.setVisible(not self.cards)

    def offer_undo(self, title: str) -> None:
        """Say what was removed and how to have it again."""
        self._removed.setText(f"{title} was removed.")
        self.put_back.setAccessibleName(f"Put {lower_first(title)} back")
        self.undo_line.show()
        self.put_back.setFocus()

    def lock(self, locked: bool) -> None:
        """No adding and no removing where the form says so."""
        self.add.setVisible(not locked)
        for card in self.cards:
            card.remove.setVisible(not locked)


def clear(layout: QVBoxLayout, *, keep: int = 0) -> None:
    """Take the widgets out of a layout from the top, all but the last ``keep`` places."""
    while layout.count() > keep:
        taken = layout.takeAt(0)
        widget = taken.widget() if taken is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def plain_label(text: str, role: str) -> QLabel:
    """Words a person or a form wrote, shown as they are, wrapped."""
    label = QLabel(text)
    if role:
        label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
