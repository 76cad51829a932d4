"""Names of things: UUIDv7 made on the laptop – a name, never a clock or an order."""

from __future__ import annotations

import secrets
import time
import uuid
from typing import NewType

RecordId = NewType("RecordId", str)
CaseId = NewType("CaseId", str)
DraftId = NewType("DraftId", str)
DeviceId = NewType("DeviceId", str)


def new_uuid7() -> str:
    """A new UUID, version 7 (RFC 9562): 48 bits of milliseconds, the rest random.

    Python's own ``uuid.uuid7`` comes with 3.14; until then this is all there is to it.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def new_record_id() -> RecordId:
    """A name for a record about to be sealed."""
    return RecordId(new_uuid7())


def new_case_id() -> CaseId:
    """A name for everything that will belong to one audit, minted in its first moment."""
    return CaseId(new_uuid7())


def new_draft_id() -> DraftId:
    """A name for a form being filled in."""
    return DraftId(new_uuid7())


def new_device_id() -> DeviceId:
    """A name for this store on this computer; a restored store takes a new one."""
    return DeviceId(str(uuid.uuid4()))
