"""Choices of this person on this computer; a policy file of the council may set and lock any of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from qaf_desktop.problems import Problem


class SettingsUnreadable(Problem):
    """A settings or policy file is not what it should be."""


@dataclass(frozen=True)
class Settings:
    """Everything a person or a policy may choose. Nothing here says anything about a child."""

    theme: str = "system"
    """``system``, ``light``, ``dark`` or ``high-contrast``."""
    text_size_percent: int = 100
    lock_after_minutes: int = 5
    sync_every_minutes: int = 15
    key_place: str = "keyring"
    """Where the store's key is kept: ``keyring`` or ``passphrase``; a policy may forbid the keyring."""
    layout: str = ""
    """Window size and place, as Qt writes them down (base 64)."""
    panes: str = ""
    """Widths of the panes of the audit workspace, in pixels, with commas between."""


class SettingsFile:
    """The settings as they stand on this computer. A policy's word wins and is not written to the person's file."""

    def __init__(self, path: Path, policy: Path | None = None) -> None:
        self._path = path / "settings.json"
        self._policy = _read(policy) if policy is not None and policy.exists() else {}
        own = _read(self._path) if self._path.exists() else {}
        self.now = Settings(**{**asdict(Settings()), **own, **self._policy})

    @property
    def locked(self) -> frozenset[str]:
        """The settings a policy has set, which the person cannot change."""
        return frozenset(self._policy)

    def change(self, **chosen: Any) -> Settings:
        """Keep a choice; what a policy has locked stays as it is."""
        free = {name: value for name, value in chosen.items() if name not in self._policy}
        self.now = replace(self.now, **free)
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = self._path.with_suffix(".new")
        unfinished.write_text(json.dumps(asdict(self.now), indent=1), encoding="utf-8")
        unfinished.replace(self._path)
        return self.now


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise TypeError(path.name)
    except (OSError, ValueError, TypeError) as error:
        raise SettingsUnreadable(
            f"The settings file {path.name} could not be read.",
            safe="Your audits are not in it and are safe.",
            next_step="Delete that file to start with the standard settings, or ask your IT service.",
        ) from error
    known = {field.name: type(field.default) for field in fields(Settings)}
    return {name: value for name, value in found.items() if isinstance(value, known.get(name, ()))}
