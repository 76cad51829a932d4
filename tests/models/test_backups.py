"""Yesterday's copies: encrypted like the store, few, and proved by restoring them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qaf_desktop.domain.keys import StoreKey, new_store_key
from qaf_desktop.domain.sending import SendState
from qaf_desktop.models.backups import BackupUnusable, faults_in, to_keep
from qaf_desktop.models.copies import Backup, backups_of
from qaf_desktop.models.restoring import restore
from qaf_desktop.models.store import Store
from qaf_desktop.models.store_problems import StoreInUse, StoreMissing
from tests.builders import an_audit
from tests.stores import StoppedClock


def test_a_copy_is_taken_once_a_day(store: Store, clock: StoppedClock) -> None:
    first = store.back_up_if_due()
    clock.move_on(hours=3)
    again = store.back_up_if_due()
    clock.move_on(hours=21)
    tomorrow = store.back_up_if_due()

    assert first is not None
    assert again is None
    assert tomorrow is not None
    assert backups_of(store.path) == (tomorrow, first)


def test_a_copy_is_taken_beside_running_work(store: Store) -> None:
    with store.work() as work:
        work.meta.set("a", 1)
        store.back_up()

    assert len(backups_of(store.path)) == 1


def test_seven_days_and_four_weeks_are_kept_and_two_from_before_updates() -> None:
    newest = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    twice_a_day = [Backup(Path(f"{hours}"), newest - timedelta(hours=hours)) for hours in range(0, 24 * 60, 12)]
    updates = [
        Backup(Path(f"u{days}"), newest - timedelta(days=days), before_update=True) for days in range(0, 400, 100)
    ]

    kept = to_keep(sorted([*twice_a_day, *updates], key=lambda backup: backup.at, reverse=True))

    ages = [(newest - backup.at) / timedelta(days=1) for backup in kept if not backup.before_update]
    assert [int(age) for age in ages][:7] == [0, 0, 1, 2, 3, 4, 5]
    assert len({(newest - timedelta(days=age)).date() for age in ages[:7]}) == 7
    assert [(newest - timedelta(days=age)).isocalendar().week for age in ages[7:]] == [46, 45]
    assert sum(backup.before_update for backup in kept) == 2


def test_pruning_deletes_the_rest(store: Store, clock: StoppedClock) -> None:
    for _ in range(10):
        store.back_up()
        clock.move_on(hours=24)

    kept = backups_of(store.path)

    # Seven days; the week before still has its newest copy among them, so nothing more.
    assert len(kept) <= 7 + 4
    assert [backup.at for backup in kept[:7]] == [
        datetime(2026, 12, 2, 9, 0, tzinfo=UTC) - timedelta(days=day) for day in range(7)
    ]


def test_a_restored_store_holds_what_the_copy_held(store: Store, store_key: StoreKey, clock: StoppedClock) -> None:
    with store.work() as work:
        kept = work.records.seal(an_audit())
    backup = store.back_up()
    with store.work() as work:
        lost = work.records.seal(an_audit())
    store.close()

    restored = restore(backup, store.path, store_key, clock=clock)

    with restored.look() as work:
        assert work.records.get(kept.id) == kept
        assert work.records.known([kept.id, lost.id]).keys() == {kept.id}
        assert work.outbox.state(kept.id) is SendState.READY
        assert [line.record_id for line in work.projections.audits()] == [kept.id]
    assert restored.faults() == ()
    restored.close()


def test_a_restored_store_is_another_device_and_does_not_sync_unasked(
    store: Store, store_key: StoreKey, clock: StoppedClock
) -> None:
    with store.look() as work:
        before = work.meta.device
        assert not work.meta.needs_consent_to_sync
    backup = store.back_up()
    store.close()

    restored = restore(backup, store.path, store_key, clock=clock)

    with restored.work() as work:
        assert work.meta.device != before
        assert work.meta.needs_consent_to_sync
        work.meta.needs_consent_to_sync = False
    restored.close()


def test_what_was_in_the_way_is_set_aside_and_not_deleted(
    store: Store, store_key: StoreKey, clock: StoppedClock
) -> None:
    backup = store.back_up()
    store.close()
    store.path.write_bytes(b"damaged" * 1000)

    restore(backup, store.path, store_key, clock=clock).close()

    aside = [path for path in store.path.parent.iterdir() if ".set-aside-" in path.name]
    assert [path.read_bytes() for path in aside] == [b"damaged" * 1000]


def test_a_missing_store_can_be_restored_too(store: Store, store_key: StoreKey, clock: StoppedClock) -> None:
    store.back_up()
    store.close()
    store.path.unlink()
    with pytest.raises(StoreMissing) as missing:
        Store.open(store.path, store_key, clock=clock)

    restored = restore(missing.value.backups[0], store.path, store_key, clock=clock)

    with restored.look() as work:
        assert work.people.me() is not None
    restored.close()


def test_a_damaged_copy_is_refused_and_nothing_is_changed(
    store: Store, store_key: StoreKey, clock: StoppedClock
) -> None:
    backup = store.back_up()
    store.close()
    before = store.path.read_bytes()
    data = bytearray(backup.path.read_bytes())
    data[-2000] ^= 0xFF
    backup.path.write_bytes(data)

    with pytest.raises(BackupUnusable):
        restore(backup, store.path, store_key, clock=clock)

    assert store.path.read_bytes() == before
    assert faults_in(backup.path, store_key) != ()


def test_a_copy_does_not_open_with_another_key(store: Store, clock: StoppedClock) -> None:
    backup = store.back_up()
    store.close()

    with pytest.raises(BackupUnusable):
        restore(backup, store.path, new_store_key(), clock=clock)


def test_a_store_that_is_open_is_not_restored_over(store: Store, store_key: StoreKey, clock: StoppedClock) -> None:
    backup = store.back_up()

    with pytest.raises(StoreInUse):
        restore(backup, store.path, store_key, clock=clock)


def test_a_copy_that_cannot_be_written_leaves_no_half_of_one(store: Store) -> None:
    store.path.with_name(store.path.name + ".backups").write_text("a file where the folder should be")

    with pytest.raises(BackupUnusable):
        store.back_up()

    with store.work() as work:
        work.meta.set("still", "working")
