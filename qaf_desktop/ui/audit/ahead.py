"""Pages are made ahead of the person who will look at them, a little at a time, between two keystrokes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from qaf_desktop.ui.audit.section_page import SectionPage

FIRST_PIECE_SECONDS = 0.020
"""What of a page is made before it is shown: about a screenful on an office laptop."""
PIECE_SECONDS = 0.010
BETWEEN_PIECES_MILLISECONDS = 15


class Ahead(QObject):
    """Goes on making pages while there is one to make: the one in front first, then its neighbours.

    ``unfinished`` names the page to go on with; ``None`` rests until the next ``begin``.
    """

    def __init__(self, parent: QObject, unfinished: Callable[[], SectionPage | None]) -> None:
        super().__init__(parent)
        self._unfinished = unfinished
        self._timer = QTimer(self)
        self._timer.setInterval(BETWEEN_PIECES_MILLISECONDS)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """There may be something to make."""
        self._timer.start()

    def _go_on(self) -> None:
        page = self._unfinished()
        if page is None:
            self._timer.stop()
        else:
            page.build(PIECE_SECONDS)
