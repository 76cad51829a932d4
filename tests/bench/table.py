"""One tidy line for everything measured: what, ours, the baseline beside it, the ratio and what we aim for."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

WHAT, FIGURE = 62, 18


def head(title: str) -> None:
    """Name the columns."""
    _print(title, "ours", "baseline", "ratio", "aim")


def row(what: str, ours: str, baseline: str = "–", ratio: float | None = None, aim: str = "–") -> None:
    """One line; figures come with their units."""
    _print(f"  {what}", ours, baseline, "–" if ratio is None else f"{ratio:.2f}", aim)


def times_row(what: str, ours: Sequence[float], bare: Sequence[float], aim: str) -> None:
    """Two lists of seconds as ``median (p95)`` each; the ratio is that of the medians, with that of p95 behind it."""
    middle, slow = statistics.median(ours), p95(ours)
    bare_middle, bare_slow = statistics.median(bare), p95(bare)
    ratio = f"{middle / bare_middle:.2f} ({slow / bare_slow:.2f})"
    _print(f"  {what}", f"{_ms(middle)} ({_ms(slow)}) ms", f"{_ms(bare_middle)} ({_ms(bare_slow)}) ms", ratio, aim)


def milliseconds(seconds: float) -> str:
    """Seconds as milliseconds in words."""
    return f"{_ms(seconds)} ms"


def took(deed: Callable[[], object]) -> float:
    """How long it took, in seconds."""
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def p95(times: Sequence[float]) -> float:
    """What nineteen in twenty stay under."""
    return statistics.quantiles(times, n=20)[18]


def _ms(seconds: float) -> str:
    value = seconds * 1000
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.3f}"


def _print(what: str, ours: str, baseline: str, ratio: str, aim: str) -> None:
    line = f"{what:{WHAT}} | {ours:>{FIGURE}} | {baseline:>{FIGURE}} | {ratio:>13} | {aim}"
    print(line, flush=True)  # noqa: T201
