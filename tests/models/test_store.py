"""One encrypted file, one program, one writer: opened with the right key, refused politely otherwise."""

from __future__ import annotations

import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.keys import StoreKey, new_store_key
from qaf_desktop.models import cipher
from qaf_desktop.models.drafts import Save
from qaf_desktop.models.store import Store
from qaf_desktop.models.store_problems import (
    StoreBusy,
    StoreDamaged,
    StoreExists,
    StoreFull,
    StoreInUse,
    StoreLocked,
    StoreMissing,
    StoreNewer,
)
from qaf_desktop.models.unit_of_work import UnitOfWork
from tests.builders import an_audit
from tests.stores import StoppedClock


def _reopened(store: Store, key: StoreKey, clock: StoppedClock) -> Store:
    store.close()
    return Store.open(store.path, key, clock=clock)


def test_what_was_committed_is_there_after_closing_and_opening(
    store: Store, store_key: StoreKey, clock: StoppedClock
) -> None:
    with store.work() as work:
        record = work.records.seal(an_audit())
        device = work.meta.device

    again = _reopened(store, store_key, clock)

    with again.look() as work:
        assert work.records.get(record.id) == record
        assert work.meta.device == device
    again.close()


def test_a_unit_of_work_that_fails_leaves_nothing(store: Store) -> None:
    def deed(work: UnitOfWork) -> None:
        work.meta.set("something", 1)
        raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed my mind"):
        store.do(deed)

    with store.look() as work:
        assert work.meta.get("something") is None


def test_a_deed_is_done_in_one_unit_of_work_and_returns_its_answer(store: Store) -> None:
    assert store.do(lambda work, name: work.meta.get(name, "nothing"), "something") == "nothing"


def test_everything_in_one_unit_of_work_happens_at_one_moment(store: Store, clock: StoppedClock) -> None:
    with store.work() as work:
        begun = work.now
        clock.move_on(minutes=1)

        assert work.now == begun


def test_a_unit_of_work_inside_another_is_a_fault_of_ours_and_said_at_once(store: Store) -> None:
    with store.work(), pytest.raises(RuntimeError, match="already open"), store.work():
        pass


def test_looking_never_writes_and_working_can_again_afterwards(store: Store) -> None:
    with pytest.raises(Exception, match="readonly"), store.look() as work:
        work.meta.set("something", 1)

    with store.work() as work:
        work.meta.set("something", 2)

        assert work.meta.get("something") == 2


def test_looking_sees_one_moment_while_somebody_writes(store: Store) -> None:
    with store.look() as before:
        assert before.meta.get("something") is None
        with store.work() as work:
            work.meta.set("something", 1)

        assert before.meta.get("something") is None

    with store.look() as after:
        assert after.meta.get("something") == 1


def test_four_threads_write_at_once_and_nothing_is_lost(store: Store) -> None:
    def seal_ten() -> None:
        for _ in range(10):
            with store.work() as work:
                work.records.seal(an_audit())

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(seal_ten) for _ in range(4)]:
            done.result()

    with store.look() as work:
        numbers = work.connection.exec_driver_sql("SELECT device_seq FROM record ORDER BY device_seq").scalars().all()
        assert numbers == list(range(1, 41))
        assert work.projections.count() == 40


def test_another_key_does_not_open_it_and_does_no_harm(store: Store, store_key: StoreKey, clock: StoppedClock) -> None:
    store.close()

    with pytest.raises(StoreLocked) as refused:
        Store.open(store.path, new_store_key(), clock=clock)

    assert "unharmed" in refused.value.safe
    Store.open(store.path, store_key, clock=clock).close()


def test_a_second_program_is_told_that_the_store_is_open(
    store: Store, store_key: StoreKey, clock: StoppedClock
) -> None:
    with pytest.raises(StoreInUse):
        Store.open(store.path, store_key, clock=clock)

    with store.work() as work:
        work.meta.set("still", "working")


def test_a_store_that_is_not_there_is_not_made_by_opening(
    store_path: Path, store_key: StoreKey, clock: StoppedClock
) -> None:
    with pytest.raises(StoreMissing):
        Store.open(store_path, store_key, clock=clock)

    assert not store_path.exists()


def test_making_a_store_never_writes_over_one(store: Store, clock: StoppedClock) -> None:
    store.close()
    before = store.path.read_bytes()

    with pytest.raises(StoreExists):
        Store.create(store.path, new_store_key(), clock=clock)

    assert store.path.read_bytes() == before


def test_a_newer_store_is_refused_politely_and_not_touched(
    store: Store, store_key: StoreKey, clock: StoppedClock
) -> None:
    with store.work() as work:
        work.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    before = store.path.read_bytes()

    with pytest.raises(StoreNewer):
        Store.open(store.path, store_key, clock=clock)

    assert store.path.read_bytes() == before


