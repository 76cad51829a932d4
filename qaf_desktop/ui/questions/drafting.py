"""A form being filled in: every answer goes into the filling at once and to the encrypted store moments later."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from qaf_desktop.domain.change import Change
from qaf_desktop.models.drafts import DraftIndex, PastAnswer, Save
from qaf_desktop.problems import Problem
from qaf_desktop.services.audits import OpenDraft
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.questions.draft_deeds import DraftDeeds

COMMIT_AFTER_MILLISECONDS = 200
"""From the first keystroke not yet handed over: with the way to the disk an answer is safe within 300."""
TRY_AGAIN_AFTER_MILLISECONDS = 3_000


@dataclass(frozen=True)
class Removed:
    """A row that was taken out, with its answers, so that it can be put back."""

    repeat_ref: str
    title: str
    answers: tuple[tuple[str, str], ...] = field(repr=False)
    """Path inside the row, and what stood there."""


@dataclass(frozen=True)
class _Row:
    repeat_slot: str
    number: int
    added: bool


@dataclass
class _Answers:
    by_slot: dict[str, str] = field(default_factory=dict)


class Drafting(QObject):
    """Holds the filling in the window's thread and its writing-down in the store's lane.

    What was not yet written down waits in one queue, in order; the lane takes all of it each time, and what could not
    be written (a full disk) goes back to the front and is tried again until it can.
    """

    saved = Signal(object)
    """``datetime``: everything typed until then is safe."""
    not_saved = Signal(object)
    """``Problem``: it is kept here, on the screen, and tried again."""

    def __init__(self, owner: QWidget, background: Background, opened: OpenDraft, deeds: DraftDeeds) -> None:
        super().__init__(owner)
        self._owner = owner
        self._background = background
        self._draft = opened.draft
        self._profile = opened.form.profile
        self._deeds = deeds
        self.filling = opened.filling
        self.saved_at: datetime | None = opened.draft.touched_at
        self._lock = threading.Lock()
        self._waiting: list[_Row | _Answers] = []
        self._caret = self._caret_handed_over = opened.draft.caret
        self._index = DraftIndex("", "", "", 0, 0)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(COMMIT_AFTER_MILLISECONDS)
        self._soon.timeout.connect(self.save_now)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(TRY_AGAIN_AFTER_MILLISECONDS)
        self._again.timeout.connect(self.save_now)
        self._over = False

    # Answers ---------------------------------------------------------------------------------------------------

    def answer(self, ref: str, value: str) -> frozenset[str]:
        """Take an answer; returns the refs that may look different now."""
        changed = self.filling.set(ref, value)
        slot = self.filling.slot(ref)
        with self._lock:
            if not self._waiting or not isinstance(self._waiting[-1], _Answers):
                self._waiting.append(_Answers())
            last = self._waiting[-1]
            if isinstance(last, _Answers):
                last.by_slot[slot] = value
        # Not restarted by the next keystroke: people who type without pausing lose nothing either.
        if not self._soon.isActive():
            self._soon.start()
        return changed

    def add(self, repeat_ref: str) -> str:
        """Add a row and return its ref."""
        ref = self.filling.add(repeat_ref)
        self._row_step(ref, added=True)
        return ref

    def remove(self, instance_ref: str, title: str = "") -> Removed:
        """Take a row out; what is returned can put it back."""
        repeat_ref, _, _ = instance_ref.rpartition("[")
        removed = Removed(repeat_ref, title, tuple(self._answers_in(instance_ref, instance_ref)))
        slot = self.filling.slot(instance_ref)
        self.filling.remove(instance_ref)
        self._row_step(slot, added=False, is_slot=True)
        return removed

    def put_back(self, removed: Removed) -> str:
        """Put a row that was taken out at the end of its list again; returns its ref."""
        ref = self.add(removed.repeat_ref)
        for path, value in removed.answers:
            self.answer(ref + path, value)
        self.save_now()
        return ref

    # The caret -------------------------------------------------------------------------------------------------

    @property
    def caret(self) -> str:
        """Ref of the question that has, or last had, the keyboard; empty where it is gone."""
        return self.filling.ref(self._caret) or "" if self._caret else ""

    def stand_at(self, ref: str) -> None:
        """The keyboard is in another question: what was typed in the last one is written down at once."""
        slot = self.filling.slot(ref)
        if slot != self._caret:
            self._caret = slot
            self.save_now()

    # Writing down ----------------------------------------------------------------------------------------------

    def save_now(self) -> None:
        """Write down at once what waits; harmless when nothing does."""
        self._soon.stop()
        if self._over or not (self._waiting or self._caret != self._caret_handed_over):
            return
        self._index = self._make_index()
        self._caret_handed_over = self._caret
        self._background.run(self._owner, self._write, then=self._written, otherwise=self._not_written)

    @property
    def all_saved(self) -> bool:
        """Whether nothing waits in this window; work already in the lane is waited for when the program closes."""
        return not self._waiting

    def leave(self) -> None:
        """The screen is about to close in good order; if it stays open after all, writing goes on as before."""
        if self._over:
            return
        self.save_now()
        self._background.run(self._owner, self._deeds.leave)

    def history(self, ref: str, then: Callable[[Sequence[PastAnswer]], None]) -> None:
        """Fetch what stood in an answer before, newest first, what is on the screen included."""
        self.save_now()
        self._background.run(self._owner, partial(self._deeds.history, self.filling.slot(ref)), then=then)

    def complete(self, then: Callable[[Change], None], otherwise: Callable[[Problem], None]) -> None:
        """Write down the last answers and seal the draft; nothing is written down after that."""
        self._soon.stop()
        self._index = self._make_index()

        def seal() -> Change:
            self._write()
            return self._deeds.complete()

        def sealed(change: Change) -> None:
            self._over = True
            self._again.stop()
            then(change)

        self._background.run(self._owner, seal, then=sealed, otherwise=otherwise)

    # Inside ----------------------------------------------------------------------------------------------------

    def _row_step(self, ref: str, *, added: bool, is_slot: bool = False) -> None:
        slot = ref if is_slot else self.filling.slot(ref)
        repeat_slot, _, number = slot.rpartition("[#")
        with self._lock:
            self._waiting.append(_Row(repeat_slot, int(number.rstrip("]")), added))
        self.save_now()

    def _answers_in(self, ref: str, top: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for child in self.filling.children(ref):
            item = self.filling.look(child)
            if item.kind == "question":
                if item.value and not item.readonly and item.type != "calculate":
                    found.append((child.removeprefix(top), item.value))
            else:
                found.extend(self._answers_in(child, top))
        return found

    def _make_index(self) -> DraftIndex:
        progress, profile, draft = self.filling.progress(), self._profile, self._draft

        def said(question: str, otherwise: str | None) -> str:
            return (self.filling.answer(question) if question else "") or otherwise or ""

        return DraftIndex(
            child_ref=said(profile.child_ref_question, draft.child_ref),
            team=said(profile.team_question, draft.team),
            worker=said(profile.worker_question, draft.worker),
            answered=progress.answered,
            asked=progress.asked,
        )

    def _write(self) -> datetime | None:
        """Runs in the store's lane, one at a time and in order."""
        with self._lock:
            steps, self._waiting = self._waiting, []
        caret, index, at, done = self._caret, self._index, None, 0
        try:
            for step in steps:
                if isinstance(step, _Answers):
                    saves = [Save(slot, value) for slot, value in step.by_slot.items()]
                    at = self._deeds.save(saves, caret=caret, index=index)
                else:
                    (self._deeds.add_row if step.added else self._deeds.remove_row)(step.repeat_slot, step.number)
                done += 1
            if not steps or isinstance(steps[-1], _Row):
                at = self._deeds.save((), caret=caret, index=index)
        finally:
            with self._lock:
                self._waiting = [*steps[done:], *self._waiting]
        return at

    def _written(self, at: datetime | None) -> None:
        self._again.stop()
        if at is not None:
            self.saved_at = at
            self.saved.emit(at)

    def _not_written(self, problem: Problem) -> None:
        self._caret_handed_over = ""
        self._again.start()
        self.not_saved.emit(problem)
