"""Joins the Sync page to the conversation with the centre; one conversation at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.ids import RecordId
from qaf_desktop.problems import Problem
from qaf_desktop.ui.background import Background, Running
from qaf_desktop.ui.messages import show_problem
from qaf_desktop.ui.sync.sync_view import SyncView

if TYPE_CHECKING:
    from qaf_desktop.services.printing import Printed
    from qaf_desktop.services.sending import SendingPage
    from qaf_desktop.sync.conversation import Progress, SyncOutcome
    from qaf_desktop.sync.receipts import Receipt

    Talk = Callable[[Callable[[Progress], None], Callable[[], bool]], SyncOutcome]


class SyncPresenter:
    """Keep it for the life of the window: syncs that begin by themselves are shown here too."""

    def __init__(
        self,
        view: SyncView,
        background: Background,
        *,
        look: Callable[[], SendingPage],
        talk: Talk | None,
        receipt: Callable[[], Receipt],
        print_receipt: Callable[[], Printed],
        show_paper: Callable[[Printed], None],
        open_record: Callable[[RecordId], None],
        heard: Callable[[SyncOutcome], None],
    ) -> None:
        """``talk`` runs in the centre's lane (``None``: no centre yet); ``look``, ``receipt`` in the store's.

        ``print_receipt`` runs in the paper lane. ``show_paper``, ``open_record`` and ``heard`` (for the status bar)
        are called in the window's thread.
        """
        self._view = view
        self._background = background
        self._look = look
        self._talk = talk
        self._receipt = receipt
        self._print_receipt = print_receipt
        self._show_paper = show_paper
        self._heard = heard
        self._running: Running | None = None
        view.sync_requested.connect(self.sync_now)
        view.cancel_requested.connect(self._cancel)
        view.receipt_wanted.connect(self._receipt_asked)
        view.print_receipt_requested.connect(self._print_asked)
        view.record_opened.connect(lambda record: open_record(RecordId(record)))
        background.changed.connect(self._changed)
        self.look_again()

    @property
    def under_way(self) -> bool:
        """Whether the centre is being spoken to."""
        return self._running is not None

    def sync_now(self) -> None:
        """Speak to the centre, unless that is under way already or there is none."""
        if self._talk is None or self._running is not None:
            return
        self._running = self._background.run_with_progress(
            self._view,
            self._talk,
            self._talked,
            self._not_talked,
            on_progress=self._view.show_progress,
            lane="centre",
        )

    def use_centre(self, talk: Talk) -> None:
        """A centre has become known, for example by an enrolment file."""
        self._talk = talk
        self._view.show_resting()
        self.look_again()

    def look_again(self) -> None:
        """Ask for the queue, and for the receipt when it is in sight."""
        self._background.run(self._view, self._look, self._looked)
        if self._view.receipt_in_sight():
            self._receipt_asked()

    def _looked(self, page: SendingPage) -> None:
        self._view.show_page(page)
        if self._talk is None:
            self._view.show_unenrolled()

    def _changed(self, change: Change) -> None:
        if change.sending or change.records:
            self.look_again()

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._view.show_cancelling()

    def _talked(self, outcome: SyncOutcome) -> None:
        self._running = None
        self._view.show_resting()
        self._heard(outcome)
        if outcome.problem is not None:
            show_problem(self._view, outcome.problem)
        self.look_again()

    def _not_talked(self, problem: Problem) -> None:
        self._running = None
        self._view.show_resting()
        show_problem(self._view, problem)
        self.look_again()

    def _receipt_asked(self) -> None:
        self._background.run(self._view, self._receipt, self._view.show_receipt)

    def _print_asked(self) -> None:
        self._background.run(self._view, self._print_receipt, self._show_paper, lane="paper")
