"""Options side by side while there is room, and on the next line when there is not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QStyle, QVBoxLayout, QWidget


class Flow(QLayout):
    """Lays widgets out in reading order and wraps; ``even`` gives all of them the same width, filling the line,
    with at ``most`` so many on it."""

    def __init__(self, parent: QWidget | None = None, *, even: bool = False, gap: int = 8, most: int = 99) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._even = even
        self._most = most
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Called by ``addWidget``."""
        self._items.append(item)

    def count(self) -> int:
        """How many options there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """The option at a place; Qt asks past the end and takes None for an answer."""
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        """Hand the option at a place back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more height than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrower line means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in pixels at a width in pixels."""
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put every option in its place."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:
        """All on one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """One under the other."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, really: bool) -> int:
        lines = self._even_lines(rect.width()) if self._even else self._free_lines(rect.width())
        top = rect.y()
        for line in lines:
            height = max(_height(item, width) for item, width in line)
            left = rect.x()
            for item, width in line:
                if really:
                    here = QRect(QPoint(left, top), QSize(width, height))
                    item.setGeometry(QStyle.visualRect(self._direction(), rect, here))
                left += width + self.spacing()
            top += height + self.spacing()
        return top - rect.y() - (self.spacing() if lines else 0)

    def _direction(self) -> Qt.LayoutDirection:
        """Reading order runs the way the page does: in Urdu the first option is the rightmost."""
        around = self.parentWidget()
        return around.layoutDirection() if around is not None else Qt.LayoutDirection.LeftToRight

    def _free_lines(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        lines: list[list[tuple[QLayoutItem, int]]] = []
        used = width + 1
        for item in self._shown():
            wanted = min(item.sizeHint().width(), width)
            if used + self.spacing() + wanted > width or not lines:
                lines.append([])
                used = -self.spacing()
            lines[-1].append((item, wanted))
            used += self.spacing() + wanted
        return lines

    def _even_lines(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        items = self._shown()
        if not items:
            return []
        widest = max(item.minimumSize().width() for item in items)
        fitting = max(1, min(len(items), self._most, (width + self.spacing()) // (widest + self.spacing())))
        rows = -(-len(items) // fitting)
        columns = -(-len(items) // rows)
        each = (width - self.spacing() * (columns - 1)) // columns
        return [[(item, each) for item in items[at : at + columns]] for at in range(0, len(items), columns)]


class Ranked(QVBoxLayout):
    """Cards of one width in rank order, and beneath them what stands outside the ranking."""

    def __init__(self, parent: QWidget, *, ranked: Callable[[QWidget], bool], gap: int) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)
        self._is_ranked = ranked
        self._cards = Flow(even=True, gap=gap)
        self._aside = Flow(gap=gap)
        beneath = QHBoxLayout()
        beneath.addLayout(self._aside)
        self.addLayout(self._cards)
        self.addLayout(beneath)

    def addWidget(self, widget: QWidget) -> None:  # type: ignore[override]
        """Into the row where it belongs."""
        (self._cards if self._is_ranked(widget) else self._aside).addWidget(widget)

    def removeWidget(self, widget: QWidget) -> None:
        """Out of whichever row it stands in."""
        self._cards.removeWidget(widget)
        self._aside.removeWidget(widget)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
