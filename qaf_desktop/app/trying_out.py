"""A workbook tried out, in a window of its own from the command line or as a page of the main window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget

from qaf_desktop.app.surroundings import now
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.rows import Rows
from qaf_desktop.paths import shipped
from qaf_desktop.services.trying_out import SAMPLE_ROWS, Trial, open_trial
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.forms.trying_presenter import TryingPresenter
from qaf_desktop.ui.forms.trying_view import TryingView
from qaf_desktop.ui.questions.tools import Tools
from qaf_desktop.ui.theme import Theme


class PicturesInMemory:
    """Pictures chosen during a trial; they go with it."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def keep(self, picture: bytes, media_type: str, then: Callable[[str], None]) -> None:
        """Keep a picture until the trial ends."""
        name = f"picture {len(self._kept) + 1} {media_type}"
        self._kept[name] = picture
        then(name)

    def show(self, name: str, then: Callable[[bytes], None]) -> None:
        """Fetch one of them."""
        if name in self._kept:
            then(self._kept[name])


def trial(
    source: Path, theme: Theme, background: Background, rows: Callable[[], Rows] = lambda: SAMPLE_ROWS
) -> tuple[TryingView, TryingPresenter]:
    """The page on which a workbook is tried out; ``rows`` fetches the council's lists in the paper lane."""
    view = TryingView(theme, source.name)
    tools = Tools(theme, today=lambda: now().date(), pictures=PicturesInMemory())

    def read(before: Filling | None) -> Trial:
        return open_trial(source, now=now, rows=rows(), before=before)

    return view, TryingPresenter(view, background, tools, read=read, now=now)


def choose_workbook(parent: QWidget, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask which workbook to try; in a CSV folder one points at its survey.csv."""
    dialog = QFileDialog(parent, "Try a workbook")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(["Workbooks (*.xlsx)", "The survey sheet of a CSV folder (survey.csv)"])
    dialog.fileSelected.connect(partial(_picked, chosen))
    dialog.open()
    return dialog


def _picked(chosen: Callable[[Path], object], path: str) -> None:
    source = Path(path)
    chosen(source.parent if source.suffix.lower() == ".csv" else source)


def preview_window(source: Path, theme: Theme, background: Background) -> QMainWindow:
    """A window with nothing in it but the trial."""
    window = QMainWindow()
    window.setWindowTitle(f"{source.name} – trying out – QAF Desktop")
    view, presenter = trial(source, theme, background)
    view.leave_requested.connect(window.close)
    window.setCentralWidget(view)
    window.setProperty("presenter", presenter)  # kept as long as the window
    window.resize(1280, 800)
    return window


def preview(source: Path) -> int:
    """Try a workbook out from the command line; no store is opened."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("QAF Desktop")
    background = Background()
    window = preview_window(source, Theme(application, shipped()), background)
    window.show()
    code = application.exec()
    background.close()
    return code
