"""Drafts, sealed copies and queues as the store would hand them over."""

from datetime import UTC, datetime, timedelta

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import CaseId, DraftId, RecordId
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.outbox import Attempt, QueueLine
from qaf_desktop.services.lines import CompletedLine, DraftLine
from qaf_desktop.services.my_work import MyWork, Sending
from qaf_desktop.services.sending import SendingPage

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
FORM = "Child practice audit"


def now():
    return NOW


def a_draft(number=1, child_ref="CH-7K4QM", worker="Ana Field", answered=31, asked=74):
    return DraftLine(
        id=DraftId(f"d{number}"),
        case_id=CaseId(f"c{number}"),
        kind=Kind.AUDIT,
        child_ref=child_ref,
        form_title=FORM,
        form_version="2026.1",
        worker=worker,
        touched_at=NOW - timedelta(minutes=12),
        answered=answered,
        asked=asked,
    )


def a_sealed_copy(number=1, child_ref="CH-9QJ4T", overall="G", state=SendState.READY, reason="", kind=Kind.AUDIT):
    return CompletedLine(
        record_id=RecordId(f"r{number}"),
        case_id=CaseId(f"k{number}"),
        kind=kind,
        child_ref=child_ref,
        form_title=FORM,
        overall=overall,
        completed_at=NOW - timedelta(days=number),
        feedback_count=1,
        state=state,
        reason=reason,
    )


def some_work(drafts=(), completed=(), ready=0, received=0, confirmed=0, held_back=0):
    return MyWork(tuple(drafts), tuple(completed), Sending(ready, received, confirmed, held_back))


def a_queue_line(number=1, state=SendState.READY, reason="", kind=Kind.AUDIT):
    return QueueLine(
        record_id=RecordId(f"r{number}"),
        kind=kind,
        child_ref="CH-7K4QM",
        form_title=FORM,
        sealed_at=NOW - timedelta(hours=number),
        state=state,
        reason=reason,
        content_hash="ab" * 32,
        tries=1,
    )


def a_sending_page(queue=(), outcome=None, sentence="", **counts):
    attempt = Attempt(NOW - timedelta(minutes=4), outcome, sentence, 1, 2) if outcome else None
    everything = {"ready": 0, "received": 0, "confirmed": 0, "held_back": 0} | counts
    return SendingPage(Sending(**everything), tuple(queue), attempt)
