"""The faces a child points at, drawn again on paper: four, warm, of one colour, so that none looks right or wrong."""

from __future__ import annotations

import re
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from qaf_desktop.reports.tagged import Element

LEVELS = 4
"""From 1 (``Not at all``) to 4 (``A lot``)."""

_DESCRIPTIONS = {1: "A calm face", 2: "A gently smiling face", 3: "A smiling face", 4: "A laughing face"}
_SKIN, _PEN = HexColor("#f4ead8"), HexColor("#3a4a5a")
_BOX = 96
"""The side of the square the outlines are written in, the same as the pictures on the screen; y runs down."""
_EYES = ((33, 40), (63, 40))
_OUTLINES = {
    1: ("M36 63 L60 63",),
    2: ("M34 61 Q48 67 62 61",),
    3: ("M29 58 Q48 76 67 58",),
    4: ("M26 42 Q33 33 40 42", "M56 42 Q63 33 70 42"),
}
_LAUGH = "M26 54 Q48 62 70 54 Q66 78 48 78 Q30 78 26 54"
_TONGUE = "M37 70 Q48 63 59 70 Q54 75 48 75 Q42 75 37 70"


def description(level: int) -> str:
    """What a face shows, for those who cannot see it."""
    return _DESCRIPTIONS[level]


class Face(Flowable):  # type: ignore[misc]
    """One face, a picture with its description."""

    def __init__(self, level: int, element: Element, *, size: float = 40) -> None:
        super().__init__()
        self._level = level
        self._element = element
        self._size = size
        element.alt = description(level)

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """A square."""
        self.width = self.height = self._size
        return self._size, self._size

    def draw(self) -> None:
        """Round, two eyes, a mouth."""
        canvas = self.canv
        with canvas.element(self._element):
            canvas.saveState()
            canvas.translate(0, self._size)
            canvas.scale(self._size / _BOX, -self._size / _BOX)
            _draw(canvas, self._level)
            canvas.restoreState()


def _draw(canvas: Any, level: int) -> None:
    canvas.setFillColor(_SKIN)
    canvas.setStrokeColor(_PEN)
    canvas.setLineWidth(4)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.circle(_BOX / 2, _BOX / 2, 43, fill=1, stroke=1)
    canvas.setFillColor(_PEN)
    if level < LEVELS:
        for x, y in _EYES:
            canvas.circle(x, y, 4.5, fill=1, stroke=0)
    else:
        canvas.drawPath(_path(canvas, _LAUGH), fill=1, stroke=1)
        canvas.setFillColor(_SKIN)
        canvas.drawPath(_path(canvas, _TONGUE), fill=1, stroke=0)
    canvas.setLineWidth(4.5)
    for outline in _OUTLINES[level]:
        canvas.drawPath(_path(canvas, outline), fill=0, stroke=1)


def _path(canvas: Any, outline: str) -> Any:
    path = canvas.beginPath()
    x = y = 0.0
    for letter, written in re.findall(r"([MLQ])([\d ]+)", outline):
        numbers = [float(number) for number in written.split()]
        end_x, end_y = numbers[-2:]
        if letter == "M":
            path.moveTo(end_x, end_y)
        elif letter == "L":
            path.lineTo(end_x, end_y)
        else:
            # PDF has cubic curves only: the one control point becomes two, two thirds of the way to it.
            pull_x, pull_y = numbers[:2]
            path.curveTo(
                x + (pull_x - x) * 2 / 3,
                y + (pull_y - y) * 2 / 3,
                end_x + (pull_x - end_x) * 2 / 3,
                end_y + (pull_y - end_y) * 2 / 3,
                end_x,
                end_y,
            )
        x, y = end_x, end_y
    return path
