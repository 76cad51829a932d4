"""Offer what was sealed here, a batch a round trip, and write down the centre's verdict about each paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from qaf_desktop.domain.canonical import content_hash
from qaf_desktop.domain.change import Change
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.outbox import Verdict, Waiting
from qaf_desktop.models.store import Store
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.sync.failures import CentreFaulty
from qaf_desktop.sync.line import BatchUnreadable, Line
from qaf_desktop.sync.messages import Offered, Said

BATCH_RECORDS = 25
BATCH_BYTES = 512 * 1024

_SHA256 = re.compile(r'"([0-9a-f]{64})"')

_REASONS = {
    "too_new": "The centre does not know this sort of paper or this team yet. It is offered again at every sync.",
    "id_taken": "The centre has another paper under the same number. Tell your IT service.",
    "author": "It was sealed by another person than the one signed in. Tell your IT service.",
    "not_yours": "Your role may not seal this sort of paper, or not about that one. Ask quality assurance to do it.",
    "centre_only": "Only the centre itself makes papers of this kind. Tell your IT service.",
    "too_big": "It is larger than the centre takes (one megabyte). Tell your IT service.",
    "hash": "It was damaged on the way or on this computer. Tell your IT service.",
    "damaged": "It was damaged on this computer and was not sent. Tell your IT service.",
}
_OTHER_REASON = "The centre could not read it. Tell your IT service."


@dataclass(frozen=True)
class Pushed:
    """What a push did: records the centre now has, records newly held back, and what changed here."""

    sent: int = 0
    held_back: int = 0
    change: Change = field(default_factory=Change)

    def __add__(self, other: Pushed) -> Pushed:
        return Pushed(self.sent + other.sent, self.held_back + other.held_back, self.change | other.change)


def push_waiting(store: Store, line: Line, report: Callable[[int, int], None]) -> Pushed:
    """Offer everything that waits, urgent first, each record at most once.

    Verdicts of a batch are written in one transaction. If the line breaks before that, the records are simply offered
    again: the centre skips what it has.

    Args:
        report: told before each batch how many records are done and how many there are; may raise to stop.
    """
    pushed = Pushed()
    done = 0
    last: Waiting | None = None
    with store.look() as work:
        counts = work.outbox.counts()
    total = counts[SendState.READY]
    while True:
        report(done, max(total, done))
        with store.look() as work:
            batch = work.outbox.waiting(BATCH_RECORDS, BATCH_BYTES, after=last)
        if not batch:
            return pushed
        pushed += _push_batch(store, line, batch)
        done += len(batch)
        last = batch[-1]


def _push_batch(store: Store, line: Line, batch: Sequence[Waiting]) -> Pushed:
    whole = [one for one in batch if _is_whole(one)]
    verdicts = [Verdict(one.record_id, SendState.HELD_BACK, _REASONS["damaged"]) for one in batch if not _is_whole(one)]
    _send_pictures(store, line, whole)
    offered = [Offered(one.record_id, one.content_hash, one.body) for one in whole]
    said = _offer(line, offered) if offered else []
    verdicts += [_verdict(one) for one in said if one.verdict != "erased"]
    with store.work() as work:
        return _write_down(work, verdicts, [one for one in said if one.verdict == "erased"])


def _write_down(work: UnitOfWork, verdicts: Sequence[Verdict], erased: Sequence[Said]) -> Pushed:
    held_before = set(work.outbox.in_state(SendState.HELD_BACK))
    changed = work.outbox.set_verdicts(verdicts)
    change = Change(records=changed, sending=bool(changed))
    if erased:
        change |= work.records.erase(*(one.record_id for one in erased))
    held = [one for one in verdicts if one.state is SendState.HELD_BACK and one.record_id not in held_before]
    received = [one for one in verdicts if one.state is SendState.RECEIVED]
    return Pushed(len(received), len(held), change)


def _offer(line: Line, batch: Sequence[Offered]) -> list[Said]:
    try:
        return line.push(batch)
    except BatchUnreadable:
        if len(batch) == 1:
            return [Said(batch[0].record_id, "rejected", "malformed")]
        middle = len(batch) // 2
        return _offer(line, batch[:middle]) + _offer(line, batch[middle:])


def _verdict(said: Said) -> Verdict:
    match said.verdict:
        case "accepted":
            return Verdict(said.record_id, SendState.RECEIVED)
        case "too_new":
            return Verdict(said.record_id, SendState.HELD_BACK, _REASONS["too_new"], retry=True)
        case "id_taken":
            return Verdict(said.record_id, SendState.HELD_BACK, _REASONS["id_taken"])
        case "rejected":
            return Verdict(said.record_id, SendState.HELD_BACK, _REASONS.get(said.reason, _OTHER_REASON))
    raise CentreFaulty


def _is_whole(one: Waiting) -> bool:
    try:
        return content_hash(one.body) == one.content_hash
    except UnicodeError:
        return False


def _send_pictures(store: Store, line: Line, batch: Sequence[Waiting]) -> None:
    """Pictures an answer names by their hash go first, so that nobody reads of one that is not there."""
    named = {found for one in batch for found in _SHA256.findall(one.body)}
    if not named:
        return
    with store.look() as work:
        here = named - work.pictures.missing(named)
        pictures = [(sha256, work.pictures.media_type(sha256), work.pictures.get(sha256)) for sha256 in sorted(here)]
    for sha256, media_type, picture in pictures:
        line.put_blob(sha256, media_type, picture)
