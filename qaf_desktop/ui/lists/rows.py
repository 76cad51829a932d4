"""One paper as one row: what it is, how far it has got, and the sentence a screen reader says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
PAGE_ROWS = 100
"""How many rows are asked for at a time; a store may hold 100,000."""


@dataclass(frozen=True)
class Chip:
    """A word with a shape and two colour tokens; the word alone says everything."""

    word: str
    drawing: str
    ink: str
    ground: str


@dataclass(frozen=True)
class Row:
    """What a list shows of one paper. ``key`` comes back when it is opened; a row without one is a heading."""

    key: str
    title: str
    subtitle: str = ""
    chips: tuple[Chip, ...] = ()
    progress: tuple[int, int] | None = None
    """Answered and asked."""
    note: str = ""
    """A line of its own below, for example why something is held back."""
    opens: bool = True
    """Whether there is something to open; otherwise the row is only read."""

    @property
    def spoken(self) -> str:
        """The whole row as one sentence."""
        parts = [self.title, self.subtitle, progress_words(self.progress), *(chip.word for chip in self.chips)]
        return ". ".join(part for part in (*parts, self.note) if part)


def progress_words(progress: tuple[int, int] | None) -> str:
    """How complete something is, in words: ``12 of 48 answered``."""
    return f"{progress[0]} of {progress[1]} answered" if progress is not None and progress[1] else ""


class RowsModel(QAbstractListModel):
    """Rows for a list; when ``more`` may follow, the end of the list asks for them."""

    more_wanted = Signal(int)
    """How many rows are there already."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._more = False

    def rows(self) -> Sequence[Row]:
        """What is shown now."""
        return tuple(self._rows)

    def show(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self._more = more
        self.endResetModel()

    def append(self, rows: Sequence[Row], *, more: bool) -> None:
        """Add the rows that were asked for."""
        self._more = more
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """All rows are on one level."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the spoken sentence, or the row itself."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return row.note or None
            case _ if role == ROW_ROLE:
                return row
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can be read but not chosen."""
        if index.isValid() and not self._rows[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the end of the list is not yet the end."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Ask once; the answer comes through ``append``."""
        if self.canFetchMore(parent):
            self._more = False
            self.more_wanted.emit(len(self._rows))
