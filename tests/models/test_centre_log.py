"""Our copy of the centre's logs has no gap, and forgets what is no longer ours."""

from __future__ import annotations

import pytest

from qaf_desktop.domain.ids import RecordId
from qaf_desktop.models.centre_log import LogEntry, Pin
from qaf_desktop.models.store import Store


def _entries(scope: str, *records: str, after: int = 0, op: str = "p") -> list[LogEntry]:
    return [
        LogEntry(scope, seq, op, RecordId(record), "c" * 64, f"{seq:064x}")
        for seq, record in enumerate(records, start=after + 1)
    ]


def _append(store: Store, entries: list[LogEntry]) -> None:
    with store.work() as work:
        last = entries[-1]
        work.centre_log.append(last.scope, entries, Pin(last.scope, last.seq, last.chain))


def test_entries_and_pin_move_together(store: Store) -> None:
    _append(store, _entries("team:1", "a", "b"))
    _append(store, _entries("team:1", "c", after=2))

    with store.look() as work:
        assert [entry.record_id for entry in work.centre_log.entries("team:1")] == ["a", "b", "c"]
        assert [entry.record_id for entry in work.centre_log.entries("team:1", after=1, limit=1)] == ["b"]
        assert work.centre_log.pins() == [Pin("team:1", 3, f"{3:064x}")]


def test_a_gap_is_refused_and_nothing_of_it_kept(store: Store) -> None:
    _append(store, _entries("team:1", "a"))

    with pytest.raises(ValueError, match="do not go on"):
        _append(store, _entries("team:1", "c", after=2))

    with store.look() as work:
        assert work.centre_log.length("team:1") == 1


def test_a_pin_that_is_not_the_end_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="not the end"), store.work() as work:
        work.centre_log.append("team:1", _entries("team:1", "a"), Pin("team:1", 2, ""))


def test_cutting_goes_back_to_the_last_common_place(store: Store) -> None:
    _append(store, _entries("team:1", "a", "b", "c"))

    with store.work() as work:
        dropped = work.centre_log.cut("team:1", 1)

        assert dropped == {"b", "c"}
        assert work.centre_log.pin("team:1") == Pin("team:1", 1, f"{1:064x}")


def test_cutting_to_nothing_begins_again(store: Store) -> None:
    _append(store, _entries("team:1", "a"))

    with store.work() as work:
        work.centre_log.cut("team:1", 0)

        assert work.centre_log.pins() == []


def test_a_lost_scope_names_what_no_other_scope_shows(store: Store) -> None:
    _append(store, _entries("team:1", "a", "b", "c"))
    _append(store, _entries("author:2", "b"))
    _append(store, [*_entries("person:3", "c"), *_entries("person:3", "c", after=1, op="r")])

    with store.work() as work:
        only_there = work.centre_log.drop_scope("team:1")

        assert only_there == {"a", "c"}
        assert [pin.scope for pin in work.centre_log.pins()] == ["author:2", "person:3"]


def test_the_running_hash_can_be_asked_for_at_many_places(store: Store) -> None:
    _append(store, _entries("team:1", "a", "b", "c"))

    with store.look() as work:
        assert work.centre_log.chain_at("team:1", [1, 3, 9]) == {1: f"{1:064x}", 3: f"{3:064x}"}


def test_a_record_knows_its_places_in_the_logs(store: Store) -> None:
    _append(store, _entries("team:1", "a", "b"))
    _append(store, _entries("author:2", "b"))

    with store.look() as work:
        places = work.centre_log.of_records([RecordId("b"), RecordId("z")])

    assert {id: [(one.scope, one.seq) for one in found] for id, found in places.items()} == {
        "b": [("author:2", 1), ("team:1", 2)],
        "z": [],
    }
