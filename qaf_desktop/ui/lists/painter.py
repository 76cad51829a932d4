"""How a row looks: title and details on the left, how far it has got on the right, roomy enough for a finger."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qaf_desktop.ui.lists.rows import ROW_ROLE, Chip, Row, progress_words
from qaf_desktop.ui.theme import Theme

NARROW_BELOW_PIXELS = 620
"""Below this width, times the text size, the right-hand part moves under the words."""
_EDGE = 16
_GAP = 8


class ChipPainter:
    """Paints a word with its shape and colours, in a list and anywhere else."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def height(self) -> int:
        """How tall every chip is."""
        return QFontMetrics(self._theme.font(13, bold=True)).height() + 6

    def width(self, chip: Chip) -> int:
        """How wide this one is."""
        font = self._theme.font(13, bold=True)
        return QFontMetrics(font).horizontalAdvance(chip.word) + self._theme.pixels(14) + 26

    def paint(self, painter: QPainter, rect: QRect, chip: Chip) -> None:
        """Paint it."""
        path = QPainterPath()
        path.addRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.fillPath(path, self._theme.colour(chip.ground))
        if self._theme.look == "high-contrast":
            painter.setPen(QPen(self._theme.colour(chip.ink), 1))
            painter.drawPath(path)
        size = self._theme.pixels(14)
        shape = self._theme.pixmap(chip.drawing, chip.ink, 14)
        painter.drawPixmap(rect.left() + 8, rect.center().y() - size // 2 + 1, shape)
        painter.setFont(self._theme.font(13, bold=True))
        painter.setPen(self._theme.colour(chip.ink))
        painter.drawText(rect.adjusted(size + 14, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, chip.word)


class RowPainter(QStyledItemDelegate):
    """Paints rows and headings in the current look."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = parent
        self._chips = ChipPainter(theme)
        self._learn()
        theme.changed.connect(self._learn)

    def _learn(self) -> None:
        self._title = self._theme.font(15, bold=True)
        self._small = self._theme.font(13)
        self._heading = self._theme.font(13, bold=True)

    def _narrow(self) -> bool:
        return self._view.width() < self._theme.pixels(NARROW_BELOW_PIXELS)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines of words; a third for a note or in a narrow window."""
        row: Row = index.data(ROW_ROLE)
        if not row.key:
            return QSize(120, QFontMetrics(self._heading).height() + 28)
        height = QFontMetrics(self._title).height() + 24
        if row.subtitle:
            height += QFontMetrics(self._small).height() + 2
        if row.note:
            height += QFontMetrics(self._small).height() + 2
        if self._narrow() and (row.chips or row.progress):
            height += self._chips.height() + 8
        return QSize(120, max(height, self._theme.pixels(44)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row: Row = index.data(ROW_ROLE)
        rect = QRect(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not row.key:
            self._paint_heading(painter, rect, row)
        else:
            self._paint_ground(painter, rect, state)
            self._paint_row(painter, rect, row, chosen=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, row: Row) -> None:
        painter.setFont(self._heading)
        painter.setPen(self._theme.colour("muted"))
        inner = rect.adjusted(_EDGE, 0, -_EDGE, -8)
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, row.title)

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        chosen = state & QStyle.StateFlag.State_Selected
        ground = "selected" if chosen else "hover" if state & QStyle.StateFlag.State_MouseOver else "surface"
        painter.fillRect(rect, self._theme.colour(ground))
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen and self._view.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 3))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -3), 6, 6)

    def _paint_row(self, painter: QPainter, rect: QRect, row: Row, *, chosen: bool) -> None:
        narrow = self._narrow()
        right = rect.right() - _EDGE - self._theme.pixels(16)
        arrow = self._theme.pixmap("next", "muted", 14)
        if row.opens:
            painter.drawPixmap(right + 6, rect.center().y() - self._theme.pixels(7), arrow)
        inner = QRect(rect.left() + _EDGE, rect.top() + 11, right - rect.left() - _EDGE, rect.height() - 22)
        if narrow:
            words = inner
            self._paint_left(painter, words, row, chosen=chosen)
            below = QRect(inner.left(), inner.bottom() - self._chips.height() + 1, inner.width(), self._chips.height())
            self._paint_right(painter, below, row, from_left=True)
        else:
            taken = self._paint_right(painter, inner, row, from_left=False)
            self._paint_left(painter, inner.adjusted(0, 0, -taken - _EDGE, 0), row, chosen=chosen)

    def _paint_left(self, painter: QPainter, rect: QRect, row: Row, *, chosen: bool) -> None:
        ink = self._theme.colour("on_selected" if chosen else "text")
        quiet = self._theme.colour("on_selected" if chosen else "muted")
        top = rect.top()
        lines = [(row.title, self._title, ink), (row.subtitle, self._small, quiet), (row.note, self._small, ink)]
        for words, font, colour in lines:
            if words:
                top = self._line(painter, QRect(rect.left(), top, rect.width(), 0), words, font, colour)

    def _line(self, painter: QPainter, place: QRect, words: str, font: QFont, colour: QColor) -> int:
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(colour)
        box = QRect(place.left(), place.top(), place.width(), metrics.height())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        return box.bottom() + 3

    def _paint_right(self, painter: QPainter, rect: QRect, row: Row, *, from_left: bool) -> int:
        """Chips and progress; returns the width they took."""
        widths = [self._chips.width(chip) for chip in row.chips]
        bar = self._theme.pixels(150) if row.progress and row.progress[1] else 0
        total = sum(widths) + _GAP * max(0, len(widths) - 1) + (bar + (_GAP if widths else 0) if bar else 0)
        left = rect.left() if from_left else rect.right() - total
        for chip, width in zip(row.chips, widths, strict=True):
            top = rect.center().y() - self._chips.height() // 2
            self._chips.paint(painter, QRect(left, top, width, self._chips.height()), chip)
            left += width + _GAP
        if bar and row.progress:
            self._paint_progress(painter, QRect(left, rect.top(), bar, rect.height()), row.progress)
        return total

    def _paint_progress(self, painter: QPainter, rect: QRect, progress: tuple[int, int]) -> None:
        metrics = QFontMetrics(self._small)
        top = rect.center().y() - (metrics.height() + 12) // 2
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("muted"))
        box = QRect(rect.left(), top, rect.width(), metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, progress_words(progress))
        thick = float(self._theme.pixels(8))
        track = QRectF(rect.left(), top + metrics.height() + 4, rect.width(), thick)
        painter.setPen(QPen(self._theme.colour("border"), 1))
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), thick / 2, thick / 2)
        share = min(1.0, progress[0] / progress[1])
        if share:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("primary"))
            painter.drawRoundedRect(
                track.adjusted(0, 0, min(0.0, track.width() * (share - 1)), 0), thick / 2, thick / 2
            )
