"""The program once the store is open: the main window and everything that works behind it."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from qaf_desktop.app.centre_line import CentreLine, lock_beside, vault_for
from qaf_desktop.app.opening import doubt_about, key_for
from qaf_desktop.app.pages import Pages, drafts_left_open
from qaf_desktop.app.surroundings import program_version
from qaf_desktop.domain.change import Change
from qaf_desktop.domain.people import Person
from qaf_desktop.models.copies import backups_of
from qaf_desktop.models.store import Store
from qaf_desktop.models.store_problems import StoreDamaged
from qaf_desktop.paths import shipped
from qaf_desktop.problems import Problem
from qaf_desktop.security.passphrase import WrongPassphrase
from qaf_desktop.services import setting_up
from qaf_desktop.services.audits import let_go_of_discarded
from qaf_desktop.services.desk import Desk
from qaf_desktop.services.locked import how_locked
from qaf_desktop.services.reference import who_works_here
from qaf_desktop.settings import SettingsFile
from qaf_desktop.sync.conversation import SyncOutcome
from qaf_desktop.sync.enrolment import Enrolment, read_enrolment
from qaf_desktop.sync.failures import StoreWasRestored
from qaf_desktop.sync.pace import next_attempt_seconds
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.help_view import show_about
from qaf_desktop.ui.idle import Idle
from qaf_desktop.ui.main_window import MainWindow
from qaf_desktop.ui.network import NetworkHint
from qaf_desktop.ui.start.unlock_panel import UnlockPanel
from qaf_desktop.ui.theme import Theme

FIRST_SYNC_SECONDS = 5
TIDY_EVERY_MINUTES = 60
CHECK_AFTER_SECONDS = 20


class AtWork(QObject):
    """Everything built around an open store. ``closing`` is called when the person closes the window.

    It is a part of the program of its own, imported only after the locked door is shown, which needs none of it.
    """

    def __init__(
        self,
        application: QApplication,
        theme: Theme,
        settings: SettingsFile,
        background: Background,
        store: Store,
        *,
        closing: Callable[[], object],
    ) -> None:
        super().__init__()
        self._settings = settings
        self._background = background
        self._store = store
        self._closing = closing
        self._failures = 0
        self._enrolled = False
        self.line = CentreLine(store, vault_for(store.path))
        self._cover = UnlockPanel(theme, keyring=how_locked(store.path) == "keyring")
        self.window = MainWindow(theme, self._cover)
        self.desk = Desk(store)
        self.pages = Pages(self.window, theme, background, self.desk, settings)
        self.syncing = self.pages.add_destinations(None, self._heard)
        self.window.status.show_centre(None)
        self._idle = Idle(application, settings.now.lock_after_minutes)
        self._sync_soon = QTimer(self)
        self._sync_soon.setSingleShot(True)
        self._network = NetworkHint(self)
        self._tidying = QTimer(self)
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._join()
        self._tidying.start(TIDY_EVERY_MINUTES * 60_000)
        self.window.restore_shape(settings.now.layout)

    def _join(self) -> None:
        window, cover = self.window, self._cover
        window.start_audit_requested.connect(self.pages.start_audit)
        window.sync_requested.connect(self._sync_asked)
        window.enrolment_chosen.connect(self._enrol)
        window.centre_password_given.connect(self._keep_password)
        window.look_chosen.connect(lambda theme, size: self._settings.change(theme=theme, text_size_percent=size))
        window.help_requested.connect(self.pages.open_help)
        window.about_requested.connect(self._about)
        window.closing.connect(self._close_asked)
        cover.unlock_requested.connect(self._unlock_asked)
        window.locked.connect(lambda: cover.ask(keyring=how_locked(self._store.path) == "keyring"))
        self._idle.idle.connect(window.lock)
        self._sync_soon.timeout.connect(self.syncing.sync_now)
        self._network.maybe_back.connect(self.syncing.sync_now)
        self._background.changed.connect(self._changed)
        self._tidying.timeout.connect(self._tidy)
        self._checking.timeout.connect(self._check)
        window.remedy = self._remedy

    def begin(self) -> None:
        """Show the window and set its first work going."""
        self.window.go_to("my_work")
        self.window.show()
        # After the door is gone: some systems hand the keyboard to nobody when a window disappears.
        QTimer.singleShot(0, self.window, self.window.activateWindow)
        self._show_who_and_where()
        self._tidy()
        self._background.run(self.window, self.desk.deed(drafts_left_open), self.pages.show_left_open)
        self._checking.start(CHECK_AFTER_SECONDS * 1_000)

    def hang_up(self) -> None:
        """Let the centre go."""
        self.line.forget()

    def _tidy(self) -> None:
        """Once an hour: today's encrypted copy, and what was discarded long enough ago is let go."""
        self._background.run(self.window, self._store.back_up_if_due, lane="paper")
        self._background.run(self.window, self.desk.deed(let_go_of_discarded))

    def _check(self) -> None:
        """Read every page once: damage in the middle is told while there is still a good copy to go back to."""
        self._background.run(self.window, self._store.faults, self._checked, lane="paper")

    def _checked(self, faults: tuple[str, ...]) -> None:
        if faults:
            self.window.show_problem(StoreDamaged(backups_of(self._store.path)))

    def _remedy(self, problem: Problem) -> tuple[str, Callable[[], None]] | None:
        """From a damaged store there is one way: out, and at the next start back to a copy."""
        if isinstance(problem, StoreDamaged) and problem.backups:
            return "Close now; the next start offers the copy", self._leave_damaged
        return None

    def _leave_damaged(self) -> None:
        doubt_about(self._store.path).touch()
        self.window.close()

    def _about(self) -> None:
        show_about(self.window, program_version(), shipped("NOTICES.md").read_text(encoding="utf-8"))

    def _close_asked(self) -> None:
        self._settings.change(layout=self.window.geometry_words())
        self._tidying.stop()
        self._checking.stop()
        self._closing()

    # Who works here, and where the centre is -------------------------------------------------------------------

    def _show_who_and_where(self) -> None:
        self._background.run(self.window, self.desk.deed(who_works_here), self._show_person)
        self._background.run(self.window, self.line.enrolment, self._show_centre)

    def _show_person(self, me: Person | None) -> None:
        if me is not None:
            self.window.navigation.show_person(f"{me.code} · {me.role.words}")

    def _show_centre(self, enrolment: Enrolment | None) -> None:
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
        self._background.run(self.window, lambda: self.line.take_up(read_enrolment(path)), self._enrolled_now)

    def _enrolled_now(self, _: Change) -> None:
        self._show_who_and_where()
        self.window.ask_centre_password()

    def _keep_password(self, password: str) -> None:
        deed = partial(self.line.keep_password, password)
        self._background.run(self.window, deed, lambda _: self.syncing.sync_now())

    def _changed(self, change: Change) -> None:
        if change.reference:
            self._show_who_and_where()

    # Sync ------------------------------------------------------------------------------------------------------

    def _sync_asked(self) -> None:
        self.window.go_to("sync")
        self.syncing.sync_now()

    def _heard(self, outcome: SyncOutcome) -> None:
        """The centre was asked: say how it went, and decide when to ask again."""
        self._failures = self._failures + 1 if outcome.problem else 0
        self.window.status.show_centre(outcome.problem is None, outcome.at)
        if isinstance(outcome.problem, StoreWasRestored):
            self._ask_for_consent(outcome.problem)
        # Not a secret: it only keeps a whole council from calling in the same second.
        seconds = next_attempt_seconds(outcome.problem, self._failures, random.random())  # noqa: S311
        if seconds is not None:
            self._sync_soon.start(int(seconds * 1_000))

    def _ask_for_consent(self, problem: StoreWasRestored) -> None:
        """A restored store syncs when its person says that it is the right one."""
        self.window.messages.say(
            problem.happened,
            "Look through your work first. Syncing fetches what you had sent since, and sends what is only here.",
            action="It is right: sync",
            act=self._agreed_to_sync,
        )

    def _agreed_to_sync(self) -> None:
        deed = self.desk.deed(setting_up.agree_to_sync)
        self._background.run(self.window, deed, lambda _: self.syncing.sync_now())

    # Lock ------------------------------------------------------------------------------------------------------

    def _unlock_asked(self, passphrase: str) -> None:
        self._cover.show_working()
        deed = partial(_prove, self._store.path, passphrase)
        self._background.run(self._cover, deed, self._unlocked, self._not_unlocked, lane="paper")

    def _unlocked(self, _: None) -> None:
        self._cover.show_opened()
        self.window.unlock()

    def _not_unlocked(self, problem: Problem) -> None:
        if isinstance(problem, WrongPassphrase):
            self._cover.show_wrong(problem)
        else:
            self._cover.show_problem(problem)


def _prove(store_path: Path, passphrase: str) -> None:
    """Whoever unlocks has the passphrase, or the keyring of this computer.

    Raises:
        WrongPassphrase: it is not the one.
        KeyNowhere: there is no key file, and the keyring does not give the key.
    """
    key_for(store_path, passphrase)
