"""A PostgreSQL for a demonstration or a test: started here, reachable from here only, encrypted, and gone after."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql

from qaf_desktop.centre.certificates import Certificates, make_certificates
from qaf_desktop.centre.office import Office, open_office
from qaf_desktop.centre.server_programs import find_server_bin
from qaf_desktop.problems import Problem

ADMINISTRATOR = "centre_admin"
_START_SECONDS = 60
_STOP_SECONDS = 20
_TRIES = 5

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "ssl": "on",
    "ssl_cert_file": "server.crt",
    "ssl_key_file": "server.key",
    "ssl_min_protocol_version": "TLSv1.3",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "64MB",
    # Ghosts of vanished laptops must not fill anybody's connection limit.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "2",
    "tcp_user_timeout": "20s",
    "client_connection_check_interval": "2s",
    "logging_collector": "off",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "jit": "off",
}
_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ServerDidNotStart(Problem):
    """The PostgreSQL programs are there, but the server did not come up."""


class EmbeddedServer:
    """One PostgreSQL of our own on 127.0.0.1, TLS 1.3 and SCRAM only; ends the process it started and no other.

    As root the server runs as ``nobody`` (PostgreSQL refuses root), with its files where that user can reach them.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        bin_folder: Path | None = None,
        durable: bool = False,
        certificates: Certificates | None = None,
    ) -> None:
        """Prepare, start nothing yet.

        Args:
            folder: a new or empty folder for the server's files; without one a temporary folder that goes at the end.
            durable: write through to the disk at every commit, as a real centre does; only needed to measure.
            certificates: others than the ones made for this run, in tests of wrong ones.

        Raises:
            NoServerFound: no PostgreSQL on this computer.
        """
        self._bin = bin_folder or find_server_bin()
        self._wanted_folder = folder
        self._durable = durable
        self.certificates = certificates or make_certificates()
        self.administrator = ADMINISTRATOR
        self.administrator_password = secrets.token_urlsafe(24)
        self.host = "localhost"
        self.port = 0
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._account = _unprivileged_account()

    @property
    def ca_pem(self) -> str:
        """The certificate authority a laptop must trust to believe this server."""
        return self.certificates.authority

    @property
    def ca_file(self) -> Path:
        """The same in a file, for libpq."""
        return self._place / "ca.crt"

    @property
    def pid(self) -> int | None:
        """The process started here, while it runs."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Make the server's files when there are none yet, and start it; returns when it answers.

        Raises:
            ServerDidNotStart: it did not, with PostgreSQL's own words as the cause.
        """
        if self._folder is None:
            self._folder = self._make_folder()
            self._initialise()
        for _ in range(_TRIES):
            self.port = _free_port()
            with (self._place / "server.log").open("ab") as log:
                self._process = subprocess.Popen(
                    [str(self._bin / "postgres"), "-D", str(self._data), "-p", str(self.port)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=log,
                    start_new_session=os.name == "posix",
                    cwd=self._place,
                    **self._account,
                )
            if self._answers():
                self._close_other_databases()
                return
            # Ended by itself: another program took the port between our look and its start. Else it never will answer.
            if self._process.poll() is None:
                break
        self.stop()
        self._refuse("it did not answer")

    def stop(self) -> None:
        """Stop the server and wait until it is gone; its files stay."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        if os.name == "posix":
            process.send_signal(signal.SIGINT)  # fast shutdown: ends sessions, loses nothing
        else:
            subprocess.run([str(self._bin / "pg_ctl"), "stop", "-D", str(self._data), "-m", "fast"], check=False)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.terminate() if os.name != "posix" else process.send_signal(signal.SIGQUIT)
            process.wait(_STOP_SECONDS)

    def crash(self) -> None:
        """Stop at once without a shutdown, as in a power cut; only for tests."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGQUIT)
            process.wait(_STOP_SECONDS)

    def close(self) -> None:
        """Stop the server and remove its files."""
        self.stop()
        if self._folder is not None:
            shutil.rmtree(self._folder)
            self._folder = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def address(self, database: str) -> str:
        """How the administrator reaches a database of this server (the password apart)."""
        return (
            f"host={self.host} port={self.port} dbname={database} user={self.administrator} sslmode=verify-full"
            f" sslrootcert='{self.ca_file}' require_auth=scram-sha-256 channel_binding=require gssencmode=disable"
        )

    def office(self, database: str = "postgres") -> Office:
        """An administrator's connection to one database."""
        return open_office(self.address(database), password=self.administrator_password)

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """A new database, empty or the copy of a template nobody is connected to."""
        with self.office() as office:
            query = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template or "template0")
            )
            office.execute(query)

    def drop_database(self, name: str) -> None:
        """Remove a database and end whoever is still in it."""
        with self.office() as office:
            office.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @property
    def _place(self) -> Path:
        if self._folder is None:
            raise RuntimeError("the server has not been started")
        return self._folder

    @property
    def _data(self) -> Path:
        return self._place / "data"

    def _make_folder(self) -> Path:
        if self._wanted_folder is not None:
            self._wanted_folder.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix="centre-", dir=self._wanted_folder))
            if not self._account or self._may_enter(folder):
                return folder
            folder.rmdir()
        return Path(tempfile.mkdtemp(prefix="qaf-centre-"))

    def _may_enter(self, folder: Path) -> bool:
        self._give_away(folder)
        tried = subprocess.run(
            ["/bin/sh", "-c", 'cd "$0"', str(folder)], check=False, capture_output=True, **self._account
        )
        return tried.returncode == 0

    def _initialise(self) -> None:
        self._place.chmod(0o700)
        self._give_away(self._place)
        self._bring_programs_within_reach()
        password_file = self._private("password", self.administrator_password)
        made = subprocess.run(
            [
                *(str(self._bin / "initdb"), "-D", str(self._data), f"--username={self.administrator}", "--no-sync"),
                *("--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=self._place,
            **self._account,
        )
        password_file.unlink()
        if made.returncode != 0:
            self._refuse(made.stderr)
        self._private("ca.crt", self.certificates.authority).chmod(0o644)
        self._private("data/server.crt", self.certificates.server)
        self._private("data/server.key", self.certificates.server_key)
        self._private("data/pg_hba.conf", "hostssl all all 127.0.0.1/32 scram-sha-256\n")
        settings = _SETTINGS | ({} if self._durable else _QUICK)
        lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
        self._private("data/postgresql.auto.conf", lines)

    def _bring_programs_within_reach(self) -> None:
        """Copy the server's programs beside its files when the unprivileged user cannot run them where they are."""
        if not self._account:
            return
        tried = False
        with contextlib.suppress(PermissionError):
            asked = subprocess.run(
                [str(self._bin / "postgres"), "--version"], capture_output=True, check=False, cwd="/", **self._account
            )
            tried = asked.returncode == 0
        if not tried:
            near = self._place / "programs"
            shutil.copytree(self._bin.parent, near, symlinks=True)
            self._bin = near / "bin"
            for path in (near, *near.rglob("*")):
                self._give_away(path)

    def _private(self, name: str, words: str) -> Path:
        path = self._place / name
        path.write_text(words, encoding="utf-8", newline="\n")
        path.chmod(0o600)
        self._give_away(path)
        return path

    def _give_away(self, path: Path) -> None:
        if self._account:
            os.chown(path, self._account["user"], self._account["group"], follow_symlinks=False)

    def _answers(self) -> bool:
        process = self._process
        end = time.monotonic() + _START_SECONDS
        while process is not None and process.poll() is None and time.monotonic() < end:
            with (
                contextlib.suppress(psycopg.OperationalError),
                psycopg.connect(self.address("postgres"), password=self.administrator_password, connect_timeout=5),
            ):
                return True
            time.sleep(0.02)
        return False

    def _close_other_databases(self) -> None:
        with self.office() as office:
            for name in ("postgres", "template1"):
                office.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))

    def _refuse(self, words: str) -> None:
        log = self._place / "server.log"
        told = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""
        raise ServerDidNotStart(
            "The PostgreSQL server for this demonstration did not start.",
            safe="Nothing outside its own folder was touched.",
            next_step="Try again; if it stays so, install Debian’s package postgresql.",
        ) from RuntimeError(f"{words}\n{told}")


def _unprivileged_account() -> dict[str, Any]:
    """Which user the server runs as: ``nobody`` when we are root, otherwise ourselves (nothing to say)."""
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    import pwd  # only where there are such users  # noqa: PLC0415

    account = pwd.getpwnam("nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
