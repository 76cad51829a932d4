"""How far a sealed record has got on its way to the centre."""

from __future__ import annotations

from enum import StrEnum


class SendState(StrEnum):
    """What a person sees; there is no "sending" state to repair after a crash."""

    READY = "ready"
    RECEIVED = "received"
    CONFIRMED = "confirmed"
    HELD_BACK = "held_back"
    ERASED = "erased"

    @property
    def words(self) -> str:
        """The state as it stands on the screen and on paper."""
        return _WORDS[self]


_WORDS = {
    SendState.READY: "Ready to send",
    SendState.RECEIVED: "Received",
    SendState.CONFIRMED: "Confirmed",
    SendState.HELD_BACK: "Held back",
    SendState.ERASED: "Erased",
}
