"""The part of a question that takes the answer: one kind of box, list or card for each type of question."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qaf_desktop.forms.items import Item


def take_back(inside: QWidget) -> None:
    """Have the question around a widget go back to its last answer."""
    widget = inside.parentWidget()
    while widget is not None:
        if isinstance(widget, TakesBack):
            widget.take_back()
            return
        widget = widget.parentWidget()


@runtime_checkable
class TakesBack(Protocol):
    """A question that remembers what was answered before."""

    def take_back(self) -> None:
        """Show and send the answer before this one."""


class Answer(QWidget):
    """Takes one answer, written as the form writes it: ISO dates, option codes separated by spaces.

    ``value_changed`` is sent for what the person does, never for what ``show_item`` puts there.
    """

    value_changed = Signal(str)
    finished = Signal()
    """The person pressed Enter: the answer is given, the next question may have the keyboard."""

    def show_item(self, item: Item) -> None:
        """Show the item's value, options and whether it may be changed, without disturbing what is being typed."""
        raise NotImplementedError

    def value(self) -> str:
        """The answer as it stands."""
        raise NotImplementedError

    def keyboard(self) -> QWidget:
        """The widget the keyboard goes to first."""
        raise NotImplementedError

    def call_it(self, label: str, description: str) -> None:
        """Give the answer the question's visible label, for a screen reader."""
        self.setAccessibleName(label)
        self.keyboard().setAccessibleName(label)
        self.keyboard().setAccessibleDescription(description)

    def undo(self) -> bool:
        """Take back the last piece of typing inside the box; False where the box keeps none."""
        return False

    def has_typing_aid(self) -> bool:
        """Whether this is a box for prose, which keeps its own undo and can be spell-checked."""
        return False
