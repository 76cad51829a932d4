"""One run of the program: the door, then the work behind it, then an orderly end."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from qaf_desktop import logs
from qaf_desktop.app.beginning import Beginning
from qaf_desktop.app.surroundings import NoDisplay, has_display, now, paths_for, program_version
from qaf_desktop.paths import Paths, shipped
from qaf_desktop.settings import SettingsFile
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.collector import Collector
from qaf_desktop.ui.crash import Crash
from qaf_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qaf_desktop.app.at_work import AtWork
    from qaf_desktop.app.pages import Pages
    from qaf_desktop.models.store import Store
    from qaf_desktop.services.desk import Desk
    from qaf_desktop.ui.main_window import MainWindow
    from qaf_desktop.ui.sync.sync_presenter import SyncPresenter

log = logging.getLogger(__name__)


class Program(QObject):
    """Everything one run is made of, built once and in order. Keep it until the application ends.

    ``window``, ``desk``, ``pages`` and ``syncing`` are there once the store is open.
    """

    desk: Desk
    pages: Pages
    syncing: SyncPresenter

    def __init__(self, application: QApplication, paths: Paths) -> None:
        super().__init__()
        self._application = application
        self.paths = paths
        logs.write_to(paths.logs)
        self.settings = SettingsFile(paths.settings)
        self.theme = Theme(application, shipped(), self.settings.now.theme, self.settings.now.text_size_percent)
        self.background = Background(self)
        self.crash = Crash(program_version, log.error, application.quit)
        self._collector = Collector(self)
        self.beginning: Beginning | None = None
        self.window: MainWindow | None = None
        self._store: Store | None = None
        self._work: AtWork | None = None

    def begin(self) -> None:
        """Show the first window this computer needs."""
        self.beginning = Beginning(
            self.paths,
            self.theme,
            self.background,
            now,
            keyring_allowed=self.settings.now.key_place == "keyring",
            entered=self.enter,
        )
        self.beginning.show()

    def enter(self, store: Store) -> None:
        """The store is open: build the main window around it."""
        # Imported now and not at the start: a locked door needs none of it.
        from qaf_desktop.app.at_work import AtWork  # noqa: PLC0415

        self._store = store
        work = AtWork(self._application, self.theme, self.settings, self.background, store, closing=self.close)
        self._work = work
        self.window, self.desk, self.pages, self.syncing = work.window, work.desk, work.pages, work.syncing
        work.begin()

    def close(self) -> None:
        """Write down what is left, hang up and close the store. Safe to repeat."""
        if self._store is None:
            return
        store, self._store = self._store, None
        self.background.close()
        if self._work is not None:
            self._work.hang_up()
        store.close()
        self._collector.stop()


def open_program(folder: Path | None) -> int:
    """Open the windows and stay until they are closed."""
    if not has_display():
        raise NoDisplay
    application = QApplication(sys.argv[:1])
    application.setApplicationName("QAF Desktop")
    program = Program(application, paths_for(folder))
    program.crash.install()
    program.begin()
    code = application.exec()
    program.close()
    return code
