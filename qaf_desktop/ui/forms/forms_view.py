"""The forms on this computer: what they are called, for whom, which version, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from qaf_desktop.ui.lists.empty import EmptyState
from qaf_desktop.ui.lists.row_list import RowList
from qaf_desktop.ui.lists.rows import Row
from qaf_desktop.ui.theme import Theme

_AUDIENCES = {
    "auditor": "for auditors",
    "child": "for children",
    "young_person": "for young people",
    "parent_carer": "for parents and carers",
    "worker": "for the worker",
}


@dataclass(frozen=True)
class FormLine:
    """A form as the page lists it; ``came_at`` when it reached this computer, if that is known."""

    form_id: str
    version: str
    title: str
    audience: str
    came_at: datetime | None = None


class FormsView(QWidget):
    """A list to look up, nothing to change: forms are published by the quality assurance service."""

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
        column.addWidget(title)
        column.addWidget(about)
        column.addWidget(self._stack, 1)

    def show_forms(self, forms: Sequence[FormLine]) -> None:
        """Show the forms offered now."""
        self._list.show_rows([_row(form) for form in forms])
        self._stack.setCurrentWidget(self._list if forms else self._empty)

    def rows(self) -> Sequence[Row]:
        """What the list shows now."""
        return self._list.rows_model().rows()


def _row(form: FormLine) -> Row:
    came = f"here since {form.came_at.astimezone().day} {form.came_at.astimezone():%B %Y}" if form.came_at else ""
    parts = [_AUDIENCES.get(form.audience, form.audience), f"version {form.version}", came]
    return Row(f"{form.form_id} {form.version}", form.title, " · ".join(part for part in parts if part), opens=False)
