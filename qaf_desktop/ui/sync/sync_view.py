"""Speaking to the centre: one button, what is happening in words, what waits and why, and the receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QTabWidget, QVBoxLayout, QWidget

from qaf_desktop.ui.lists.rows import Row
from qaf_desktop.ui.messages import announce
from qaf_desktop.ui.moments import day_and_time
from qaf_desktop.ui.sync.sync_lists import QueueList, ReceiptList
from qaf_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qaf_desktop.services.my_work import Sending
    from qaf_desktop.services.sending import SendingPage
    from qaf_desktop.sync.conversation import Progress
    from qaf_desktop.sync.receipts import Receipt

_STEPS = {"hello": "Greeting the centre", "push": "Sending", "pull": "Fetching", "check": "Checking the receipt"}


class SyncView(QWidget):
    """Shows and asks; it never says "sent" before the centre's own log has proved it."""

    sync_requested = Signal()
    cancel_requested = Signal()
    receipt_wanted = Signal()
    """The receipt came in sight."""
    print_receipt_requested = Signal()
    record_opened = Signal(str)

    def __init__(self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("Sync")
        self._theme = theme
        self._now = now
        self._spoken_step = ""
        self._sync = QPushButton("Sync now")
        self._sync.setProperty("role", "primary")
        self._sync.clicked.connect(self.sync_requested)
        theme.decorate(self._sync, "sync", "on_primary")
        self._cancel = QPushButton("Cancel")
        self._cancel.clicked.connect(self.cancel_requested)
        self._icon = QLabel()
        self._icon_name = "cloud"
        self._headline = QLabel("The centre has not been asked yet")
        self._headline.setProperty("role", "heading")
        self._details = QLabel()
        self._details.setProperty("role", "muted")
        for label in (self._headline, self._details):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the sync")
        self._queue = QueueList(theme)
        self._queue.opened.connect(self.record_opened)
        self._receipt = ReceiptList(theme)
        self._receipt.print_requested.connect(self.print_receipt_requested)
        self._tabs = QTabWidget()
        self._tabs.addTab(self._queue, "Sealed copies of this computer")
        self._tabs.addTab(self._receipt, "Receipt")
        self._tabs.setAccessibleName("Sealed copies and receipt")
        self._tabs.currentChanged.connect(self._tab_changed)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.show_resting()

    def _lay_out(self) -> None:
        title = QLabel("Sync")
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title, 1)
        head.addWidget(self._cancel)
        head.addWidget(self._sync)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._headline)
        words.addWidget(self._details)
        words.addWidget(self._bar)
        inside = QHBoxLayout(self._card)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(16)
        inside.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._card)
        column.addWidget(self._tabs, 1)
        self.setFocusProxy(self._sync)

    def show_page(self, page: SendingPage) -> None:
        """The queue and how the last attempt ended."""
        self._queue.show_lines(page.queue, self._now())
        attempt = page.last_attempt
        if self._bar.isVisibleTo(self):
            return
        if attempt is None:
            self._say("The centre has not been asked yet", counts_words(page.sending), "cloud")
        else:
            good = attempt.outcome == "done"
            first, _, rest = attempt.sentence.partition(". ")
            when = f"Last asked {day_and_time(attempt.at, self._now())}. {counts_words(page.sending)}"
            details = " ".join(part for part in (rest, when) if part)
            self._say(first.rstrip("."), details, "online" if good else "offline")

    def show_progress(self, progress: Progress) -> None:
        """A step of the conversation, in words and counts."""
        step = progress.words or _STEPS.get(progress.step, "Working")
        counted = f"{progress.done} of {progress.total}" if progress.total else ""
        self._say(step, counted, "sync")
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._bar.show()
        self._sync.setEnabled(False)
        self._cancel.show()
        if step != self._spoken_step:
            self._spoken_step = step
            announce(self, step)

    def show_cancelling(self) -> None:
        """The person asked to stop; the step under way is finished first."""
        self._details.setText("Stopping after this step. Nothing is lost.")
        self._cancel.setEnabled(False)

    def show_resting(self) -> None:
        """Nothing is under way."""
        self._bar.hide()
        self._cancel.hide()
        self._cancel.setEnabled(True)
        self._sync.setEnabled(True)
        self._spoken_step = ""

    def show_unenrolled(self) -> None:
        """This computer works without a centre for now."""
        self._sync.setEnabled(False)
        self._say(
            "This computer works without a centre for now",
            "Your work is kept here, encrypted. With an enrolment file from your IT service it can be sent.",
            "cloud",
        )

    def show_receipt(self, receipt: Receipt) -> None:
        """What the centre has proved to hold."""
        self._receipt.show_receipt(receipt, self._now())

    def receipt_in_sight(self) -> bool:
        """Whether the receipt is the tab in front."""
        return self._tabs.currentWidget() is self._receipt

    def rows(self) -> Sequence[Row]:
        """The queue as it is shown now."""
        return self._queue.rows()

    def receipt_rows(self) -> Sequence[Row]:
        """The receipt as it is shown now."""
        return self._receipt.rows()

    @property
    def words(self) -> str:
        """What stands in the card at the top."""
        return " ".join(part for part in (self._headline.text(), self._details.text()) if part)

    def panes(self) -> Sequence[QWidget]:
        """F6 goes from the button to the list."""
        return [self._sync, self._tabs]

    def _tab_changed(self) -> None:
        if self.receipt_in_sight():
            self.receipt_wanted.emit()

    def _say(self, headline: str, details: str, icon: str) -> None:
        self._headline.setText(headline)
        self._details.setText(details)
        self._details.setVisible(bool(details))
        self._icon_name = icon
        self._dress()

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, "primary", 28))


def counts_words(sending: Sending) -> str:
    """Where the sealed copies of this computer are, in one sentence."""
    parts = [
        f"{count} {words}"
        for count, words in (
            (sending.ready, "ready to send"),
            (sending.received, "received"),
            (sending.confirmed, "confirmed"),
            (sending.held_back, "held back"),
        )
        if count
    ]
    return f"Sealed copies: {', '.join(parts)}." if parts else "There is nothing to send."
