"""Joins the list of forms to the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qaf_desktop.domain.change import Change
from qaf_desktop.services.forms import FormLine
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.forms.forms_view import FormsView


class FormsPresenter:
    """Keep it as long as its view; it looks again when sync has brought forms."""

    def __init__(self, view: FormsView, background: Background, *, look: Callable[[], Sequence[FormLine]]) -> None:
        """``look`` runs in the store's lane."""
        self._view = view
        self._background = background
        self._look = look
        background.changed.connect(self._changed)
        self.look_again()

    def look_again(self) -> None:
        """Ask for the forms again."""
        self._background.run(self._view, self._look, self._view.show_forms)

    def _changed(self, change: Change) -> None:
        if change.reference:
            self.look_again()
