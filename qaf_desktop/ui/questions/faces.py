"""Faces a child can point at: warm, ranked, all of one colour, each with its word; not sure and skip beside them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QRadioButton, QSizePolicy

from qaf_desktop.forms.choices import Choice
from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import take_back
from qaf_desktop.ui.questions.flow import Ranked
from qaf_desktop.ui.questions.look import line, tile
from qaf_desktop.ui.questions.options import Options
from qaf_desktop.ui.questions.segments import Segment
from qaf_desktop.ui.theme import Theme

ASIDE = frozenset({"NS", "SK", "ns", "sk", "not_sure", "skip"})
"""Codes that are no face: not sure, and skip. Skipping is always allowed and needs no reason."""

_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
FACE_PIXELS = 92
SKIN, INK = "#FFE1A6", "#3B2E1E"
"""The same in every look: a child finds the same faces on every laptop. 11 to 1 against each other."""


class Face(QRadioButton):
    """One face. ``warmth`` runs from 0 (a calm, almost straight mouth – never a sad one) to 1 (a wide open smile)."""

    def __init__(self, words: str, warmth: float, theme: Theme) -> None:
        super().__init__(words)
        self._warmth = warmth
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def minimumSizeHint(self) -> QSize:
        """The face, or the longest word if that is wider."""
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(max(self._across(), longest) + line(self, 0.8), self._height())

    def sizeHint(self) -> QSize:
        """With room around."""
        return QSize(max(self.minimumSizeHint().width(), round(self._across() * 1.4)), self._height())

    def undo(self) -> None:
        """Ctrl+Z takes the question's last answer back."""
        take_back(self)

    def hitButton(self, pos: QPoint) -> bool:
        """Anywhere on the tile: pointing is enough."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tile, face, word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tile(painter, self, self._theme, chosen=self.isChecked(), ink="primary", ground="selected", radius=16)
        across = self._across()
        top = line(self, 0.6)
        face = QRectF((self.width() - across) / 2, top, across, across)
        self._paint_face(painter, face)
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(self._theme.colour("on_selected" if self.isChecked() else "text"))
        below = round(top + across + line(self, 0.35))
        painter.drawText(QRect(10, below, self.width() - 20, self.height() - below), _WRAPPED, self.text())
        painter.end()

    def _paint_face(self, painter: QPainter, face: QRectF) -> None:
        across = face.width()
        skin, ink = QColor(SKIN), QColor(INK)
        painter.setPen(QPen(ink, across * 0.035))
        painter.setBrush(skin)
        painter.drawEllipse(face.adjusted(2, 2, -2, -2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for side in (-1, 1):
            eye = QPointF(face.center().x() + side * across * 0.17, face.top() + across * 0.40)
            painter.drawEllipse(eye, across * 0.045, across * 0.062)
        half = across * (0.17 + 0.09 * self._warmth)
        depth = across * (0.03 + 0.27 * self._warmth)
        middle = face.top() + across * (0.645 - 0.05 * self._warmth)
        mouth = QPainterPath(QPointF(face.center().x() - half, middle))
        mouth.quadTo(QPointF(face.center().x(), middle + depth * 1.5), QPointF(face.center().x() + half, middle))
        if self._warmth > 0.9:
            mouth.closeSubpath()
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(ink, across * 0.045, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(mouth)

    def _across(self) -> int:
        return self._theme.pixels(FACE_PIXELS)

    def _height(self) -> int:
        return self._across() + line(self, 0.6 + 0.35 + 2.1 + 0.4)


class Faces(Options):
    """Faces in rank order, then the ways round them."""

    def room(self, item: Item) -> QLayout:
        """Faces of one width in a row; not sure and skip beneath, just as easy to reach."""
        return Ranked(self, ranked=lambda widget: isinstance(widget, Face), gap=8)

    def option(self, choice: Choice, number: int) -> QAbstractButton:
        """A face, or a plain tile for what is no face."""
        faces = [other for other in self._choices if other.value not in ASIDE]
        if choice not in faces:
            return Segment(choice.label, self.tools.theme)
        # The form lists faces from the least to the most, as the codes 1 to 4 do.
        return Face(choice.label, faces.index(choice) / max(1, len(faces) - 1), self.tools.theme)
