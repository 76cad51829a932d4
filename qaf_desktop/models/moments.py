"""When something happened, written so that text order is time order whatever the clock change."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and offset: ``2026-11-23T09:00:00.000+00:00``.

    Raises:
        ValueError: the moment has no offset, so nobody knows when it was.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset from UTC")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def from_text(text: str) -> datetime:
    """The moment that was written; in UTC, for the screen to show in local time."""
    return datetime.fromisoformat(text)


def from_text_or_none(text: str | None) -> datetime | None:
    """Like :func:`from_text`, where the moment may not have come yet."""
    return None if text is None else datetime.fromisoformat(text)
