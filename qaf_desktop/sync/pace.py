"""When to try again by ourselves."""

from __future__ import annotations

from qaf_desktop.problems import Problem
from qaf_desktop.sync.conversation import retries_itself

AFTER_FAILURES_MINUTES = (1, 2, 5, 15)
EVERY_MINUTES = 15
_JITTER = 0.25


def next_attempt_seconds(problem: Problem | None, failures_in_a_row: int, chance: float) -> float | None:
    """Seconds until the next sync; ``None`` when only a person can help.

    Args:
        problem: how the last one ended.
        failures_in_a_row: how many have failed one after another, this one included.
        chance: a random number from 0 to 1, so that a whole council does not call at the same second.
    """
    if not retries_itself(problem):
        return None
    step = min(failures_in_a_row, len(AFTER_FAILURES_MINUTES)) - 1
    minutes = EVERY_MINUTES if problem is None or step < 0 else AFTER_FAILURES_MINUTES[step]
    return minutes * 60 * (1 - _JITTER + 2 * _JITTER * chance)
