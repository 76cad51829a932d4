"""What arrives with words of its own: forms, the directory, the calendar, my own papers and those shared with me."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from qaf_desktop.domain.canonical import content_hash
from qaf_desktop.domain.change import Change
from qaf_desktop.domain.envelope import Kind, NotARecord, Record
from qaf_desktop.domain.ids import RecordId
from qaf_desktop.domain.people import Person, Role, Team
from qaf_desktop.forms.published import WITHDRAWN, PublishedForm
from qaf_desktop.models.envelopes import Envelope
from qaf_desktop.models.forms import FormConflict
from qaf_desktop.models.records import Arrival
from qaf_desktop.models.store import Store
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.problems import Problem
from qaf_desktop.sync.failures import HistoryMismatch
from qaf_desktop.sync.line import Line
from qaf_desktop.sync.pulling import WORDS_DUE

WORDS_AT_ONCE = 100
_LOOKED_AT_ONCE = 500
_SHA256 = re.compile(r'"([0-9a-f]{64})"')
_APPLIED = "sync_applied"
_REFERENCE = frozenset({Kind.FORM_VERSION, Kind.DIRECTORY, Kind.CALENDAR})


@dataclass
class Arrived:
    """What the arrivals changed here, and problems of single papers that must not stop the others."""

    change: Change = field(default_factory=Change)
    problems: list[Problem] = field(default_factory=list)


def fetch_words(store: Store, line: Line, report: Callable[[int, int], None]) -> Arrived:
    """Fetch the words that belong on this computer and let forms, people and calendar take effect.

    Those are: every form, the newest directory and calendar, what I wrote, and what was shared with me by name. All
    else is fetched when somebody opens it.

    Raises:
        HistoryMismatch: words do not match the hash the log proved.
    """
    arrived = Arrived()
    with store.look() as work:
        wanted, due = _wanted(work), bool(work.meta.get(WORDS_DUE))
    for start in range(0, len(wanted), WORDS_AT_ONCE):
        report(start, len(wanted))
        _fetch(store, line, wanted[start : start + WORDS_AT_ONCE], arrived)
    with store.work() as work:
        arrived.change |= _apply(work, arrived.problems)
    _fetch_pictures(store, line, wanted)
    if due:
        with store.work() as work:
            work.meta.set(WORDS_DUE, None)
    return arrived


def fetch_on_demand(store: Store, line: Line, ids: Sequence[RecordId]) -> Change:
    """Fetch the words of these records because somebody wants to read them now."""
    arrived = Arrived()
    with store.look() as work:
        wanted = sorted(work.records.without_body(ids))
    for start in range(0, len(wanted), WORDS_AT_ONCE):
        _fetch(store, line, wanted[start : start + WORDS_AT_ONCE], arrived)
    _fetch_pictures(store, line, ids)
    return arrived.change


def _wanted(work: UnitOfWork) -> list[RecordId]:
    wanted = [envelope.id for envelope in work.records.of_kind(Kind.FORM_VERSION)]
    for kind in (Kind.DIRECTORY, Kind.CALENDAR):
        wanted += [envelope.id for envelope in work.records.of_kind(kind)[-1:]]
    me = work.people.me()
    if me is not None and work.meta.get(WORDS_DUE):
        wanted += [entry.record_id for entry in work.centre_log.entries(f"person:{me.code}") if entry.op == "p"]
    missing: list[RecordId] = []
    for start in range(0, len(wanted), _LOOKED_AT_ONCE):
        missing += sorted(work.records.without_body(wanted[start : start + _LOOKED_AT_ONCE]))
    return list(dict.fromkeys(missing))


def _fetch(store: Store, line: Line, ids: Sequence[RecordId], arrived: Arrived) -> None:
    left = list(ids)
    while left:
        words = line.bodies(left)
        if not words:
            return  # erased or withdrawn meanwhile: the log says so at the next pull
        with store.work() as work:
            for id, body in words.items():
                arrived.change |= _keep(work, work.records.envelope(id), body, arrived.problems)
        left = [id for id in left if id not in words]


def _keep(work: UnitOfWork, envelope: Envelope, body: str, problems: list[Problem]) -> Change:
    if content_hash(body) != envelope.content_hash:
        raise HistoryMismatch
    try:
        return work.records.receive([Arrival(envelope, body)])
    except NotARecord as problem:
        # Its author's program wrote it oddly. It stays closed; everybody else's papers go on.
        problems.append(problem)
        return Change()


def _fetch_pictures(store: Store, line: Line, ids: Iterable[RecordId]) -> None:
    with store.look() as work:
        named = set(work.forms.missing_pictures())
        for id in ids:
            if work.records.has_body(id):
                named |= set(_SHA256.findall(work.records.get(id).body))
        wanted = sorted(work.pictures.missing(named))
    for sha256 in wanted:
        if (found := line.get_blob(sha256)) is not None:
            with store.work() as work:
                work.pictures.keep(found[1], found[0])


def _apply(work: UnitOfWork, problems: list[Problem]) -> Change:
    """Let reference records take effect that have not done so yet, in the order the centre received them."""
    applied = set(work.meta.get(_APPLIED, []))
    coming = {envelope.id: envelope for kind in sorted(_REFERENCE) for envelope in work.records.of_kind(kind)}
    newest = {envelope.kind: envelope.id for envelope in coming.values()}
    changed = False
    for envelope in coming.values():
        due = envelope.kind is Kind.FORM_VERSION or newest[envelope.kind] == envelope.id
        if envelope.id in applied or not due or not work.records.has_body(envelope.id):
            continue
        _APPLY[envelope.kind](work, work.records.get(envelope.id), problems)
        applied.add(envelope.id)
        changed = True
    if changed:
        work.meta.set(_APPLIED, sorted(applied & set(coming)))
    return Change(reference=changed)


def _apply_form(work: UnitOfWork, record: Record, problems: list[Problem]) -> None:
    form = PublishedForm.from_content(record.content)
    try:
        work.forms.keep(form)
    except FormConflict as problem:
        problems.append(problem)
        return
    if record.content.get(WITHDRAWN):
        work.forms.withdraw(form.form_id, form.version)


def _apply_directory(work: UnitOfWork, record: Record, _problems: list[Problem]) -> None:
    people = [
        Person(who["code"], who["login"], who["name"], Role(who["role"]), who["team"], who["active"])
        for who in record.content["people"]
    ]
    teams = [Team(unit["code"], unit["name"], unit["service"], unit["active"]) for unit in record.content["teams"]]
    work.people.replace(people, teams)


def _apply_calendar(work: UnitOfWork, record: Record, _problems: list[Problem]) -> None:
    days = {date.fromisoformat(day): name for day, name in record.content["bank_holidays"].items()}
    work.people.replace_bank_holidays(days)


_APPLY: dict[Kind, Callable[[UnitOfWork, Record, list[Problem]], None]] = {
    Kind.FORM_VERSION: _apply_form,
    Kind.DIRECTORY: _apply_directory,
    Kind.CALENDAR: _apply_calendar,
}
