"""Short answers on one line: a number, a date, a time."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import QDate, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import Answer
from qaf_desktop.ui.questions.british_dates import read_date, write_date
from qaf_desktop.ui.questions.flow import Flow
from qaf_desktop.ui.questions.tools import Tools


class LineAnswer(Answer):
    """One line. What cannot be read as the type is kept as typed, so that nothing is lost and the form can object."""

    placeholder = ""
    characters = 12

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.box = QLineEdit(self)
        self.box.setPlaceholderText(self.placeholder)
        self.row = Flow(self, gap=6)
        self.row.addWidget(self.box)
        self.box.textEdited.connect(lambda: self.value_changed.emit(self.value()))
        self.box.editingFinished.connect(self._tidy)
        self.box.returnPressed.connect(self.finished)
        self._fit()

    def show_item(self, item: Item) -> None:
        """Show the answer, unless it is the one just being typed."""
        if item.value != self.value():
            self.box.setText(self.written(item.value))
        self.box.setReadOnly(item.readonly)

    def value(self) -> str:
        """The answer as the form writes it, or as typed where that says nothing."""
        return self.read(self.box.text().strip())

    def keyboard(self) -> QWidget:
        """The line."""
        return self.box

    def undo(self) -> bool:
        """Take back the last piece of typing."""
        if not self.box.isUndoAvailable():
            return False
        self.box.undo()
        self.value_changed.emit(self.value())
        return True

    def read(self, text: str) -> str:
        """What a person typed, as the form writes it."""
        return text

    def written(self, value: str) -> str:
        """What the form holds, as a person writes it."""
        return value

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs a longer line."""
        super().changeEvent(event)
        if hasattr(self, "box"):
            self._fit()

    def _fit(self) -> None:
        self.box.setFixedWidth(self.box.fontMetrics().averageCharWidth() * (self.characters + 6))

    def _tidy(self) -> None:
        shown = self.written(self.value())
        if shown != self.box.text():
            self.box.setText(shown)


class NumberAnswer(LineAnswer):
    """A whole number or one with decimals; a comma between thousands is forgiven."""

    def read(self, text: str) -> str:
        """Digits as the form reads them: 1,250 is 1250."""
        figures = text.replace(",", "").replace("\u00a0", "").replace(" ", "").replace("−", "-")
        try:
            float(figures)
        except ValueError:
            return text
        return figures


class DateAnswer(LineAnswer):
    """A day: typed the British way, or picked from a calendar with Alt+Down."""

    placeholder = "dd/mm/yyyy"
    characters = 14

    def __init__(self, tools: Tools) -> None:
        self._today = tools.today
        super().__init__(tools)
        self.pick = QPushButton("Calendar", self)
        self.pick.setProperty("role", "quiet")
        self.pick.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pick.clicked.connect(self.open_calendar)
        self.row.addWidget(self.pick)

    def show_item(self, item: Item) -> None:
        """Show the day."""
        super().show_item(item)
        self.pick.setVisible(not item.readonly)

    def call_it(self, label: str, description: str) -> None:
        """The line carries the label, the button says what it opens."""
        super().call_it(label, f"{description} Day, month, year.".strip())
        self.pick.setAccessibleName(f"Calendar for {label}")

    def read(self, text: str) -> str:
        """The ISO day, or the text where it is no day."""
        day = read_date(text, self._today())
        return day.isoformat() if day else text

    def written(self, value: str) -> str:
        """The day in figures."""
        try:
            return write_date(date.fromisoformat(value))
        except ValueError:
            return value

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar, as it opens any list."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show a month to choose from, at the day that is there or today."""
        if self.box.isReadOnly():
            return
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(popup)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setAccessibleName("Calendar")
        shown = read_date(self.box.text(), self._today()) or self._today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        around = QVBoxLayout(popup)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(calendar)

        def chosen(day: QDate) -> None:
            self.box.setText(f"{day.day():02}/{day.month():02}/{day.year():04}")
            self.value_changed.emit(self.value())
            popup.close()
            self.box.setFocus()

        calendar.clicked.connect(chosen)
        calendar.activated.connect(chosen)
        popup.move(self.box.mapToGlobal(QPoint(0, self.box.height() + 2)))
        popup.show()
        calendar.setFocus()


class TimeAnswer(LineAnswer):
    """A time of day: 9:30, 0930 or 14.05."""

    placeholder = "hh:mm"
    characters = 8

    def read(self, text: str) -> str:
        """The time as hours and minutes, or the text where it is none."""
        for pattern in ("%H:%M", "%H.%M", "%H%M"):
            try:
                return datetime.strptime(text, pattern).strftime("%H:%M:00.000")  # noqa: DTZ007 - a time has no zone
            except ValueError:
                continue
        return text

    def written(self, value: str) -> str:
        """Hours and minutes."""
        try:
            return time.fromisoformat(value).strftime("%H:%M")
        except ValueError:
            return value


class MomentAnswer(LineAnswer):
    """A day and a time on one line."""

    placeholder = "dd/mm/yyyy hh:mm"
    characters = 20

    def __init__(self, tools: Tools) -> None:
        self._today = tools.today
        super().__init__(tools)

    def read(self, text: str) -> str:
        """The ISO moment, without a zone, or the text where it is none."""
        day_text, _, time_text = text.rpartition(" ")
        day = read_date(day_text, self._today())
        try:
            moment = datetime.strptime(time_text, "%H:%M")  # noqa: DTZ007 - as typed, in this place
        except ValueError:
            return text
        return f"{day.isoformat()}T{moment:%H:%M}:00.000" if day else text

    def written(self, value: str) -> str:
        """Day, then hours and minutes."""
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        return f"{write_date(moment.date())} {moment:%H:%M}"
