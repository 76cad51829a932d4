"""A long list to search by typing any part of a name: teams, staff, cycles."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QWidget

from qaf_desktop.forms.choices import Choice
from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import Answer


class _Searched(QComboBox):
    """Opens while typing; the wheel scrolls the page, never the answer."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the question, not for the list."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Half a name is no answer: what was chosen stands again."""
        super().focusOutEvent(event)
        popup = event.reason() == Qt.FocusReason.PopupFocusReason
        edit = self.lineEdit()
        if edit is None or popup:
            return
        if not edit.text().strip() and self.currentIndex() >= 0:
            self.setCurrentIndex(-1)
            self.activated.emit(-1)
        elif self.currentText() != self.itemText(self.currentIndex()):
            edit.setText(self.itemText(self.currentIndex()))


class SearchList(Answer):
    """One option of many, found by typing."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self.box = _Searched(self)
        self.box.setEditable(True)
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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 1_000)
        row.addStretch(1)
        self._fit()
        self._fill(item.choices)
        self.box.activated.connect(lambda _: self.value_changed.emit(self.value()))

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

    def _fit(self) -> None:
        self.box.setMaximumWidth(self.box.fontMetrics().averageCharWidth() * 44)

    def _fill(self, choices: tuple[Choice, ...]) -> None:
        kept = self.value()
        self._choices = choices
        self.box.clear()
        self.box.addItems([choice.label for choice in choices])
        values = [choice.value for choice in choices]
        self.box.setCurrentIndex(values.index(kept) if kept in values else -1)
