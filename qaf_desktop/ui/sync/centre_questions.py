"""What the centre needs to be told once: the enrolment file, and the password where it asks for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qaf_desktop.ui.start.passphrase_field import PassphraseField
from qaf_desktop.ui.theme import Theme


def ask_for_enrolment(parent: QWidget, chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask which enrolment file to open; ``chosen`` gets its path."""
    dialog = QFileDialog(parent, "Open enrolment file")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(["Enrolment files (*.json *.qaf)", "All files (*)"])
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


class CentrePasswordDialog(QDialog):
    """Asks for the password of the centre; it is given once and not shown again."""

    given = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Centre password – QAF Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.pixels(420))
        heading = QLabel("Centre password")
        heading.setProperty("role", "heading")
        about = QLabel(
            "The password your IT service gave you for the centre. It is kept with your key, never in clear, "
            "and is not the passphrase that opens your work."
        )
        about.setProperty("role", "muted")
        about.setWordWrap(True)
        self._field = PassphraseField(theme, "&Password")
        self._field.changed.connect(self._typed)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._keep = QPushButton("Keep it")
        self._keep.setProperty("role", "primary")
        self._keep.setDefault(True)
        self._keep.setEnabled(False)
        self._keep.clicked.connect(self._give)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        for widget in (heading, about, self._field):
            column.addWidget(widget)
        column.addLayout(row)
        self._field.setFocus()

    def _typed(self) -> None:
        self._keep.setEnabled(bool(self._field.text()))

    def _give(self) -> None:
        password = self._field.text()
        self._field.clear()
        self.given.emit(password)
        self.accept()
