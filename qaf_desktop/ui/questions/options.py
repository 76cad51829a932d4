"""Things to choose from: rows with a round or square mark whose words may run over several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qaf_desktop.forms.choices import Choice
from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import Answer, take_back
from qaf_desktop.ui.questions.flow import Flow
from qaf_desktop.ui.questions.look import at_the_start, line, mirrored, ring, tick
from qaf_desktop.ui.questions.tools import Tools
from qaf_desktop.ui.theme import Theme

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object

_LINES = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class _WrappedWords(_Button):
    """What a radio row and a check row share: the words wrap, and the whole row can be clicked."""

    _theme: Theme

    def _prepare(self, theme: Theme) -> None:
        self._theme = theme
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _mark(self) -> int:
        return max(18, round(self.fontMetrics().height() * 0.95))

    def _words_left(self) -> int:
        return self._mark() + line(self, 0.9)

    def sizeHint(self) -> QSize:
        """The words on one line."""
        width = self._words_left() + self.fontMetrics().horizontalAdvance(self.text()) + line(self, 0.5)
        return QSize(width, max(line(self, 1.7), 28))

    def minimumSizeHint(self) -> QSize:
        """The longest word."""
        words = max((self.fontMetrics().horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(self._words_left() + words + line(self, 0.5), self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words need."""
        room = QRect(0, 0, max(1, width - self._words_left() - line(self, 0.4)), 10_000)
        words = self.fontMetrics().boundingRect(room, _WRAPPED.value, self.text()).height()
        return max(self.sizeHint().height(), words + line(self, 0.6))

    def undo(self) -> None:
        """Ctrl+Z takes the question's last answer back."""
        take_back(self)

    def hitButton(self, pos: QPoint) -> bool:
        """Anywhere on the row."""
        return self.rect().contains(pos)

    def _paint(self, *, round_mark: bool) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, chosen = self._theme, self.isChecked()
        size = self._mark()
        mark = QRectF(mirrored(self, QRect(line(self, 0.3), (self.height() - size) // 2, size, size)))
        edge = "primary" if chosen or self.underMouse() else "border"
        painter.setPen(QPen(theme.colour(edge if self.isEnabled() else "line"), 2))
        painter.setBrush(theme.colour("primary" if chosen else "surface"))
        if round_mark:
            painter.drawEllipse(mark)
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("on_primary"))
                painter.drawEllipse(mark.center(), size * 0.2, size * 0.2)
        else:
            painter.drawRoundedRect(mark, size * 0.2, size * 0.2)
            if chosen:
                tick(painter, mark.adjusted(size * 0.25, 0, -size * 0.25, 0), theme.colour("on_primary"))
        room = mirrored(self, self.rect().adjusted(self._words_left(), 0, -line(self, 0.3), 0))
        painter.setPen(theme.colour("text" if self.isEnabled() else "disabled"))
        painter.drawText(room, at_the_start(self) | _LINES, self.text())
        ring(painter, self, theme)
        painter.end()


class RadioRow(_WrappedWords, QRadioButton):
    """One option of which only one can be chosen."""

    def __init__(self, words: str, theme: Theme) -> None:
        QRadioButton.__init__(self, words)
        self._prepare(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A round mark and the words."""
        self._paint(round_mark=True)


class CheckRow(_WrappedWords, QCheckBox):
    """One option of which several can be chosen."""

    def __init__(self, words: str, theme: Theme) -> None:
        QCheckBox.__init__(self, words)
        self._prepare(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A square mark and the words."""
        self._paint(round_mark=False)


class Options(Answer):
    """Choose one or several; keys 1 to 9 choose, Delete clears, arrows move, Enter goes on."""

    several = False

    def __init__(self, item: Item, tools: Tools) -> None:
        super().__init__()
        self.tools = tools
        self.buttons: list[QAbstractButton] = []
        self._choices: tuple[Choice, ...] = ()
        self._label = ""
        self._description = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(not self.several)
        self._rows = self.room(item)
        self._build(item.choices)

    def room(self, item: Item) -> QLayout:
        """Where the options go: one under another, or side by side when the form asks for columns."""
        for word in item.appearance.split():
            if word == "columns" or (word.startswith("columns-") and word[8:].isdigit()):
                return Flow(self, even=True, gap=4, most=int(word[8:] or 2))
            if word.startswith(("horizontal", "columns", "likert")):
                return Flow(self, gap=4)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        return rows

    def option(self, choice: Choice, number: int) -> QAbstractButton:
        """One thing to choose; ``number`` counts from 1."""
        theme = self.tools.theme
        return CheckRow(choice.label, theme) if self.several else RadioRow(choice.label, theme)

    def show_item(self, item: Item) -> None:
        """Show what is chosen; rows are only made anew when the options themselves changed."""
        if item.choices != self._choices:
            held = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
            self._build(item.choices)
            if held:
                self.keyboard().setFocus()
        if item.value != self.value():
            self._check(item.value)
        for button in self.buttons:
            button.setEnabled(not item.readonly)

    def value(self) -> str:
        """The codes chosen, in the order of the list."""
        return " ".join(
            choice.value for choice, button in zip(self._choices, self.buttons, strict=True) if button.isChecked()
        )

    def keyboard(self) -> QWidget:
        """What is chosen, or the first option."""
        return next(
            (button for button in self.buttons if button.isChecked()), self.buttons[0] if self.buttons else self
        )

    def call_it(self, label: str, description: str) -> None:
        """The list carries the question; every option its own words, with the question as description."""
        self._label, self._description = label, description
        self.setAccessibleName(label)
        self.setAccessibleDescription(description)
        for choice, button in zip(self._choices, self.buttons, strict=True):
            button.setAccessibleName(choice.label)
            button.setAccessibleDescription(f"{label} {description}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number, clear with Delete, go on with Enter."""
        number = event.key() - Qt.Key.Key_1
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.several and self.value():
            self._check("")
            self.value_changed.emit("")
        elif 0 <= number < len(self.buttons) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            button = self.buttons[number]
            if button.isEnabled():
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                button.click()
        else:
            super().keyPressEvent(event)

    def _build(self, choices: tuple[Choice, ...]) -> None:
        chosen = self.value()
        for button in self.buttons:
            self._group.removeButton(button)
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._choices = choices
        self.buttons = []
        for number, choice in enumerate(choices, start=1):
            button = self.option(choice, number)
            button.setParent(self)
            self._group.addButton(button)
            self._rows.addWidget(button)
            button.clicked.connect(self._chosen)
            button.show()
            self.buttons.append(button)
        self._check(chosen)
        self.call_it(self._label, self._description)

    def _check(self, value: str) -> None:
        wanted = set(value.split())
        self._group.setExclusive(False)
        for choice, button in zip(self._choices, self.buttons, strict=True):
            button.setChecked(choice.value in wanted)
        self._group.setExclusive(not self.several)

    def _chosen(self) -> None:
        self.value_changed.emit(self.value())


class ManyOptions(Options):
    """Choose as many as apply."""

    several = True
