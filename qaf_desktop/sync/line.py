"""The line to the centre: the only file that speaks to it."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import psycopg
from sqlalchemy import Connection, Engine, RowMapping, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from qaf_desktop.domain.ids import RecordId
from qaf_desktop.models.centre_log import Pin
from qaf_desktop.sync.failures import CentreFaulty, CentreProblem, NotTheCentre, by_sqlstate, by_words
from qaf_desktop.sync.messages import Hello, Offered, Pulled, Said, read_hello, read_pulled
from qaf_desktop.sync.probe import what_answers

CONNECT_SECONDS = 20
PROBES_AT_ONCE = 65
PICTURE_PIECE = 262_144

_HELLO = text("SELECT api.hello(:version, CAST(:pins AS jsonb))")
_CHAIN_AT = text("SELECT scope, seq, chain FROM api.chain_at(CAST(:probes AS jsonb))")
_PUSH = text("SELECT id, verdict, reason FROM api.push(CAST(:records AS jsonb))")
_PULL = text("SELECT * FROM api.pull(CAST(:cursors AS jsonb), :rows, :bytes)")
_BODIES = text("SELECT id, content_hash, body FROM api.bodies(:ids)")
_PUT_BLOB = text("SELECT api.put_blob(:sha256, :media_type, :size, :start, :part)")
_GET_BLOB = text("SELECT media_type, size, piece FROM api.get_blob(:sha256, :start, :length)")


class BatchUnreadable(Exception):
    """The centre could not read a whole batch; the sender halves it until the one that is unreadable stands alone."""


@dataclass(frozen=True)
class CentreAddress:
    """Where the centre is. ``ca_pem``: who signs its certificate; ``sign_in``: how we prove who we are."""

    host: str
    port: int
    database: str
    login: str
    ca_pem: str
    sign_in: Literal["password", "sso"] = "password"


class Line:
    """One person's line to the centre. Every call is one round trip; a call that fails raises a ``CentreProblem``.

    Keep it as long as the program runs: the first connection of an engine costs more than those after it.
    The connection itself lasts from the first call to :meth:`hang_up`.
    """

    def __init__(self, address: CentreAddress, password: str | None) -> None:
        self.address = address
        self._password = password
        self._connection: Connection | None = None
        self._engine: Engine = create_engine(
            "postgresql+psycopg://",
            creator=self._dial,
            isolation_level="AUTOCOMMIT",
            poolclass=NullPool,
            use_native_hstore=False,
        )

    def __repr__(self) -> str:
        """Where it leads, not who speaks."""
        return f"Line(host={self.address.host!r}, port={self.address.port})"

    def hello(self, version: str, pins: Iterable[Pin]) -> Hello:
        """Say which version we are and how far we read each log; hear who we are and where the logs stand."""
        told = [{"scope": pin.scope, "seq": pin.seq} for pin in pins]
        answer = self._ask(_HELLO, version=version, pins=json.dumps(told))[0]
        with _understood():
            return read_hello(next(iter(answer.values())))

    def chain_at(self, probes: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str | None]:
        """The running hash at each of up to 65 places; ``None`` where the centre has no such entry."""
        told = json.dumps([{"scope": scope, "seq": seq} for scope, seq in probes])
        return {(row["scope"], row["seq"]): row["chain"] for row in self._ask(_CHAIN_AT, probes=told)}

    def push(self, records: Sequence[Offered]) -> list[Said]:
        """Offer up to 25 records. Safe to repeat: the centre skips what it already has.

        Raises:
            BatchUnreadable: the centre could not read the batch at all; nothing was taken.
        """
        told = [{"id": one.record_id, "hash": one.content_hash, "body": one.body} for one in records]
        rows = self._ask(_PUSH, records=json.dumps(told, ensure_ascii=False))
        said = [Said(RecordId(row["id"]), row["verdict"], row["reason"]) for row in rows]
        if [one.record_id for one in said] != [one.record_id for one in records]:
            raise CentreFaulty
        return said

    def pull(self, cursors: Mapping[str, int], *, rows: int = 500, max_bytes: int = 4_000_000) -> list[Pulled]:
        """The next page of log entries after each cursor, in order; empty at the end."""
        told = json.dumps([{"scope": scope, "after": after} for scope, after in cursors.items()])
        page = self._ask(_PULL, cursors=told, rows=rows, bytes=max_bytes)
        with _understood():
            return [read_pulled(dict(row)) for row in page]

    def bodies(self, ids: Sequence[RecordId]) -> dict[RecordId, str]:
        """The words of some of up to 100 records: what does not fit or may not be read is left out."""
        return {RecordId(row["id"]): row["body"] for row in self._ask(_BODIES, ids=list(ids))}

    def put_blob(self, sha256: str, media_type: str, picture: bytes) -> None:
        """Send a picture in pieces, going on where an earlier attempt stopped."""
        # An empty first piece asks how much is there already.
        held = self._put_piece(sha256, media_type, len(picture), 0, b"")
        for _ in range(len(picture) // PICTURE_PIECE + 2):
            if held == len(picture):
                return
            piece = picture[held : held + PICTURE_PIECE]
            held = self._put_piece(sha256, media_type, len(picture), held, piece)
        raise CentreFaulty

    def get_blob(self, sha256: str) -> tuple[str, bytes] | None:
        """A picture and its media type, checked against its hash; ``None`` when the centre does not have it (yet)."""
        picture = b""
        while True:
            rows = self._ask(_GET_BLOB, sha256=sha256, start=len(picture), length=PICTURE_PIECE)
            if not rows or not rows[0]["piece"]:
                return None
            picture += bytes(rows[0]["piece"])
            if len(picture) >= rows[0]["size"]:
                break
        if hashlib.sha256(picture).hexdigest() != sha256:
            raise CentreFaulty
        return rows[0]["media_type"], picture

    def hang_up(self) -> None:
        """End the connection; the next call makes a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def close(self) -> None:
        """End the line for good."""
        self.hang_up()
        self._engine.dispose()

    def _put_piece(self, sha256: str, media_type: str, size: int, start: int, part: bytes) -> int:
        rows = self._ask(_PUT_BLOB, sha256=sha256, media_type=media_type, size=size, start=start, part=part)
        return int(next(iter(rows[0].values())))

    def _ask(self, question: Any, **words: Any) -> Sequence[RowMapping]:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            return self._connection.execute(question, words).mappings().all()
        except DBAPIError as error:
            if question is _PUSH and str(getattr(error.orig, "sqlstate", None)).startswith("22"):
                raise BatchUnreadable from error
            problem = self._explain(error)
            self.hang_up()
            raise problem from error
        except psycopg.Error as error:
            problem = self._explain_dialling(error)
            self.hang_up()
            raise problem from error

    def _dial(self) -> psycopg.Connection[Any]:
        with tempfile.TemporaryDirectory(prefix="qaf-ca-") as folder:
            authority = Path(folder) / "ca.pem"
            authority.write_text(self.address.ca_pem, encoding="utf-8")
            return psycopg.connect(**self._profile(), sslrootcert=str(authority))

    def _profile(self) -> dict[str, Any]:
        """One of the two ways to connect; neither can be loosened by settings or the environment."""
        profile: dict[str, Any] = {
            "host": self.address.host,
            "port": self.address.port,
            "dbname": self.address.database,
            "user": self.address.login,
            "sslmode": "verify-full",
            "ssl_min_protocol_version": "TLSv1.2",
            "gssencmode": "disable",
            "connect_timeout": CONNECT_SECONDS,
            "keepalives": 1,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
            "application_name": "qaf-desktop",
            "options": "-c search_path=pg_catalog",
            "client_encoding": "utf8",
        }
        if self.address.sign_in == "sso":
            return profile | {"require_auth": "gss,sspi"}
        return profile | {
            "require_auth": "scram-sha-256",
            "channel_binding": "require",
            "password": self._password or "",
            "passfile": os.devnull,
        }

    def _explain(self, error: DBAPIError) -> Exception:
        original = error.orig
        sqlstate = getattr(original, "sqlstate", None)
        if sqlstate is None:
            return self._explain_dialling(original if isinstance(original, Exception) else error)
        return by_sqlstate(sqlstate)()

    def _explain_dialling(self, error: Exception) -> CentreProblem:
        found = by_words(str(error)) or what_answers(self.address.host, self.address.port, self.address.ca_pem)
        if found is NotTheCentre and "negotiation: H" not in str(error):
            return NotTheCentre(
                next_step="Check the centre’s address with your IT service. It is tried again by itself."
            )
        return found()


class _understood:  # noqa: N801 - reads as a sentence where it is used
    """An answer that is not what it should be is the centre's fault, not a crash."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KeyError | ValueError | TypeError | AttributeError):
            raise CentreFaulty from error
