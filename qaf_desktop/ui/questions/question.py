"""One question as it stands on a page: its words, its help, its answer, and what is not right about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.kinds import answer_for
from qaf_desktop.ui.questions.tools import Tools

MISSING = "This needs an answer."


class Question(QWidget):
    """Label, hint, answer and message of one question.

    A rule that is broken is said when the keyboard leaves the question, never in the middle of a word; a missing
    answer only after ``insist``, that is, once somebody asked to complete.
    """

    value_changed = Signal(str)
    finished = Signal()
    """Enter was pressed: the next question may have the keyboard."""

    def __init__(self, item: Item, tools: Tools, *, large: bool = False) -> None:
        super().__init__()
        self._item = item
        self._tools = tools
        self._insisting = False
        self._large = large
        self._before: list[str] = []
        self._label = _words("strong" if not large else "title")
        self._hint = _words("muted")
        self.answer = answer_for(item, tools)
        self._message_picture = QLabel()
        self._message = _words("error")
        self._message_row = QWidget()
        self._lay_out(large)
        self.answer.value_changed.connect(self._answered)
        self.answer.finished.connect(self.finished)
        tools.theme.changed.connect(self._dress)
        self._dress()
        self.set_item(item)

    def _lay_out(self, large: bool) -> None:
        message = QHBoxLayout(self._message_row)
        message.setContentsMargins(0, 0, 0, 0)
        message.setSpacing(8)
        message.addWidget(self._message_picture, 0, Qt.AlignmentFlag.AlignTop)
        message.addWidget(self._message, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16 if large else 6)
        rows.addWidget(self._label)
        rows.addWidget(self._hint)
        rows.addWidget(self.answer)
        rows.addWidget(self._message_row)
        self._label.setBuddy(self.answer.keyboard())

    @property
    def item(self) -> Item:
        """What is shown now."""
        return self._item

    def set_item(self, item: Item) -> None:
        """Show another state of the same question without disturbing what is being typed."""
        said = (item.label, item.hint, item.required) != (self._item.label, self._item.hint, self._item.required)
        if said or not self._label.text():
            self._label.setText(item.label)
            optional = "" if item.required or item.readonly or self._large else "Optional"
            hint = " – ".join(part for part in (optional, item.hint) if part)
            self._hint.setText(hint)
            self._hint.setVisible(bool(hint))
            spoken = "Required." if item.required else "Optional."
            self.answer.call_it(item.label, f"{spoken} {item.hint}".strip())
        self._item = item
        self.answer.show_item(item)
        self._say_what_is_wrong()

    def insist(self, insisting: bool = True) -> None:
        """From now on say that an answer is missing, too."""
        self._insisting = insisting
        self._say_what_is_wrong()

    def take_keyboard(self) -> None:
        """Put the keyboard into the answer."""
        self.answer.keyboard().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyboard_left(self) -> None:
        """The keyboard is elsewhere now: what is wrong may be said."""
        self._say_what_is_wrong()

    def has_keyboard(self) -> bool:
        """Whether the keyboard is somewhere inside."""
        inside = self.window().focusWidget() if self.window() else None
        return inside is not None and self.isAncestorOf(inside) and inside.hasFocus()

    def take_back(self) -> None:
        """Go back to the answer before this one; inside a text, take back the last piece of typing."""
        if self.answer.undo() or not self._before:
            return
        value = self._before.pop()
        self.value_changed.emit(value)

    def put(self, value: str) -> None:
        """Answer with a value from elsewhere, for example from this answer's history."""
        if value != self._item.value:
            self._before.append(self._item.value)
            self.value_changed.emit(value)

    def message(self) -> str:
        """What is said to be wrong at the moment, or nothing."""
        return self._message.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z where the answer itself has no undo."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        else:
            super().keyPressEvent(event)

    def _answered(self, value: str) -> None:
        if not self.answer.has_typing_aid() and (not self._before or self._before[-1] != self._item.value):
            self._before.append(self._item.value)
        self.value_changed.emit(value)
        QTimer.singleShot(0, self._label, self._follow_keyboard)

    def _follow_keyboard(self) -> None:
        self._label.setBuddy(self.answer.keyboard())

    def _say_what_is_wrong(self) -> None:
        item = self._item
        broken = item.relevant and bool(item.value) and not item.valid
        missing = item.relevant and item.required and not item.value and self._insisting
        if broken and self.has_keyboard() and not self._message.text():
            return
        words = (item.message or "This answer does not fit the question.") if broken else MISSING if missing else ""
        if missing and item.message:
            words = item.message
        if words == self._message.text() and self._message_row.isVisibleTo(self) == bool(words):
            return
        self._message.setText(words)
        self._message_row.setVisible(bool(words))
        spoken = "Required." if item.required else "Optional."
        self.answer.call_it(item.label, " ".join(part for part in (words, spoken, item.hint) if part))

    def _dress(self) -> None:
        self._message_picture.setPixmap(self._tools.theme.pixmap("warning", "danger", 18))


def _words(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def question_around(widget: QWidget) -> Question | None:
    """The question a widget is a part of, if it is."""
    around: QWidget | None = widget
    while around is not None and not isinstance(around, Question):
        around = around.parentWidget()
    return around
