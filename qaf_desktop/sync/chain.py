"""The running hash of the centre's logs: one value that says whether both sides remember the same history."""

from __future__ import annotations

import hashlib
import uuid


def genesis(scope: str) -> str:
    """What a log's hash is before its first entry, in hexadecimal; different for every scope."""
    return hashlib.sha256(scope.encode()).hexdigest()


def link(previous: str, op: str, record_id: str, content_hash: str) -> str:
    """The running hash after one more entry.

    Raises:
        ValueError: the entry is not written as entries are.
    """
    entry = op.encode() + uuid.UUID(record_id).bytes + bytes.fromhex(content_hash)
    return hashlib.sha256(bytes.fromhex(previous) + entry).hexdigest()
