"""One run of the program: its windows, its lanes, its lock and its line to the centre."""

from __future__ import annotations

import logging
import random
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from qaf_desktop import logs
from qaf_desktop.app.beginning import Beginning
from qaf_desktop.app.centre_line import CentreLine, lock_beside, vault_for
from qaf_desktop.app.surroundings import now, paths_for, program_version
from qaf_desktop.domain.change import Change
from qaf_desktop.domain.people import Person
from qaf_desktop.models.store import Store
from qaf_desktop.paths import Paths, shipped
from qaf_desktop.problems import Problem
from qaf_desktop.security.passphrase import WrongPassphrase
from qaf_desktop.security.vault import Vault
from qaf_desktop.services import setting_up
from qaf_desktop.services.audits import let_go_of_discarded
from qaf_desktop.services.desk import Desk
from qaf_desktop.services.reference import who_works_here
from qaf_desktop.settings import SettingsFile
from qaf_desktop.sync.conversation import SyncOutcome
from qaf_desktop.sync.enrolment import Enrolment, read_enrolment
from qaf_desktop.sync.pace import next_attempt_seconds
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.collector import Collector
from qaf_desktop.ui.crash import Crash
from qaf_desktop.ui.help_view import show_about
from qaf_desktop.ui.idle import Idle
from qaf_desktop.ui.main_window import MainWindow
from qaf_desktop.ui.network import NetworkHint
from qaf_desktop.ui.start.unlock_panel import UnlockPanel
from qaf_desktop.ui.theme import Theme

FIRST_SYNC_SECONDS = 5
TIDY_EVERY_MINUTES = 60
log = logging.getLogger(__name__)


