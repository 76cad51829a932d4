"""One sync from hello to proof: what was sealed here goes out, what belongs here comes in, and both sides compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.store import Store
from qaf_desktop.models.store_lock import StoreLock
from qaf_desktop.problems import Problem
from qaf_desktop.sync.arrivals import fetch_words
from qaf_desktop.sync.failures import (
    AlreadySyncing,
    AnotherAccount,
    CentreForgot,
    CentreProblem,
    CentreReadOnly,
    ClockIsOff,
    HistoryMismatch,
    ProgramTooOld,
    StoreWasRestored,
    SyncStopped,
)
from qaf_desktop.sync.history import common_point, forgotten, go_back
from qaf_desktop.sync.line import Line
from qaf_desktop.sync.messages import Hello
from qaf_desktop.sync.pulling import leave_scopes, pull_all
from qaf_desktop.sync.pushing import push_waiting

SKEW_TOLD_SECONDS = 300
"""A clock that is further off than this is said, and nothing else is changed because of it."""

_ROUNDS = 3  # the second sends again what the centre forgot; a third would mean it forgets on purpose


@dataclass(frozen=True)
class Progress:
    """Where a sync is: ``step`` is ``hello``, ``push``, ``pull`` or ``check``; ``words`` for the person who waits."""

    step: str
    words: str
    done: int
    total: int


@dataclass(frozen=True)
class SyncOutcome:
    """How a sync went. Counts hold even when a ``problem`` stopped it half-way: what was done stays done.

    ``skew_seconds``: this computer's clock minus the centre's; ``None`` when the centre was not reached.
    ``remarks`` are worth telling and stopped nothing: a clock that is off, a form that clashes with one here.
    """

    at: datetime
    sent: int
    confirmed: int
    pulled: int
    held_back: int
    change: Change
    problem: Problem | None
    skew_seconds: float | None
    remarks: tuple[Problem, ...] = ()

    @property
    def sentence(self) -> str:
        """The whole outcome in words, for the line about the last attempt.

        It tells what was done then, and never that all is done: something may have been sealed since.
        """
        if self.problem is not None:
            return str(self.problem)
        parts = [f"{self.sent} sent", f"{self.confirmed} confirmed", f"{self.pulled} new from others"]
        if self.held_back:
            parts.append(f"{self.held_back} held back")
        done = f"Synced: {', '.join(parts)}."
        return " ".join((done, *(str(remark) for remark in self.remarks)))


@dataclass
class _Tally:
    """What one sync has done so far."""

    sent: int = 0
    confirmed: int = 0
    pulled: int = 0
    held_back: int = 0
    change: Change = field(default_factory=Change)
    problem: Problem | None = None
    skew_seconds: float | None = None
    remarks: list[Problem] = field(default_factory=list)

    def remark(self, problem: Problem) -> None:
        if all(str(problem) != str(told) for told in self.remarks):
            self.remarks.append(problem)


class Conversation:
    """The sync of one store. May be run again at any moment, also after a kill: it takes up where the proof ends."""

    def __init__(self, store: Store, open_line: Callable[[], Line], *, lock_path: Path, program_version: str) -> None:
        self._store = store
        self._open_line = open_line
        self._lock_path = lock_path
        self._version = program_version

    def run(
        self,
        on_progress: Callable[[Progress], None] = lambda progress: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> SyncOutcome:
        """Sync once. Never raises a ``Problem``: the outcome carries it, and the attempt is written down.

        Args:
            on_progress: told what happens, from the thread that runs this.
            cancelled: asked between round trips; nothing already received is undone by stopping.
        """
        tally = _Tally()
        lock = StoreLock(self._lock_path)
        if not lock.take():
            tally.problem = AlreadySyncing()
            with self._store.look() as work:
                return _outcome(work.now, tally)
        try:
            self._talk(tally, on_progress, cancelled)
        except Problem as problem:
            tally.problem = problem
        finally:
            lock.free()
        return self._write_down(tally)

    def _talk(self, tally: _Tally, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> None:
        def report(step: str, words: str) -> Callable[[int, int], None]:
            def tell(done: int, total: int) -> None:
                if cancelled():
                    raise SyncStopped
                on_progress(Progress(step, words, done, total))

            return tell

        with self._store.look() as work:
            if work.meta.needs_consent_to_sync:
                raise StoreWasRestored
        report("hello", "Speaking to the centre")(0, 1)
        line = self._open_line()
        try:
            for _ in range(_ROUNDS):
                hello = self._say_hello(line, tally)
                self._mend_history(line, hello, tally)
                if not hello.read_only:
                    pushed = push_waiting(self._store, line, report("push", "Sending your work"))
                    tally.sent += pushed.sent
                    tally.held_back += pushed.held_back
                    tally.change |= pushed.change
                taken = pull_all(self._store, line, hello.logs, report("pull", "Reading what is new"))
                tally.pulled += taken.pulled
                tally.confirmed += taken.confirmed
                tally.change |= taken.change
                arrived = fetch_words(self._store, line, report("pull", "Fetching forms and papers"))
                tally.change |= arrived.change
                for remark in arrived.problems:
                    tally.remark(remark)
                report("check", "Checking the receipt")(1, 1)
                if hello.read_only and self._something_waits():
                    raise CentreReadOnly
                if not self._offer_again_what_is_not_proved(tally):
                    return
            raise HistoryMismatch
        finally:
            line.hang_up()

    def _say_hello(self, line: Line, tally: _Tally) -> Hello:
        with self._store.look() as work:
            pins, me = work.centre_log.pins(), work.people.me()
        hello = line.hello(self._version, pins)
        if not hello.speaks_with(self._version):
            raise ProgramTooOld
        if me is not None and me.code != hello.me.code:
            raise AnotherAccount
        with self._store.work() as work:
            tally.skew_seconds = (work.now - hello.server_time).total_seconds()
            work.meta.skew_seconds = tally.skew_seconds
            if me != hello.me:
                work.people.set_me(hello.me)
            tally.change |= leave_scopes(work, (log.scope for log in hello.logs))
        if abs(tally.skew_seconds) > SKEW_TOLD_SECONDS:
            tally.remark(ClockIsOff())
        return hello

    def _mend_history(self, line: Line, hello: Hello, tally: _Tally) -> None:
        with self._store.look() as work:
            pins = work.centre_log.pins()
        if not (lost := forgotten(pins, hello.logs)):
            return
        points = {pin.scope: common_point(self._store, line, pin, log) for pin, log in lost}
        with self._store.work() as work:
            again = go_back(work, points)
        tally.remark(CentreForgot())
        tally.change |= Change(records=again, sending=bool(again))

    def _something_waits(self) -> bool:
        with self._store.look() as work:
            return work.outbox.counts()[SendState.READY] > 0

    def _offer_again_what_is_not_proved(self, tally: _Tally) -> bool:
        """Received, but not in the log although it was read to its end: the centre forgot it."""
        with self._store.work() as work:
            again = work.outbox.back_to_ready(work.outbox.in_state(SendState.RECEIVED))
        tally.change |= Change(records=again, sending=bool(again))
        return bool(again)

    def _write_down(self, tally: _Tally) -> SyncOutcome:
        try:
            with self._store.work() as work:
                outcome = _outcome(work.now, tally)
                name = "done" if tally.problem is None else getattr(tally.problem, "name", "problem")
                work.outbox.note_attempt(outcome.at, name, outcome.sentence, outcome.sent, outcome.pulled)
        except Problem as problem:
            # The disk of this computer takes nothing any more: the attempt is told, not written down.
            tally.problem = tally.problem or problem
            with self._store.look() as work:
                return _outcome(work.now, tally)
        return outcome


def retries_itself(problem: Problem | None) -> bool:
    """Whether the program tries again without being asked."""
    return problem is None or (isinstance(problem, CentreProblem) and problem.retries_itself)


def _outcome(at: datetime, tally: _Tally) -> SyncOutcome:
    return SyncOutcome(
        at=at,
        sent=tally.sent,
        confirmed=tally.confirmed,
        pulled=tally.pulled,
        held_back=tally.held_back,
        change=tally.change,
        problem=tally.problem,
        skew_seconds=tally.skew_seconds,
        remarks=tuple(tally.remarks),
    )
