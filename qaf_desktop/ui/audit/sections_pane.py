"""The list on the left: every section of the audit, how far it is, and the grade it was given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qaf_desktop.ui.audit.progress import SectionLine, SectionState
from qaf_desktop.ui.theme import Theme, grade_look

_LINE = Qt.ItemDataRole.UserRole + 1
_SIGNS = {
    SectionState.NOT_STARTED: ("ring", "border"),
    SectionState.IN_PROGRESS: ("dot", "info"),
    SectionState.DONE: ("check", "success"),
    SectionState.NEEDS_ATTENTION: ("warning", "warning"),
}
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap

Index = QModelIndex | QPersistentModelIndex


class _Row(QStyledItemDelegate):
    """Sign, title, grade: words and shapes, never colour alone."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        # Measured bold, as it is when chosen, so that choosing never moves the list.
        bold = QFontMetrics(self._theme.font(bold=True))
        words = bold.boundingRect(QRect(0, 0, self._words_width(width, index), 1_000), _WRAPPED, str(index.data()))
        return QSize(width, max(self._theme.pixels(36), words.height() + self._theme.pixels(14)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        section: SectionLine = index.data(_LINE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = rect.adjusted(4, 1, -4, -1)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(box, 8, 8)
        if chosen and theme.look == "high-contrast":
            painter.setPen(QPen(theme.colour("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)
        sign, token = _SIGNS[section.state]
        size = theme.pixels(18)
        painter.drawPixmap(rect.left() + theme.pixels(12), rect.center().y() - size // 2, theme.pixmap(sign, token, 18))
        words = QRect(rect)
        words.setLeft(rect.left() + theme.pixels(38))
        words.setWidth(self._words_width(rect.width(), index))
        font = option.font
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(theme.colour("on_selected" if chosen else "text"))
        painter.drawText(words, _WRAPPED, section.title)
        if section.grade:
            look = grade_look(section.grade)
            mark = theme.pixmap(look.shape, look.ink, 18)
            painter.drawPixmap(rect.right() - theme.pixels(30), rect.center().y() - size // 2, mark)
        painter.restore()

    def _words_width(self, width: int, index: Index) -> int:
        section: SectionLine = index.data(_LINE)
        return max(40, width - self._theme.pixels(38 + (36 if section.grade else 12)))


class SectionsPane(QListView):
    """Choose a section with the mouse, the arrows or its first letters."""

    section_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sections")
        self.setAccessibleName("Sections")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self._theme = theme
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Row(theme, self))
        self._showing = False
        self.selectionModel().currentChanged.connect(self._moved)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_lines(self, lines: Sequence[SectionLine], current: str) -> None:
        """Show the sections; the list is only made anew when there are others than before."""
        self._showing = True
        if [self._line(row).ref for row in range(self._model.rowCount())] != [line.ref for line in lines]:
            self._model.clear()
            for _ in lines:
                self._model.appendRow(QStandardItem())
        for row, line in enumerate(lines):
            item = self._model.item(row)
            if item.data(_LINE) == line:
                continue
            item.setText(line.title)
            item.setData(line, _LINE)
            grade = f", grade {grade_look(line.grade).word}" if line.grade else ""
            item.setData(line.spoken + grade, Qt.ItemDataRole.AccessibleTextRole)
            count = f" – {line.answered} of {line.asked} answered" if line.asked else ""
            item.setToolTip(f"{line.title}: {line.state.value}{count}")
        self._showing = False
        self.show_current(current)

    def show_current(self, ref: str) -> None:
        """Mark the section in front."""
        self._showing = True
        for row in range(self._model.rowCount()):
            if self._line(row).ref == ref:
                self.setCurrentIndex(self._model.index(row, 0))
        self._showing = False
        QTimer.singleShot(0, self, self._bring_into_sight)

    def lines(self) -> tuple[SectionLine, ...]:
        """What is shown."""
        return tuple(self._line(row) for row in range(self._model.rowCount()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower pane needs more lines."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        QTimer.singleShot(0, self, self._bring_into_sight)

    def sizeHint(self) -> QSize:
        """Wide enough for most titles on one line."""
        return QSize(self._theme.pixels(230), super().sizeHint().height())

    def _bring_into_sight(self) -> None:
        """Show the whole section in front, once the rows have the heights their words need."""
        self.executeDelayedItemsLayout()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _line(self, row: int) -> SectionLine:
        line: SectionLine = self._model.item(row).data(_LINE)
        return line

    def _moved(self, index: QModelIndex) -> None:
        if not self._showing and index.isValid():
            self.section_chosen.emit(self._line(index.row()).ref)