class Program(QObject):
    """Everything one run is made of, built once and in order. Keep it until the application ends."""

    def __init__(self, application: QApplication, paths: Paths) -> None:
        super().__init__()
        self._application = application
        self.paths = paths
        logs.write_to(paths.logs)
        self.settings = SettingsFile(paths.settings)
        self.theme = Theme(application, shipped(), self.settings.now.theme, self.settings.now.text_size_percent)
        self.background = Background(self)
        self.crash = Crash(program_version(), log.error, application.quit)
        self._collector = Collector(self)
        self.beginning: Beginning | None = None
        self.window: MainWindow | None = None
        self._store: Store | None = None
        self._failures = 0
        self._enrolled = False

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
        from qaf_desktop.app.pages import Pages  # noqa: PLC0415

        self._store = store
        self.line = CentreLine(store, vault_for(store.path))
        cover = UnlockPanel(self.theme, keyring=setting_up.how_locked(store.path) == "keyring")
        self._cover = cover
        window = MainWindow(self.theme, cover)
        self.window = window
        self.desk = Desk(store)
        self.pages = Pages(window, self.theme, self.background, self.desk, self.settings)
        self.syncing = self.pages.add_destinations(None, self._heard)
        window.start_audit_requested.connect(self.pages.start_audit)
        window.sync_requested.connect(self._sync_asked)
        window.enrolment_chosen.connect(self._enrol)
        window.centre_password_given.connect(self._keep_password)
        window.look_chosen.connect(lambda theme, size: self.settings.change(theme=theme, text_size_percent=size))
        window.help_requested.connect(self.pages.open_help)
        window.about_requested.connect(self._about)
        window.closing.connect(self._closing)
        cover.unlock_requested.connect(self._unlock_asked)
        window.locked.connect(lambda: cover.ask(keyring=setting_up.how_locked(store.path) == "keyring"))
        self._idle = Idle(self._application, self.settings.now.lock_after_minutes)
        self._idle.idle.connect(window.lock)
        self._sync_soon = QTimer(self)
        self._sync_soon.setSingleShot(True)
        self._sync_soon.timeout.connect(self.syncing.sync_now)
        self._network = NetworkHint(self)
        self._network.maybe_back.connect(self.syncing.sync_now)
        self.background.changed.connect(self._changed)
        self._tidying = QTimer(self)
        self._tidying.timeout.connect(self._tidy)
        self._tidying.start(TIDY_EVERY_MINUTES * 60_000)
        window.restore_shape(self.settings.now.layout)
        window.go_to("my_work")
        window.show()
        # After the door is gone: some systems hand the keyboard to nobody when a window disappears.
        QTimer.singleShot(0, window, window.activateWindow)
        self._show_who_and_where()
        self._tidy()

    def _tidy(self) -> None:
        """Once an hour: today's encrypted copy, and what was discarded long enough ago is let go."""
        if self.window is not None and self._store is not None:
            self.background.run(self.window, self._store.back_up_if_due, lane="paper")
            self.background.run(self.window, self.desk.deed(let_go_of_discarded))

    def _about(self) -> None:
        if self.window is not None:
            show_about(self.window, program_version(), shipped("NOTICES.md").read_text(encoding="utf-8"))

    # Who works here, and where the centre is -------------------------------------------------------------------

    def _show_who_and_where(self) -> None:
        if self.window is not None:
            self.background.run(self.window, self.desk.deed(who_works_here), self._show_person)
            self.background.run(self.window, self.line.enrolment, self._show_centre)

    def _show_person(self, me: Person | None) -> None:
        if self.window is not None and me is not None:
            self.window.navigation.show_person(f"{me.code} · {me.role.words}")

    def _show_centre(self, enrolment: Enrolment | None) -> None:
        if self.window is None or self._store is None:
            return
        self.window.menus.offer_centre(
            enrolment=enrolment is None, password=enrolment is not None and enrolment.centre.sign_in == "password"
        )
        self.window.menus.allow(start_audit=True, sync=enrolment is not None)
        if enrolment is None:
            self.window.status.show_centre(None, enrolled=False)
        elif not self._enrolled:
            self._enrolled = True
            self.syncing.use_centre(self.line.conversation(lock_beside(self._store.path)).run)
            self._sync_soon.start(FIRST_SYNC_SECONDS * 1_000)

    def _enrol(self, path: Path) -> None:
        if self.window is not None:
            self.background.run(self.window, lambda: self.line.take_up(read_enrolment(path)), self._enrolled_now)

    def _enrolled_now(self, _: Change) -> None:
        if self.window is not None:
            self._show_who_and_where()
            self.window.ask_centre_password()

    def _keep_password(self, password: str) -> None:
        if self.window is not None:
            deed = partial(self.line.keep_password, password)
            self.background.run(self.window, deed, lambda _: self.syncing.sync_now())

    def _changed(self, change: Change) -> None:
        if change.reference:
            self._show_who_and_where()

    # Sync ------------------------------------------------------------------------------------------------------

    def _sync_asked(self) -> None:
        if self.window is not None:
            self.window.go_to("sync")
            self.syncing.sync_now()

    def _heard(self, outcome: SyncOutcome) -> None:
        """The centre was asked: say how it went, and decide when to ask again."""
        if self.window is None:
            return
        self._failures = self._failures + 1 if outcome.problem else 0
        self.window.status.show_centre(outcome.problem is None, outcome.at)
        # Not a secret: it only keeps a whole council from calling in the same second.
        seconds = next_attempt_seconds(outcome.problem, self._failures, random.random())  # noqa: S311
        if seconds is not None:
            self._sync_soon.start(int(seconds * 1_000))

    # Lock and end ----------------------------------------------------------------------------------------------

    def _unlock_asked(self, passphrase: str) -> None:
        if self.window is not None and self._store is not None:
            self._cover.show_working()
            self.background.run(
                self._cover,
                partial(_prove, self._store.path, passphrase),
                self._unlocked,
                self._not_unlocked,
                lane="paper",
            )

    def _unlocked(self, _: None) -> None:
        if self.window is not None:
            self._cover.show_opened()
            self.window.unlock()

    def _not_unlocked(self, problem: Problem) -> None:
        if isinstance(problem, WrongPassphrase):
            self._cover.show_wrong(problem)
        else:
            self._cover.show_problem(problem)

    def _closing(self) -> None:
        if self.window is not None:
            self.settings.change(layout=self.window.geometry_words())
        self.close()

    def close(self) -> None:
        """Write down what is left, hang up and close the store. Safe to repeat."""
        if self._store is None:
            return
        store, self._store = self._store, None
        self.background.close()
        self.line.forget()
        store.close()
        self._collector.stop()


def _prove(store_path: Path, passphrase: str) -> None:
    """Whoever unlocks has the passphrase, or the keyring of this computer.

    Raises:
        WrongPassphrase: it is not the one.
        KeyNotKept, VaultUnusable: the keyring does not give the key.
    """
    if setting_up.how_locked(store_path) == "passphrase":
        setting_up.key_from_passphrase(store_path, passphrase)
    else:
        Vault().key(store_path)


def open_program(folder: Path | None) -> int:
    """Open the windows and stay until they are closed."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("QAF Desktop")
    program = Program(application, paths_for(folder))
    program.crash.install()
    program.begin()
    code = application.exec()
    program.close()
    return code
