"""One way to write a record down, so that its hash means something (RFC 8785, strings NFC)."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785


def canonical_json(value: Mapping[str, Any]) -> str:
    """The canonical JSON text of a mapping: sorted keys, no white space, strings in Unicode NFC.

    Raises:
        ValueError: for what JSON cannot hold (NaN, integers beyond 2^53, lone surrogates).
    """
    try:
        return rfc8785.dumps(_composed(value)).decode("utf-8")
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise ValueError(str(error)) from error


def content_hash(body: str) -> str:
    """SHA-256 of a canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(body.encode("utf-8")).hexdigest()


def _composed(value: Any) -> Any:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case Mapping():
            return {_composed(key): _composed(item) for key, item in value.items()}
        case Sequence():
            return [_composed(item) for item in value]
        case _:
            return value
