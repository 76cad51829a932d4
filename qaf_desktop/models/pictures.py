"""Pictures – faces in a form, a child's drawing – kept once, by what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy.engine import Connection

from qaf_desktop.problems import Problem

_KEEP = "INSERT INTO picture (sha256, media_type, bytes) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING"
_GET = "SELECT bytes FROM picture WHERE sha256 = ?"
_TYPE = "SELECT media_type FROM picture WHERE sha256 = ?"
_THERE = "SELECT 1 FROM picture WHERE sha256 = ?"


class PictureMissing(Problem):
    """A picture that something refers to has not reached this computer yet."""

    def __init__(self) -> None:
        super().__init__(
            "A picture is not on this computer yet.", next_step="It comes with the next sync; try again after that."
        )


class Pictures:
    """Bytes by SHA-256. Keeping the same picture twice keeps it once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, data: bytes, media_type: str) -> str:
        """Keep a picture and say its SHA-256 in hexadecimal; safe to repeat."""
        sha256 = hashlib.sha256(data).hexdigest()
        self._connection.exec_driver_sql(_KEEP, (sha256, media_type, data))
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes of a picture.

        Raises:
            PictureMissing: it is not here.
        """
        row = self._connection.exec_driver_sql(_GET, (sha256,)).first()
        if row is None:
            raise PictureMissing
        return bytes(row[0])

    def media_type(self, sha256: str) -> str:
        """What sort of picture it is, for example ``image/svg+xml``; raises :class:`PictureMissing`."""
        row = self._connection.exec_driver_sql(_TYPE, (sha256,)).first()
        if row is None:
            raise PictureMissing
        return str(row[0])

    def missing(self, sha256s: Iterable[str]) -> frozenset[str]:
        """Those of these pictures that are not here."""
        return frozenset(
            sha256 for sha256 in sha256s if self._connection.exec_driver_sql(_THERE, (sha256,)).first() is None
        )
