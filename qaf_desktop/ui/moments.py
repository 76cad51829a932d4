"""Moments as people here say them: today at 14:02, yesterday at 09:15, 3 November 2026."""

from __future__ import annotations

from datetime import datetime, timedelta


def day_and_time(moment: datetime, now: datetime) -> str:
    """A moment on this computer's clock, the nearer the shorter. Both have an offset from UTC."""
    local, today = moment.astimezone(), now.astimezone()
    if local.date() == today.date():
        return f"today at {local:%H:%M}"
    if local.date() == today.date() - timedelta(days=1):
        return f"yesterday at {local:%H:%M}"
    if local.year == today.year:
        return f"{local.day} {local:%B at %H:%M}"
    return f"{local.day} {local:%B %Y}"
