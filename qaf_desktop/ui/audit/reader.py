"""What a page may ask of a filling: look, never touch."""

from __future__ import annotations

from typing import Protocol

from qaf_desktop.forms.items import Item


class Reader(Protocol):
    """The reading half of a filling."""

    def children(self, ref: str = ...) -> tuple[str, ...]:
        """Refs of what stands directly inside a group, a repeat or one of its rows."""

    def look(self, ref: str) -> Item:
        """Everything a page needs about one of them."""

    def slot(self, ref: str) -> str:
        """The name of a ref that stays the same when rows before it are taken out."""

    def ref(self, slot: str) -> str | None:
        """Where that is now."""
