"""The four grades, in words: codes are stored, ordinals only measure a distance, and grades are never averaged."""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """A judgement of practice; ``NG`` = not graded."""

    OUTSTANDING = "O"
    GOOD = "G"
    REQUIRES_IMPROVEMENT = "RI"
    INADEQUATE = "I"
    NOT_GRADED = "NG"

    @property
    def words(self) -> str:
        """The grade as it stands on the screen and on paper."""
        return _WORDS[self]


_WORDS = {
    Grade.OUTSTANDING: "Outstanding",
    Grade.GOOD: "Good",
    Grade.REQUIRES_IMPROVEMENT: "Requires improvement",
    Grade.INADEQUATE: "Inadequate",
    Grade.NOT_GRADED: "Not graded",
}
