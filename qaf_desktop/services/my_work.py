"""What is on my desk: drafts, what I have completed, and what still waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.services.lines import CompletedLine, DraftLine, completed_line, draft_line

COMPLETED_SHOWN = 50


@dataclass(frozen=True)
class Sending:
    """How many of my sealed copies are where on their way to the centre."""

    ready: int
    received: int
    confirmed: int
    held_back: int


@dataclass(frozen=True)
class MyWork:
    """Everything the first page shows."""

    drafts: tuple[DraftLine, ...]
    completed: tuple[CompletedLine, ...]
    sending: Sending


def my_work(work: UnitOfWork) -> MyWork:
    """My drafts, newest touched first; my newest completed audits; and what waits."""
    return MyWork(
        drafts=tuple(draft_line(work, draft) for draft in work.drafts.all_open()),
        completed=tuple(
            completed_line(line) for line in work.projections.audits(mine=True, limit=COMPLETED_SHOWN, kind=Kind.AUDIT)
        ),
        sending=sending(work),
    )


def sending(work: UnitOfWork) -> Sending:
    """The counts the status bar shows."""
    counts = work.outbox.counts()
    return Sending(
        ready=counts.get(SendState.READY, 0),
        received=counts.get(SendState.RECEIVED, 0),
        confirmed=counts.get(SendState.CONFIRMED, 0),
        held_back=counts.get(SendState.HELD_BACK, 0),
    )