def test_a_damaged_first_page_is_damage_and_not_a_wrong_key(
    store: Store, store_key: StoreKey, clock: StoppedClock
) -> None:
    backup = store.back_up()
    store.close()
    _flip(store.path, 100)

    with pytest.raises(StoreDamaged) as damaged:
        Store.open(store.path, store_key, clock=clock)

    assert damaged.value.backups == (backup,)
    assert "backup" in damaged.value.next_step
    with pytest.raises(StoreLocked):
        Store.open(store.path, new_store_key(), clock=clock)


def test_without_its_lock_file_a_damaged_first_page_is_still_recognised_by_a_backup(
    store: Store, store_key: StoreKey, clock: StoppedClock
) -> None:
    store.back_up()
    store.close()
    _flip(store.path, 100)
    store.path.with_name(store.path.name + ".lock").unlink()

    with pytest.raises(StoreDamaged):
        Store.open(store.path, store_key, clock=clock)


def test_a_damaged_page_further_in_is_damage_when_it_is_read(
    store: Store, store_key: StoreKey, clock: StoppedClock
) -> None:
    with store.work() as work:
        for _ in range(20):
            record = work.records.seal(an_audit(content={"why": "word " * 2000}))
    store.close()
    size = store.path.stat().st_size
    for place in range(size // 8192 * 4096, size, 4096):  # the second half: words, not tables
        _flip(store.path, place + 50)
    again = Store.open(store.path, store_key, clock=clock)

    with pytest.raises(StoreDamaged), again.work() as work:
        work.records.get(record.id)

    assert any("page" in fault for fault in again.faults())
    again.close()


def test_an_emptied_file_is_damage_and_is_not_taken_for_a_new_store(
    store: Store, store_key: StoreKey, clock: StoppedClock
) -> None:
    store.close()
    store.path.write_bytes(b"")

    with pytest.raises(StoreDamaged):
        Store.open(store.path, store_key, clock=clock)


def test_a_file_that_was_never_a_store_is_not_opened(
    store_path: Path, store_key: StoreKey, clock: StoppedClock
) -> None:
    store_path.parent.mkdir()
    store_path.write_text("This is a letter.\n" * 1000)

    with pytest.raises((StoreLocked, StoreDamaged)):
        Store.open(store_path, store_key, clock=clock)


def test_a_full_disk_loses_nothing_and_says_so(store: Store) -> None:
    with store.work() as work:
        draft = work.drafts.start(kind=Kind.AUDIT, form_id="f", form_version="1")
        work.drafts.save(draft.id, [Save("/data/a", "safe")], by="TM-02")
        pages = work.connection.exec_driver_sql("PRAGMA page_count").scalar()
        work.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").scalar()

    with pytest.raises(StoreFull) as full, store.work() as work:
        work.drafts.save(draft.id, [Save("/data/a", "much " * 20_000)], by="TM-02")

    assert "kept in this window" in full.value.safe
    with store.work() as work:
        assert work.drafts.saved(draft.id)[0] == {"/data/a": "safe"}
        work.connection.exec_driver_sql("PRAGMA max_page_count = 1000000").scalar()
        work.drafts.save(draft.id, [Save("/data/a", "much " * 20_000)], by="TM-02")


def test_another_program_holding_the_file_is_named_as_that(
    store: Store, store_key: StoreKey, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setattr(cipher, "BUSY_TIMEOUT_MILLISECONDS", 50)
    store = Store.open(store.path, store_key, clock=clock)
    other = cipher.connect(store.path, store_key)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreBusy), store.work() as work:
        work.meta.set("a", 1)

    other.rollback()
    other.close()
    with store.work() as work:
        work.meta.set("a", 1)
    store.close()


def test_what_people_typed_is_not_in_the_errors_of_the_database(store: Store) -> None:
    with pytest.raises(Exception, match="NOT NULL") as error, store.work() as work:
        work.connection.exec_driver_sql(
            "INSERT INTO answer (draft_id, slot, value, at, author) VALUES (NULL, 's', ?, '', '')", ("needle",)
        )

    assert "needle" not in str(error.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in lists, not in modes")
def test_only_its_person_may_read_the_files(store: Store) -> None:
    with store.work() as work:
        work.meta.set("a", 1)
    backup = store.back_up()

    for path in (*store.path.parent.iterdir(), backup.path):
        allowed = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == allowed, path.name
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_closing_twice_is_harmless_and_folds_everything_into_one_file(store: Store) -> None:
    store.close()
    store.close()

    assert sorted(os.listdir(store.path.parent)) == [store.path.name, store.path.name + ".lock"]


def _flip(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 0xFF]))
