"""What has been sent, what waits and why, and the receipt that proves it."""

from __future__ import annotations

from dataclasses import dataclass

from qaf_desktop.models.outbox import Attempt, QueueLine
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.services.my_work import Sending, sending

QUEUE_SHOWN = 500


@dataclass(frozen=True)
class SendingPage:
    """Everything the Sync page shows; the newest record first."""

    sending: Sending
    queue: tuple[QueueLine, ...]
    last_attempt: Attempt | None


def sending_page(work: UnitOfWork) -> SendingPage:
    """The queue with its states, and how the last attempt ended."""
    return SendingPage(
        sending=sending(work),
        queue=tuple(work.outbox.lines(limit=QUEUE_SHOWN, offset=0)),
        last_attempt=work.outbox.last_attempt(),
    )
