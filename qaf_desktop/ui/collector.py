"""Closed screens are cleared away in the window's thread only; a widget destroyed anywhere else ends the program."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MILLISECONDS = 1_000


class Collector(QObject):
    """Takes over from Python's automatic cycle collector, which runs in whichever thread happens to allocate.

    Views and presenters know each other, so they are cycles; a lane reading a large form could otherwise be the one
    to destroy a closed screen. Keep one for the life of the application.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what was imported at the start stays anyway: do not walk it every time
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start(LOOK_EVERY_MILLISECONDS)

    def collect_if_due(self) -> None:
        """Collect the youngest generations whose threshold has been passed."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if self._thresholds[generation] and counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Hand collecting back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
