"""Where each sealed copy is, and what the centre has proved to hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.sending import SendState
from qaf_desktop.ui.lists.empty import EmptyState
from qaf_desktop.ui.lists.paper_rows import STATE_CHIPS
from qaf_desktop.ui.lists.row_list import RowList
from qaf_desktop.ui.lists.rows import Row
from qaf_desktop.ui.moments import day_and_time
from qaf_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qaf_desktop.models.outbox import QueueLine
    from qaf_desktop.sync.receipts import Receipt, ReceiptLine

KIND_WORDS = {
    Kind.AUDIT: "Audit",
    Kind.FEEDBACK: "Feedback",
    Kind.WORKER_PART: "The worker's own view",
    Kind.MODERATION: "Moderation",
    Kind.PRINT_LOG: "Note of a printed copy",
    Kind.FORM_VERSION: "Form",
    Kind.SIGN_OFF: "Sign-off",
    Kind.CORRECTION: "Correction",
    Kind.WITHDRAWAL: "Withdrawal",
    Kind.SAFEGUARDING_NOTE: "Safeguarding note",
}
_OPENED = frozenset({Kind.AUDIT, Kind.FEEDBACK})
_SHOWN_DIGITS = 12


def kind_words(kind: Kind) -> str:
    """What a sealed copy is called on the screen."""
    return KIND_WORDS.get(kind, kind.value.replace("_", " ").capitalize())


class QueueList(QWidget):
    """Every sealed copy made here, newest first, with its state and, when held back, the reason."""

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = RowList(theme, "Sealed copies of this computer")
        self._list.opened.connect(self.opened)
        self._empty = EmptyState(theme, "send")
        self._empty.say("Nothing sealed yet", "A completed audit stands here until the centre has it, and after.")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self._stack)

    def show_lines(self, lines: Sequence[QueueLine], now: datetime) -> None:
        """Show the queue."""
        self._list.show_rows([_queue_row(line, now) for line in lines])
        self._stack.setCurrentWidget(self._list if lines else self._empty)

    def rows(self) -> Sequence[Row]:
        """What is shown now."""
        return self._list.rows_model().rows()


class ReceiptList(QWidget):
    """Copy by copy, with the fingerprint that was compared."""

    print_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("role", "muted")
        self._print = QPushButton("Print receipt")
        self._print.clicked.connect(self.print_requested)
        self._print.setEnabled(False)
        theme.decorate(self._print, "print")
        self._list = RowList(theme, "Receipt")
        self._empty = EmptyState(theme, "check")
        self._empty.say("No receipt yet", "After a sync it lists what the centre has proved to hold.")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)
        head = QHBoxLayout()
        head.addWidget(self._words, 1)
        head.addWidget(self._print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def show_receipt(self, receipt: Receipt, now: datetime) -> None:
        """Show what is confirmed, and what is not yet."""
        confirmed = sum(1 for line in receipt.lines if line.state is SendState.CONFIRMED)
        when = day_and_time(receipt.at, now) if receipt.at else "no sync has reached its end yet"
        self._words.setText(
            f"{confirmed} of {len(receipt.lines)} confirmed by {receipt.council or 'the centre'}, {when}. "
            "Confirmed means: read back from the centre's own log, with the same fingerprint."
        )
        self._list.show_rows([_receipt_row(line) for line in receipt.lines])
        self._stack.setCurrentWidget(self._list if receipt.lines else self._empty)
        self._print.setEnabled(bool(receipt.lines))

    def rows(self) -> Sequence[Row]:
        """What is shown now."""
        return self._list.rows_model().rows()


def _queue_row(line: QueueLine, now: datetime) -> Row:
    parts = [line.form_title, f"sealed {day_and_time(line.sealed_at, now)}"]
    if line.tries and line.state in {SendState.READY, SendState.HELD_BACK}:
        parts.append(f"offered {line.tries} {'time' if line.tries == 1 else 'times'}")
    return Row(
        key=line.record_id,
        title=" · ".join(part for part in (kind_words(line.kind), line.child_ref or "") if part),
        subtitle=" · ".join(part for part in parts if part),
        chips=(STATE_CHIPS[line.state],),
        note=line.reason if line.state is SendState.HELD_BACK else "",
        opens=line.kind in _OPENED,
    )


def _whose(scope: str) -> str:
    """Whose log a copy was read back from: each person has one, each team and the whole council."""
    return {"person": "your", "team": "the team's"}.get(scope.partition(":")[0], "the council's")


def _receipt_row(line: ReceiptLine) -> Row:
    place = f"entry {line.seq} in the centre's log of {_whose(line.scope)} papers" if line.scope else ""
    return Row(
        key=line.record_id,
        title=" · ".join(part for part in (kind_words(line.kind), line.child_ref or "") if part),
        subtitle=" · ".join(part for part in (f"fingerprint {line.content_hash[:_SHOWN_DIGITS]}", place) if part),
        chips=(STATE_CHIPS[line.state],),
        opens=False,
    )
