"""The page before printing: look at every sheet, then print it or keep it as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qaf_desktop.ui.paper.pdf_pane import PdfPane
from qaf_desktop.ui.theme import Theme


class PreviewView(QWidget):
    """Shows a PDF and asks; printing and writing are done behind it."""

    print_requested = Signal(object)
    """A ``QPrinter`` as the person set it up."""
    save_requested = Signal(object)
    """The ``Path`` to write the PDF to."""
    cancel_requested = Signal()
    back_requested = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName(title)
        self._file_name = ""
        self.pane = PdfPane(theme)
        self._back = QPushButton("Back")
        self._back.setProperty("role", "quiet")
        self._back.clicked.connect(self.back_requested)
        theme.decorate(self._back, "back", "link")
        self._title = QLabel(title)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("role", "heading")
        self._title.setWordWrap(True)
        self._save = QPushButton("Save a copy…")
        self._save.clicked.connect(self.ask_where)
        theme.decorate(self._save, "save-as")
        self._print = QPushButton("Print…")
        self._print.setProperty("role", "primary")
        self._print.clicked.connect(self.ask_printer)
        theme.decorate(self._print, "print", "on_primary")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Printing")
        self._cancel = QPushButton("Stop printing")
        self._cancel.clicked.connect(self.cancel_requested)
        self._actions = self._make_actions(theme)
        self._lay_out()
        self.show_idle()

    def _make_actions(self, theme: Theme) -> list[QAction]:
        actions = []
        for words, key, icon, act in (
            ("&Print…", QKeySequence(QKeySequence.StandardKey.Print), "print", self.ask_printer),
            ("Save a &copy as PDF…", QKeySequence("Ctrl+Shift+S"), "save-as", self.ask_where),
        ):
            action = QAction(words, self)
            action.setShortcut(key)
            action.triggered.connect(act)
            theme.decorate(action, icon)
            actions.append(action)
        return actions

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        head.addWidget(self._progress)
        head.addWidget(self._cancel)
        head.addWidget(self._save)
        head.addWidget(self._print)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.pane, 1)

    def set_title(self, title: str) -> None:
        """What stands above the pages."""
        self._title.setText(title)

    def show_pdf(self, pdf: bytes, file_name: str) -> None:
        """Show it from its bytes; a saved copy is called ``file_name`` at first, which names nobody."""
        self._file_name = file_name
        self.pane.show_pdf(pdf)
        self.show_idle()

    def show_printing(self, done: int, total: int) -> None:
        """Pages are going to the printer."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        for widget in (self._progress, self._cancel):
            widget.show()
        self._print.setEnabled(False)

    def show_idle(self) -> None:
        """Ready to print."""
        for widget in (self._progress, self._cancel):
            widget.hide()
        for widget in (self._print, self._save):
            widget.setEnabled(self.pane.page_count() > 0)
        for action in self._actions:
            action.setEnabled(self.pane.page_count() > 0)

    def page_actions(self) -> Sequence[QAction]:
        """Print, save, and the sizes of the pages."""
        return [*self._actions, *self.pane.zoom_actions]

    def ask_printer(self) -> None:
        """Ask which printer and which pages."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, max(1, self.pane.page_count()))
        dialog.accepted.connect(lambda: self.print_requested.emit(printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def ask_where(self) -> None:
        """Ask where the copy goes; it leaves the encrypted store, and the dialog says so."""
        dialog = QFileDialog(self, "Save a copy – outside the encrypted store")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self._file_name)
        dialog.fileSelected.connect(lambda path: self.save_requested.emit(Path(path)))
        dialog.open()
