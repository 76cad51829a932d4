"""One section of a form as a page: made piece by piece, afterwards only touched where something changed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.ui.audit.reader import Reader
from qaf_desktop.ui.audit.rows import (
    BEFORE_A_FOLLOW_UP,
    BETWEEN_QUESTIONS,
    Card,
    FollowUp,
    GroupBox,
    RowList,
    plain_label,
)
from qaf_desktop.ui.questions.kinds import is_shown
from qaf_desktop.ui.questions.question import Question
from qaf_desktop.ui.questions.simple import Note
from qaf_desktop.ui.questions.text import WritingBox
from qaf_desktop.ui.questions.tools import Tools

COLUMN_PIXELS = 760
"""The widest a line may be at 100 % text: longer ones are hard to follow."""


@dataclass
class _Part:
    """Something on the page with a state of its own; ``holder`` is what is shown or hidden."""

    holder: QWidget
    widget: QWidget


class SectionPage(QScrollArea):
    """The questions of a section, in the middle of the page. Every part is known by its slot, which never changes.

    Unless it is made ``at_once``, a page is made by ``build``, a little at a time, so that a long section never holds
    up a keystroke; whoever asks for a question that is not there yet gets it made.
    """

    answered = Signal(str, str)
    """``(ref, value)``"""
    add_requested = Signal(str)
    remove_requested = Signal(str)
    put_back_requested = Signal()

    def __init__(self, section: str, reader: Reader, tools: Tools, *, at_once: bool = True) -> None:
        super().__init__()
        self._reader = reader
        self._tools = tools
        self._parts: dict[str, _Part] = {}
        self._insisting = False
        self.section = section
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = page = QWidget()
        page.setProperty("role", "page")
        self._column = QWidget()
        self.rows = QVBoxLayout(self._column)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        around = QHBoxLayout(page)
        around.setContentsMargins(24, 20, 24, 40)
        around.addStretch(1)
        around.addWidget(self._column, 1_000)
        around.addStretch(1)
        self._fit_column()
        tools.theme.changed.connect(self._fit_column)
        self.rows.addStretch(1)
        self.setWidget(page)
        self.whole = False
        self._pieces = self._all_pieces()
        if at_once:
            self.build()

    # What is on it ---------------------------------------------------------------------------------------------

    def first_question(self) -> Question | None:
        """The first question that can be seen, without waiting for those after it."""
        seen = 0
        while True:
            parts = list(self._parts.values())
            for part in parts[seen:]:
                if isinstance(part.widget, Question) and part.widget.isVisibleTo(self):
                    return part.widget
            seen = len(parts)
            if not self._next_piece():
                return None

    def questions(self) -> list[Question]:
        """The questions that can be seen, in order."""
        self.build()
        found = [part.widget for part in self._parts.values() if isinstance(part.widget, Question)]
        shown = [question for question in found if question.isVisibleTo(self)]
        return sorted(shown, key=lambda question: question.mapTo(self._page, QPoint()).y())

    def question(self, ref: str) -> Question | None:
        """The question at a ref, if it is on this page."""
        part = self._part(ref)
        return part.widget if part and isinstance(part.widget, Question) else None

    def row_list(self, ref: str) -> RowList | None:
        """The list at a repeat's ref, if it is on this page."""
        part = self._part(ref)
        return part.widget if part and isinstance(part.widget, RowList) else None

    def _part(self, ref: str) -> _Part | None:
        slot = self._reader.slot(ref)
        while slot not in self._parts and self._next_piece():
            pass
        return self._parts.get(slot)

    # Changes ---------------------------------------------------------------------------------------------------

    def update_refs(self, refs: Iterable[str]) -> None:
        """Look again at what may have changed; what the person looks at stays where it is on the screen."""
        anchor = self._focused_question()
        before = anchor.mapTo(self.viewport(), QPoint()).y() if anchor else 0
        moved = False
        for ref in refs:
            moved |= self._update(ref)
        if moved and anchor is not None:
            QTimer.singleShot(0, anchor, partial(self._keep_in_place, anchor, before))

    def refresh(self) -> None:
        """Look again at everything, for example after a row was added or taken out."""
        for slot in tuple(self._parts):
            ref = self._reader.ref(slot)
            if ref is not None:
                self._update(ref)

    def rebuild_list(self, repeat_ref: str) -> None:
        """Bring the cards of a list in line with its rows: new ones at the end, those gone away."""
        part = self._parts.get(self._reader.slot(repeat_ref))
        if part is None or not isinstance(part.widget, RowList):
            return  # not on this page, or not made yet: then it is made with the rows of that moment
        rows = part.widget
        wanted = {self._reader.slot(ref): ref for ref in self._reader.children(repeat_ref)}
        for slot, old in tuple(self._parts.items()):
            if not isinstance(old.widget, Card) or old.widget not in rows.cards or slot in wanted:
                continue
            rows.remove_card(old.widget)
            for inside in [key for key in self._parts if key == slot or key.startswith(f"{slot}/")]:
                del self._parts[inside]
        for slot, ref in wanted.items():
            if slot not in self._parts:
                self._add_card(rows, ref)
        rows.renumber()

    def insist(self, insisting: bool) -> None:
        """From now on say where an answer is missing."""
        self._insisting = insisting
        for part in self._parts.values():
            if isinstance(part.widget, Question):
                part.widget.insist(insisting)

    def show_question(self, question: Question) -> None:
        """Put the keyboard into a question and bring all of it into sight."""
        question.take_keyboard()
        QTimer.singleShot(0, question, partial(self._bring_into_sight, question))

    # Building --------------------------------------------------------------------------------------------------

    def build(self, seconds: float = math.inf) -> bool:
        """Make more of the page, for about so long; returns whether all of it is there."""
        end = time.monotonic() + seconds
        while self._next_piece() and time.monotonic() < end:
            pass
        return self.whole

    def _next_piece(self) -> bool:
        if not self.whole:
            self.whole = next(self._pieces, self) is self
        return not self.whole

    def _all_pieces(self) -> Iterator[None]:
        item = self._reader.look(self.section)
        if item.kind == "question":
            self._add_part(self.section, self.rows, "")
            return
        self._add(self.rows, plain_label(item.label, "title"))
        if item.hint:
            self._add(self.rows, plain_label(item.hint, "muted"))
        self.rows.insertSpacing(self.rows.count() - 1, 20)
        yield from self._add_children(self.section, self.rows)

    def _add_children(self, ref: str, rows: QVBoxLayout) -> Iterator[None]:
        before = ""
        for child in self._reader.children(ref):
            before = self._add_part(child, rows, before)
            part = self._parts.get(self._reader.slot(child))
            if part is not None and isinstance(part.widget, GroupBox):
                yield from self._add_children(child, part.widget.rows)
            yield

    def _add(self, rows: QVBoxLayout, widget: QWidget) -> None:
        """Add at the end, which on the page itself is before the room that is left over."""
        rows.insertWidget(rows.count() - (rows is self.rows), widget)

    def _add_part(self, ref: str, rows: QVBoxLayout, before: str) -> str:
        """Add one part; ``before`` is the name of the question above it. Returns the name for the next."""
        item = self._reader.look(ref)
        if item.kind == "question" and not is_shown(item):
            return before
        follows = bool(before) and item.name.startswith(f"{before}_") and item.type != "note"
        widget = self._make(item)
        space = BEFORE_A_FOLLOW_UP if follows else 0 if rows is self.rows and not self._parts else BETWEEN_QUESTIONS
        holder = _spaced(FollowUp(widget, self._tools.theme) if follows else widget, space)
        self._parts[item.slot] = _Part(holder, widget)
        self._add(rows, holder)
        holder.setVisible(item.relevant)
        # The rows of a list are made in one piece: between two pieces, rows could come and go.
        if isinstance(widget, RowList):
            for child in self._reader.children(ref):
                self._add_card(widget, child)
            widget.renumber()
        if item.type == "note":
            return before
        return before if follows else item.name

    def _make(self, item: Item) -> QWidget:
        if item.kind == "group":
            return GroupBox(item.label)
        if item.kind == "repeat":
            rows = RowList(item.label or "Row", self._tools.theme)
            rows.add_requested.connect(self._asking(item.slot, self.add_requested.emit))
            rows.put_back_requested.connect(self.put_back_requested)
            rows.lock(item.readonly)
            return rows
        if item.type == "note":
            return Note(item)
        question = Question(item, self._tools)
        question.insist(self._insisting)
        slot = item.slot
        question.value_changed.connect(lambda value: self.answered.emit(self._reader.ref(slot) or "", value))
        question.finished.connect(partial(self._next_after, question))
        if isinstance(box := question.answer.keyboard(), WritingBox):
            box.grown.connect(partial(self._follow_caret, box))
        return question

    def _add_card(self, rows: RowList, ref: str) -> None:
        item = self._reader.look(ref)
        card = Card(item.label, self._tools.theme)
        card.remove_requested.connect(self._asking(item.slot, self.remove_requested.emit))
        self._parts[item.slot] = _Part(card, card)
        rows.add_card(card)
        for _ in self._add_children(ref, card.rows):
            pass

    def _asking(self, slot: str, emit: Callable[[str], object]) -> Callable[[], None]:
        def ask() -> None:
            ref = self._reader.ref(slot)
            if ref is not None:
                emit(ref)

        return ask

    # Small things ----------------------------------------------------------------------------------------------

    def _update(self, ref: str) -> bool:
        """Look again at one part; returns whether it appeared or went."""
        part = self._parts.get(self._reader.slot(ref))
        if part is None:
            return False
        item = self._reader.look(ref)
        if isinstance(part.widget, Question | Note):
            if isinstance(part.widget, Question):
                part.widget.set_item(item)
            else:
                part.widget.show_item(item)
        elif isinstance(part.widget, RowList):
            part.widget.lock(item.readonly)
        elif isinstance(part.widget, GroupBox):
            part.widget.heading.setText(item.label)
        if part.holder.isHidden() != item.relevant:
            return False
        part.holder.setVisible(item.relevant)
        return True

    def _focused_question(self) -> Question | None:
        widget: QWidget | None = self.focusWidget()
        while widget is not None and widget is not self:
            if isinstance(widget, Question):
                return widget
            widget = widget.parentWidget()
        return None

    def _keep_in_place(self, anchor: Question, before: int) -> None:
        drift = anchor.mapTo(self.viewport(), QPoint()).y() - before
        if drift:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + drift)

    def _follow_caret(self, box: WritingBox) -> None:
        if box.hasFocus():
            QTimer.singleShot(0, box, partial(self._show_caret, box))

    def _show_caret(self, box: WritingBox) -> None:
        place = box.viewport().mapTo(self._page, box.cursorRect().center())
        self.ensureVisible(place.x(), place.y(), 0, self._tools.theme.pixels(60))

    def _bring_into_sight(self, question: Question) -> None:
        self.ensureWidgetVisible(question, 0, self._tools.theme.pixels(40))

    def _next_after(self, question: Question) -> None:
        shown = self.questions()
        place = shown.index(question) + 1 if question in shown else len(shown)
        if place < len(shown):
            self.show_question(shown[place])

    def _fit_column(self) -> None:
        self._column.setMaximumWidth(self._tools.theme.pixels(COLUMN_PIXELS))


def _spaced(widget: QWidget, space: int) -> QWidget:
    """A widget with room above it that disappears together with it."""
    holder = QWidget()
    room = QVBoxLayout(holder)
    room.setContentsMargins(0, space, 0, 0)
    room.addWidget(widget)
    return holder
