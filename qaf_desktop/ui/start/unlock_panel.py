"""The locked door: content is hidden, and the key to it is asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from qaf_desktop.problems import Problem
from qaf_desktop.ui.messages import announce
from qaf_desktop.ui.start.passphrase_field import PassphraseField
from qaf_desktop.ui.start.sheet import Sheet
from qaf_desktop.ui.theme import Theme

LONGEST_WAIT_SECONDS = 30
FRAME_PIXELS = 48
"""What the system draws around a window."""


def wait_seconds(wrong_in_a_row: int) -> int:
    """How long to wait after so many wrong passphrases: 0, 1, 2, 4 … 30 seconds. There is no last try."""
    return 0 if wrong_in_a_row < 2 else min(2 ** (wrong_in_a_row - 2), LONGEST_WAIT_SECONDS)


class UnlockPanel(QWidget):
    """Asks for the passphrase, or for a press of a button where the computer's keyring holds the key."""

    unlock_requested = Signal(str)
    """The passphrase; empty where the keyring holds the key."""
    restore_requested = Signal(object)
    """The ``Path`` of the backup to go back to."""

    said_more = Signal()
    """A message stands here now, so more room is needed than before."""

    def __init__(self, theme: Theme, *, keyring: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("Locked")
        self._keyring = keyring
        self._wrong = 0
        self._wait = 0
        self._backup: Path | None = None
        self._sheet = Sheet(theme, "Locked")
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setProperty("role", "muted")
        self._field = PassphraseField(theme, "&Passphrase")
        self._field.entered.connect(self._ask)
        self._field.changed.connect(self._typed)
        self._unlock = QPushButton("Unlock")
        self._unlock.setProperty("role", "primary")
        self._unlock.clicked.connect(self._ask)
        theme.decorate(self._unlock, "key", "on_primary")
        self._restore = QPushButton()
        self._restore.clicked.connect(self._ask_restore)
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self._tick)
        content = self._sheet.content
        for widget in (self._about, self._field, self._unlock, self._restore):
            content.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sheet)
        self.ask(keyring=keyring)

    def ask(self, *, keyring: bool) -> None:
        """Ask for the key, with nothing left over from the last time."""
        self._keyring = keyring
        self._sheet.set_title("Locked")
        self._about.setText(
            "Your work is here, encrypted. Its key is asked of this computer's keyring."
            if keyring
            else "Your work is here, encrypted. Type your passphrase to open it."
        )
        self._field.clear()
        self._field.mark(False)
        self._field.setVisible(not keyring)
        self._restore.hide()
        self._sheet.messages.clear()
        self.setFocusProxy(self._unlock if keyring else self._field)
        self._set_ready(not self._wait)

    def show_working(self, words: str = "Opening…") -> None:
        """The key is being tried; this takes about half a second on purpose."""
        self._unlock.setText(words)
        self._unlock.setEnabled(False)
        self._field.setEnabled(False)

    def show_wrong(self, problem: Problem) -> None:
        """Not the right passphrase: say so, and let the next try wait a little longer each time."""
        self._wrong += 1
        self._wait = wait_seconds(self._wrong)
        self._say(problem)
        self._set_ready(not self._wait)
        self._field.setEnabled(True)
        self._field.mark(True)
        self._field.select()
        if self._wait:
            self._count_down()
            self._timer.start()

    def show_problem(self, problem: Problem) -> None:
        """The store cannot be opened, for a reason that is no fault of the passphrase."""
        self._say(problem)
        self._set_ready(True)

    def show_damaged(self, problem: Problem, backup: Path | None, words: str) -> None:
        """The store is damaged; offer the newest backup, described in ``words`` ("Go back to the copy of …")."""
        self.show_problem(problem)
        self._backup = backup
        self._restore.setText(words)
        self._restore.setVisible(backup is not None)

    def show_opened(self) -> None:
        """It was the right one: forget it, and how often it was wrong."""
        self._wrong = 0
        self.ask(keyring=self._keyring)

    def needed_height(self) -> int:
        """The height in pixels at which everything is seen without scrolling."""
        return self._sheet.needed_height()

    def _say(self, problem: Problem) -> None:
        self._sheet.messages.show_problem(problem)
        self.said_more.emit()

    def _ask(self) -> None:
        if self._unlock.isEnabled():
            self.unlock_requested.emit("" if self._keyring else self._field.text())

    def _ask_restore(self) -> None:
        if self._backup is not None:
            self.restore_requested.emit(self._backup)

    def _typed(self) -> None:
        self._field.mark(False)
        if not self._wait:
            self._unlock.setEnabled(self._keyring or bool(self._field.text()))

    def _set_ready(self, ready: bool) -> None:
        self._unlock.setText("Unlock")
        self._field.setEnabled(True)
        self._unlock.setEnabled(ready and (self._keyring or bool(self._field.text())))

    def _tick(self) -> None:
        self._wait -= 1
        if self._wait > 0:
            self._count_down()
        else:
            self._timer.stop()
            self._set_ready(True)
            announce(self, "You can try again now.")

    def _count_down(self) -> None:
        self._unlock.setText(f"Try again in {self._wait} {'second' if self._wait == 1 else 'seconds'}")
        self._unlock.setEnabled(False)


class UnlockWindow(QWidget):
    """The door in a window of its own, before the main window exists."""

    closed = Signal()

    def __init__(self, theme: Theme, *, keyring: bool) -> None:
        super().__init__()
        self.setWindowTitle("QAF Desktop")
        self.setWindowIcon(theme.icon("app"))
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panel = UnlockPanel(theme, keyring=keyring)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.setMinimumSize(480, 400)
        self.resize(720, 560)
        self.setFocusProxy(self.panel)
        self.panel.said_more.connect(lambda: QTimer.singleShot(0, self, self._make_room))

    def _make_room(self) -> None:
        """Grow as far as the screen allows, so that nothing of the message and the way out of it is hidden."""
        room = self.screen().availableGeometry().height() - FRAME_PIXELS
        self.resize(self.width(), max(self.height(), min(self.panel.needed_height(), room)))
