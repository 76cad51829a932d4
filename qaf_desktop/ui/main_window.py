"""The window people work in: menus, navigation, one page in front, a line that is always true – and a lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from qaf_desktop.problems import Problem
from qaf_desktop.ui.clipboard import ClipboardWatch
from qaf_desktop.ui.menus import Menus
from qaf_desktop.ui.messages import MessageBar
from qaf_desktop.ui.navigation import Navigation
from qaf_desktop.ui.pages import Acting, FillsAForm, Findable, MayStay, Paned, SavesItself
from qaf_desktop.ui.second_click import SecondClick
from qaf_desktop.ui.status import Status
from qaf_desktop.ui.sync.centre_questions import CentrePasswordDialog, ask_for_enrolment
from qaf_desktop.ui.theme import Theme

TITLE = "QAF Desktop"
NARROW_BELOW_PIXELS = 900
"""Below this width, times the text size, the rail shows pictures only."""


@dataclass
class _Destination:
    title: str
    factory: Callable[[], QWidget]
    page: QWidget | None = None


class MainWindow(QMainWindow):
    """Destinations are made when first shown; further pages are opened on top of one and closed again.

    The title never holds a reference or a name: it is seen in task bars and over shoulders.
    """

    start_audit_requested = Signal()
    sync_requested = Signal()
    look_chosen = Signal(str, int)
    """Look and text size in per cent, to be remembered."""
    enrolment_chosen = Signal(object)
    """The ``Path`` of an enrolment file; offered once ``menus.offer_centre`` says so."""
    centre_password_given = Signal(str)
    help_requested = Signal()
    about_requested = Signal()
    locked = Signal()
    page_shown = Signal(QWidget)
    closing = Signal()
    """Every hook agreed and the window is about to go: write down what is left."""

    def __init__(self, theme: Theme, lock_cover: QWidget) -> None:
        """``lock_cover`` is what is seen while locked: the unlock panel, joined by the application."""
        super().__init__()
        QLocale.setDefault(QLocale("en_GB"))  # British dates; here, because QLocale alone takes 10 ms to import
        self.setWindowTitle(TITLE)
        self.setWindowIcon(theme.icon("app"))
        self.setMinimumSize(640, 480)
        self._theme = theme
        self._destinations: dict[str, _Destination] = {}
        self._current = ""
        self._opened: list[tuple[QWidget, str, str]] = []
        self._hooks: list[Callable[[], bool]] = []
        self._hidden_windows: list[QWidget] = []
        self._cover = lock_cover
        self._focus_before: QWidget | None = None
        self._clipboard = ClipboardWatch(self)
        self.remedy: Callable[[Problem], tuple[str, Callable[[], None]] | None] = lambda _: None
        """What a person can do about a problem: the words of a button and what it does. Set by the application."""
        self.messages = MessageBar(theme)
        self.navigation = Navigation(theme)
        self.status = Status(theme)
        self.setStatusBar(self.status)
        self.menus = Menus(self, theme)
        self._pages = QStackedWidget()
        self._lay_out()
        self._join()
        theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.messages)
        right.addWidget(self._pages, 1)
        work = QWidget()
        work.setProperty("role", "page")
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addLayout(right, 1)
        self._work = work
        self._covers = QStackedWidget()
        self._covers.addWidget(work)
        self._covers.addWidget(self._cover)
        self.setCentralWidget(self._covers)

    def _join(self) -> None:
        self.navigation.chosen.connect(self.go_to)
        self.navigation.lock_requested.connect(self.lock)
        menus = self.menus
        menus.save_requested.connect(self._save_asked)
        menus.sync_requested.connect(self.sync_requested)
        menus.enrolment_requested.connect(lambda: ask_for_enrolment(self, self.enrolment_chosen.emit))
        menus.password_requested.connect(self.ask_centre_password)
        menus.lock_requested.connect(self.lock)
        menus.close_requested.connect(self.close)
        menus.find_requested.connect(self._find)
        menus.back_requested.connect(self.go_back)
        menus.next_pane_requested.connect(lambda: self._walk_panes(1))
        menus.previous_pane_requested.connect(lambda: self._walk_panes(-1))
        menus.full_screen_requested.connect(lambda full: self.showFullScreen() if full else self.showNormal())
        menus.start_audit_requested.connect(self.start_audit_requested)
        menus.look_chosen.connect(self.look_chosen)
        menus.help_requested.connect(self.help_requested)
        menus.about_requested.connect(self.about_requested)

    # Pages -----------------------------------------------------------------------------------------------------

    def add_destination(self, key: str, title: str, icon: str, factory: Callable[[], QWidget]) -> None:
        """Add a place to go; its page is made by ``factory`` when first shown. Whoever makes it keeps its presenter."""
        self._destinations[key] = _Destination(title, factory)
        shortcut = f"Ctrl+{len(self._destinations)}"
        self.navigation.add(key, title, icon, shortcut)
        self.menus.add_destination(title, shortcut, icon, lambda: self.go_to(key))

    def go_to(self, key: str) -> None:
        """Show a destination. Pages opened on top of it stay open underneath until gone back to or closed."""
        place = self._destinations[key]
        if place.page is None:
            place.page = place.factory()
            self._pages.addWidget(place.page)
        above = [page for page, _, at in self._opened if at == key]
        if self._current == key or not above:
            for page in above:
                if not self.close_page(page):
                    return
            self._show(place.page, key, place.title)
        else:
            self._show(above[-1], key, place.title)

    def open_page(self, page: QWidget, title: str) -> None:
        """Open a page on top of the destination in front; ``title`` holds no reference and no name."""
        # One click opens; the second of a double click must not press what now lies under the mouse.
        SecondClick(page)
        self._opened.append((page, title, self._current))
        self._pages.addWidget(page)
        self._show(page, self._current, title)

    def close_page(self, page: QWidget) -> bool:
        """Close an opened page unless it must stay; returns whether it was closed."""
        if isinstance(page, MayStay) and not page.can_close():
            return False
        entry = next((entry for entry in self._opened if entry[0] is page), None)
        if entry is None:
            return True
        self._opened.remove(entry)
        in_front = self._pages.currentWidget() is page
        if in_front:
            self._show_below(entry[2])
        self._pages.removeWidget(page)
        page.deleteLater()
        return True

    def go_back(self) -> None:
        """Close the page on top, back to what is underneath."""
        page = self._pages.currentWidget()
        if page is not None and any(entry[0] is page for entry in self._opened):
            self.close_page(page)

    def current_page(self) -> QWidget | None:
        """The page in front."""
        return self._pages.currentWidget()

    def _show_below(self, key: str) -> None:
        below = next((entry for entry in reversed(self._opened) if entry[2] == key), None)
        place = self._destinations[key]
        if below is not None:
            self._show(below[0], key, below[1])
        elif place.page is not None:
            self._show(place.page, key, place.title)

    def _show(self, page: QWidget, key: str, title: str) -> None:
        self._current = key
        if self._pages.currentWidget() is not page:
            self.messages.clear_good_news()
        self._pages.setCurrentWidget(page)
        self.navigation.show_current(key)
        self.setWindowTitle(f"{title} – {TITLE}")
        self.refresh_page_words()
        if not self.navigation.isAncestorOf(QApplication.focusWidget() or self):
            _focus_into(page)
        self.page_shown.emit(page)

    def refresh_page_words(self) -> None:
        """Look again at what the page in front offers the menus and the status bar."""
        page = self._pages.currentWidget()
        self.menus.show_page(
            page.page_actions() if isinstance(page, Acting) else (),
            findable=isinstance(page, Findable),
            leaveable=any(entry[0] is page for entry in self._opened),
        )
        self.status.show_form(page.form_words() if isinstance(page, FillsAForm) else "")

    # Messages and small commands -------------------------------------------------------------------------------

    def show_problem(self, problem: Problem) -> None:
        """Show an expected failure above the page, with the button that helps when there is one."""
        words, act = self.remedy(problem) or ("", None)
        self.messages.show_problem(problem, action=words, act=act)

    def _save_now(self) -> None:
        pages: list[object] = [self._pages.currentWidget(), *(page for page, _, _ in self._opened)]
        for page in dict.fromkeys(pages):
            if isinstance(page, SavesItself):
                page.save_now()

    def _save_asked(self) -> None:
        self._save_now()
        self.status.answer_save()

    def ask_centre_password(self) -> None:
        """Ask for the centre's password."""
        dialog = CentrePasswordDialog(self._theme, self)
        dialog.given.connect(self.centre_password_given)
        dialog.open()

    def _find(self) -> None:
        page: object = self._pages.currentWidget()
        if isinstance(page, Findable):
            page.find_in_page()

    def _walk_panes(self, step: int) -> None:
        page = self._pages.currentWidget()
        inner = page.panes() if isinstance(page, Paned) else ([page] if page else [])
        panes = [pane for pane in (self.navigation, self.messages, *inner) if pane.isVisible()]
        focus = QApplication.focusWidget()
        here = next((n for n, pane in enumerate(panes) if focus is pane or pane.isAncestorOf(focus or self)), -1)
        for offset in range(1, len(panes) + 1):
            if _focus_into(panes[(here + step * offset) % len(panes)]):
                return

    # Lock and close --------------------------------------------------------------------------------------------

    @property
    def is_locked(self) -> bool:
        """Whether content is hidden behind the lock."""
        return self._covers.currentWidget() is self._cover

    def lock(self) -> None:
        """Hide everything at once, and take back what we put on the clipboard."""
        if self.is_locked:
            return
        self._save_now()
        self._focus_before = QApplication.focusWidget()
        self._covers.setCurrentWidget(self._cover)
        self._hidden_windows = [w for w in QApplication.topLevelWidgets() if w is not self and w.isVisible()]
        for window in self._hidden_windows:
            window.hide()
        self.menus.set_locked(True)
        self.status.hide()
        self.setWindowTitle(f"Locked – {TITLE}")
        self._clipboard.clear_ours()
        _focus_into(self._cover)
        self.locked.emit()

    def unlock(self) -> None:
        """Show everything again where it was."""
        if not self.is_locked:
            return
        self._covers.setCurrentWidget(self._work)
        self.menus.set_locked(False)
        self.status.show()
        for window in self._hidden_windows:
            window.show()
        self._hidden_windows = []
        page = self._pages.currentWidget()
        if page is not None:
            entry = next((entry for entry in self._opened if entry[0] is page), None)
            title = entry[1] if entry else self._destinations[self._current].title
            self.setWindowTitle(f"{title} – {TITLE}")
        if self._focus_before is not None and self._focus_before.isVisible():
            self._focus_before.setFocus()
        self._focus_before = None

    def add_close_hook(self, may_close: Callable[[], bool]) -> None:
        """Ask ``may_close`` before the window closes; one "no" keeps it open, and whoever says no explains it."""
        self._hooks.append(may_close)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask every hook and open page, then let everything be written down."""
        pages = [page for page, _, _ in self._opened]
        if all(page.can_close() for page in pages if isinstance(page, MayStay)) and all(ask() for ask in self._hooks):
            self._save_now()
            self.closing.emit()
            self._clipboard.clear_ours()
            event.accept()
        else:
            event.ignore()

    # Shape -----------------------------------------------------------------------------------------------------

    def geometry_words(self) -> str:
        """Size and place of the window, as text for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore_shape(self, words: str) -> None:
        """Take the size and place from an earlier session; the first time, a sensible one."""
        if not words or not self.restoreGeometry(QByteArray.fromBase64(words.encode("ascii"))):
            room = self.screen().availableGeometry()
            self.resize(min(1280, room.width()), min(800, room.height()))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins on the page, not on the rail."""
        super().showEvent(event)
        page = self._covers.currentWidget() if self.is_locked else self._pages.currentWidget()
        if page is not None and not page.isAncestorOf(QApplication.focusWidget() or self):
            _focus_into(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page the room when the window is small."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.navigation.set_narrow(self.width() < self._theme.pixels(NARROW_BELOW_PIXELS))

    def changeEvent(self, event: QEvent) -> None:
        """Minimising saves at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self._save_now()


def _focus_into(widget: QWidget) -> bool:
    """Put the focus on the first thing inside that takes it; returns whether there was one."""
    proxy = widget.focusProxy()
    candidates = [*([proxy] if proxy is not None else []), widget, *widget.findChildren(QWidget)]
    chain = [w for w in candidates if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and w.isEnabled()]
    if not chain:
        return False
    chain[0].setFocus(Qt.FocusReason.TabFocusReason)
    return True
