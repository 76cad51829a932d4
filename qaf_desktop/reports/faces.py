"""The faces a child points at, drawn again on paper: four, all of one colour, so that none looks right or wrong."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable

from qaf_desktop.reports import look
from qaf_desktop.reports.tagged import Element

LEVELS = 4
"""From 1, the saddest (``Not at all``), to 4, the happiest (``A lot``)."""

_DESCRIPTIONS = {1: "A sad face", 2: "A slightly sad face", 3: "A smiling face", 4: "A broadly smiling face"}
_CURVES = {1: -0.32, 2: -0.12, 3: 0.16, 4: 0.36}
"""How far the middle of the mouth hangs below its corners, as a share of the radius."""


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
        with self.canv.element(self._element):
            _draw(self.canv, self._level, self._size / 2)


def _draw(canvas: Any, level: int, radius: float) -> None:
    canvas.saveState()
    canvas.setStrokeColor(look.ACCENT)
    canvas.setFillColor(look.SOFT)
    canvas.setLineWidth(radius * 0.09)
    canvas.setLineCap(1)
    canvas.circle(radius, radius, radius * 0.93, fill=1, stroke=1)
    canvas.setFillColor(look.ACCENT)
    for side in (-1, 1):
        canvas.circle(radius * (1 + side * 0.34), radius * 1.24, radius * 0.1, fill=1, stroke=0)
    hang = _CURVES[level] * radius
    middle = radius * 0.66
    mouth = canvas.beginPath()
    mouth.moveTo(radius * 0.52, middle + hang * 0.5)
    mouth.curveTo(
        radius * 0.75, middle - hang * 0.8, radius * 1.25, middle - hang * 0.8, radius * 1.48, middle + hang * 0.5
    )
    canvas.drawPath(mouth, fill=0, stroke=1)
    canvas.restoreState()
