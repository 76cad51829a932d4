"""How the store on this computer is locked: asked before anything of the store itself is imported."""

from __future__ import annotations

from pathlib import Path

from qaf_desktop.models.copies import backups_of
from qaf_desktop.problems import Problem
from qaf_desktop.security.passphrase import wrapped_key_path


class KeyNowhere(Problem):
    """The store is there, but its key is neither in a file beside it nor in the computer's keyring."""

    def __init__(self, keyring_said: str) -> None:
        super().__init__(
            f"{keyring_said} There is no key file beside the work either.",
            safe="The work itself is unharmed and stays locked.",
            next_step="If you open it with a passphrase, ask your IT service to bring back the file that ends in "
            ".key.json from a backup. If you do not, sign in to this computer as the person who set it up.",
        )


def how_locked(store_path: Path) -> str:
    """How the store on this computer is locked: ``"none"`` (there is none yet), ``"passphrase"`` or ``"keyring"``."""
    if not store_path.exists() and not backups_of(store_path):
        return "none"
    return "passphrase" if wrapped_key_path(store_path).exists() else "keyring"
