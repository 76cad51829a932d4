"""The line at the foot of the window: only what is known to be true this moment."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from qaf_desktop.ui.messages import announce
from qaf_desktop.ui.theme import Theme

ANSWER_SHOWN_MILLISECONDS = 6_000


class _Piece(QWidget):
    """A small picture with words."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon
        self._picture = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        row.addWidget(self._picture)
        row.addWidget(self._words)
        theme.changed.connect(self._dress)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def say(self, words: str, icon: str = "", hint: str = "") -> None:
        self._icon_name = icon or self._icon_name
        self._words.setText(words)
        self.setToolTip(hint or words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self._dress()

    def _dress(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(self._icon_name, "muted", 16))


class Status(QStatusBar):
    """When the last answer was written down, whether the centre answers, what waits, and which form is in front."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self._saved_at: datetime | None = None
        self._saved = _Piece(theme, "check")
        self._form = _Piece(theme, "forms")
        self._waiting = _Piece(theme, "send")
        self._centre = _Piece(theme, "cloud")
        self.addWidget(self._saved)
        for piece in (self._form, self._waiting, self._centre):
            self.addPermanentWidget(piece)

    def minimumSizeHint(self) -> QSize:
        """A narrow window cuts the words rather than refusing to be narrow."""
        return QSize(0, super().minimumSizeHint().height())

    def show_saved(self, at: datetime | None) -> None:
        """The moment the newest answer was committed, by this computer's clock; ``None`` while none was."""
        self._saved_at = at
        self._saved.say(f"Saved {at:%H:%M:%S}" if at else "")

    def show_not_saved(self, words: str) -> None:
        """Something typed could not be written down, for example because the disk is full."""
        self._saved.say(words, "warning")

    def answer_save(self) -> None:
        """What Ctrl+S answers: there is nothing to do, and when it was done."""
        words = f"Already saved {self._saved_at:%H:%M:%S}" if self._saved_at else "Everything is saved as you type"
        self.showMessage(words, ANSWER_SHOWN_MILLISECONDS)
        announce(self, words)

    def show_centre(self, answering: bool | None, at: datetime | None = None, *, enrolled: bool = True) -> None:
        """Online means that the centre answered; ``None`` = it has not been asked since the program was opened."""
        when = f" at {at:%H:%M}" if at else ""
        if not enrolled:
            self._centre.say("No centre", "cloud", "This computer works without a centre for now.")
        elif answering is None:
            self._centre.say("Centre not asked yet", "cloud", "Sync asks the centre; your work is safe meanwhile.")
        elif answering:
            self._centre.say(f"Online{when}", "online", f"The centre answered{when}.")
        else:
            self._centre.say(f"Offline{when}", "offline", f"The centre did not answer{when}. You can go on working.")

    def show_waiting(self, waiting: int, held_back: int = 0) -> None:
        """How many sealed copies wait to be sent, and how many the centre would not take."""
        words = "Nothing waits" if not waiting else f"{waiting} to send"
        if held_back:
            words += f", {held_back} held back"
        self._waiting.say(words, "warning" if held_back else "send")

    def show_form(self, words: str) -> None:
        """The form in front and its version; empty when the page is not a form."""
        self._form.say(words)
