"""Joins the preview to the printer and the disk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtPrintSupport import QPrinter

from qaf_desktop.problems import Problem
from qaf_desktop.ui.background import Background, Running
from qaf_desktop.ui.messages import MessageBar, show_problem
from qaf_desktop.ui.paper.press import PrintStep, print_pdf
from qaf_desktop.ui.paper.preview_view import PreviewView

if TYPE_CHECKING:
    from qaf_desktop.services.printing import Printed


class CopyNotSaved(Problem):
    """The copy could not be written where the person wanted it."""


class PreviewPresenter:
    """Keep it as long as its view."""

    def __init__(
        self,
        view: PreviewView,
        background: Background,
        messages: MessageBar,
        paper: Printed,
        *,
        left_the_store: Callable[[str], None],
        back: Callable[[], None] | None = None,
    ) -> None:
        """``left_the_store`` is called with ``printed`` or ``saved``, in the window's thread, for the log."""
        self._view = view
        self._background = background
        self._messages = messages
        self._pdf = paper.pdf
        self._left_the_store = left_the_store
        self._running: Running | None = None
        view.print_requested.connect(self._print)
        view.save_requested.connect(self._save)
        view.cancel_requested.connect(self._cancel)
        if back is not None:
            view.back_requested.connect(back)
        view.show_pdf(paper.pdf, paper.file_name)

    def _print(self, printer: QPrinter) -> None:
        self._view.show_printing(0, self._view.pane.page_count())
        self._running = self._background.run_with_progress(
            self._view,
            partial(print_pdf, self._pdf, printer),
            self._printed,
            self._not_printed,
            on_progress=self._stepped,
            lane="paper",
        )

    def _stepped(self, step: PrintStep) -> None:
        self._view.show_printing(step.done, step.total)

    def _printed(self, pages: int) -> None:
        self._view.show_idle()
        if not pages:
            self._messages.say("Printing was stopped before the first page.")
            return
        self._left_the_store("printed")
        self._messages.say(
            f"{pages} {'page was' if pages == 1 else 'pages were'} sent to the printer.",
            "Fetch it at once; paper is the part nobody can lock.",
            tone="success",
        )

    def _not_printed(self, problem: Problem) -> None:
        self._view.show_idle()
        show_problem(self._view, problem)

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _save(self, path: Path) -> None:
        self._background.run(self._view, partial(_write, path, self._pdf), self._saved, lane="paper")

    def _saved(self, _: None) -> None:
        self._left_the_store("saved")
        self._messages.say(
            "The copy was saved.",
            "It is an ordinary file now: outside the encrypted store, and yours to look after.",
            tone="success",
        )


def _write(path: Path, pdf: bytes) -> None:
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise CopyNotSaved(
            "The copy could not be saved there.",
            safe="The audit itself is safe in the store.",
            next_step="Choose another folder, or make room on the disk.",
        ) from error
