"""How the store on this computer is locked: asked before anything of the store itself is imported."""

from __future__ import annotations

from pathlib import Path

from qaf_desktop.models.copies import backups_of
from qaf_desktop.security.passphrase import wrapped_key_path


def how_locked(store_path: Path) -> str:
    """How the store on this computer is locked: ``"none"`` (there is none yet), ``"passphrase"`` or ``"keyring"``."""
    if not store_path.exists() and not backups_of(store_path):
        return "none"
    return "passphrase" if wrapped_key_path(store_path).exists() else "keyring"
