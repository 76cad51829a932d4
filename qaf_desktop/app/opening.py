"""What the door does behind itself: make the store, open it, go back to a copy. Imported while the door is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qaf_desktop.app.centre_line import CentreLine, vault_for
from qaf_desktop.domain.keys import StoreKey
from qaf_desktop.domain.people import Person, Team
from qaf_desktop.models.backups import BackupUnusable
from qaf_desktop.models.copies import backups_of
from qaf_desktop.models.restoring import restore
from qaf_desktop.models.store import Store
from qaf_desktop.models.store_problems import StoreDamaged, StoreMissing
from qaf_desktop.paths import shipped
from qaf_desktop.problems import Problem
from qaf_desktop.security.vault import KeyNotKept, Vault, VaultUnusable
from qaf_desktop.services import setting_up
from qaf_desktop.services.forms import shipped_forms
from qaf_desktop.services.locked import KeyNowhere, how_locked
from qaf_desktop.sync.enrolment import read_enrolment

if TYPE_CHECKING:
    from qaf_desktop.ui.start.first_run import CreateRequest

Clock = Callable[[], datetime]


def make_store(path: Path, request: CreateRequest, clock: Clock) -> Store:
    """The first minutes on a computer: a store, the forms that came with the program, and who works here."""
    enrolment = read_enrolment(request.enrolment) if request.enrolment else None
    if request.passphrase:
        store = setting_up.create_with_passphrase(path, request.passphrase, clock)
    else:
        store = setting_up.create_with_keyring(path, Vault(), clock)
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


def open_store(path: Path, passphrase: str, clock: Clock) -> Store:
    """Open the store with its passphrase, or with the key the keyring holds."""
    store = Store.open(path, key_for(path, passphrase), clock=clock)
    if doubt_about(path).exists():
        try:
            faults = store.faults()
        except StoreDamaged:
            faults = ("unreadable",)
        if faults:
            store.close()
            raise StoreDamaged(backups_of(path))
        doubt_about(path).unlink(missing_ok=True)
    return store


def key_for(path: Path, passphrase: str) -> StoreKey:
    """The key of the store, unwrapped with its passphrase or fetched from the keyring.

    Raises:
        WrongPassphrase: it is not the one.
        KeyNowhere: no file holds the key, and the keyring does not give one.
    """
    if how_locked(path) == "passphrase":
        return setting_up.key_from_passphrase(path, passphrase)
    try:
        return Vault().key(path)
    except (KeyNotKept, VaultUnusable) as problem:
        raise KeyNowhere(problem.happened) from None


def doubt_about(path: Path) -> Path:
    """A mark beside the store: damage was met while working, so every page is read before it is opened again."""
    return path.with_name(path.name + ".doubt")


def restore_copy(path: Path, copy: Path, passphrase: str, clock: Clock) -> Store:
    """Go back to an encrypted copy of the store and open it."""
    key = key_for(path, passphrase)
    backup = next(backup for backup in backups_of(path) if backup.path == copy)
    store = restore(backup, path, key, clock=clock)
    doubt_about(path).unlink(missing_ok=True)
    return store


def copy_to_offer(problem: Problem, path: Path, tried: Collection[Path] = ()) -> tuple[Path, str] | None:
    """The newest copy to go back to that was not ``tried`` in vain, and the words for the button."""
    if not isinstance(problem, StoreDamaged | StoreMissing | BackupUnusable):
        return None
    newest = next((backup for backup in backups_of(path) if backup.path not in tried), None)
    if newest is None:
        return None
    return newest.path, f"Go back to the copy of {newest.at.astimezone():%-d %B %Y, %H:%M}"
