"""A place to draw with finger, pen or mouse; the strokes are kept as lines, never as a photograph."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import Answer
from qaf_desktop.ui.questions.flow import Flow
from qaf_desktop.ui.questions.look import ring
from qaf_desktop.ui.questions.segments import Segment
from qaf_desktop.ui.questions.tools import Tools
from qaf_desktop.ui.theme import Theme

WIDTH, HEIGHT = 800, 420
"""The sheet's own units: a drawing looks the same on every screen and on paper."""
PENS = (("Black", "#20252B"), ("Blue", "#1F55C4"), ("Green", "#1B6538"), ("Orange", "#C05A00"), ("Purple", "#5A2A85"))
_PATH = re.compile(r'<path stroke="(#[0-9A-Fa-f]{6})" d="M([\d., L]+)"/>')

Stroke = tuple[str, tuple[tuple[int, int], ...]]


def write_svg(strokes: tuple[Stroke, ...]) -> str:
    """Strokes as a small SVG picture; nothing drawn is nothing."""
    if not strokes:
        return ""
    paths = "".join(
        f'<path stroke="{colour}" d="M{" L".join(f"{x},{y}" for x, y in points)}"/>' for colour, points in strokes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g fill="none" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">{paths}</g></svg>'
    )


def read_svg(text: str) -> tuple[Stroke, ...]:
    """The strokes of a picture written by ``write_svg``; anything else in the text is left out."""
    strokes: list[Stroke] = []
    for match in _PATH.finditer(text):
        points = tuple(
            (int(x), int(y)) for x, y in (pair.strip().split(",", 1) for pair in match[2].split("L") if "," in pair)
        )
        strokes.append((match[1], points))
    return tuple(strokes)


class Sheet(QWidget):
    """The paper."""

    drawn = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.strokes: tuple[Stroke, ...] = ()
        self.pen = PENS[0][1]
        self.locked = False
        self._points: list[tuple[int, int]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(WIDTH)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """As large as the sheet's own units."""
        return QSize(WIDTH, HEIGHT)

    def heightForWidth(self, width: int) -> int:
        """Keeps its shape."""
        return round(width * HEIGHT / WIDTH)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pen touches the paper."""
        if event.button() == Qt.MouseButton.LeftButton and not self.locked:
            self._points = [self._at(event.position())]
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pen moves."""
        if self._points:
            here = self._at(event.position())
            if here != self._points[-1]:
                self._points.append(here)
                self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The pen is lifted: one more stroke."""
        if self._points:
            points = self._points if len(self._points) > 1 else [*self._points, self._points[0]]
            self.strokes = (*self.strokes, (self.pen, tuple(points)))
            self._points = []
            self.update()
            self.drawn.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper in every look: a child's colours stay the child's colours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("border"), 1))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(self.rect().adjusted(3, 3, -4, -4), 10, 10)
        ring(painter, self, self._theme, 12)
        painter.scale(self.width() / WIDTH, self.height() / HEIGHT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, points in (*self.strokes, (self.pen, tuple(self._points))):
            if not points:
                continue
            path = QPainterPath(QPointF(*points[0]))
            for point in points[1:]:
                path.lineTo(QPointF(*point))
            round_pen = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            painter.setPen(QPen(QColor(colour), 5, *round_pen))
            painter.drawPath(path)
        painter.end()

    def _at(self, place: QPointF) -> tuple[int, int]:
        across = round(place.x() * WIDTH / max(1, self.width()))
        down = round(place.y() * HEIGHT / max(1, self.height()))
        return min(max(across, 0), WIDTH), min(max(down, 0), HEIGHT)


class Drawing(Answer):
    """The sheet, five pens, take back a stroke, start again."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.sheet = Sheet(tools.theme)
        self.sheet.drawn.connect(self._drawn)
        pens = Flow(gap=6)
        for name, colour in PENS:
            pen = Segment(name, tools.theme)
            pen.setChecked(colour == self.sheet.pen)
            pen.setAccessibleName(f"{name} pen")
            pen.clicked.connect(lambda _, chosen=colour: setattr(self.sheet, "pen", chosen))
            pens.addWidget(pen)
        self.back = QPushButton("Take back")
        self.again = QPushButton("Start again")
        for button, does in ((self.back, self.undo), (self.again, self.clear)):
            button.setProperty("role", "quiet")
            button.clicked.connect(lambda _, act=does: act())
            pens.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.sheet)
        rows.addLayout(pens)

    def show_item(self, item: Item) -> None:
        """Show the drawing."""
        if item.value != self.value():
            self.sheet.strokes = read_svg(item.value)
            self.sheet.update()
        self.sheet.locked = item.readonly
        for button in (self.back, self.again):
            button.setEnabled(bool(self.sheet.strokes) and not item.readonly)

    def value(self) -> str:
        """The strokes as SVG text."""
        return write_svg(self.sheet.strokes)

    def keyboard(self) -> QWidget:
        """The paper."""
        return self.sheet

    def undo(self) -> bool:
        """Take back the last stroke."""
        if not self.sheet.strokes:
            return False
        self.sheet.strokes = self.sheet.strokes[:-1]
        self.sheet.update()
        self._drawn()
        return True

    def clear(self) -> None:
        """A new sheet; the history keeps the old one."""
        self.sheet.strokes = ()
        self.sheet.update()
        self._drawn()

    def _drawn(self) -> None:
        for button in (self.back, self.again):
            button.setEnabled(bool(self.sheet.strokes))
        self.value_changed.emit(self.value())
