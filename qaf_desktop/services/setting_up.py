"""The first minutes on a computer: make the encrypted store, say who works here, and open it again tomorrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.keys import StoreKey, new_store_key
from qaf_desktop.domain.people import Person, Team
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.models.store import Store
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.problems import Problem
from qaf_desktop.security.passphrase import keep_wrapped, kept_wrapped, unwrap, wrap
from qaf_desktop.security.vault import Vault
from qaf_desktop.services.locked import how_locked

Clock = Callable[[], datetime]


class AnotherPerson(Problem):
    """An enrolment is for somebody else than the person whose work is already in this store."""


def create_with_keyring(store_path: Path, vault: Vault, clock: Clock) -> Store:
    """A new store whose key is kept by the operating system: written, read back and compared before the store exists.

    Raises:
        VaultUnusable: this computer keeps no secrets, or did not keep this one.
    """
    key = new_store_key()
    vault.keep_key(store_path, key)
    return Store.create(store_path, key, clock=clock)


def create_with_passphrase(store_path: Path, passphrase: str, clock: Clock) -> Store:
    """A new store whose random key is wrapped by a passphrase, in a small file beside it.

    The wrapped key is unwrapped again before the store exists: a key that cannot be got back protects nothing.
    """
    key = new_store_key()
    wrapped = wrap(key, passphrase)
    if unwrap(wrapped, passphrase) != key:
        raise RuntimeError("a wrapped key did not unwrap to itself")
    # Without a store or a copy of one, a wrapped key lying here opens nothing any more.
    keep_wrapped(store_path, wrapped, replace=how_locked(store_path) == "none")
    return Store.create(store_path, key, clock=clock)


def open_with_keyring(store_path: Path, vault: Vault, clock: Clock) -> Store:
    """Open the store with the key the operating system keeps."""
    return Store.open(store_path, vault.key(store_path), clock=clock)


def open_with_passphrase(store_path: Path, passphrase: str, clock: Clock) -> Store:
    """Open the store with its passphrase.

    Raises:
        WrongPassphrase: it is not the one.
    """
    return Store.open(store_path, key_from_passphrase(store_path, passphrase), clock=clock)


def key_from_passphrase(store_path: Path, passphrase: str) -> StoreKey:
    """The store's key, unwrapped."""
    return unwrap(kept_wrapped(store_path), passphrase)


def say_who_works_here(
    work: UnitOfWork, person: Person, enrolment: Mapping[str, Any] | None, teams: Iterable[Team]
) -> Change:
    """Keep whose computer this is and where the centre is; the directory follows with the first sync.

    Raises:
        AnotherPerson: work of somebody else waits in this store.
    """
    before = work.people.me()
    if before is not None and before.code != person.code and any(work.outbox.counts().values()):
        raise AnotherPerson(
            "This computer already holds the work of another person.",
            safe="Nothing was changed.",
            next_step="Sign in as that person, or ask your IT service to set up a store of your own.",
        )
    work.people.set_me(person)
    if not work.people.all():
        work.people.replace([person], list(teams))
    if enrolment is not None:
        work.meta.enrolment = enrolment
    return Change(reference=True)


def keep_forms(work: UnitOfWork, forms: Iterable[PublishedForm]) -> Change:
    """Keep the forms that came with the program, so that an audit can begin before the first sync."""
    for form in forms:
        work.forms.keep(form)
    return Change(reference=True)


def agree_to_sync(work: UnitOfWork) -> None:
    """Its person has looked through a restored store: it may sync again."""
    work.meta.needs_consent_to_sync = False
