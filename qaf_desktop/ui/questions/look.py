"""The few strokes all our own options are drawn with: a rounded tile, a ring for the keyboard, a mixed colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QWidget

from qaf_desktop.ui.theme import Theme


def line(widget: QWidget, times: float = 1.0) -> int:
    """A length in pixels that grows with the text: so many heights of a line in the widget's font."""
    return round(widget.fontMetrics().height() * times)


def mirrored(widget: QWidget, room: QRect) -> QRect:
    """A room inside a widget where a page that runs from right to left has it."""
    return QStyle.visualRect(widget.layoutDirection(), widget.rect(), room)


def at_the_start(widget: QWidget) -> Qt.AlignmentFlag:
    """The side on which lines begin: left, or right where the page runs that way."""
    flag = Qt.AlignmentFlag.AlignLeft
    if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        flag = Qt.AlignmentFlag.AlignRight
    return flag | Qt.AlignmentFlag.AlignAbsolute


def tile(
    painter: QPainter, widget: QWidget, theme: Theme, *, chosen: bool, ink: str, ground: str, radius: float = 8
) -> None:
    """A rounded tile over the whole widget, tinted when chosen; its edge is the ring while it has the keyboard."""
    inside = theme.colour(ground if chosen else "hover" if widget.underMouse() and widget.isEnabled() else "surface")
    edge = theme.colour(ink if chosen else "border" if widget.isEnabled() else "line")
    thick = 2.0 if chosen else 1.0
    if widget.hasFocus():
        edge, thick = theme.colour("focus"), 3.0
    painter.setPen(QPen(edge, thick))
    painter.setBrush(inside)
    painter.drawRoundedRect(
        QRectF(widget.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2), radius, radius
    )


def ring(painter: QPainter, widget: QWidget, theme: Theme, radius: float = 8) -> None:
    """The ring that shows where the keyboard is, around something that has no tile."""
    if not widget.hasFocus():
        return
    painter.setPen(QPen(theme.colour("focus"), 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)


def tick(painter: QPainter, room: QRectF, colour: QColor) -> None:
    """A tick as large as the room it is given."""
    size = room.width()
    pen = QPen(colour, max(2.0, size / 6), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    middle = room.center().y()
    painter.drawPolyline(
        [
            QPointF(room.left(), middle),
            QPointF(room.left() + size * 0.38, middle + size * 0.36),
            QPointF(room.right(), middle - size * 0.4),
        ]
    )
