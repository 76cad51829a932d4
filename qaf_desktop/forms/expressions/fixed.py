"""A choice list or a file of staff as rules see it: rows that never change while a form is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


class FixedNode:
    """One element of a list: a row, or one column of a row."""

    __slots__ = ("_index", "by_name", "children", "name", "parent", "position", "read")

    def __init__(self, name: str, parent: FixedNode | None = None, read: str = "") -> None:
        self.name = name
        self.parent = parent
        self.read = read
        self.children: list[FixedNode] = []
        self.by_name: dict[str, list[FixedNode]] = {}
        self.position = 1
        self._index: dict[tuple[str, str], dict[str, list[FixedNode]]] = {}
        if parent is not None:
            siblings = parent.by_name.setdefault(name, [])
            siblings.append(self)
            self.position = len(siblings)
            parent.children.append(self)

    def rows_where(self, row: str, column: str, value: str) -> Sequence[FixedNode]:
        """The rows whose column holds exactly this text: looked up, not searched, however long the list is."""
        index = self._index.get((row, column))
        if index is None:
            index = self._index[row, column] = {}
            for item in self.by_name.get(row, ()):
                for text in dict.fromkeys(cell.read for cell in item.by_name.get(column, ())):
                    index.setdefault(text, []).append(item)
        return index.get(value, ())


def list_of_rows(rows: Iterable[Mapping[str, str]]) -> FixedNode:
    """A file's rows as ``root/item/<column>``, the shape ``instance('staff')`` is asked in."""
    top = FixedNode("")
    root = FixedNode("root", top)
    for row in rows:
        item = FixedNode("item", root)
        for column, value in row.items():
            FixedNode(column, item, value)
    return top
