"""A long list to search by typing any part of a name: teams, staff, cycles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from qaf_desktop.forms.choices import Choice
from qaf_desktop.forms.items import Item
from qaf_desktop.ui.messages import announce
from qaf_desktop.ui.questions.answer import Answer

NOTHING_BEGINS_SO = "Nothing in the list begins with that."


class _Line(QLineEdit):
    """Where one types. Its caret goes with the keyboard, even when the open list swallowed the news of that."""

    _WAKES = (QEvent.Type.FocusIn, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod)
    _caret = False

    def event(self, event: QEvent) -> bool:
        """Remember whether a caret may be there."""
        if event.type() in self._WAKES:
            self._caret = True
        elif event.type() == QEvent.Type.FocusOut:
            self._caret = False
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """No caret without the keyboard."""
        if self._caret and not self.hasFocus():
            self.event(QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.OtherFocusReason))
        super().paintEvent(event)


class _Searched(QComboBox):
    """Opens while typing; the wheel scrolls the page, never the answer."""

    left = Signal()
    """Enter was pressed, or the keyboard went elsewhere: what was typed now counts."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the question, not for the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving chooses, like Enter; opening the list does not leave it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class SearchList(Answer):
    """One option of many, found by typing."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self.box = _Searched(self)
        self.box.setLineEdit(_Line(self.box))
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setMaxVisibleItems(12)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(10)
        completer = QCompleter(self.box.model(), self.box)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)
        edit = self.box.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("Type to search")
        self.said = QLabel()
        self.said.setProperty("role", "muted")
        self.said.setWordWrap(True)
        self.said.hide()
        row = QHBoxLayout()
        row.addWidget(self.box, 1_000)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(row)
        rows.addWidget(self.said)
        self._fit()
        self._fill(item.choices)
        self.box.activated.connect(self._chosen)
        self.box.left.connect(self._take)
        self.box.editTextChanged.connect(lambda _: self.said.hide() if self.box.hasFocus() else None)

    def show_item(self, item: Item) -> None:
        """Show the option chosen; the list is only filled anew when it is a different one."""
        if item.choices != self._choices:
            self._fill(item.choices)
        if item.value != self.value():
            values = [choice.value for choice in self._choices]
            self.box.setCurrentIndex(values.index(item.value) if item.value in values else -1)
        self.box.setEnabled(not item.readonly)

    def value(self) -> str:
        """The code chosen."""
        index = self.box.currentIndex()
        return self._choices[index].value if 0 <= index < len(self._choices) else ""

    def keyboard(self) -> QWidget:
        """The line one types in."""
        return self.box

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs a longer line."""
        super().changeEvent(event)
        if hasattr(self, "box"):
            self._fit()

    def _take(self) -> None:
        """What was typed counts: the option it stands for is chosen, or the one before stands again."""
        typed = self.box.currentText().strip()
        before = self.box.currentIndex()
        if typed == self.box.itemText(before).strip():
            return
        found = -1 if not typed else meant(typed, [choice.label for choice in self._choices])
        if found is None:
            self.box.setEditText(self.box.itemText(before))
            self.said.setText(NOTHING_BEGINS_SO)
            self.said.show()
            announce(self, NOTHING_BEGINS_SO)
            return
        self.box.setCurrentIndex(found)
        self.box.setEditText(self.box.itemText(found))
        if found != before:
            self._chosen()

    def _chosen(self, _: int = 0) -> None:
        self.said.hide()
        self.value_changed.emit(self.value())

    def _fit(self) -> None:
        self.box.setMaximumWidth(self.box.fontMetrics().averageCharWidth() * 44)

    def _fill(self, choices: tuple[Choice, ...]) -> None:
        kept = self.value()
        self._choices = choices
        self.box.clear()
        self.box.addItems([choice.label for choice in choices])
        values = [choice.value for choice in choices]
        self.box.setCurrentIndex(values.index(kept) if kept in values else -1)


def meant(typed: str, labels: Sequence[str]) -> int | None:
    """Which label somebody means by the first letters of it: the very words, the only one that holds them, the first
    that begins so, or the first with a word that begins so. ``None`` when there is none.
    """
    wanted = typed.strip().casefold()
    plain = [label.strip().casefold() for label in labels]
    if wanted in plain:
        return plain.index(wanted)
    holding = [index for index, label in enumerate(plain) if wanted in label]
    if len(holding) == 1:
        return holding[0]
    inside = re.compile(rf"(?<!\w){re.escape(wanted)}")
    beginning = [index for index in holding if plain[index].startswith(wanted)]
    return next(iter(beginning or [index for index in holding if inside.search(plain[index])]), None)
