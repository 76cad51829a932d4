"""The four grades as cards – word, shape and colour – chosen with a click or the keys 1 to 4."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QRadioButton, QSizePolicy

from qaf_desktop.domain.grades import Grade
from qaf_desktop.forms.choices import Choice
from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import take_back
from qaf_desktop.ui.questions.flow import Ranked
from qaf_desktop.ui.questions.look import at_the_start, line, tile
from qaf_desktop.ui.questions.options import Options
from qaf_desktop.ui.questions.segments import Segment
from qaf_desktop.ui.theme import Theme, grade_look

_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


def is_grade_scale(item: Item) -> bool:
    """Whether the options are grades: every code is one of ours, and at least the four are there."""
    codes = {choice.value for choice in item.choices}
    ours = {grade.value for grade in Grade}
    return codes <= ours and len(codes - {Grade.NOT_GRADED.value}) == 4


class GradeCard(QRadioButton):
    """One grade: its shape, its word, and the key that chooses it."""

    def __init__(self, choice: Choice, number: int, theme: Theme) -> None:
        super().__init__(choice.label)
        self._look = grade_look(choice.value)
        self._number = number
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(f"Press {number}")

    def minimumSizeHint(self) -> QSize:
        """The longest word of the grade, and room for two lines."""
        metrics = QFontMetrics(self._strong())
        longest = max(metrics.horizontalAdvance(word) for word in self.text().split())
        return QSize(longest + line(self, 1.4), self._height())

    def sizeHint(self) -> QSize:
        """Comfortable."""
        return QSize(max(self.minimumSizeHint().width(), line(self, 6.5)), self._height())

    def undo(self) -> None:
        """Ctrl+Z takes the question's last answer back."""
        take_back(self)

    def hitButton(self, pos: QPoint) -> bool:
        """Anywhere on the card."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tile, key, shape, word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        tile(painter, self, self._theme, chosen=chosen, ink=self._look.ink, ground=self._look.ground, radius=10)
        ink = self._look.ink if self.isEnabled() or chosen else "disabled"
        top = line(self, 0.75)
        mark = self._theme.pixmap(self._look.shape, ink, 26)
        wide = round(mark.width() / mark.devicePixelRatio())
        painter.drawPixmap((self.width() - wide) // 2, top, mark)
        painter.setPen(self._theme.colour(ink if chosen else "text" if self.isEnabled() else "disabled"))
        painter.setFont(self._strong() if chosen else self.font())
        below = top + wide + line(self, 0.3)
        painter.drawText(QRect(8, below, self.width() - 16, self.height() - below), _WRAPPED, self.text())
        small = QFont(self.font())
        small.setPixelSize(round(small.pixelSize() * 0.8))
        painter.setFont(small)
        painter.setPen(self._theme.colour(ink if chosen else "muted"))
        painter.drawText(QRect(12, 9, self.width() - 24, line(self)), at_the_start(self), str(self._number))
        painter.end()

    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _height(self) -> int:
        return line(self, 0.75) + self._theme.pixels(26) + line(self, 0.3) + line(self, 2.05) + line(self, 0.4)


class GradeCards(Options):
    """The grade scale side by side, two and two when the page is narrow."""

    def room(self, item: Item) -> QLayout:
        """Cards of one width; not graded is no grade and stands beneath them."""
        return Ranked(self, ranked=lambda widget: isinstance(widget, GradeCard), gap=8)

    def option(self, choice: Choice, number: int) -> QAbstractButton:
        """One card, or a plain tile for not graded."""
        if choice.value == Grade.NOT_GRADED.value:
            return Segment(choice.label, self.tools.theme)
        return GradeCard(choice, number, self.tools.theme)
