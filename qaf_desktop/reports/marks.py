"""A grade or a yes-or-no on paper: a word and a shape, so that it survives a black-and-white printer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from qaf_desktop.reports import look
from qaf_desktop.reports.tagged import Element
from qaf_desktop.reports.text import printable


class Shape(StrEnum):
    """What is drawn beside a word."""

    STAR = "star"
    TICK = "tick"
    HALF = "half"
    TRIANGLE = "triangle"
    CROSS = "cross"
    DASH = "dash"
    QUESTION = "question"
    RING = "ring"


@dataclass(frozen=True)
class Mark:
    """A shape and its colour; the word is the caller's."""

    shape: Shape
    colour: Color


_GREEN, _BLUE, _AMBER, _RED, _SLATE = (
    HexColor(value) for value in ("#1d6b45", "#1f5c8a", "#8a5a00", "#a02020", "#55616e")
)

_GRADES = {
    "O": Mark(Shape.STAR, _GREEN),
    "G": Mark(Shape.TICK, _BLUE),
    "RI": Mark(Shape.TRIANGLE, _AMBER),
    "I": Mark(Shape.CROSS, _RED),
    "NG": Mark(Shape.DASH, _SLATE),
}
_TONES = {
    "yes": Mark(Shape.TICK, _GREEN),
    "partly": Mark(Shape.HALF, _AMBER),
    "no": Mark(Shape.CROSS, _RED),
    "na": Mark(Shape.DASH, _SLATE),
    "unknown": Mark(Shape.QUESTION, _SLATE),
}


def grade_mark(code: str) -> Mark:
    """The mark of a grade by its code (O, G, RI, I, NG); a ring for a scale we do not know."""
    return _GRADES.get(code, Mark(Shape.RING, _SLATE))


def tone_mark(tone: str) -> Mark | None:
    """The mark of a yes-partly-no answer; None for an answer that is neither good nor bad news."""
    return _TONES.get(tone)


class ShapeOnly(Flowable):  # type: ignore[misc]
    """The shape of a mark, level with the first line of the words beside it; decoration, for the words say it all."""

    def __init__(self, mark: Mark, style: ParagraphStyle) -> None:
        super().__init__()
        self._mark = mark
        self._style = style

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """One line high."""
        self.width, self.height = float(self._style.fontSize), float(self._style.leading)
        return self.width, self.height

    def draw(self) -> None:
        """Around the middle of the small letters."""
        radius = self._style.fontSize * 0.5
        middle = self.height - self._style.fontSize + self._style.fontSize * 0.36
        with self.canv.artifact():
            draw_shape(self.canv, self._mark, radius, middle, radius)


class Badge(Flowable):  # type: ignore[misc]
    """A grade in a tinted pill at the right: shape and word, with a quiet caption before it."""

    def __init__(self, mark: Mark, word: str, *, size: float = 10.5, caption: str = "") -> None:
        super().__init__()
        self._mark = mark
        self._word = printable(word)
        self.element: Element | None = None
        """What the words belong to."""
        self._size = size
        self._caption = printable(caption)

    @property
    def natural_width(self) -> float:
        """Points wide, without any room around."""
        return self._caption_width + self._size * 3.25 + self._word_width

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """As wide as it may be and two lines high."""
        self.width, self.height = avail_width, self._size * 2.0
        return self.width, self.height

    def draw(self) -> None:
        """Shape and pill are decoration; the words are said."""
        canvas, size, styles = self.canv, self._size, look.styles()
        left = self.width - self.natural_width
        start = left + self._caption_width
        middle = self.height / 2
        baseline = middle - size * 0.36
        with canvas.artifact():
            canvas.setFillColor(_tint(self._mark.colour))
            canvas.setStrokeColor(self._mark.colour)
            canvas.setLineWidth(0.7)
            canvas.roundRect(start, 0, self.natural_width - self._caption_width, self.height, middle, fill=1, stroke=1)
            draw_shape(canvas, self._mark, start + size * 1.4, middle, size * 0.5)
        with canvas.element(self.element) if self.element is not None else canvas.artifact():
            if self._caption:
                canvas.setFont(styles.body.fontName, size * 0.9)
                canvas.setFillColor(look.MUTED)
                canvas.drawString(left, baseline, self._caption + " ")
            canvas.setFont(styles.answer.fontName, size)
            canvas.setFillColor(look.INK)
            canvas.drawString(start + size * 2.3, baseline, self._word)

    @property
    def _word_width(self) -> float:
        return float(stringWidth(self._word, look.styles().answer.fontName, self._size))

    @property
    def _caption_width(self) -> float:
        if not self._caption:
            return 0.0
        return float(stringWidth(self._caption, look.styles().body.fontName, self._size * 0.9)) + self._size * 0.7


