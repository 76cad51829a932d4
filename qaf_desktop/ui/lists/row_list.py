"""A list of papers for keyboard, mouse and screen reader alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from qaf_desktop.ui.lists.painter import RowPainter
from qaf_desktop.ui.lists.rows import ROW_ROLE, Row, RowsModel
from qaf_desktop.ui.theme import Theme


class RowList(QListView):
    """A click or Enter opens a row; arrow keys, Home, End and typing walk through them."""

    opened = Signal(str)
    """The key of a row."""
    menu_wanted = Signal(str, QPoint)
    """The key of a row, and where on the screen a menu may open."""
    delete_wanted = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("role", "rows")
        self.setModel(RowsModel())
        self.setItemDelegate(RowPainter(theme, self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu_asked)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def rows_model(self) -> RowsModel:
        """The model, to connect ``more_wanted``."""
        model = self.model()
        assert isinstance(model, RowsModel)  # noqa: S101 - set above and never replaced
        return model

    def show_rows(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Show these rows; the one that was chosen stays chosen if it is still there."""
        chosen = self.current_key()
        self.rows_model().show(rows, more=more)
        keys = [row.key for row in rows]
        if chosen and chosen in keys:
            self.setCurrentIndex(self.model().index(keys.index(chosen), 0))

    def current_key(self) -> str:
        """The key of the row in focus, or nothing."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row.key if isinstance(row, Row) else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by keyboard, the first row is chosen, so that Enter means something."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            keys = [row.key for row in self.rows_model().rows()]
            first = next((number for number, key in enumerate(keys) if key), None)
            if first is not None:
                self.setCurrentIndex(self.model().index(first, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete asks to delete; Tab goes on to what follows the list."""
        key = self.current_key()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and key:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and key:
            self.delete_wanted.emit(key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self._open(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are taller in a narrow window."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, Row) and row.key and row.opens:
            self.opened.emit(row.key)

    def _menu_asked(self, place: QPoint) -> None:
        index = self.indexAt(place)
        row = (index if index.isValid() else self.currentIndex()).data(ROW_ROLE)
        if isinstance(row, Row) and row.key:
            self.menu_wanted.emit(row.key, self.viewport().mapToGlobal(place))
