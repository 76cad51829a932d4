"""Beside a trial: why the question in focus is hidden, required or refused, and which questions are hidden."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qaf_desktop.forms.why import Hidden, RuleNow, Why
from qaf_desktop.ui.audit.rows import clear, plain_label
from qaf_desktop.ui.theme import Theme

LEAST_PIXELS = 200


class WhyPane(QWidget):
    """The rules of one question in words, as written, and with what each read just now."""

    chosen = Signal(str)
    """Ref of a hidden question somebody wonders about."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setMinimumWidth(theme.pixels(LEAST_PIXELS))
        self.setAccessibleName("Why?")
        self._shown: Why | None = None
        page = QWidget()
        page.setProperty("role", "page")
        self._rows = QVBoxLayout(page)
        self._rows.setContentsMargins(16, 16, 16, 16)
        self._rows.setSpacing(8)
        self._rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName("Why is this hidden, required or refused?")
        area.setWidget(page)
        self._page = page
        self._count = plain_label("", "strong")
        self.hidden = QListWidget()
        self.hidden.setAccessibleName("Hidden questions")
        self.hidden.setWordWrap(True)
        self.hidden.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.hidden.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hidden.itemClicked.connect(self._pick)
        self.hidden.itemActivated.connect(self._pick)
        self.hidden.currentItemChanged.connect(lambda now, _: self._pick(now) if self.hidden.hasFocus() else None)
        self._count.setBuddy(self.hidden)
        below = QVBoxLayout()
        below.setContentsMargins(16, 8, 16, 12)
        below.addWidget(self._count)
        below.addWidget(self.hidden)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(area, 3)
        down.addLayout(below, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No question is in focus."""
        self._shown = None
        clear(self._rows, keep=1)
        self._put(plain_label("Why?", "heading"))
        self._put(plain_label("Go into a question, or choose a hidden one below: its rules are explained here.", ""))

    def show_why(self, told: Why) -> None:
        """Explain a question; nothing moves while nothing about it is different."""
        if told == self._shown:
            return
        self._shown = told
        clear(self._rows, keep=1)
        self._put(plain_label(told.label, "heading"))
        self._put(plain_label(told.name, "caption"))
        for sentence in told.verdict:
            self._put(plain_label(sentence, "strong"))
        for rule in told.rules:
            self._put(self._card(rule))
        if not told.rules:
            self._put(plain_label("It has no rules of its own.", "muted"))

    def show_hidden(self, hidden: Sequence[Hidden]) -> None:
        """List what is not on the screen now."""
        count = len(hidden)
        self._count.setText(f"Hidden now: {count} question{'' if count == 1 else 's'}")
        refs = [item.data(Qt.ItemDataRole.UserRole) for item in map(self.hidden.item, range(self.hidden.count()))]
        if refs == [one.ref for one in hidden]:
            return
        self.hidden.clear()
        for one in hidden:
            item = QListWidgetItem(f"{one.label} ({one.name})")
            item.setData(Qt.ItemDataRole.UserRole, one.ref)
            self.hidden.addItem(item)

    def words(self) -> str:
        """Everything explained now, as text."""
        return "\n".join(label.text() for label in self._page.findChildren(QLabel))

    def _card(self, rule: RuleNow) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(14, 10, 14, 12)
        rows.setSpacing(6)
        rows.addWidget(_selectable(rule.words, ""))
        if rule.holds is not None:
            rows.addWidget(
                plain_label("Yes, this holds now." if rule.holds else "No, this does not hold now.", "strong")
            )
        for part in rule.parts:
            rows.addWidget(plain_label(f"{'✓ holds' if part.holds else '✗ does not hold'}: {part.words}", ""))
        if rule.result:
            rows.addWidget(plain_label(f"Now: {rule.result}", "strong"))
        rows.addWidget(plain_label("As written", "caption"))
        rows.addWidget(_selectable(rule.written, ""))
        if rule.reads:
            rows.addWidget(plain_label("It read", "caption"))
            for read in rule.reads:
                named = read.label if read.label == read.name else f"{read.label} ({read.name})"
                rows.addWidget(plain_label(f"{named}: {read.value}", ""))
        return card

    def _put(self, widget: QWidget) -> None:
        self._rows.insertWidget(self._rows.count() - 1, widget)

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _selectable(text: str, role: str) -> QLabel:
    label = plain_label(text, role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
