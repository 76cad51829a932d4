"""From a double click to an open store: the first minutes on a computer, or the locked door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from qaf_desktop.paths import Paths
from qaf_desktop.problems import Problem
from qaf_desktop.services.locked import how_locked
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.start.unlock_panel import UnlockPanel, UnlockWindow
from qaf_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qaf_desktop.models.store import Store
    from qaf_desktop.security.vault import VaultReport
    from qaf_desktop.sync.enrolment import Enrolment
    from qaf_desktop.ui.start.first_run import CreateRequest, FirstRunWindow

Clock = Callable[[], datetime]

GET_READY_AFTER_MILLISECONDS = 100

# The door is shown before the store, the line and the forms are imported: those take three times as long as the door.
# What is imported inside a function here is either needed on the first day only or is there already by then.


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
        self._first: FirstRunWindow | None = None
        self._passphrase = ""
        self._tried: set[Path] = set()
        """Copies that were gone back to in vain: the next older one is offered instead."""

    def show(self) -> None:
        """Open the window this computer needs today."""
        locked = how_locked(self._paths.store)
        if locked == "none":
            self._first_run()
        else:
            self._unlock(keyring=locked == "keyring")

    # First minutes ---------------------------------------------------------------------------------------------

    def _first_run(self) -> None:
        from qaf_desktop.security.passphrase import weakness  # noqa: PLC0415
        from qaf_desktop.security.vault import Vault  # noqa: PLC0415
        from qaf_desktop.ui.start.first_run import FirstRunWindow  # noqa: PLC0415

        window = FirstRunWindow(self._theme, weakness)
        self.window = self._first = window
        window.enrolment_chosen.connect(self._read_enrolment)
        window.create_requested.connect(self._create)
        window.show()
        if self._keyring_allowed:
            self._background.run(window, Vault().available, self._keyring_tried, lane="paper")
        else:
            window.show_keyring(False, "Your council asks for a passphrase.")
        QTimer.singleShot(GET_READY_AFTER_MILLISECONDS, window, partial(self._background.run, window, _get_ready))

    def _keyring_tried(self, report: VaultReport) -> None:
        if self._first is not None:
            self._first.show_keyring(report.usable, report.sentence)

    def _read_enrolment(self, path: Path) -> None:
        if self._first is not None:
            deed = partial(_enrolment_in, path)
            self._background.run(self._first, deed, partial(self._enrolment_read, path), self._first.show_problem)

    def _enrolment_read(self, path: Path, enrolment: Enrolment) -> None:
        from qaf_desktop.ui.start.first_run import EnrolmentSummary  # noqa: PLC0415

        if self._first is not None:
            self._first.show_enrolment(
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
        if self._first is not None:
            self._first.show_working()
            self._background.run(self._first, partial(self._made, request), self._enter, self._first.show_problem)

    def _made(self, request: CreateRequest) -> Store:
        from qaf_desktop.app.opening import make_store  # noqa: PLC0415

        return make_store(self._paths.store, request, self._clock)

    # The locked door -------------------------------------------------------------------------------------------

    def _unlock(self, *, keyring: bool) -> None:
        window = UnlockWindow(self._theme, keyring=keyring)
        self.window = window
        window.panel.unlock_requested.connect(self._open)
        window.panel.restore_requested.connect(self._restore)
        window.show()
        # Not at once: importing in a lane would hold up the first picture of the door.
        QTimer.singleShot(GET_READY_AFTER_MILLISECONDS, window, partial(self._background.run, window, _get_ready))

    def _open(self, passphrase: str) -> None:
        if isinstance(self.window, UnlockWindow):
            panel = self.window.panel
            panel.show_working()
            self._passphrase = passphrase
            self._background.run(
                self.window, partial(self._opened, passphrase), self._enter, partial(self._not_opened, panel)
            )

    def _opened(self, passphrase: str) -> Store:
        from qaf_desktop.app.opening import open_store  # noqa: PLC0415

        return open_store(self._paths.store, passphrase, self._clock)

    def _not_opened(self, panel: UnlockPanel, problem: Problem) -> None:
        from qaf_desktop.app.opening import copy_to_offer  # noqa: PLC0415
        from qaf_desktop.security.passphrase import WrongPassphrase  # noqa: PLC0415

        offer = copy_to_offer(problem, self._paths.store, self._tried)
        if isinstance(problem, WrongPassphrase):
            panel.show_wrong(problem)
        elif offer is not None:
            panel.show_damaged(problem, *offer)
        elif self._tried:
            panel.show_damaged(problem, None, "")
        else:
            panel.show_problem(problem)

    def _restore(self, path: Path) -> None:
        if isinstance(self.window, UnlockWindow):
            panel = self.window.panel
            panel.show_working("Going back to the copy…")
            self._background.run(
                self.window, partial(self._restored, path), self._enter, partial(self._not_restored, panel, path)
            )

    def _not_restored(self, panel: UnlockPanel, path: Path, problem: Problem) -> None:
        from qaf_desktop.models.backups import BackupUnusable  # noqa: PLC0415

        if isinstance(problem, BackupUnusable):
            self._tried.add(path)
        self._not_opened(panel, problem)

    def _restored(self, path: Path) -> Store:
        from qaf_desktop.app.opening import restore_copy  # noqa: PLC0415

        return restore_copy(self._paths.store, path, self._passphrase, self._clock)

    def _enter(self, store: Store) -> None:
        window, self.window, self._first = self.window, None, None
        self._passphrase = ""
        if window is not None:
            window.hide()  # not closed yet: without a window the application would end
        self._entered(store)
        if window is not None:
            window.deleteLater()


def _get_ready() -> None:
    """While somebody types a passphrase, import what opening the store and the last audit will need, in a lane."""
    from qaf_desktop.app import at_work, opening  # noqa: F401, PLC0415


def _enrolment_in(path: Path) -> Enrolment:
    from qaf_desktop.sync.enrolment import read_enrolment  # noqa: PLC0415

    return read_enrolment(path)
