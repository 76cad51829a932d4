"""Two programs must not write in the same store, so the one that is open holds a lock beside it."""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from pathlib import Path

from qaf_desktop.domain.keys import StoreKey

_LOCKED_BYTE = 1 << 20  # far behind the text, because Windows keeps others from reading a locked byte


class StoreLock:
    """The file ``<store>.lock``: held while the store is open, and it knows the key without telling it.

    Its text is a fingerprint of the key, so that a damaged first page and a wrong key – the same error to
    SQLCipher – can be told apart. A 256-bit random key cannot be guessed from it.
    """

    def __init__(self, store_path: Path) -> None:
        self._path = store_path.with_name(store_path.name + ".lock")
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Hold the lock; ``False`` when another program holds it. Freed by the system if this program dies."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def free(self) -> None:
        """Let the next program in; harmless when not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def remember(self, key: StoreKey) -> None:
        """Write down the fingerprint of the key the store was made with."""
        if self._descriptor is None:
            raise RuntimeError("the lock is not held")
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, _fingerprint(key).encode("ascii"))
        os.fsync(self._descriptor)

    def knows(self, key: StoreKey) -> bool | None:
        """Whether this is the key of the store; ``None`` when nothing was written down."""
        if self._descriptor is None:
            raise RuntimeError("the lock is not held")
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        known = os.read(self._descriptor, 200).decode("ascii", errors="replace").strip()
        return hmac.compare_digest(known.encode(), _fingerprint(key).encode()) if known else None


def _fingerprint(key: StoreKey) -> str:
    return hmac.new(key, b"qaf-desktop: is this the key of the store?", hashlib.sha256).hexdigest()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
