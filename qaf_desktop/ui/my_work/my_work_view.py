"""What is on my desk: audits in progress, audits completed, and what still waits to be sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qaf_desktop.ui.lists.empty import EmptyState
from qaf_desktop.ui.lists.paper_rows import completed_row, draft_row
from qaf_desktop.ui.lists.row_list import RowList
from qaf_desktop.ui.lists.rows import Row
from qaf_desktop.ui.lists.search import SearchField
from qaf_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qaf_desktop.services.audits import OfferedForm
    from qaf_desktop.services.my_work import MyWork, Sending

_DRAFT = "draft:"
_RECORD = "record:"


class MyWorkView(QWidget):
    """Shows and asks; a search narrows both lists as one types."""

    start_requested = Signal(str)
    """The id of the form to begin with."""
    draft_opened = Signal(str)
    record_opened = Signal(str)
    discard_requested = Signal(str)
    """The id of a draft."""
    sync_page_requested = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("My work")
        self._now = now
        self._work: MyWork | None = None
        self._forms: tuple[OfferedForm, ...] = ()
        self._lent = False
        """The search has the keyboard only until an audit can be started."""
        self._search = SearchField(theme, "Search my work")
        self._search.changed.connect(self._show)
        self._start = QPushButton("Start an audit")
        self._start.setProperty("role", "primary")
        self._start.clicked.connect(self.start)
        theme.decorate(self._start, "add", "on_primary")
        self._list = RowList(theme, "My audits")
        self._list.opened.connect(self._open)
        self._list.delete_wanted.connect(self._discard)
        self._list.menu_wanted.connect(self._show_menu)
        self._empty = EmptyState(theme, "audits")
        self._empty.acted.connect(self.start)
        self._waits = QFrame()
        self._waits.setProperty("role", "card")
        self._waits_words = QLabel()
        self._waits_words.setWordWrap(True)
        self._to_sync = QPushButton("See what waits")
        self._to_sync.setProperty("role", "quiet")
        self._to_sync.clicked.connect(self.sync_page_requested)
        self._lay_out()

    def _lay_out(self) -> None:
        title = QLabel("My work")
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title, 1)
        head.addWidget(self._search, 1)
        head.addWidget(self._start)
        waits = QHBoxLayout(self._waits)
        waits.setContentsMargins(16, 4, 8, 4)
        waits.addWidget(self._waits_words, 1)
        waits.addWidget(self._to_sync)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self.setFocusProxy(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._waits)
        column.addWidget(self._stack, 1)
        self._waits.hide()
        self._start.setEnabled(False)

    def show_work(self, work: MyWork) -> None:
        """Show the lists and what waits."""
        self._work = work
        words = waiting_words(work.sending)
        self._waits_words.setText(words)
        self._waits.setVisible(bool(words))
        self._show()

    def show_forms(self, forms: Sequence[OfferedForm]) -> None:
        """The forms an audit may begin with: one starts at once, several are asked about."""
        self._forms = tuple(forms)
        self._start.setEnabled(bool(forms))
        self._start.setToolTip("" if forms else "No audit form has reached this computer yet. Sync brings it.")
        if self._work is not None:
            self._show()

    def start(self) -> None:
        """Begin an audit, asking which form when there are several."""
        if len(self._forms) == 1:
            self.start_requested.emit(self._forms[0].form_id)
        elif self._forms:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for form in self._forms:
                action = menu.addAction(f"{form.title.replace('&', '&&')} ({form.version})")
                action.triggered.connect(lambda _=False, form_id=form.form_id: self.start_requested.emit(form_id))
            menu.popup(self._start.mapToGlobal(QPoint(0, self._start.height() + 4)))

    def find_in_page(self) -> None:
        """Ctrl+F."""
        self._search.begin()

    def panes(self) -> Sequence[QWidget]:
        """F6 goes from the search to the list."""
        return [self._search, self._stack]

    def rows(self) -> Sequence[Row]:
        """What the list shows now."""
        return self._list.rows_model().rows()

    def _show(self) -> None:
        if self._work is None:
            return
        now, wanted = self._now(), self._search.words()
        drafts = [_with_prefix(_DRAFT, draft_row(line, now)) for line in self._work.drafts]
        sealed = [_with_prefix(_RECORD, completed_row(line, now)) for line in self._work.completed]
        shown: list[Row] = []
        for heading, rows in (("In progress", drafts), ("Completed", sealed)):
            hits = [row for row in rows if wanted in row.spoken.lower()]
            if hits:
                shown += [Row("", f"{heading} · {len(hits)}"), *hits]
        was_here = self._keyboard_here()
        self._list.show_rows(shown)
        self._stack.setCurrentWidget(self._list if shown else self._empty)
        if not shown:
            self._say_empty(bool(drafts or sealed))
        self._place_keyboard(self._list if shown else self._start, was_here=was_here)

    def _keyboard_here(self) -> bool:
        now = QApplication.focusWidget()
        return self.isVisible() and now is not None and self.isAncestorOf(now)

    def _place_keyboard(self, main: QWidget, *, was_here: bool) -> None:
        """Keep the keyboard on the page when what it was on is hidden: Qt alone would hand it to the lock button."""
        typing = self._search.hasFocus() and not self._lent
        target = main if main.isEnabled() else self._search
        self.setFocusProxy(target)
        if was_here and not typing:
            self._lent = target is self._search
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_empty(self, searched: bool) -> None:
        if searched:
            self._empty.say("Nothing found", "None of your audits has these words. Try a reference, a form or a name.")
        elif self._forms:
            self._empty.say(
                "A clear desk",
                "Sit down with the worker and begin. Everything is kept on this computer as you type.",
                "Start an audit",
            )
        else:
            self._empty.say("No form yet", "The audit form comes with the first sync, or from your IT service.")

    def _open(self, key: str) -> None:
        if key.startswith(_DRAFT):
            self.draft_opened.emit(key.removeprefix(_DRAFT))
        else:
            self.record_opened.emit(key.removeprefix(_RECORD))

    def _discard(self, key: str) -> None:
        if key.startswith(_DRAFT):
            self.discard_requested.emit(key.removeprefix(_DRAFT))

    def _show_menu(self, key: str, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open").triggered.connect(lambda: self._open(key))
        if key.startswith(_DRAFT):
            menu.addAction("Discard this draft").triggered.connect(lambda: self._discard(key))
        menu.popup(place)


def waiting_words(sending: Sending) -> str:
    """What waits, in a sentence; nothing when all is with the centre."""
    parts = []
    if sending.ready:
        parts.append(f"{sending.ready} sealed {'copy waits' if sending.ready == 1 else 'copies wait'} to be sent.")
    if sending.held_back:
        parts.append(f"{sending.held_back} held back by the centre: see why.")
    if sending.received and not parts:
        parts.append(f"{sending.received} received by the centre, not yet confirmed.")
    return " ".join(parts)


def _with_prefix(prefix: str, row: Row) -> Row:
    return Row(prefix + row.key, row.title, row.subtitle, row.chips, row.progress, row.note)
