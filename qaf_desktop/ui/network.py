"""A hint that the network may be back; whether the centre answers is only known by asking it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class NetworkHint(QObject):
    """Says when this computer seems to have got a connection, so that a sync may be tried."""

    maybe_back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._online = QNetworkInformation.Reachability.Online
        self._last: QNetworkInformation.Reachability | None = None
        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            information = QNetworkInformation.instance()
            self._last = information.reachability()
            information.reachabilityChanged.connect(self._changed)

    def _changed(self, reachability: object) -> None:
        if reachability == self._online and self._last != self._online:
            self.maybe_back.emit()
        self._last = reachability  # type: ignore[assignment]  # Qt hands over its own enumeration
