"""From a double click to an open store: the first minutes on a computer, or the locked door."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from qaf_desktop.app.centre_line import CentreLine, vault_for
from qaf_desktop.domain.people import Person, Team
from qaf_desktop.models.backups import backups_of
from qaf_desktop.models.restoring import restore
from qaf_desktop.models.store import Store
from qaf_desktop.models.store_problems import StoreDamaged, StoreMissing
from qaf_desktop.paths import Paths, shipped
from qaf_desktop.problems import Problem
from qaf_desktop.security.passphrase import WrongPassphrase, weakness
from qaf_desktop.security.vault import Vault, VaultReport
from qaf_desktop.services import setting_up
from qaf_desktop.services.forms import shipped_forms
from qaf_desktop.sync.enrolment import Enrolment, read_enrolment
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.start.first_run import CreateRequest, EnrolmentSummary, FirstRunWindow
from qaf_desktop.ui.start.unlock_panel import UnlockPanel, UnlockWindow
from qaf_desktop.ui.theme import Theme

Clock = setting_up.Clock


class Beginning:
    """Shows the first-run or the unlock window, and hands over the open store. Keep it until it has."""

    def __init__(
        self,
        paths: Paths,
        theme: Theme,
        background: Background,
        clock: Clock,
        *,
        keyring_allowed: bool,
        entered: Callable[[Store], None],
    ) -> None:
        self._paths = paths
        self._theme = theme
        self._background = background
        self._clock = clock
        self._keyring_allowed = keyring_allowed
        self._entered = entered
        self.window: FirstRunWindow | UnlockWindow | None = None
        self._passphrase = ""

    def show(self) -> None:
        """Open the window this computer needs today."""
        locked = setting_up.how_locked(self._paths.store)
        if locked == "none":
            self._first_run()
        else:
            self._unlock(keyring=locked == "keyring")

    # First minutes ---------------------------------------------------------------------------------------------

    def _first_run(self) -> None:
        window = FirstRunWindow(self._theme, weakness)
        self.window = window
        window.enrolment_chosen.connect(self._read_enrolment)
        window.create_requested.connect(self._create)
        window.show()
        if self._keyring_allowed:
            self._background.run(window, Vault().available, self._keyring_tried, lane="paper")
        else:
            window.show_keyring(False, "Your council asks for a passphrase.")

    def _keyring_tried(self, report: VaultReport) -> None:
        if isinstance(self.window, FirstRunWindow):
            self.window.show_keyring(report.usable, report.sentence)

    def _read_enrolment(self, path: Path) -> None:
        if isinstance(self.window, FirstRunWindow):
            window = self.window
            self._background.run(
                window, partial(read_enrolment, path), partial(self._enrolment_read, path), window.show_problem
            )

    def _enrolment_read(self, path: Path, enrolment: Enrolment) -> None:
        if isinstance(self.window, FirstRunWindow):
            self.window.show_enrolment(
                EnrolmentSummary(
                    path=path,
                    council=enrolment.council,
                    centre=f"{enrolment.centre.host}:{enrolment.centre.port}",
                    person=f"{enrolment.person.code}, {enrolment.person.name}",
                    role=enrolment.person.role,
                    team=enrolment.person.team or "",
                    asks_password=enrolment.centre.sign_in == "password",
                )
            )

    def _create(self, request: CreateRequest) -> None:
        if isinstance(self.window, FirstRunWindow):
            self.window.show_working()
            self._background.run(self.window, partial(self._make, request), self._enter, self.window.show_problem)

    def _make(self, request: CreateRequest) -> Store:
        enrolment = read_enrolment(request.enrolment) if request.enrolment else None
        path = self._paths.store
        if request.passphrase:
            store = setting_up.create_with_passphrase(path, request.passphrase, self._clock)
        else:
            store = setting_up.create_with_keyring(path, Vault(), self._clock)
        store.do(setting_up.keep_forms, shipped_forms(shipped("forms")))
        if enrolment is not None:
            line = CentreLine(store, vault_for(path))
            line.take_up(enrolment)
            if request.centre_password:
                line.keep_password(request.centre_password)
        elif request.role is not None:
            team = Team(request.team, request.team, "") if request.team else None
            person = Person(request.code, "", request.name, request.role, request.team or None)
            store.do(setting_up.say_who_works_here, person, None, [team] if team else [])
        return store

    # The locked door -------------------------------------------------------------------------------------------

    def _unlock(self, *, keyring: bool) -> None:
        window = UnlockWindow(self._theme, keyring=keyring)
        self.window = window
        window.panel.unlock_requested.connect(self._open)
        window.panel.restore_requested.connect(self._restore)
        window.show()

    def _open(self, passphrase: str) -> None:
        if isinstance(self.window, UnlockWindow):
            panel = self.window.panel
            panel.show_working()
            self._passphrase = passphrase
            self._background.run(
                self.window, partial(self._opened, passphrase), self._enter, partial(self._not_opened, panel)
            )

    def _opened(self, passphrase: str) -> Store:
        path = self._paths.store
        if setting_up.how_locked(path) == "passphrase":
            return setting_up.open_with_passphrase(path, passphrase, self._clock)
        return setting_up.open_with_keyring(path, Vault(), self._clock)

    def _not_opened(self, panel: UnlockPanel, problem: Problem) -> None:
        if isinstance(problem, WrongPassphrase):
            panel.show_wrong(problem)
        elif isinstance(problem, StoreDamaged | StoreMissing) and problem.backups:
            newest = problem.backups[0]
            panel.show_damaged(problem, newest.path, f"Go back to the copy of {newest.at:%-d %B %Y, %H:%M}")
        else:
            panel.show_problem(problem)

    def _restore(self, path: Path) -> None:
        if isinstance(self.window, UnlockWindow):
            panel = self.window.panel
            panel.show_working("Going back to the copy…")
            self._background.run(
                self.window, partial(self._restored, path), self._enter, partial(self._not_opened, panel)
            )

    def _restored(self, path: Path) -> Store:
        store_path = self._paths.store
        key = (
            setting_up.key_from_passphrase(store_path, self._passphrase)
            if setting_up.how_locked(store_path) == "passphrase"
            else Vault().key(store_path)
        )
        backup = next(copy for copy in backups_of(store_path) if copy.path == path)
        return restore(backup, store_path, key, clock=self._clock)

    def _enter(self, store: Store) -> None:
        window, self.window = self.window, None
        self._passphrase = ""
        if window is not None:
            window.hide()  # not closed yet: without a window the application would end
        self._entered(store)
        if window is not None:
            window.deleteLater()
