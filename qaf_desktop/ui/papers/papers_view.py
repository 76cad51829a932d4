"""Every audit, or every voice, sealed on this computer or brought by sync – newest first, found by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from qaf_desktop.ui.lists.empty import EmptyState
from qaf_desktop.ui.lists.paper_rows import completed_row
from qaf_desktop.ui.lists.row_list import RowList
from qaf_desktop.ui.lists.rows import Row
from qaf_desktop.ui.lists.search import SearchField
from qaf_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qaf_desktop.models.projections import AuditLine
    from qaf_desktop.services.lines import CompletedLine


@dataclass(frozen=True)
class PapersWords:
    """What the page calls the papers it lists."""

    title: str
    search: str
    drawing: str
    empty_heading: str
    empty_sentence: str


AUDITS = PapersWords(
    title="Audits",
    search="Search audits",
    drawing="audits",
    empty_heading="No audits yet",
    empty_sentence="Completed audits stand here, yours and those that sync brings. Drafts are under My work.",
)
FEEDBACK = PapersWords(
    title="Feedback",
    search="Search feedback",
    drawing="feedback",
    empty_heading="No feedback yet",
    empty_sentence="What children and families said stands here. To hear from a child, open the audit it belongs to.",
)


class PapersView(QWidget):
    """A list that asks for more rows when its end comes in sight."""

    opened = Signal(str)
    """The id of a sealed copy."""
    search_changed = Signal(str)
    more_wanted = Signal(int)

    def __init__(
        self, theme: Theme, words: PapersWords, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName(words.title)
        self._words = words
        self._now = now
        self._search = SearchField(theme, words.search)
        self._search.changed.connect(self.search_changed)
        self._list = RowList(theme, words.title)
        self._list.opened.connect(self.opened)
        self._list.rows_model().more_wanted.connect(self.more_wanted)
        self._empty = EmptyState(theme, words.drawing)
        title = QLabel(words.title)
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._search, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self.setFocusProxy(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def show_lines(self, lines: Sequence[AuditLine | CompletedLine], *, more: bool) -> None:
        """Show these, and whether more may follow."""
        self._list.show_rows(self._rows(lines), more=more)
        self._stack.setCurrentWidget(self._list if lines else self._empty)
        if not lines and self._search.words():
            self._empty.say("Nothing found", "Try a reference such as CH-7K4QM, a team or a form.")
        elif not lines:
            self._empty.say(self._words.empty_heading, self._words.empty_sentence)

    def add_lines(self, lines: Sequence[AuditLine | CompletedLine], *, more: bool) -> None:
        """Add the lines that were asked for."""
        self._list.rows_model().append(self._rows(lines), more=more)

    def find_in_page(self) -> None:
        """Ctrl+F."""
        self._search.begin()

    def panes(self) -> Sequence[QWidget]:
        """F6 goes from the search to the list."""
        return [self._search, self._stack]

    def rows(self) -> Sequence[Row]:
        """What the list shows now."""
        return self._list.rows_model().rows()

    def _rows(self, lines: Sequence[AuditLine | CompletedLine]) -> list[Row]:
        now = self._now()
        return [completed_row(line, now) for line in lines]
