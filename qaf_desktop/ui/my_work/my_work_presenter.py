"""Joins the first page to the deeds behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.ids import DraftId, RecordId
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.messages import MessageBar
from qaf_desktop.ui.my_work.my_work_view import MyWorkView

if TYPE_CHECKING:
    from qaf_desktop.services.audits import OfferedForm
    from qaf_desktop.services.my_work import MyWork, Sending


class MyWorkPresenter:
    """Keep it as long as its view: it looks again whenever something it shows is different."""

    def __init__(
        self,
        view: MyWorkView,
        background: Background,
        messages: MessageBar,
        *,
        look: Callable[[], MyWork],
        offered: Callable[[], Sequence[OfferedForm]],
        start: Callable[[str], Change],
        discard: Callable[[DraftId], Change],
        take_back: Callable[[DraftId], Change],
        open_draft: Callable[[DraftId], None],
        open_record: Callable[[RecordId], None],
        open_sync: Callable[[], None],
        waiting: Callable[[Sending], None],
    ) -> None:
        """``look`` to ``take_back`` run in the store's lane; the others in the window's thread.

        ``waiting`` is told what waits, for the status bar.
        """
        self._view = view
        self._background = background
        self._messages = messages
        self._look = look
        self._offered = offered
        self._start = start
        self._discard = discard
        self._take_back = take_back
        self._open_draft = open_draft
        self._open_sync = open_sync
        self._waiting = waiting
        view.start_requested.connect(self._start_asked)
        view.draft_opened.connect(lambda draft: open_draft(DraftId(draft)))
        view.record_opened.connect(lambda record: open_record(RecordId(record)))
        view.discard_requested.connect(self._discard_asked)
        view.sync_page_requested.connect(self._open_sync)
        background.changed.connect(self._changed)
        self.look_again()
        self._look_at_forms()

    def look_again(self) -> None:
        """Ask for the lists again."""
        self._background.run(self._view, self._look, self._looked)

    def _look_at_forms(self) -> None:
        self._background.run(self._view, self._offered, self._view.show_forms)

    def _looked(self, work: MyWork) -> None:
        self._view.show_work(work)
        self._waiting(work.sending)

    def _changed(self, change: Change) -> None:
        if change.drafts or change.records or change.cases or change.sending:
            self.look_again()
        if change.reference:
            self._look_at_forms()

    def _start_asked(self, form_id: str) -> None:
        self._background.run(self._view, partial(self._start, form_id), self._started)

    def _started(self, change: Change) -> None:
        for draft in change.drafts:
            self._open_draft(draft)

    def _discard_asked(self, draft: str) -> None:
        name = DraftId(draft)
        self._background.run(self._view, partial(self._discard, name), lambda _: self._discarded(name))

    def _discarded(self, draft: DraftId) -> None:
        self._messages.say(
            "The draft was discarded.",
            "It is kept on this computer for 30 days.",
            tone="success",
            action="Take it back",
            act=lambda: self._background.run(self._view, partial(self._take_back, draft)),
        )
