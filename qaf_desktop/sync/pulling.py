"""Read the centre's logs on from where we stand, prove every entry, and keep what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.ids import RecordId
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.centre_log import LogEntry, Pin
from qaf_desktop.models.records import Arrival
from qaf_desktop.models.store import Store
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.sync.chain import genesis, link
from qaf_desktop.sync.failures import HistoryMismatch
from qaf_desktop.sync.line import Line
from qaf_desktop.sync.messages import LogHead, Pulled

WORDS_DUE = "sync_words_due"
"""Meta: records came whose words are still to be fetched; set with the entries, so that a kill forgets nothing."""


@dataclass(frozen=True)
class Taken:
    """What pulling did: other people's records that are new here, own records now proved, and what changed."""

    pulled: int = 0
    confirmed: int = 0
    change: Change = field(default_factory=Change)

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.pulled + other.pulled, self.confirmed + other.confirmed, self.change | other.change)


def pull_all(store: Store, line: Line, logs: Sequence[LogHead], report: Callable[[int, int], None]) -> Taken:
    """Read every log to its end, page by page; each page is proved, then kept with its pins in one transaction.

    Raises:
        HistoryMismatch: an entry does not follow from the one before it, or a record is not what it was.
    """
    taken = Taken()
    done = 0
    with store.look() as work:
        pins = {pin.scope: pin for pin in work.centre_log.pins()}
    total = sum(max(0, log.seq - (pins[log.scope].seq if log.scope in pins else 0)) for log in logs)
    while not _is_read_to_the_end(store, logs, pins):
        report(done, max(total, done))
        page = line.pull({log.scope: pins[log.scope].seq if log.scope in pins else 0 for log in logs})
        if not page:
            break
        ends = prove(page, pins)
        with store.work() as work:
            taken += _keep(work, page, ends)
        pins |= ends
        done += len(page)
    for log in logs:
        if log.scope in pins and pins[log.scope].seq == log.seq and pins[log.scope].chain != log.chain:
            raise HistoryMismatch
    return taken


def prove(page: Sequence[Pulled], pins: dict[str, Pin]) -> dict[str, Pin]:
    """The new pin of each log in a page whose entries follow, one by one, from where our pins stand."""
    ends: dict[str, Pin] = {}
    for one in page:
        entry = one.entry
        before = ends.get(entry.scope) or pins.get(entry.scope) or Pin(entry.scope, 0, genesis(entry.scope))
        try:
            chain = link(before.chain, entry.op, entry.record_id, entry.content_hash)
        except ValueError as error:
            raise HistoryMismatch from error
        if entry.seq != before.seq + 1 or entry.chain != chain or entry.op not in {"p", "r", "e"}:
            raise HistoryMismatch
        ends[entry.scope] = Pin(entry.scope, entry.seq, chain)
    return ends


def _is_read_to_the_end(store: Store, logs: Sequence[LogHead], pins: dict[str, Pin]) -> bool:
    """Whether every log was read as far as hello said, and nothing of ours waits for its proof behind that."""
    if any(log.seq > (pins[log.scope].seq if log.scope in pins else 0) for log in logs):
        return False
    with store.look() as work:
        return work.outbox.counts()[SendState.RECEIVED] == 0


def leave_scopes(work: UnitOfWork, mine: Iterable[str]) -> Change:
    """Forget the logs that are no longer mine, and the copies only they showed; what I wrote myself stays."""
    wanted = set(mine)
    gone: set[RecordId] = set()
    for pin in work.centre_log.pins():
        if pin.scope not in wanted:
            gone |= work.centre_log.drop_scope(pin.scope)
    return _forget_unseen(work, gone)


def _keep(work: UnitOfWork, page: Sequence[Pulled], ends: dict[str, Pin]) -> Taken:
    known = work.records.known({one.entry.record_id for one in page})
    states = work.outbox.states({one.entry.record_id for one in page})
    _must_be_what_it_was(page, known, states)
    for scope, entries in groupby((one.entry for one in page), key=lambda entry: entry.scope):
        work.centre_log.append(scope, entries, ends[scope])
    change = _take_in(work, page, known)
    if erased := {one.entry.record_id for one in page if one.entry.op == "e"}:
        change |= work.records.erase(*sorted(erased))
    if withdrawn := {one.entry.record_id for one in page if one.entry.op == "r"}:
        change |= _forget_unseen(work, withdrawn)
    proved = [entry.record_id for entry in _puts(page) if known.get(entry.record_id) == entry.content_hash]
    confirmed = work.outbox.set_confirmed(proved)
    new = {one.envelope.id for one in page if one.envelope is not None} - set(known)
    change |= Change(records=confirmed, sending=bool(confirmed))
    return Taken(len(new), len(confirmed), change)


def _take_in(work: UnitOfWork, page: Sequence[Pulled], known: dict[RecordId, str]) -> Change:
    me = work.people.me()
    arrivals = {
        one.envelope.id: Arrival(one.envelope)
        for one in page
        if one.envelope is not None and known.get(one.envelope.id, one.entry.content_hash) == one.entry.content_hash
    }
    if any(id not in known for id in arrivals):
        work.meta.set(WORDS_DUE, True)
    mine_forgotten = any(
        arrival.envelope.author == (me.code if me else "") and arrival.envelope.device == work.meta.device
        for id, arrival in arrivals.items()
        if id not in known
    )
    if mine_forgotten:
        # This store came back from a backup: its numbers are in use already, so it becomes another device.
        work.meta.new_device()
    return work.records.receive(arrivals.values()) if arrivals else Change()


def _must_be_what_it_was(page: Sequence[Pulled], known: dict[RecordId, str], states: dict[RecordId, SendState]) -> None:
    for entry in _puts(page):
        was = known.get(entry.record_id, entry.content_hash)
        # One of ours the centre never took, because another paper has its number, is held back: told already.
        ours_apart = states.get(entry.record_id) in {SendState.READY, SendState.HELD_BACK}
        if was != entry.content_hash and not ours_apart:
            raise HistoryMismatch


def _forget_unseen(work: UnitOfWork, ids: Iterable[RecordId]) -> Change:
    gone = set(ids)
    gone -= work.centre_log.shown(gone)
    me = work.people.me()
    keep = {id for id in work.records.known(gone) if me is not None and work.records.envelope(id).author == me.code}
    gone -= keep
    return work.records.forget(*sorted(gone)) if gone else Change()


def _puts(page: Sequence[Pulled]) -> list[LogEntry]:
    return [one.entry for one in page if one.entry.op == "p"]