def _tint(colour: Color) -> Color:
    share = 0.1
    return Color(*(1 - share * (1 - part) for part in (colour.red, colour.green, colour.blue)))


def draw_shape(canvas: Any, mark: Mark, x: float, y: float, radius: float) -> None:
    """Draw a mark's shape around a centre."""
    canvas.saveState()
    canvas.setFillColor(mark.colour)
    canvas.setStrokeColor(mark.colour)
    canvas.setLineWidth(radius * 0.24)
    canvas.setLineJoin(1)
    canvas.setLineCap(1)
    _PENS[mark.shape](canvas, x, y, radius)
    canvas.restoreState()


def _polygon(canvas: Any, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, fill=1, stroke=0)


def _around(x: float, y: float, radius: float, degrees: float) -> tuple[float, float]:
    return x + radius * math.cos(math.radians(degrees)), y + radius * math.sin(math.radians(degrees))


def _star(canvas: Any, x: float, y: float, radius: float) -> None:
    points = [_around(x, y, radius * (1.12 if turn % 2 == 0 else 0.48), 90 + 36 * turn) for turn in range(10)]
    _polygon(canvas, points)


def _tick(canvas: Any, x: float, y: float, radius: float) -> None:
    canvas.circle(x, y, radius, fill=1, stroke=0)
    canvas.setStrokeColor(white)
    canvas.lines(
        [
            (x - radius * 0.45, y, x - radius * 0.1, y - radius * 0.38),
            (x - radius * 0.1, y - radius * 0.38, x + radius * 0.48, y + radius * 0.38),
        ]
    )


def _half(canvas: Any, x: float, y: float, radius: float) -> None:
    inner = radius * 0.88
    canvas.circle(x, y, inner, fill=0, stroke=1)
    canvas.wedge(x - inner, y - inner, x + inner, y + inner, 90, 180, fill=1, stroke=0)


def _triangle(canvas: Any, x: float, y: float, radius: float) -> None:
    _polygon(canvas, [_around(x, y - radius * 0.15, radius * 1.12, 90 + 120 * turn) for turn in range(3)])


def _cross(canvas: Any, x: float, y: float, radius: float) -> None:
    side = radius * 0.92
    canvas.rect(x - side, y - side, 2 * side, 2 * side, fill=1, stroke=0)
    canvas.setStrokeColor(white)
    arm = radius * 0.42
    canvas.lines([(x - arm, y - arm, x + arm, y + arm), (x - arm, y + arm, x + arm, y - arm)])


def _dash(canvas: Any, x: float, y: float, radius: float) -> None:
    canvas.circle(x, y, radius * 0.88, fill=0, stroke=1)
    canvas.line(x - radius * 0.4, y, x + radius * 0.4, y)


def _question(canvas: Any, x: float, y: float, radius: float) -> None:
    canvas.circle(x, y, radius * 0.88, fill=0, stroke=1)
    canvas.setFont(look.styles().answer.fontName, radius * 1.35)
    canvas.drawCentredString(x, y - radius * 0.48, "?")


def _ring(canvas: Any, x: float, y: float, radius: float) -> None:
    canvas.circle(x, y, radius * 0.88, fill=0, stroke=1)


_PENS = {
    Shape.STAR: _star,
    Shape.TICK: _tick,
    Shape.HALF: _half,
    Shape.TRIANGLE: _triangle,
    Shape.CROSS: _cross,
    Shape.DASH: _dash,
    Shape.QUESTION: _question,
    Shape.RING: _ring,
}
