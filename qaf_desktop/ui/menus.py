"""The classic menus: everything the program can do, in words, with its shortcut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from qaf_desktop.ui.theme import TEXT_PERCENTS, Theme

_LOOKS = (
    ("system", "&Follow this computer"),
    ("light", "&Light"),
    ("dark", "&Dark"),
    ("high-contrast", "&High contrast"),
)
_EDITS = (
    ("&Undo", "undo", QKeySequence.StandardKey.Undo),
    ("&Redo", "redo", QKeySequence.StandardKey.Redo),
    ("Cu&t", "cut", QKeySequence.StandardKey.Cut),
    ("&Copy", "copy", QKeySequence.StandardKey.Copy),
    ("&Paste", "paste", QKeySequence.StandardKey.Paste),
    ("Select &all", "selectAll", QKeySequence.StandardKey.SelectAll),
)


class Menus(QObject):
    """Fills a window's menu bar; each signal is what the person means."""

    save_requested = Signal()
    sync_requested = Signal()
    enrolment_requested = Signal()
    password_requested = Signal()
    lock_requested = Signal()
    close_requested = Signal()
    find_requested = Signal()
    back_requested = Signal()
    next_pane_requested = Signal()
    previous_pane_requested = Signal()
    full_screen_requested = Signal(bool)
    start_audit_requested = Signal()
    look_chosen = Signal(str, int)
    """Choice of look and text size in per cent, to be remembered."""
    help_requested = Signal()
    about_requested = Signal()

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._page_actions: list[QAction] = []
        self._enabled_before: dict[QAction, bool] = {}
        bar = window.menuBar()
        self._file = bar.addMenu("&File")
        self._edit = bar.addMenu("&Edit")
        self._view = bar.addMenu("&View")
        self._go = bar.addMenu("&Go")
        self._audit = bar.addMenu("&Audit")
        self._help = bar.addMenu("&Help")
        self._fill_file()
        self._fill_edit()
        self._fill_view()
        self._fill_go()
        self._start = self._add(self._audit, "&Start an audit…", "Ctrl+N", self.start_audit_requested.emit, "add")
        self._page_separator = self._audit.addSeparator()
        self._page_separator.setVisible(False)
        self._add(self._help, "&Help", "F1", self.help_requested.emit, "help")
        self._help_end = self._help.addSeparator()
        self._add(self._help, "&About QAF Desktop", "Shift+F1", self.about_requested.emit)

    def _add(
        self,
        menu: QMenu,
        text: str,
        shortcut: str | QKeySequence | QKeySequence.StandardKey,
        act: Callable[[], object],
        icon: str = "",
    ) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda: act())  # noqa: PLW0108 - without Qt's "checked"
        if icon:
            self._theme.decorate(action, icon)
        menu.addAction(action)
        return action

    def _fill_file(self) -> None:
        self._add(self._file, "&Save", "Ctrl+S", self.save_requested.emit)
        self._sync = self._add(self._file, "S&ync now", "F5", self.sync_requested.emit, "sync")
        self._enrol = self._add(self._file, "&Open enrolment file…", "Ctrl+O", self.enrolment_requested.emit, "open")
        self._password = self._add(self._file, "Centre &password…", "Ctrl+Shift+P", self.password_requested.emit, "key")
        self.offer_centre(enrolment=False, password=False)
        self._file.addSeparator()
        self._add(self._file, "&Lock", "Ctrl+L", self.lock_requested.emit, "lock")
        self._quit = self._add(self._file, "&Quit", "Ctrl+Q", self.close_requested.emit)

    def _fill_edit(self) -> None:
        for text, method, key in _EDITS:
            if method in {"cut", "selectAll"}:
                self._edit.addSeparator()
            self._add(self._edit, text, key, partial(_edit_in_focus, method))
        self._edit.addSeparator()
        self._find = self._add(self._edit, "&Find", "Ctrl+F", self.find_requested.emit, "search")

    def _fill_view(self) -> None:
        looks = QActionGroup(self)
        for number, (key, text) in enumerate(_LOOKS, start=1):
            action = self._add(self._view, text, f"Ctrl+Alt+{number}", partial(self._choose, key))
            action.setCheckable(True)
            action.setChecked(self._theme.choice == key)
            looks.addAction(action)
        self._view.addSeparator()
        sizes = self._view.addMenu("&Text size")
        self._sizes = QActionGroup(self)
        for percent in TEXT_PERCENTS:
            action = sizes.addAction(f"{percent} %")
            action.setCheckable(True)
            action.setData(percent)
            action.triggered.connect(lambda _=False, percent=percent: self._resize(percent))
            self._sizes.addAction(action)
        self._add(self._view, "Lar&ger text", "Ctrl++", lambda: self._step(self._theme.larger)).setShortcuts(
            [QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")]
        )
        self._add(self._view, "S&maller text", "Ctrl+-", lambda: self._step(self._theme.smaller))
        self._add(self._view, "&Normal text", "Ctrl+0", lambda: self._resize(100))
        self._view.addSeparator()
        self._full = self._add(self._view, "F&ull screen", "F11", lambda: None)
        self._full.setCheckable(True)
        self._full.toggled.connect(self.full_screen_requested)
        self._mark_size()

    def _fill_go(self) -> None:
        self._go_end = self._go.addSeparator()
        self._back = self._add(self._go, "&Back", "Alt+Left", self.back_requested.emit, "back")
        self._go.addSeparator()
        self._add(self._go, "&Next pane", "F6", self.next_pane_requested.emit)
        self._add(self._go, "&Previous pane", "Shift+F6", self.previous_pane_requested.emit)

    def add_destination(self, title: str, shortcut: str, icon: str, act: Callable[[], object]) -> None:
        """A line in the Go menu."""
        action = self._add(self._go, title, shortcut, act, icon)
        self._go.removeAction(action)
        self._go.insertAction(self._go_end, action)

    def add_help(self, text: str, shortcut: str, act: Callable[[], object]) -> None:
        """A line in the Help menu, for example the check of this computer."""
        action = self._add(self._help, text, shortcut, act)
        self._help.removeAction(action)
        self._help.insertAction(self._help_end, action)

    def show_page(self, actions: Sequence[QAction], *, findable: bool, leaveable: bool) -> None:
        """Follow the page in front: its own actions, whether Find and Back have somewhere to go."""
        for action in self._page_actions:
            self._audit.removeAction(action)
        self._page_actions = list(actions)
        self._page_separator.setVisible(bool(actions))
        self._audit.addActions(self._page_actions)
        self._find.setEnabled(findable)
        self._back.setEnabled(leaveable)

    def offer_centre(self, *, enrolment: bool, password: bool) -> None:
        """Whether an enrolment file can be opened here, and whether the centre asks for a password of its own."""
        self._enrol.setVisible(enrolment)
        self._password.setVisible(password)

    def allow(self, *, start_audit: bool, sync: bool) -> None:
        """Whether there is a form to start and a centre to speak to."""
        self._start.setEnabled(start_audit)
        self._sync.setEnabled(sync)

    def set_locked(self, locked: bool) -> None:
        """While locked nothing works but leaving."""
        if locked and not self._enabled_before:
            everything = [action for action in self.findChildren(QAction) if action is not self._quit]
            self._enabled_before = {action: action.isEnabled() for action in [*everything, *self._page_actions]}
            for action in self._enabled_before:
                action.setEnabled(False)
        elif not locked:
            for action, enabled in self._enabled_before.items():
                action.setEnabled(enabled)
            self._enabled_before = {}

    def _choose(self, look: str) -> None:
        self._theme.choose(look)
        self.look_chosen.emit(self._theme.choice, self._theme.text_percent)

    def _resize(self, percent: int) -> None:
        self._step(lambda: self._theme.resize_text(percent))

    def _step(self, change: Callable[[], None]) -> None:
        change()
        self._mark_size()
        self.look_chosen.emit(self._theme.choice, self._theme.text_percent)

    def _mark_size(self) -> None:
        for action in self._sizes.actions():
            action.setChecked(action.data() == self._theme.text_percent)


def _edit_in_focus(method: str) -> None:
    """Undo, cut, copy and so on mean the field the caret is in."""
    act = getattr(QApplication.focusWidget(), method, None)
    if act is not None:
        act()
