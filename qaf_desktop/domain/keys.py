"""The key that opens everything this computer holds about children's cases."""

from __future__ import annotations

import secrets
from typing import NewType

StoreKey = NewType("StoreKey", bytes)
"""32 random bytes: the raw 256-bit key of the encrypted store."""

KEY_BYTES = 32


def new_store_key() -> StoreKey:
    """A key nobody has seen before, from the operating system's source of randomness."""
    return StoreKey(secrets.token_bytes(KEY_BYTES))
