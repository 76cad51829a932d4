"""Work goes on behind the window, so that typing never waits for the disk or for the centre."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from qaf_desktop.domain.change import Change
from qaf_desktop.problems import Problem
from qaf_desktop.ui.messages import show_problem

T = TypeVar("T")
P = TypeVar("P")

LANES = ("store", "centre", "paper")
"""One lane each: the encrypted store has one writer at a time, the centre one conversation, paper one press."""

CLOSING_WAIT_SECONDS = 20.0


class Running:
    """A piece of work under way, for whoever wants to stop it."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; what it had already finished stays finished."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether somebody asked for it to stop."""
        return self._stop.is_set()


@dataclass
class _Task:
    deed: Callable[[], Any]
    owner: QWidget
    then: Callable[[Any], None] | None
    otherwise: Callable[[Problem], None] | None
    on_progress: Callable[[Any], None] | None = None
    running: Running | None = None


@dataclass(frozen=True)
class _Outcome:
    value: Any = None
    error: Exception | None = None


class Background(QObject):
    """Runs deeds in their lanes and brings the outcome back to the window's thread.

    A lane does its work in the order it was asked for, so an answer saved before "complete" is there when the audit
    is sealed. When the widget that asked is gone its callbacks are dropped; the work itself is still finished and its
    ``Change`` still announced. A ``Problem`` nobody answers goes to the nearest message bar. Anything else is a bug
    and rises, in the window's thread, to the crash window.
    """

    changed = Signal(object)
    """A ``Change``: what a deed made different. Emitted before the caller's ``then``."""

    idle = Signal()
    """Nothing is under way any more."""

    _done = Signal(int, object)
    _stepped = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Tasks stay here, in the window's thread, until delivered: a lane holding the last reference to a callback
        # would destroy widgets in the wrong thread.
        self._tasks: dict[int, _Task] = {}
        self._progress: dict[int, Any] = {}
        self._progress_lock = threading.Lock()
        self._next = 0
        self._closed = False
        self._lanes: dict[str, _Lane] = {}
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._deliver_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether any work is still to be delivered."""
        return bool(self._tasks)

    def run(
        self,
        owner: QWidget,
        deed: Callable[[], T],
        then: Callable[[T], None] | None = None,
        otherwise: Callable[[Problem], None] | None = None,
        lane: str = "store",
    ) -> None:
        """Do ``deed`` in ``lane``; afterwards, in the window's thread, ``then(result)`` or ``otherwise(problem)``."""
        self._start(_Task(deed, owner, then, otherwise), lane)

    def run_with_progress(
        self,
        owner: QWidget,
        deed: Callable[[Callable[[P], None], Callable[[], bool]], T],
        then: Callable[[T], None] | None = None,
        otherwise: Callable[[Problem], None] | None = None,
        *,
        on_progress: Callable[[P], None] | None = None,
        lane: str = "centre",
    ) -> Running:
        """Like ``run`` for long work: ``deed(on_progress, cancelled)`` tells its steps and asks whether to stop.

        Steps that come faster than the window can show them are folded: only the newest is delivered.
        """
        running = Running()
        number = self._next
        task = _Task(
            lambda: deed(lambda step: self._step(number, step), running.cancelled),
            owner,
            then,
            otherwise,
            on_progress,
            running,
        )
        self._start(task, lane)
        return running

    def close(self, wait_seconds: float = CLOSING_WAIT_SECONDS) -> bool:
        """Take no more work, ask long work to stop, and wait until the store lane has written everything.

        Returns whether the store lane finished in time. Callbacks not delivered yet are dropped.
        """
        self._closed = True
        for task in self._tasks.values():
            if task.running is not None:
                task.running.cancel()
        for lane in self._lanes.values():
            lane.close()
        store = self._lanes.get("store")
        return store is None or store.wait(wait_seconds)

    def _start(self, task: _Task, lane: str) -> None:
        if lane not in LANES:
            raise ValueError(f"there is no lane {lane!r}")
        number, self._next = self._next, self._next + 1
        self._tasks[number] = task
        if lane not in self._lanes:
            self._lanes[lane] = _Lane(lane, self._done.emit)
        self._lanes[lane].add(number, task.deed)

    def _step(self, number: int, step: Any) -> None:
        with self._progress_lock:
            waiting = number in self._progress
            self._progress[number] = step
        if not waiting:
            self._stepped.emit(number)

    def _deliver_progress(self, number: int) -> None:
        with self._progress_lock:
            step = self._progress.pop(number, None)
        task = self._tasks.get(number)
        if task is not None and task.on_progress is not None and shiboken6.isValid(task.owner):
            task.on_progress(step)

    def _deliver(self, number: int, outcome: _Outcome) -> None:
        task = self._tasks.pop(number)
        with self._progress_lock:
            self._progress.pop(number, None)
        if self._closed:
            return
        try:
            self._answer(task, outcome)
        finally:
            if not self._tasks:
                self.idle.emit()

    def _answer(self, task: _Task, outcome: _Outcome) -> None:
        if isinstance(outcome.error, Problem):
            if not shiboken6.isValid(task.owner):
                return
            if task.otherwise is not None:
                task.otherwise(outcome.error)
            else:
                show_problem(task.owner, outcome.error)
            return
        if outcome.error is not None:
            raise outcome.error
        change = outcome.value if isinstance(outcome.value, Change) else getattr(outcome.value, "change", None)
        if isinstance(change, Change) and change != Change():
            self.changed.emit(change)
        if task.then is not None and shiboken6.isValid(task.owner):
            task.then(outcome.value)


class _Lane:
    """One thread doing one thing after another."""

    def __init__(self, name: str, done: Callable[[int, _Outcome], None]) -> None:
        self._queue: SimpleQueue[tuple[int, Callable[[], Any]] | None] = SimpleQueue()
        self._done = done
        self._closed = False
        # A daemon: a centre that never answers must not keep the program from ending. The store lane is waited for.
        self._thread = threading.Thread(target=self._work, name=f"lane-{name}", daemon=True)
        self._thread.start()

    def add(self, number: int, deed: Callable[[], Any]) -> None:
        if self._closed:
            raise RuntimeError("the program is closing and takes no more work")
        self._queue.put((number, deed))

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._queue.put(None)

    def wait(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            number, deed = item
            try:
                outcome = _Outcome(value=deed())
            except Exception as error:  # noqa: BLE001 - nothing is swallowed: it rises again in the window's thread
                outcome = _Outcome(error=error)
            del item, deed  # before telling: the last reference must be the window's
            self._tell(number, outcome)
            del outcome

    def _tell(self, number: int, outcome: _Outcome) -> None:
        try:
            self._done(number, outcome)
        except RuntimeError:
            # The window side is already destroyed: the work is done and there is nobody left to tell.
            self._closed = True
