"""Paper on the screen: the very PDF that will be printed, read from memory and never from a temporary file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from qaf_desktop.ui.theme import Theme

ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


class PdfPane(QWidget):
    """Pages below each other, with zoom; *As text* gives the same words to a screen reader."""

    page_changed = Signal(int, int)
    """Page in front, counted from one, and how many there are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        self._view = QPdfView(self)
        self._view.setAccessibleName("Pages of the PDF")
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setPageSpacing(12)
        self._view.setDocument(self._document)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("The PDF as text")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._text)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._as_text = self._tool("As text", "text", "Read the same words as plain text")
        self._as_text.setCheckable(True)
        self._as_text.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._as_text.toggled.connect(self._show_text)
        self.zoom_actions = self._make_zoom_actions()
        self._buttons: list[QToolButton] = []
        self._lay_out()
        self._view.pageNavigator().currentPageChanged.connect(self._turned)
        theme.changed.connect(self._dress)
        self._dress()

    def _tool(self, name: str, icon: str, hint: str) -> QToolButton:
        button = QToolButton()
        button.setText(name)
        button.setAccessibleName(name)
        button.setToolTip(hint)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme.decorate(button, icon)
        return button

    def _make_zoom_actions(self) -> list[QAction]:
        actions = []
        for name, icon, key, act in (
            ("Smaller pages", "zoom-out", "Ctrl+Shift+-", lambda: self.zoom(-1)),
            ("Larger pages", "zoom-in", "Ctrl+Shift++", lambda: self.zoom(1)),
            ("Fit the width", "fit-width", "Ctrl+Shift+0", self.fit_width),
        ):
            action = QAction(name, self)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setToolTip(f"{name} ({key})")
            action.triggered.connect(act)
            self._theme.decorate(action, icon)
            self.addAction(action)
            actions.append(action)
        return actions

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addWidget(self._count)
        bar.addStretch(1)
        for action in self.zoom_actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            bar.addWidget(button)
            self._buttons.append(button)
        bar.addWidget(self._as_text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)

    def show_pdf(self, pdf: bytes) -> None:
        """Show a PDF from its bytes."""
        self._document.close()
        self._buffer.close()
        self._bytes = QByteArray(pdf)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._text.setPlainText(self.text() if self._as_text.isChecked() else "")
        self._turned(0)

    def page_count(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def text(self) -> str:
        """The words of every page, page by page."""
        pages = range(self._document.pageCount())
        return "\n\n".join(self._document.getAllText(page).text().replace("\r\n", "\n") for page in pages)

    def zoom(self, step: int) -> None:
        """One step larger (1) or smaller (-1)."""
        now = self._view.zoomFactor() if self._view.zoomMode() == QPdfView.ZoomMode.Custom else self._fitted()
        sizes = [size for size in ZOOMS if (size > now + 0.01 if step > 0 else size < now - 0.01)]
        if sizes:
            self._view.setZoomMode(QPdfView.ZoomMode.Custom)
            self._view.setZoomFactor(sizes[0] if step > 0 else sizes[-1])

    def fit_width(self) -> None:
        """As wide as the window."""
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _fitted(self) -> float:
        width = self._document.pagePointSize(0).width() * self.logicalDpiX() / 72 if self.page_count() else 0
        return self._view.viewport().width() / width if width else 1.0

    def _show_text(self, wanted: bool) -> None:
        if wanted:
            self._text.setPlainText(self.text())
        self._stack.setCurrentWidget(self._text if wanted else self._view)

    def _turned(self, page: int) -> None:
        count = self.page_count()
        self._count.setText(f"Page {page + 1} of {count}" if count else "")
        self.page_changed.emit(page + 1, count)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the ground around the pages from the look; the style sheet forgets it when a widget is first shown."""
        super().showEvent(event)
        self._dress()

    def _dress(self) -> None:
        for button in self._buttons:
            button.setIconSize(self._as_text.iconSize())
        palette = self._view.palette()
        palette.setColor(palette.ColorRole.Dark, self._theme.colour("sunken"))
        self._view.setPalette(palette)
