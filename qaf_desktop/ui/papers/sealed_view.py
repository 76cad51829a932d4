"""A sealed copy, read only: the paper itself, its grade, how far it has got, and what else is in its audit file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from qaf_desktop.domain.sending import SendState
from qaf_desktop.ui.lists.chip_label import ChipLabel
from qaf_desktop.ui.lists.paper_rows import STATE_CHIPS, completed_row, draft_row, grade_chip
from qaf_desktop.ui.lists.row_list import RowList
from qaf_desktop.ui.lists.rows import Row
from qaf_desktop.ui.moments import day_and_time
from qaf_desktop.ui.paper.preview_view import PreviewView
from qaf_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qaf_desktop.services.audits import CaseView
    from qaf_desktop.services.lines import CompletedLine

SIDE_PIXELS = 300
NARROW_BELOW_PIXELS = 780
"""Below this width, times the text size, paper and side do not fit beside each other."""
QWIDGETSIZE_MAX = 16_777_215
_DRAFT = "draft:"
_RECORD = "record:"


class SealedView(QWidget):
    """Nothing here can be changed; a mistake is put right by a correction beside it."""

    record_opened = Signal(str)
    draft_opened = Signal(str)
    feedback_requested = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("Sealed copy")
        self._theme = theme
        self._now = now
        self.paper = PreviewView(theme, "Opening…")
        self._chips = [ChipLabel(theme), ChipLabel(theme)]
        self._facts = QLabel()
        self._facts.setProperty("role", "muted")
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._facts.setWordWrap(True)
        self._also = QLabel("Also in this audit file")
        self._also.setProperty("role", "strong")
        self._list = RowList(theme, "Also in this audit file")
        self._list.opened.connect(self._open)
        self._hear = QPushButton("Hear from the child")
        self._hear.clicked.connect(self.feedback_requested)
        theme.decorate(self._hear, "feedback")
        self._side = QFrame()
        self._side.setProperty("role", "card")
        self._others = QPushButton()
        self._others.clicked.connect(self._show_others)
        self._lay_out()
        self.offer_feedback(False)
        theme.changed.connect(self._fit)
        self._fit()

    def _lay_out(self) -> None:
        self._inside = inside = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._side)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(12)
        for chip in self._chips:
            inside.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self._facts)
        inside.addWidget(self._hear)
        inside.addWidget(self._others)
        inside.addWidget(self._also)
        inside.addWidget(self._list, 1)
        inside.addStretch(0)
        self._around = QVBoxLayout()
        self._around.addWidget(self._side)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.paper, 1)
        row.addLayout(self._around)
        self.setFocusProxy(self.paper)

    def show_case(self, case: CaseView, record_id: str) -> None:
        """Show what is known of the copy, and the other papers of its audit."""
        papers = [*([case.audit] if case.audit else []), *case.feedback]
        line = next((paper for paper in papers if paper.record_id == record_id), None)
        if line is not None:
            self._show_line(line)
        now = self._now()
        # All of them are about the same child: the room of the reference goes to the form, and the date is never cut.
        others = [
            replace(
                completed_row(paper, now),
                key=_RECORD + paper.record_id,
                title=paper.form_title,
                subtitle=f"completed {day_and_time(paper.completed_at, now)}",
            )
            for paper in papers
            if paper.record_id != record_id
        ]
        drafts = [
            replace(
                draft_row(draft, now),
                key=_DRAFT + draft.id,
                title=draft.form_title,
                subtitle=f"draft, touched {day_and_time(draft.touched_at, now)}",
            )
            for draft in case.drafts
        ]
        self._list.show_rows([*others, *drafts])
        self._fit()

    def _show_line(self, line: CompletedLine) -> None:
        self.paper.set_title(" · ".join(part for part in (line.child_ref, line.form_title) if part))
        self._chips[0].show_chip(grade_chip(line.overall) if line.overall else None)
        self._chips[1].show_chip(STATE_CHIPS[line.state] if line.state else None)
        facts = [f"Sealed {day_and_time(line.completed_at, self._now())}. Nobody can change it any more."]
        if line.state is SendState.HELD_BACK and line.reason:
            facts.append(line.reason)
        self._facts.setText("\n\n".join(facts))

    def offer_feedback(self, offered: bool) -> None:
        """Whether a child can still be heard for this audit."""
        self._hear.setVisible(offered)

    def page_actions(self) -> Sequence[QAction]:
        """Those of the paper."""
        return self.paper.page_actions()

    def panes(self) -> Sequence[QWidget]:
        """F6 goes from the paper to what is beside it."""
        return [self.paper, self._side]

    def rows(self) -> Sequence[Row]:
        """The other papers, as shown."""
        return self._list.rows_model().rows()

    def _open(self, key: str) -> None:
        if key.startswith(_DRAFT):
            self.draft_opened.emit(key.removeprefix(_DRAFT))
        else:
            self.record_opened.emit(key.removeprefix(_RECORD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a window small for its words, what stands beside the paper becomes a strip above it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self._theme.pixels(NARROW_BELOW_PIXELS)
        count = len(self.rows())
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.BottomToTop if narrow else direction.LeftToRight)
        self._inside.setDirection(direction.LeftToRight if narrow else direction.TopToBottom)
        self._around.setContentsMargins(24 if narrow else 0, 16, 24, 0 if narrow else 16)
        self._side.setMinimumWidth(0 if narrow else self._theme.pixels(SIDE_PIXELS))
        self._side.setMaximumWidth(QWIDGETSIZE_MAX if narrow else self._theme.pixels(SIDE_PIXELS))
        self._facts.setVisible(not narrow)
        self._side.setToolTip(self._facts.text() if narrow else "")
        self._list.setVisible(bool(count) and not narrow)
        self._also.setVisible(bool(count) and not narrow)
        self._others.setText(f"Also: {count}")
        self._others.setAccessibleName(f"Also in this audit file: {count}")
        self._hear.setText("Hear the child" if narrow else "Hear from the child")
        self._others.setVisible(bool(count) and narrow)

    def _show_others(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in self.rows():
            words = " · ".join((row.title, row.subtitle)).replace("&", "&&")
            menu.addAction(words).triggered.connect(lambda _=False, key=row.key: self._open(key))
        menu.popup(self._others.mapToGlobal(QPoint(0, self._others.height() + 4)))
