"""A passphrase is typed unseen, can be looked at, and is never kept longer than needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from qaf_desktop.ui.theme import Theme


class PassphraseField(QWidget):
    """A label, the field, and a button that shows what was typed."""

    changed = Signal()
    entered = Signal()
    """Enter was pressed."""

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = QLabel(label)
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhHiddenText
        )
        self._field.setAccessibleName(label.replace("&", ""))
        self._field.textChanged.connect(self.changed)
        self._field.returnPressed.connect(self.entered)
        self._label.setBuddy(self._field)
        self._eye = QToolButton()
        self._eye.setCheckable(True)
        self._eye.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._eye.toggled.connect(self._show)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._field, 1)
        row.addWidget(self._eye)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addLayout(row)
        self.setFocusProxy(self._field)
        self._show(False)

    def text(self) -> str:
        """What was typed."""
        return self._field.text()

    def clear(self) -> None:
        """Forget it."""
        self._field.clear()
        self._eye.setChecked(False)

    def mark(self, wrong: bool) -> None:
        """Show that this is the field to look at."""
        self._field.setProperty("wrong", wrong)
        self._field.style().unpolish(self._field)
        self._field.style().polish(self._field)

    def select(self) -> None:
        """Ready to be typed over."""
        self._field.setFocus()
        self._field.selectAll()

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._field.setEchoMode(mode)
        words = "Hide what I typed" if shown else "Show what I typed"
        self._eye.setToolTip(words)
        self._eye.setAccessibleName(words)
        self._theme.decorate(self._eye, "eye-off" if shown else "eye")
