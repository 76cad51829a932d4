"""One click opens a page; who clicks twice out of habit must not press what then lies under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class SecondClick(QObject):
    """Swallows the second click of a double click that opened ``page``; gone after the time a double click takes."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._application = QCoreApplication.instance()
        if self._application is not None:
            self._application.installEventFilter(self)
        QTimer.singleShot(QApplication.doubleClickInterval(), self, self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only a double click, and only on this page."""
        return (
            event.type() == QEvent.Type.MouseButtonDblClick
            and isinstance(watched, QWidget)
            and (watched is self._page or self._page.isAncestorOf(watched))
        )
