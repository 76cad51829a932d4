"""What was copied out of an audit does not stay on the clipboard when the program is locked or closed."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

_KNOW_THE_OWNER = frozenset({"windows", "xcb"})


class ClipboardWatch(QObject):
    """Knows whether what is on the clipboard came from us; what other programs put there stays there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours = False
        QGuiApplication.clipboard().dataChanged.connect(self._changed)

    def clear_ours(self) -> None:
        """Take back what we put there."""
        if self._is_ours():
            QGuiApplication.clipboard().clear()
            self._ours = False

    def _is_ours(self) -> bool:
        if QGuiApplication.platformName() in _KNOW_THE_OWNER:
            return QGuiApplication.clipboard().ownsClipboard()
        return self._ours

    def _changed(self) -> None:
        # Elsewhere nobody tells who owns it: what changed while one of our windows had the keyboard was ours.
        self._ours = QGuiApplication.focusWindow() is not None
