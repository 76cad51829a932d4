"""Joins the store, the keyring and the line: from an enrolment to a conversation with the centre."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qaf_desktop.app.surroundings import program_version
from qaf_desktop.domain.change import Change
from qaf_desktop.models.store import Store
from qaf_desktop.problems import Problem
from qaf_desktop.security.vault import Vault
from qaf_desktop.services.locked import how_locked
from qaf_desktop.services.setting_up import say_who_works_here
from qaf_desktop.sync.conversation import Conversation
from qaf_desktop.sync.enrolment import Enrolment
from qaf_desktop.sync.line import Line


class NotEnrolled(Problem):
    """Nobody has told this computer yet where the centre is."""

    def __init__(self) -> None:
        super().__init__(
            "This computer does not know the centre yet.",
            safe="Everything you complete is kept here and will be sent later.",
            next_step="Open the enrolment file from your IT service.",
        )


class PasswordNeeded(Problem):
    """The centre signs people in with a password, and this computer has none."""

    def __init__(self) -> None:
        super().__init__(
            "The centre asks for your password, and this computer does not have it.",
            safe="Everything you completed is kept here and will be sent later.",
            next_step="Enter the password your IT service gave you, under File, Centre password.",
        )


class CentreLine:
    """Opens the line to the centre when it is first needed, and keeps it for the life of the program."""

    def __init__(self, store: Store, vault: Vault | None) -> None:
        """``vault`` is ``None`` for a store behind a passphrase: it keeps the centre's password inside itself."""
        self._store = store
        self._vault = vault
        self._line: Line | None = None

    def enrolment(self) -> Enrolment | None:
        """What the enrolment file said, or ``None``."""
        with self._store.look() as work:
            content = work.meta.enrolment
        return Enrolment.from_content(content) if content else None

    def take_up(self, enrolment: Enrolment) -> Change:
        """Belong to this centre from now on.

        Raises:
            AnotherPerson: the work of somebody else waits here.
        """
        self.forget()
        return self._store.do(say_who_works_here, enrolment.person, enrolment.to_content(), ())

    def keep_password(self, password: str) -> None:
        """Keep the centre's password with the operating system, or inside the encrypted store.

        Raises:
            NotEnrolled: whose password it is is not known yet.
            VaultUnusable: the keyring did not keep it.
        """
        enrolment = self.enrolment()
        if enrolment is None:
            raise NotEnrolled
        self.forget()
        if self._vault is not None:
            self._vault.keep_password(enrolment.centre.login, password)
        else:
            with self._store.work() as work:
                work.meta.centre_password = password

    def open(self) -> Line:
        """The line, opened once.

        Raises:
            NotEnrolled, PasswordNeeded: something has to be told first.
        """
        if self._line is None:
            enrolment = self.enrolment()
            if enrolment is None:
                raise NotEnrolled
            password = self._password(enrolment) if enrolment.centre.sign_in == "password" else None
            self._line = Line(enrolment.centre, password)
        return self._line

    def forget(self) -> None:
        """Hang up; the next call starts with what is known then."""
        if self._line is not None:
            self._line.hang_up()
            self._line = None

    def conversation(self, lock_path: Path) -> Conversation:
        """The sync of this store with its centre."""
        return Conversation(self._store, self.open, lock_path=lock_path, program_version=program_version())

    def _password(self, enrolment: Enrolment) -> str:
        if self._vault is not None:
            kept = self._vault.password(enrolment.centre.login)
        else:
            with self._store.look() as work:
                kept = work.meta.centre_password
        if kept is None:
            raise PasswordNeeded
        return kept


def lock_beside(store_path: Path) -> Path:
    """The file that keeps two syncs of one store apart."""
    return store_path.with_suffix(".sync-lock")


def vault_for(store_path: Path) -> Vault | None:
    """The keyring, when it is what locks this store."""
    return Vault() if how_locked(store_path) == "keyring" else None


Ask = Callable[[str], str]
"""Asks a person for a secret and returns it."""
