"""The operating system's own safe keeps the key, so that nobody needs to remember or type it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qaf_desktop.domain.keys import KEY_BYTES, StoreKey
from qaf_desktop.problems import Problem

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

TIME_OUT_SECONDS = 30.0
"""A safe may ask its person to unlock it; after this long we stop waiting and say so."""

# One drops secrets silently, one always fails, and the third may keep them in clear text.
_REFUSED = ("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")
_CHAINER = "keyring.backends.chainer"


class VaultUnusable(Problem):
    """This computer keeps no secrets for us, or did not keep one when it was tried."""

    def __init__(self, happened: str = "") -> None:
        super().__init__(
            happened or "This computer has no safe place of its own for a key.",
            safe="Nothing was changed.",
            next_step="Use a passphrase instead, or ask your IT service.",
        )


class KeyNotKept(Problem):
    """The safe works but does not hold what was asked for."""

    def __init__(self) -> None:
        super().__init__(
            "The key to the work on this computer is not in this computer's safe.",
            safe="The work itself is unharmed and stays locked.",
            next_step="Sign in to this computer as the person who set it up, or ask your IT service.",
        )


@dataclass(frozen=True)
class VaultReport:
    """Whether keys can be kept here, by what, and a plain line about it."""

    usable: bool
    name: str
    sentence: str


class Vault:
    """Keys and passwords in the operating system's keyring. Every call may wait; keep it off the window's thread."""

    def __init__(self, service: str = "qaf-desktop", *, time_out_seconds: float = TIME_OUT_SECONDS) -> None:
        self._service = service
        self._time_out = time_out_seconds

    def keep_key(self, store_path: Path, key: StoreKey) -> None:
        """Keep the key of a store that is about to be made: written, read back and compared.

        Raises:
            VaultUnusable: no safe, no answer, it did not keep the key – or a store is there with another key,
                which would be lost.
        """
        name = _name(store_path)
        before = self._get(name)
        if before is not None and before != key.hex():
            if store_path.exists():
                raise VaultUnusable("This computer's safe already holds the key of other work in the same place.")
            # The store is gone, but its backup copies still need this key.
            self._keep(name + "#before", before)
        self._keep(name, key.hex())

    def key(self, store_path: Path) -> StoreKey:
        """The key of a store.

        Raises:
            KeyNotKept: the safe does not hold it.
            VaultUnusable: there is no safe, or it does not answer.
        """
        kept = self._get(_name(store_path))
        try:
            key = bytes.fromhex(kept or "")
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise KeyNotKept
        return StoreKey(key)

    def forget(self, store_path: Path) -> None:
        """Take a store's key out of the safe; harmless when it is not there."""
        self._delete(_name(store_path))

    def keep_password(self, login: str, secret: str) -> None:
        """Keep the password for the centre: written, read back and compared; raises :class:`VaultUnusable`."""
        self._keep(f"centre:{login}", secret)

    def password(self, login: str) -> str | None:
        """The password for the centre, or ``None``; raises :class:`VaultUnusable`."""
        return self._get(f"centre:{login}")

    def forget_password(self, login: str) -> None:
        """Take a password out of the safe; harmless when it is not there."""
        self._delete(f"centre:{login}")

    def available(self) -> VaultReport:
        """Try the safe with a secret that does not matter, and say how that went."""
        try:
            name = self._call(lambda keyring: str(keyring.name))
            self._keep("try-out", "this is not a secret")
            self._delete("try-out")
        except VaultUnusable as problem:
            return VaultReport(False, "", problem.happened)
        return VaultReport(True, name, f"Keys are kept by {name}.")

    def _keep(self, name: str, secret: str) -> None:
        self._call(lambda keyring: keyring.set_password(self._service, name, secret))
        if self._get(name) != secret:
            raise VaultUnusable("This computer's safe did not keep the key it was given.")

    def _get(self, name: str) -> str | None:
        return self._call(lambda keyring: keyring.get_password(self._service, name))

    def _delete(self, name: str) -> None:
        if self._get(name) is not None:
            self._call(lambda keyring: keyring.delete_password(self._service, name))

    def _call(self, question: Callable[[KeyringBackend], T]) -> T:
        """Ask the safe on a thread of its own: some wait for ever behind a prompt nobody sees."""
        # Imported here: it looks for every safe this computer might have, and the first window need not wait for that.
        from keyring.errors import KeyringError  # noqa: PLC0415

        answers: list[T] = []
        refusals: list[Exception] = []

        def ask() -> None:
            try:
                answers.append(question(_keyring()))
            except (KeyringError, RuntimeError, OSError, VaultUnusable) as error:
                refusals.append(error)

        asking = threading.Thread(target=ask, name="vault", daemon=True)
        asking.start()
        asking.join(self._time_out)
        if answers:
            return answers[0]
        if refusals:
            # What the safe said stays out of the message: some quote what they were given.
            raise refusals[0] if isinstance(refusals[0], VaultUnusable) else VaultUnusable(_refusal(refusals[0]))
        if asking.is_alive():
            raise VaultUnusable("This computer's safe does not answer.")
        raise RuntimeError("the keyring failed in a way nobody expected")


def _keyring() -> KeyringBackend:
    """The first safe of this computer that we trust."""
    from keyring import get_keyring  # noqa: PLC0415 - see Vault._call

    chosen = get_keyring()
    candidates = list(getattr(chosen, "backends", [])) if type(chosen).__module__ == _CHAINER else [chosen]
    for candidate in candidates:
        if not type(candidate).__module__.startswith(_REFUSED):
            return candidate
    raise VaultUnusable


def _refusal(error: Exception) -> str:
    return f"This computer's safe is locked or not working ({type(error).__name__})."


def _name(store_path: Path) -> str:
    return f"store:{store_path.resolve()}"
