"""The forms on this computer: what they are called, for whom, which version, and since when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qaf_desktop.services.forms import FormLine
from qaf_desktop.ui.lists.empty import EmptyState
from qaf_desktop.ui.lists.row_list import RowList
from qaf_desktop.ui.lists.rows import Chip, Row
from qaf_desktop.ui.questions.languages import draft_translation_words
from qaf_desktop.ui.theme import Theme

_AUDIENCES = {
    "auditor": "for auditors",
    "child": "for children",
    "young_person": "for young people",
    "parent_carer": "for parents and carers",
    "worker": "for the worker",
    "moderator": "for moderators",
}


class FormsView(QWidget):
    """A list to look up, nothing to change: forms are published by the quality assurance service."""

    try_requested = Signal()
    """An author wants to try a workbook out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("Forms")
        title = QLabel("Forms")
        title.setProperty("role", "title")
        about = QLabel(
            "New versions come with sync. An audit in progress stays on the version it was begun with, "
            "and every sealed copy is always shown in its own."
        )
        about.setProperty("role", "muted")
        about.setWordWrap(True)
        self._list = RowList(theme, "Forms")
        self._list.setSelectionMode(RowList.SelectionMode.SingleSelection)
        self._empty = EmptyState(theme, "forms")
        self._empty.say("No forms yet", "They come with the first sync.")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self.setFocusProxy(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        self.try_out = QPushButton("&Try a workbook…")
        self.try_out.setToolTip("Fill in a form straight from its workbook; nothing is kept")
        self.try_out.clicked.connect(self.try_requested)
        theme.decorate(self.try_out, "open")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.try_out)
        column.addLayout(head)
        column.addWidget(about)
        column.addWidget(self._stack, 1)

    def show_forms(self, forms: Sequence[FormLine]) -> None:
        """Show the versions kept here."""
        self._list.show_rows([_row(form) for form in forms])
        self._stack.setCurrentWidget(self._list if forms else self._empty)

    def rows(self) -> Sequence[Row]:
        """What the list shows now."""
        return self._list.rows_model().rows()


def _row(form: FormLine) -> Row:
    came = f"here since {form.came_at.astimezone().day} {form.came_at.astimezone():%B %Y}" if form.came_at else ""
    parts = [_AUDIENCES.get(form.audience, form.audience), f"version {form.version}", came]
    return Row(
        f"{form.form_id} {form.version}",
        form.title,
        " · ".join(part for part in parts if part),
        chips=(_state(form),),
        note=draft_translation_words(form.draft_translations),
        opens=False,
    )


def _state(form: FormLine) -> Chip:
    if form.withdrawn:
        return Chip("Withdrawn: not for new work", "minus", "grade_ng", "grade_ng_soft")
    if form.offered:
        return Chip("Offered", "check", "success", "success_soft")
    return Chip("Earlier version", "clock", "grade_ng", "grade_ng_soft")
