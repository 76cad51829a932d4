"""When the centre forgot something – restored from last night's backup – find the last moment both sides remember."""

from __future__ import annotations

from collections.abc import Sequence

from qaf_desktop.domain.ids import RecordId
from qaf_desktop.models.centre_log import Pin
from qaf_desktop.models.store import Store
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.sync.line import PROBES_AT_ONCE, Line
from qaf_desktop.sync.messages import LogHead


def forgotten(pins: Sequence[Pin], logs: Sequence[LogHead]) -> list[tuple[Pin, LogHead]]:
    """The logs in which the centre does not have what it once proved to us."""
    heads = {log.scope: log for log in logs}
    return [(pin, heads[pin.scope]) for pin in pins if pin.scope in heads and heads[pin.scope].at_pin != pin.chain]


def common_point(store: Store, line: Line, pin: Pin, log: LogHead) -> int:
    """The last entry of one log that both sides have alike; 0 when there is none.

    Histories that agree at one place agree at every place before it, so 65 probes a round trip find it quickly.
    """
    agreed, disagreed = 0, min(pin.seq, log.seq) + 1
    while disagreed - agreed > 1:
        places = _spread(agreed, disagreed)
        with store.look() as work:
            ours = work.centre_log.chain_at(log.scope, places)
        theirs = line.chain_at([(log.scope, place) for place in places])
        for place in places:
            if place in ours and ours[place] == theirs.get((log.scope, place)):
                agreed = place
            else:
                disagreed = place
                break
    return agreed


def go_back(work: UnitOfWork, points: dict[str, int]) -> frozenset[RecordId]:
    """Forget our copies of these logs above the common point and offer again what of ours stood there.

    Copies of other people's records stay: their own computers send them again. Says which of ours are ready once more.
    """
    lost: set[RecordId] = set()
    for scope, seq in points.items():
        lost |= work.centre_log.cut(scope, seq)
    return work.outbox.back_to_ready(lost)


def _spread(low: int, high: int) -> list[int]:
    """Up to 65 places strictly between two, evenly, the last of them just below the upper one."""
    between = high - low - 1
    count = min(between, PROBES_AT_ONCE)
    return sorted({low + (between * (step + 1)) // count for step in range(count)})
