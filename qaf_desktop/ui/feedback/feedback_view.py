"""The feedback screen: the adult's page first, then one question at a time with the child, then thank you."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qaf_desktop.ui.audit.check_page import CheckPage
from qaf_desktop.ui.audit.finished_page import FinishedPage
from qaf_desktop.ui.audit.guidance_pane import GuidancePane
from qaf_desktop.ui.audit.reader import Reader
from qaf_desktop.ui.audit.section_page import SectionPage
from qaf_desktop.ui.feedback.child_page import ChildPage
from qaf_desktop.ui.feedback.steps import Step
from qaf_desktop.ui.feedback.stones import Stones
from qaf_desktop.ui.messages import MessageBar, announce
from qaf_desktop.ui.questions.languages import LanguagePicker, lay_out
from qaf_desktop.ui.questions.question import Question
from qaf_desktop.ui.questions.tools import Tools

HAPPENS_NOW = (
    "Tell them, in one sentence, what will happen with what they said. Only promise what will be done.",
    "It is sealed as a paper of its own and kept on this computer, encrypted. Nobody can change it.",
    "It waits with everything else that is ready, and is sent to the centre the next time you sync.",
)
GUIDANCE_PIXELS = 284
GUIDANCE_FROM_PIXELS = 640


class FeedbackView(QWidget):
    """Shows one page of a conversation; decides nothing."""

    answered = Signal(str, str)
    entered = Signal(str)
    next_requested = Signal()
    back_requested = Signal()
    skip_requested = Signal()
    add_requested = Signal(str)
    remove_requested = Signal(str)
    put_back_requested = Signal()
    jump_requested = Signal(str)
    complete_requested = Signal()
    save_requested = Signal()
    closing = Signal()
    print_requested = Signal()
    leave_requested = Signal()
    actions_changed = Signal()
    language_chosen = Signal(str)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._tools = tools
        self._reader: Reader | None = None
        self._form_words = ""
        self._pages: dict[str, SectionPage | ChildPage] = {}
        self._helping = False
        self._offered: tuple[QAction, ...] = ()
        self.message = MessageBar(tools.theme)
        self.stack = QStackedWidget()
        self.guidance = GuidancePane(tools.theme)
        self.guidance.offer_history(False)
        self.check = CheckPage(tools, what="feedback")
        self.finished = FinishedPage(tools.theme, title="Thank you", happens=HAPPENS_NOW, offers_feedback=False)
        self.back = QPushButton("Back")
        self.skip = QPushButton("Skip this one")
        self.next = QPushButton("Next")
        self.help = QPushButton("Help for the adult")
        self.stones = Stones(tools.theme)
        self.language = LanguagePicker()
        self.draft = QLabel("Draft translation – have it checked")
        self.draft.setProperty("role", "caption")
        self._language = ""
        self._is_draft = False
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        theme = self._tools.theme
        theme.decorate(self.back, "back")
        self.next.setProperty("role", "primary")
        self.help.setProperty("role", "quiet")
        self.help.setCheckable(True)
        self.bar = QWidget()
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(20, 10, 20, 14)
        bar.setSpacing(12)
        for part in (self.back, self.help, self.language, self.draft):
            bar.addWidget(part)
        bar.addWidget(self.stones, 1)
        for part in (self.skip, self.next):
            bar.addWidget(part)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.stack, 1)
        across.addWidget(self.guidance)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.message)
        rows.addLayout(across, 1)
        rows.addWidget(self.bar)
        self.stack.addWidget(self.check)
        self.stack.addWidget(self.finished)

    def _join(self) -> None:
        self.next.clicked.connect(self.next_requested)
        self.back.clicked.connect(self.back_requested)
        self.skip.clicked.connect(self.skip_requested)
        self.help.toggled.connect(self._help)
        self.language.language_chosen.connect(self.language_chosen)
        self.check.jump_requested.connect(self.jump_requested)
        self.check.answered.connect(self.answered)
        self.check.complete_requested.connect(self.complete_requested)
        self.check.back_requested.connect(self.back_requested)
        self.finished.print_requested.connect(self.print_requested)
        self.finished.leave_requested.connect(self.leave_requested)
        for keys, asked in (("Ctrl+PgDown", self.next_requested), ("Ctrl+PgUp", self.back_requested)):
            action = QAction(self)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(asked)
            self.addAction(action)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
            app.applicationStateChanged.connect(self._attention_moved)

    # What is shown ---------------------------------------------------------------------------------------------

    def open_form(self, reader: Reader, form_words: str) -> None:
        """Take a form to show."""
        self._reader = reader
        self._form_words = form_words

    def speak(self, languages: Sequence[str], now: str, *, draft: bool) -> None:
        """Show the form in a language: every page is made anew when it is next shown.

        That a translation is only a ``draft`` is for the adult: a child's page never says so.
        """
        self.language.offer(languages, now)
        self._is_draft = draft
        self._language = now
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages = {}

    def show_step(self, step: Step, *, here: int, count: int, first: bool, can_skip: bool) -> None:
        """Show a page; ``here`` of ``count`` are the child's stepping stones."""
        page = self._page(step)
        self.stack.setCurrentWidget(page)
        for widget in (self.bar, self.stones, self.guidance):
            widget.setLayoutDirection(page.layoutDirection())
        leftwards = page.layoutDirection() == Qt.LayoutDirection.LeftToRight
        self._tools.theme.decorate(self.back, "back" if leftwards else "next")
        self.back.setEnabled(not first)
        self.skip.setVisible(can_skip)
        self.next.setVisible(True)
        self.bar.show()
        self.stones.show_place(here, count if step.for_child else 0)
        self._fit()
        if isinstance(page, ChildPage):
            self.setFocusProxy(page.keyboard() or self.next)
            page.take_keyboard()
            if page.question is None:
                self.next.setFocus()
                announce(self, page.item.label)
            self.guidance.show_item(page.item)
        elif questions := page.questions():
            self.setFocusProxy(questions[0].answer.keyboard())
            questions[0].take_keyboard()

    def update_refs(self, refs: Iterable[str]) -> None:
        """Look again at what may have changed."""
        refs = tuple(refs)
        for slot, page in self._pages.items():
            if isinstance(page, SectionPage):
                page.update_refs(refs)
            elif self._reader is not None and (ref := self._reader.ref(slot)) in refs:
                page.show_item(self._reader.look(ref))

    def refresh(self, repeat_ref: str) -> None:
        """A list on the adult's page has other rows."""
        for page in self._pages.values():
            if isinstance(page, SectionPage):
                page.rebuild_list(repeat_ref)
                page.refresh()

    def show_check(self) -> None:
        """The page before completing, filled by whoever asks."""
        self.stack.setCurrentWidget(self.check)
        self.stones.show_place(0, 0)
        self.skip.hide()
        self.next.hide()
        self._fit()
        self.check.take_keyboard()

    def show_finished(self) -> None:
        """Sealed: thank you."""
        self.message.clear()
        for action in self._offered:
            action.setEnabled(False)
        self.bar.hide()
        self.stack.setCurrentWidget(self.finished)
        self._fit()
        self.finished.print.setFocus()
        announce(self, self.finished.title.text())

    def current(self) -> QWidget | None:
        """The page in front."""
        return self.stack.currentWidget()

    def question(self, ref: str) -> Question | None:
        """The question at a ref, if its page was made."""
        for page in self._pages.values():
            found = page.question(ref) if isinstance(page, SectionPage) else page.question
            if found is not None and found.item.ref == ref:
                return found
        return None

    def insist(self) -> None:
        """From now on the adult's pages say where an answer is missing."""
        for page in self._pages.values():
            if isinstance(page, SectionPage):
                page.insist(True)

    # What the window asks --------------------------------------------------------------------------------------

    def panes(self) -> Sequence[QWidget]:
        """The page, the guidance, the bar."""
        return (self.stack, self.guidance, self.bar)

    def page_actions(self) -> Sequence[QAction]:
        """For the menu."""
        return self._offered

    def offer(self, actions: Sequence[QAction]) -> None:
        """Actions for the menu, for example moving up to a newer version."""
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

    def resizeEvent(self, event: QEvent) -> None:
        """Guidance stands beside the page while there is room."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is in front."""
        self.save_requested.emit()
        super().hideEvent(event)

    # Inside ----------------------------------------------------------------------------------------------------

    def _page(self, step: Step) -> SectionPage | ChildPage:
        assert self._reader is not None  # noqa: S101 - open_form comes first
        slot = self._reader.slot(step.ref)
        if slot not in self._pages:
            page = self._child_page(step.ref) if step.for_child else self._adult_page(step.ref)
            lay_out(page, self._language)
            self._pages[slot] = page
            self.stack.addWidget(page)
        return self._pages[slot]

    def _adult_page(self, ref: str) -> SectionPage:
        assert self._reader is not None  # noqa: S101
        page = SectionPage(ref, self._reader, self._tools)
        page.answered.connect(self.answered)
        page.add_requested.connect(self.add_requested)
        page.remove_requested.connect(self.remove_requested)
        page.put_back_requested.connect(self.put_back_requested)
        return page

    def _child_page(self, ref: str) -> ChildPage:
        assert self._reader is not None  # noqa: S101
        page = ChildPage(self._reader.look(ref), self._tools)
        page.answered.connect(lambda value: self.answered.emit(ref, value))
        page.finished.connect(self.next_requested)
        return page

    def _help(self, helping: bool) -> None:
        self._helping = helping
        self._fit()

    def _fit(self) -> None:
        page = self.stack.currentWidget()
        theme = self._tools.theme
        room = self.width() >= theme.pixels(GUIDANCE_FROM_PIXELS)
        self.guidance.setFixedWidth(theme.pixels(GUIDANCE_PIXELS))
        adult, child = isinstance(page, SectionPage), isinstance(page, ChildPage)
        self.help.setVisible(room and child)
        self.draft.setVisible(self._is_draft and adult)
        self.guidance.setVisible(room and (adult or (child and self._helping)))

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        around: QWidget | None = now
        while around is not None and not isinstance(around, Question):
            around = around.parentWidget()
        if isinstance(around, Question):
            self.guidance.show_item(around.item)
            self.entered.emit(around.item.ref)

    def _attention_moved(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self.save_requested.emit()
