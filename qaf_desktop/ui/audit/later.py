"""Work that may wait for a breath between keystrokes: counting what is answered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

BREATH_MILLISECONDS = 120


class Later(QObject):
    """Does one thing soon, once, however often it is asked for."""

    def __init__(self, parent: QObject, act: Callable[[], object]) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BREATH_MILLISECONDS)
        self._timer.timeout.connect(self._go)
        self._act = act

    def ask(self) -> None:
        """Soon."""
        if not self._timer.isActive():
            self._timer.start()

    def _go(self) -> None:
        self._act()
