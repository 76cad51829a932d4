"""Nobody at the keyboard for a while: time to hide what is on the screen."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

LOOK_EVERY_SECONDS = 2

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class Idle(QObject):
    """Tells once when nobody has touched the program for ``minutes``; sleep counts, and a clock set back does not.

    Only the windows' own input is watched (not every event of every widget), so that watching costs nothing.
    """

    idle = Signal()

    def __init__(
        self,
        app: QGuiApplication,
        minutes: float,
        *,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``clock`` runs through sleep, ``monotonic`` cannot be set back, both in seconds; the longer time counts."""
        super().__init__(app)
        self._clock = clock
        self._monotonic = monotonic
        self._minutes = minutes
        self._told = False
        self.touched()
        app.focusWindowChanged.connect(self._watch)
        for window in app.topLevelWindows():
            self._watch(window)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_SECONDS * 1_000)

    def set_minutes(self, minutes: float) -> None:
        """Change how long is too long."""
        self._minutes = minutes

    def touched(self) -> None:
        """Somebody is here."""
        self._told = False
        self._since_clock = self._clock()
        self._since_monotonic = self._monotonic()

    def idle_seconds(self) -> float:
        """How long nobody has been here."""
        return max(self._clock() - self._since_clock, self._monotonic() - self._since_monotonic)

    def look(self) -> None:
        """Tell when it has been too long."""
        if not self._told and self.idle_seconds() >= self._minutes * 60:
            self._told = True
            self.idle.emit()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys, mouse, touch and pen are signs of life; nothing is held back."""
        if event.type() in _SIGNS_OF_LIFE:
            self.touched()
        return False
