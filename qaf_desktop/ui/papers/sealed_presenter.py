"""Joins a sealed copy on the screen to its paper and to the rest of its audit file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.ids import DraftId, RecordId
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.messages import MessageBar
from qaf_desktop.ui.paper.preview_presenter import PreviewPresenter
from qaf_desktop.ui.papers.sealed_view import SealedView

if TYPE_CHECKING:
    from qaf_desktop.services.audits import CaseView
    from qaf_desktop.services.printing import Printed


class SealedPresenter:
    """Keep it as long as its view."""

    def __init__(
        self,
        view: SealedView,
        background: Background,
        messages: MessageBar,
        record_id: RecordId,
        *,
        case: Callable[[], CaseView],
        paper: Callable[[], Printed],
        hear: Callable[[], None],
        open_record: Callable[[RecordId], None],
        open_draft: Callable[[DraftId], None],
        left_the_store: Callable[[str], None],
        back: Callable[[], None],
    ) -> None:
        """``case`` runs in the store's lane, ``paper`` in the paper lane; the others are called in the window's thread.

        ``hear`` begins to hear from somebody about the same audit.
        """
        self._view = view
        self._background = background
        self._messages = messages
        self._record_id = record_id
        self._case = case
        self._open_draft = open_draft
        self._left_the_store = left_the_store
        self._preview: PreviewPresenter | None = None
        view.record_opened.connect(lambda record: open_record(RecordId(record)))
        view.draft_opened.connect(lambda draft: open_draft(DraftId(draft)))
        view.paper.back_requested.connect(back)
        view.feedback_requested.connect(hear)
        view.offer_feedback(True)
        background.changed.connect(self._changed)
        self._look()
        background.run(view, paper, self._paper_came, lane="paper")

    def _look(self) -> None:
        self._background.run(self._view, self._case, lambda case: self._view.show_case(case, self._record_id))

    def _paper_came(self, paper: Printed) -> None:
        self._preview = PreviewPresenter(
            self._view.paper,
            self._background,
            self._messages,
            paper,
            left_the_store=self._left_the_store,
        )

    def _changed(self, change: Change) -> None:
        if change.records or change.cases or change.sending or change.drafts:
            self._look()
