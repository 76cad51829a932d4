"""Failures we expect, each in words a person can act on."""

from __future__ import annotations


class Problem(Exception):
    """Something expected went wrong: what happened, what is safe, and what to do next.

    Every part is a whole plain-English sentence, free of names and of answers people gave, so it may be shown,
    read aloud and logged. Subclasses are defined beside what fails (``StoreLocked`` in ``models/store.py``).
    """

    def __init__(self, happened: str, *, safe: str = "", next_step: str = "") -> None:
        super().__init__(happened)
        self.happened = happened
        self.safe = safe
        self.next_step = next_step

    def __str__(self) -> str:
        """The whole message, one sentence after another."""
        return " ".join(part for part in (self.happened, self.safe, self.next_step) if part)
