"""A calm sheet in the middle of an otherwise empty window: one thing at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from qaf_desktop.ui.messages import MessageBar
from qaf_desktop.ui.theme import Theme

WIDTH_PIXELS = 460
"""At 100 % text; wider with larger words, never wider than the window."""


class Sheet(QScrollArea):
    """A card with the program's sign, a title, a message when there is one, and whatever is put in ``content``."""

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sign = QLabel()
        product = QLabel("QAF Desktop")
        product.setProperty("role", "strong")
        self._title = QLabel(title)
        self._title.setProperty("role", "title")
        self._title.setWordWrap(True)
        self.messages = MessageBar(theme)
        bar = self.messages.layout()
        if bar is not None:
            bar.setContentsMargins(0, 0, 0, 0)
        self.content = QVBoxLayout()
        self.content.setSpacing(16)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(product, 1)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(32, 24, 32, 32)
        inside.setSpacing(16)
        inside.addLayout(head)
        inside.addWidget(self._title)
        inside.addWidget(self.messages)
        inside.addLayout(self.content)
        self._ground = ground = QWidget()
        ground.setProperty("role", "page")
        middle = QVBoxLayout(ground)
        middle.setContentsMargins(16, 24, 16, 24)
        middle.addStretch(2)
        # Stretches instead of an alignment: only so does the card get the height its wrapped words need.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card)
        row.addStretch(1)
        middle.addLayout(row)
        middle.addStretch(3)
        self.setWidget(ground)
        theme.changed.connect(self._dress)
        self._dress()

    def set_title(self, title: str) -> None:
        """What this moment is about."""
        self._title.setText(title)

    def needed_height(self) -> int:
        """The height in pixels at which the whole card is seen, at the width it has now."""
        ground = self._ground.layout()
        return ground.heightForWidth(self.viewport().width()) if ground is not None else 0

    def _dress(self) -> None:
        self._sign.setPixmap(self._theme.pixmap("app", "primary", 28))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Never wider than the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 40
        self._card.setFixedWidth(max(320, min(self._theme.pixels(WIDTH_PIXELS), room)))
