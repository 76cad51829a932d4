"""The small ones: a box to tick, a callout to read, a slider with its number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import Answer
from qaf_desktop.ui.questions.look import line
from qaf_desktop.ui.questions.options import CheckRow
from qaf_desktop.ui.questions.tools import Tools


class Acknowledge(Answer):
    """A box to tick: read, fair, discussed."""

    def __init__(self, item: Item, tools: Tools) -> None:
        super().__init__()
        words = item.choices[0].label if item.choices else "Yes, I confirm this"
        self.box = CheckRow(words, tools.theme)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        self.box.clicked.connect(lambda: self.value_changed.emit(self.value()))

    def show_item(self, item: Item) -> None:
        """Ticked or not."""
        self.box.setChecked(bool(item.value))
        self.box.setEnabled(not item.readonly)

    def value(self) -> str:
        """``OK``, as XForms write it, or nothing."""
        return "OK" if self.box.isChecked() else ""

    def keyboard(self) -> QWidget:
        """The box."""
        return self.box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)


class Note(QFrame):
    """Something the form says rather than asks: a calm callout."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QVBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.addWidget(self.words)
        self.show_item(item)

    def show_item(self, item: Item) -> None:
        """The words, with their hint after them."""
        words = "\n".join(part for part in (item.label, item.hint) if part)
        self.words.setText(words)
        self.setAccessibleName(words)


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Slider(Answer):
    """A number on a scale with its ends written beside it; without an answer until it is moved."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self._start = float(item.parameters.get("start", "0"))
        self._step = float(item.parameters.get("step", "1")) or 1.0
        end = float(item.parameters.get("end", "10"))
        self._whole = self._start.is_integer() and self._step.is_integer()
        self._answered = False
        self.slider = _Slider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, max(1, round((end - self._start) / self._step)))
        self.slider.setMinimumWidth(line(self, 12))
        self.number = QLabel("–", self)
        self.number.setProperty("role", "strong")
        self.number.setMinimumWidth(line(self, 2.5))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel(self._written(0), self))
        row.addWidget(self.slider, 1)
        row.addWidget(QLabel(self._written(self.slider.maximum()), self))
        row.addSpacing(line(self))
        row.addWidget(self.number)
        self.slider.actionTriggered.connect(self._moved)

    def show_item(self, item: Item) -> None:
        """Put the slider where the answer is."""
        self._answered = bool(item.value)
        try:
            place = round((float(item.value or "nan") - self._start) / self._step)
        except ValueError:
            place = 0
        self.slider.setValue(place)
        self.slider.setEnabled(not item.readonly)
        self.number.setText(self.value() or "–")

    def value(self) -> str:
        """The number, or nothing while it was never moved."""
        return self._written(self.slider.value()) if self._answered else ""

    def keyboard(self) -> QWidget:
        """The slider."""
        return self.slider

    def _moved(self) -> None:
        self._answered = True
        self.slider.setValue(self.slider.sliderPosition())
        self.number.setText(self.value())
        self.value_changed.emit(self.value())

    def _written(self, place: int) -> str:
        number = self._start + place * self._step
        return str(int(number)) if self._whole else f"{number:g}"
