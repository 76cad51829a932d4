"""The audit workspace: sections on the left, questions in the middle, guidance on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.ui.audit.action_bar import ActionBar, Room, room_for
from qaf_desktop.ui.audit.ahead import FIRST_PIECE_SECONDS, Ahead
from qaf_desktop.ui.audit.check_page import CheckPage, MissingInSection
from qaf_desktop.ui.audit.finished_page import FinishedPage
from qaf_desktop.ui.audit.guidance_pane import GuidancePane
from qaf_desktop.ui.audit.panes import Panes
from qaf_desktop.ui.audit.progress import SectionLine
from qaf_desktop.ui.audit.reader import Reader
from qaf_desktop.ui.audit.section_page import SectionPage
from qaf_desktop.ui.audit.sections_pane import SectionsPane
from qaf_desktop.ui.messages import MessageBar, announce
from qaf_desktop.ui.questions.languages import direction_of, lay_out
from qaf_desktop.ui.questions.question import Question, question_around
from qaf_desktop.ui.questions.tools import Tools

PANES = (226, 640, 284)
"""Sections, questions, guidance: widths at 100 % text until the person changes them."""
LEAST_PANES = (170, 260, 190)

HAPPENS_NOW = (
    "It is sealed and kept on this computer, encrypted. Nobody can change it.",
    "It waits with everything else that is ready, and is sent to the centre the next time you sync.",
    "Tell the worker what you agreed, and when you will both look at the actions.",
)


class AuditView(QWidget):
    """Shows an audit being filled in and says what the person means; decides nothing."""

    answered = Signal(str, str)
    """``(ref, value)``"""
    entered = Signal(str)
    """Ref of the question that now has the keyboard."""
    section_requested = Signal(str)
    section_step_requested = Signal(int)
    next_unanswered_requested = Signal()
    add_requested = Signal(str)
    remove_requested = Signal(str)
    put_back_requested = Signal()
    history_requested = Signal()
    check_requested = Signal()
    jump_requested = Signal(str)
    complete_requested = Signal()
    save_requested = Signal()
    """What is typed should be safe now: focus left the program, Ctrl+S, lock, minimise, close, sleep."""
    closing = Signal()
    print_requested = Signal()
    feedback_requested = Signal()
    leave_requested = Signal()
    actions_changed = Signal()
    language_chosen = Signal(str)

    def __init__(
        self,
        tools: Tools,
        *,
        recall_panes: Callable[[], Sequence[int]] = tuple,
        keep_panes: Callable[[Sequence[int]], object] = len,
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._tools = tools
        self._reader: Reader | None = None
        self._form_words = ""
        self._pages: dict[str, SectionPage] = {}
        self._order: list[str] = []
        self._ahead = Ahead(self, self._unfinished)
        self._insisting = False
        self._language = ""
        self._keep_panes = keep_panes
        self._in: Question | None = None
        self._room = Room.THREE
        self._side = ""
        self._percent = tools.theme.text_percent
        self._over = False
        self.sections = SectionsPane(tools.theme)
        self.guidance = GuidancePane(tools.theme)
        self.message = MessageBar(tools.theme)
        self.stack = QStackedWidget()
        self.check = CheckPage(tools, what="audit")
        self.finished = FinishedPage(
            tools.theme, title="The audit is complete", happens=HAPPENS_NOW, offers_feedback=True
        )
        self.bar = ActionBar(tools.theme)
        self._lay_out(recall_panes())
        self._make_actions()
        self._join()

    def _lay_out(self, sizes: Sequence[int]) -> None:
        theme = self._tools.theme
        self.left = QWidget()
        left_rows = QVBoxLayout(self.left)
        left_rows.setContentsMargins(8, 12, 0, 12)
        left_rows.addWidget(self.sections)
        self.centre = QWidget()
        centre_rows = QVBoxLayout(self.centre)
        centre_rows.setContentsMargins(0, 0, 0, 0)
        centre_rows.setSpacing(0)
        centre_rows.addWidget(self.message)
        centre_rows.addWidget(self.stack, 1)
        self.splitter = Panes(theme)
        for place, pane in enumerate((self.left, self.centre, self.guidance)):
            self.splitter.addWidget(pane)
            self.splitter.setStretchFactor(place, int(pane is self.centre))
            self.splitter.setCollapsible(place, False)
        self.splitter.setSizes(list(sizes) if len(sizes) == 3 else [theme.pixels(width) for width in PANES])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.splitter, 1)
        rows.addWidget(self.bar)
        self.stack.addWidget(self.check)
        self.stack.addWidget(self.finished)

    def _make_actions(self) -> None:
        self._actions: list[QAction] = []
        self._offered: tuple[QAction, ...] = ()

        def add(text: str, keys: str, act: Callable[[], object]) -> QAction:
            action = QAction(text, self)
            if keys:
                action.setShortcut(keys)
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _: act())
            self.addAction(action)
            self._actions.append(action)
            return action

        add("&Next section", "Ctrl+PgDown", lambda: self.section_step_requested.emit(1))
        add("&Previous section", "Ctrl+PgUp", lambda: self.section_step_requested.emit(-1))
        add("Next &unanswered question", "Ctrl+.", self.next_unanswered_requested.emit)
        add("&History of this answer…", "Ctrl+H", self.history_requested.emit)
        self.reading = add("&Reading mode", "Ctrl+Shift+R", lambda: self.set_reading_mode(self.reading.isChecked()))
        self.reading.setCheckable(True)
        add("Check and &complete…", "Ctrl+Shift+Return", self.check_requested.emit)

    def _join(self) -> None:
        self.sections.section_chosen.connect(self.section_requested)
        self.bar.previous.clicked.connect(lambda: self.section_step_requested.emit(-1))
        self.bar.next.clicked.connect(lambda: self.section_step_requested.emit(1))
        self.bar.check.clicked.connect(self.check_requested)
        self.bar.side_chosen.connect(self._show_side)
        self.bar.language.language_chosen.connect(self.language_chosen)
        self.check.jump_requested.connect(self.jump_requested)
        self.check.answered.connect(self.answered)
        self.check.complete_requested.connect(self.complete_requested)
        self.check.back_requested.connect(lambda: self.section_step_requested.emit(0))
        self.finished.print_requested.connect(self.print_requested)
        self.finished.feedback_requested.connect(self.feedback_requested)
        self.finished.leave_requested.connect(self.leave_requested)
        self.guidance.history_requested.connect(self.history_requested)
        self.splitter.splitterMoved.connect(self._panes_moved)
        self._tools.theme.changed.connect(self._fit)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
            app.applicationStateChanged.connect(self._attention_moved)

    def _grow_with_the_words(self) -> None:
        """Panes keep their share of the words when these become larger or smaller."""
        theme = self._tools.theme
        for pane, least in zip((self.left, self.centre, self.guidance), LEAST_PANES, strict=True):
            pane.setMinimumWidth(theme.pixels(least))
        if theme.text_percent != self._percent:
            sizes = [round(size * theme.text_percent / self._percent) for size in self.splitter.sizes()]
            self._percent = theme.text_percent
            self.splitter.setSizes([size or theme.pixels(pane) for size, pane in zip(sizes, PANES, strict=True)])

    def _panes_moved(self) -> None:
        if self._room is Room.THREE and not self.reading.isChecked():
            self._keep_panes(self.splitter.sizes())

    # What is shown ---------------------------------------------------------------------------------------------

    def open_form(self, reader: Reader, form_words: str) -> None:
        """Take a form to show; ``form_words`` is its title and version for the status bar."""
        self._reader = reader
        self._form_words = form_words

    def show_sections(self, lines: Sequence[SectionLine], current: str) -> None:
        """How far every section is."""
        self.sections.show_lines(lines, current)
        self._order = refs = [line.ref for line in lines]
        place = refs.index(current) if current in refs else -1
        self.bar.show_progress(
            sum(line.answered for line in lines), sum(line.asked for line in lines), place, len(refs)
        )

    def speak(self, languages: Sequence[str], now: str, *, draft: bool) -> None:
        """Show the form in a language: every page is made anew when it is next shown; ``draft`` warns staff."""
        self.bar.language.offer(languages, now)
        self.bar.draft.setVisible(draft)
        self._language = now
        self.guidance.setLayoutDirection(direction_of(now))
        self._in = None
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages = {}

    def show_section(self, ref: str) -> SectionPage:
        """Show the page of a section; what of it is not made yet follows at once, a little at a time."""
        page = self._page_for(ref)
        page.build(FIRST_PIECE_SECONDS)
        self.stack.setCurrentWidget(page)
        self._ahead.begin()
        self.bar.at_the_questions(True)
        self.sections.show_current(ref)
        if self._room is Room.ONE:
            self._show_side("")
        return page

    def page(self, ref: str) -> SectionPage | None:
        """The page of a section, if it was looked at already or is about to be."""
        return self._pages.get(ref)

    def _page_for(self, ref: str) -> SectionPage:
        if ref not in self._pages:
            assert self._reader is not None  # noqa: S101 - open_form comes first
            page = SectionPage(ref, self._reader, self._tools, at_once=False)
            page.insist(self._insisting)
            if direction_of(self._language) == Qt.LayoutDirection.RightToLeft:
                page.build()  # which way a page runs is decided by its words, so all of them must be there
            lay_out(page, self._language)
            page.answered.connect(self.answered)
            page.add_requested.connect(self.add_requested)
            page.remove_requested.connect(self.remove_requested)
            page.put_back_requested.connect(self.put_back_requested)
            self._pages[ref] = page
            self.stack.addWidget(page)
        return self._pages[ref]

    def _unfinished(self) -> SectionPage | None:
        """The page to go on making: the one in front, then the next and the one before it."""
        here = self.current_section()
        if self._over or not here:
            return None
        place = self._order.index(here) if here in self._order else -1
        near = [here, *(self._order[near] for near in (place + 1, place - 1) if 0 <= near < len(self._order))]
        return next((page for page in map(self._page_for, near) if not page.whole), None)

    def current_section(self) -> str:
        """The section in front, or nothing on the check and finished pages."""
        page = self.stack.currentWidget()
        return page.section if isinstance(page, SectionPage) else ""

    def update_refs(self, refs: Iterable[str]) -> None:
        """Look again at what may have changed, on the pages made so far."""
        refs = tuple(refs)
        for page in self._pages.values():
            page.update_refs(refs)

    def refresh(self, repeat_ref: str) -> None:
        """A list has other rows: bring its cards in line, and look again at everything."""
        for page in self._pages.values():
            page.rebuild_list(repeat_ref)
            page.refresh()

    def show_guidance(self, item: Item) -> None:
        """The guidance of the question in focus."""
        self.guidance.show_item(item)

    def insist(self) -> None:
        """From now on the pages say where an answer is missing."""
        self._insisting = True
        for page in self._pages.values():
            page.insist(True)

    def show_check(
        self, missing: Sequence[MissingInSection], declaration: Item | None, *, can_complete: bool, arriving: bool
    ) -> None:
        """The page before completing; when ``arriving`` it comes to the front with the keyboard."""
        self.check.show_state(missing, declaration, can_complete=can_complete)
        if arriving:
            self.stack.setCurrentWidget(self.check)
            self.bar.at_the_questions(False)
            self.guidance.show_nothing()
            self.check.take_keyboard()
            announce(self, f"{self.check.title.text()}. {self.check.said.text()}")

    def show_finished(self) -> None:
        """The audit is sealed: nothing of it can be typed in any more."""
        self.message.clear()
        self._over = True
        self._fit()
        for action in self.page_actions():
            action.setEnabled(False)
        self.stack.setCurrentWidget(self.finished)
        self.finished.print.setFocus()
        announce(self, self.finished.title.text())

    def set_reading_mode(self, reading: bool) -> None:
        """Questions only: the side panes are hidden until this is switched off again."""
        self.reading.setChecked(reading)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three panes where there is room, two or one where there is not, for example at 200 % text."""
        super().resizeEvent(event)
        self._fit()

    def _show_side(self, side: str) -> None:
        self._side = side
        self._fit()
        if self._room is Room.ONE:
            # The pane that had the keyboard is hidden now: it goes to the one that is there.
            {"sections": self.sections, "guidance": self.guidance}.get(side, self).setFocus()

    def _fit(self) -> None:
        self._grow_with_the_words()
        self._room = room_for(self.width() * 100 / self._tools.theme.text_percent)
        if self._room is Room.TWO and not self._side:
            self._side = "sections"
        aside = not self._over and not self.reading.isChecked()
        three = self._room is Room.THREE
        self.left.setVisible(aside and (three or self._side == "sections"))
        self.guidance.setVisible(aside and (three or self._side == "guidance"))
        self.centre.setVisible(not aside or self._room is not Room.ONE or not self._side)
        self.bar.setVisible(not self._over)
        self.bar.fit(self._room, self._side)

    # What the window asks --------------------------------------------------------------------------------------

    def panes(self) -> Sequence[QWidget]:
        """Sections, questions, guidance: F6 walks through them."""
        return (self.left, self.centre, self.guidance)

    def page_actions(self) -> Sequence[QAction]:
        """For the menu."""
        return (*self._actions, *self._offered)

    def offer(self, actions: Sequence[QAction]) -> None:
        """Further actions for the menu, for example moving up to a newer version."""
        self._offered = tuple(actions)
        self.actions_changed.emit()

    def form_words(self) -> str:
        """Title and version of the form."""
        return self._form_words

    def save_now(self) -> None:
        """Ctrl+S, lock and minimise."""
        self.save_requested.emit()

    def can_close(self) -> bool:
        """Always: what is typed is written down first."""
        self.closing.emit()
        return True

    def return_to(self, widget: QWidget) -> None:
        """Where the keyboard goes when the window brings it back to this page or, by F6, to its middle."""
        self.setFocusProxy(widget)
        self.centre.setFocusProxy(widget)

    # Focus -----------------------------------------------------------------------------------------------------

    def question_in_focus(self) -> Question | None:
        """The question that has the keyboard."""
        return self._in if self._in is not None and shiboken6.isValid(self._in) else None

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return
        question = question_around(now) if self.isAncestorOf(now) else None
        left = self.question_in_focus()
        if question is left and question is not None:
            return
        if left is not None:
            left.keyboard_left()
        self._in = question
        if question is not None:
            self.return_to(now)
            self.entered.emit(question.item.ref)

    def _attention_moved(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self.save_requested.emit()

    def hideEvent(self, event: QEvent) -> None:
        """Another page is in front."""
        self.save_requested.emit()
        super().hideEvent(event)  # type: ignore[arg-type]
