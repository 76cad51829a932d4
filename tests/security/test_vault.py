"""The computer's own safe: trusted only after it gave back what it was given."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError

from qaf_desktop.domain.keys import new_store_key
from qaf_desktop.security.vault import KeyNotKept, Vault, VaultUnusable
from tests.stores import MemoryKeyring


@pytest.fixture(autouse=True)
def _own_keyring_again() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def vault(memory_keyring: MemoryKeyring) -> Vault:
    return Vault()


class TestContractOfASafe:
    """What every safe of an operating system does, and so must the one tests use."""

    def test_it_gives_back_what_it_was_given(self, memory_keyring: MemoryKeyring) -> None:
        memory_keyring.set_password("service", "name", "sécret")

        assert memory_keyring.get_password("service", "name") == "sécret"

    def test_it_replaces(self, memory_keyring: MemoryKeyring) -> None:
        memory_keyring.set_password("service", "name", "one")
        memory_keyring.set_password("service", "name", "two")

        assert memory_keyring.get_password("service", "name") == "two"

    def test_what_it_was_not_given_is_nothing(self, memory_keyring: MemoryKeyring) -> None:
        memory_keyring.set_password("service", "name", "one")

        assert memory_keyring.get_password("service", "other") is None
        assert memory_keyring.get_password("other", "name") is None

    def test_it_deletes_once(self, memory_keyring: MemoryKeyring) -> None:
        memory_keyring.set_password("service", "name", "one")
        memory_keyring.delete_password("service", "name")

        assert memory_keyring.get_password("service", "name") is None
        with pytest.raises(PasswordDeleteError):
            memory_keyring.delete_password("service", "name")


class _Broken(MemoryKeyring):
    """A safe that fails in one of the ways real ones do."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error


class _Dropping(MemoryKeyring):
    """A safe that says yes and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class _Waiting(MemoryKeyring):
    """A safe behind a prompt nobody sees."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait(30)
        return None


class _InClear(MemoryKeyring):
    """Stands for a backend of keyrings.alt."""


_InClear.__module__ = "keyrings.alt.file"


def test_a_key_that_was_kept_comes_back(vault: Vault, tmp_path: Path) -> None:
    key = new_store_key()
    vault.keep_key(tmp_path / "work.store", key)

    assert vault.key(tmp_path / "work.store") == key
    assert Vault().key(tmp_path / "qaf" / ".." / "work.store") == key


def test_each_store_has_its_own_key(vault: Vault, tmp_path: Path) -> None:
    first, second = new_store_key(), new_store_key()
    vault.keep_key(tmp_path / "a.store", first)
    vault.keep_key(tmp_path / "b.store", second)

    assert vault.key(tmp_path / "a.store") == first


def test_a_forgotten_key_is_gone_and_forgetting_twice_is_harmless(vault: Vault, tmp_path: Path) -> None:
    vault.keep_key(tmp_path / "work.store", new_store_key())
    vault.forget(tmp_path / "work.store")
    vault.forget(tmp_path / "work.store")

    with pytest.raises(KeyNotKept):
        vault.key(tmp_path / "work.store")


@pytest.mark.parametrize("kept", ["", "zz", "00" * 31, "not hexadecimal"])
def test_something_else_under_its_name_is_not_taken_for_the_key(
    vault: Vault, memory_keyring: MemoryKeyring, tmp_path: Path, kept: str
) -> None:
    vault.keep_key(tmp_path / "work.store", new_store_key())
    for place in memory_keyring.kept:
        memory_keyring.kept[place] = kept

    with pytest.raises(KeyNotKept):
        vault.key(tmp_path / "work.store")


def test_the_key_of_work_that_is_there_is_never_written_over(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "work.store"
    key = new_store_key()
    vault.keep_key(path, key)
    path.write_bytes(b"work")

    with pytest.raises(VaultUnusable):
        vault.keep_key(path, new_store_key())

    assert vault.key(path) == key
    vault.keep_key(path, key)


def test_the_key_of_work_that_is_gone_is_set_aside_for_its_backups(
    vault: Vault, memory_keyring: MemoryKeyring, tmp_path: Path
) -> None:
    before, after = new_store_key(), new_store_key()
    vault.keep_key(tmp_path / "work.store", before)
    vault.keep_key(tmp_path / "work.store", after)

    assert vault.key(tmp_path / "work.store") == after
    assert before.hex() in memory_keyring.kept.values()


def test_a_password_is_kept_for_its_login_only(vault: Vault) -> None:
    vault.keep_password("u7f3a91", "not a real one")

    assert vault.password("u7f3a91") == "not a real one"
    assert vault.password("u02bb10") is None
    vault.forget_password("u7f3a91")
    assert vault.password("u7f3a91") is None


@pytest.mark.parametrize(
    "safe",
    [NullKeyring(), FailKeyring(), _InClear(), _Dropping(), _Broken(InitError("x")), _Broken(KeyringLocked("x")),
     _Broken(RuntimeError("x")), _Broken(OSError("x"))],
    ids=lambda safe: f"{type(safe).__module__}.{type(safe).__name__}",
)  # fmt: skip
def test_a_safe_that_keeps_nothing_or_keeps_it_in_clear_is_refused(safe: KeyringBackend, tmp_path: Path) -> None:
    keyring.set_keyring(safe)

    with pytest.raises(VaultUnusable):
        Vault().keep_key(tmp_path / "work.store", new_store_key())

    report = Vault().available()
    assert not report.usable
    assert report.sentence.endswith(".")


def test_what_a_broken_safe_says_is_not_repeated(tmp_path: Path) -> None:
    keyring.set_keyring(_Broken(RuntimeError("secret needle")))

    with pytest.raises(VaultUnusable) as unusable:
        Vault().key(tmp_path / "work.store")

    assert "needle" not in str(unusable.value)
    assert unusable.value.__cause__ is None


def test_a_safe_that_does_not_answer_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    safe = _Waiting()
    keyring.set_keyring(safe)

    with pytest.raises(VaultUnusable, match="does not answer"):
        Vault(time_out_seconds=0.05).key(tmp_path / "work.store")

    safe.answered.set()


def test_of_several_safes_the_first_trusted_one_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    trusted = MemoryKeyring()
    monkeypatch.setattr(ChainerBackend, "backends", [_InClear(), trusted])
    keyring.set_keyring(ChainerBackend())
    key = new_store_key()

    Vault().keep_key(tmp_path / "work.store", key)

    assert list(trusted.kept.values()) == [key.hex()]


def test_a_safe_that_works_is_named_and_nothing_of_the_trial_stays(memory_keyring: MemoryKeyring) -> None:
    report = Vault().available()

    assert report.usable
    assert report.name in report.sentence
    assert memory_keyring.kept == {}
