"""A computer's safe for secrets in a file the environment names; ``keyring`` itself chooses it, as any other."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

FILE = "QAF_BENCH_SAFE"


class FileSafe(KeyringBackend):
    """What it keeps is worth nothing: the store it opens holds sentences of a bench."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        kept = self._kept() | {f"{service} {username}": password}
        Path(os.environ[FILE]).write_text(json.dumps(kept), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        kept = self._kept()
        del kept[f"{service} {username}"]
        Path(os.environ[FILE]).write_text(json.dumps(kept), encoding="utf-8")

    def _kept(self) -> dict[str, str]:
        path = Path(os.environ[FILE])
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
