"""Joins a list of sealed copies to the store: a page at a time, and only the newest search counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.ids import RecordId
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.lists.rows import PAGE_ROWS
from qaf_desktop.ui.papers.papers_view import PapersView

if TYPE_CHECKING:
    from qaf_desktop.models.projections import AuditLine
    from qaf_desktop.services.lines import CompletedLine

    Lines = Sequence[AuditLine | CompletedLine]


class PapersPresenter:
    """Keep it as long as its view."""

    def __init__(
        self,
        view: PapersView,
        background: Background,
        *,
        look: Callable[[str, int, int], Lines],
        open_record: Callable[[RecordId], None],
    ) -> None:
        """``look(words, limit, offset)`` runs in the store's lane: newest first, all when there are no words."""
        self._view = view
        self._background = background
        self._look = look
        self._words = ""
        self._asked = 0
        view.search_changed.connect(self._search)
        view.more_wanted.connect(self._more)
        view.opened.connect(lambda record: open_record(RecordId(record)))
        background.changed.connect(self._changed)
        self.look_again()

    def look_again(self) -> None:
        """Ask from the top, for as many rows as are shown already."""
        self._asked += 1
        shown = max(PAGE_ROWS, len(self._view.rows()))
        deed = partial(self._look, self._words, shown, 0)
        self._background.run(self._view, deed, partial(self._looked, self._asked, shown))

    def _looked(self, asked: int, limit: int, lines: Lines) -> None:
        if asked == self._asked:
            self._view.show_lines(lines, more=len(lines) >= limit)

    def _more(self, offset: int) -> None:
        deed = partial(self._look, self._words, PAGE_ROWS, offset)
        self._background.run(self._view, deed, partial(self._more_came, self._asked))

    def _more_came(self, asked: int, lines: Lines) -> None:
        if asked == self._asked:
            self._view.add_lines(lines, more=len(lines) >= PAGE_ROWS)

    def _search(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self._asked += 1
            deed = partial(self._look, words, PAGE_ROWS, 0)
            self._background.run(self._view, deed, partial(self._looked, self._asked, PAGE_ROWS))

    def _changed(self, change: Change) -> None:
        if change.records or change.cases or change.sending:
            self.look_again()
