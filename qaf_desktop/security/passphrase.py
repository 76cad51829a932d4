"""Where a computer keeps no keys, a passphrase locks the key away in a small file beside the store."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import unicodedata
from pathlib import Path
from typing import Any

from qaf_desktop.domain.keys import KEY_BYTES, StoreKey
from qaf_desktop.problems import Problem

COST_LOG2 = 17
"""scrypt N = 2^17: about half a second and 128 MB for every guess."""
_BLOCK_SIZE = 8
_HIGHEST_COST_LOG2 = 20
_FORMAT = 1

SHORTEST = 12
"""Characters. Long and easy to type beats short and clever: three random words, as the NCSC advises."""
_FEWEST_DIFFERENT = 6
_DIGITS_OF_A_GENERATED_ONE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class WrongPassphrase(Problem):
    """The passphrase does not open the key."""

    def __init__(self) -> None:
        super().__init__(
            "That is not the passphrase for the work on this computer.",
            safe="The work is unharmed and stays locked.",
            next_step="Check Caps Lock and try again. Without it nobody opens the work; what was synced is safe.",
        )


class WeakPassphrase(Problem):
    """The passphrase would be guessed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, next_step="Three or four unrelated words are easy to remember and hard to guess.")


class KeyFileDamaged(Problem):
    """The file with the locked key is missing or cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "The small file that holds your locked key is missing or damaged.",
            safe="The work itself is unharmed and stays locked.",
            next_step="Ask your IT service to bring back the file that ends in .key.json from a backup.",
        )


class KeyFileExists(Problem):
    """A locked key is there already; writing over it would lose the work it opens."""

    def __init__(self) -> None:
        super().__init__(
            "There is already a locked key for work in this place.",
            safe="It was not touched.",
            next_step="Open that work with its passphrase instead of making a new one.",
        )


def weakness(passphrase: str) -> str:
    """Why a passphrase would be too easy to guess, in one sentence; empty when it is good enough."""
    plain = _plain(passphrase)
    if len(plain) < SHORTEST:
        return f"Use at least {SHORTEST} characters; this has {len(plain)}."
    if len(set(plain.lower())) < _FEWEST_DIFFERENT:
        return f"Use at least {_FEWEST_DIFFERENT} different characters."
    steps = {ord(after) - ord(before) for before, after in zip(plain.lower(), plain.lower()[1:], strict=False)}
    if len(steps) == 1:
        return "Letters or digits in a row are the first thing anybody tries."
    return ""


def generated() -> str:
    """A passphrase nobody could guess, in groups that can be read out: ``7K4Q-M2XA-…`` (100 bits)."""
    return "-".join("".join(secrets.choice(_DIGITS_OF_A_GENERATED_ONE) for _ in range(4)) for _ in range(5))


def wrap(key: StoreKey, passphrase: str, *, cost_log2: int = COST_LOG2) -> bytes:
    """Lock a key with a passphrase; the bytes are JSON and may lie beside the store.

    A changed passphrase wraps the same key again; the store need not be written anew.

    Raises:
        WeakPassphrase: it would be guessed; the sentence says why.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - the locked door comes first

    if sentence := weakness(passphrase):
        raise WeakPassphrase(sentence)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_stretched(passphrase, salt, cost_log2)).encrypt(nonce, key, _bound_to(cost_log2))
    return json.dumps(
        {
            "qaf_store_key": _FORMAT,
            "kdf": "scrypt",
            "cost_log2": cost_log2,
            "salt": base64.b64encode(salt).decode(),
            "nonce": base64.b64encode(nonce).decode(),
            "sealed": base64.b64encode(sealed).decode(),
        },
        indent=1,
    ).encode()


def unwrap(blob: bytes, passphrase: str) -> StoreKey:
    """Get the key back.

    Raises:
        WrongPassphrase: it does not open it.
        KeyFileDamaged: these are not the bytes :func:`wrap` made.
    """
    try:
        fields: dict[str, Any] = json.loads(blob)
        cost_log2 = fields["cost_log2"]
        salt, nonce, sealed = (base64.b64decode(fields[name], validate=True) for name in ("salt", "nonce", "sealed"))
        whole = (
            fields["qaf_store_key"] == _FORMAT
            and isinstance(cost_log2, int)
            and 1 <= cost_log2 <= _HIGHEST_COST_LOG2  # a forged file must not take all the memory there is
            and len(nonce) == 12
            and len(sealed) == KEY_BYTES + 16
        )
    except (ValueError, KeyError, TypeError):
        raise KeyFileDamaged from None
    if not whole:
        raise KeyFileDamaged
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - see wrap
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        key = AESGCM(_stretched(passphrase, salt, cost_log2)).decrypt(nonce, sealed, _bound_to(cost_log2))
    except InvalidTag:
        raise WrongPassphrase from None
    return StoreKey(key)


def wrapped_key_path(store_path: Path) -> Path:
    """Where the locked key of a store lies: ``<store>.key.json`` beside it."""
    return store_path.with_name(store_path.name + ".key.json")


def keep_wrapped(store_path: Path, blob: bytes, *, replace: bool = False) -> None:
    """Write the locked key beside the store: whole or not at all, readable by its person only.

    Raises:
        KeyFileExists: one is there and ``replace`` was not asked for (a changed passphrase asks for it).
    """
    place = wrapped_key_path(store_path)
    if place.exists() and not replace:
        raise KeyFileExists
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = place.with_name(place.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())
    part.replace(place)


def kept_wrapped(store_path: Path) -> bytes:
    """Read the locked key from beside the store; raises :class:`KeyFileDamaged` when it is not there."""
    try:
        return wrapped_key_path(store_path).read_bytes()
    except FileNotFoundError:
        raise KeyFileDamaged from None


def _stretched(passphrase: str, salt: bytes, cost_log2: int) -> bytes:
    cost = 1 << cost_log2
    return hashlib.scrypt(
        _plain(passphrase).encode(),
        salt=salt,
        n=cost,
        r=_BLOCK_SIZE,
        p=1,
        maxmem=2 * 128 * cost * _BLOCK_SIZE,
        dklen=32,
    )


def _plain(passphrase: str) -> str:
    # Two keyboards may write the same letter in two ways; spaces at the ends come from copying.
    return unicodedata.normalize("NFC", passphrase.strip())


def _bound_to(cost_log2: int) -> bytes:
    return f"qaf-desktop store key {_FORMAT} scrypt {cost_log2} {_BLOCK_SIZE} 1".encode()
