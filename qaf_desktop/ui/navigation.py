"""The rail on the left: where a person can go, where they are, and who they are working as."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from qaf_desktop.ui.theme import Theme

GAP_PIXELS = 8
WIDTH_PIXELS = 188
"""With words, at 100 % text."""


class Navigation(QFrame):
    """One button for each destination that exists; up and down arrows walk through them."""

    chosen = Signal(str)
    """The key of a destination."""
    lock_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName("Navigation")
        self._theme = theme
        self._narrow = False
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._sign = QLabel()
        self._product = QLabel("QAF Desktop")
        self._product.setObjectName("product")
        self._person = QLabel()
        self._person.setProperty("role", "caption")
        self._person.setTextFormat(Qt.TextFormat.PlainText)
        self._person.setWordWrap(True)
        self._person.setContentsMargins(12, 0, 0, 4)
        self._lock = self._button("Lock", "lock")
        self._lock.setToolTip("Lock now (Ctrl+L)")
        self._lock.clicked.connect(self.lock_requested)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 8, 12)
        head.setSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(self._product, 1)
        self._places = QVBoxLayout()
        self._places.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._places)
        column.addStretch(1)
        column.addWidget(self._person)
        column.addWidget(self._lock)

    def _button(self, title: str, icon: str) -> QToolButton:
        button = QToolButton()
        button.setText(title)
        button.setAccessibleName(title)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.installEventFilter(self)
        button.setProperty("drawing", icon)
        return button

    def add(self, key: str, title: str, icon: str, shortcut: str = "") -> None:
        """Add a destination below the others."""
        button = self._button(title, icon)
        button.setCheckable(True)
        button.setToolTip(f"{title} ({shortcut})" if shortcut else title)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        self._places.addWidget(button)
        before = [*self._buttons.values()]
        self._buttons[key] = button
        if before:
            QWidget.setTabOrder(before[-1], button)
        QWidget.setTabOrder(button, self._lock)
        self._dress()

    def show_current(self, key: str) -> None:
        """Mark where the person is."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)
            button.setAccessibleDescription("You are here" if name == key else "")

    def show_person(self, words: str) -> None:
        """Who is working here, for example ``TM-02 · Team manager``."""
        self._person.setText(words)
        self._person.setVisible(bool(words) and not self._narrow)

    def set_narrow(self, narrow: bool) -> None:
        """Pictures only, when the window is small for the size of the words."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._dress()

    def _dress(self) -> None:
        self._sign.setPixmap(self._theme.pixmap("app", "primary", 24))
        self._product.setVisible(not self._narrow)
        self._person.setVisible(bool(self._person.text()) and not self._narrow)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if self._narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in (*self._buttons.values(), self._lock):
            button.setToolButtonStyle(style)
            self._theme.decorate(button, str(button.property("drawing")), gap=0 if self._narrow else GAP_PIXELS)
        if self._narrow:
            self.setFixedWidth(self._theme.pixels(46) + 24)
        else:
            self.setFixedWidth(max(WIDTH_PIXELS, self._theme.pixels(WIDTH_PIXELS * 0.9)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys go from one destination to the next."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            buttons = [*self._buttons.values(), self._lock]
            if step is not None and watched in buttons:
                index = [button is watched for button in buttons].index(True)
                buttons[(index + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)
