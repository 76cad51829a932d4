"""The locked door on a bad day: a key file that is gone, a damaged store, a copy that is damaged too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from qaf_desktop import paths
from qaf_desktop.app.opening import copy_to_offer, doubt_about, open_store, restore_copy
from qaf_desktop.app.program import Program
from qaf_desktop.demo.hands import wait_for
from qaf_desktop.models.backups import BackupUnusable
from qaf_desktop.models.copies import backups_of
from qaf_desktop.models.store_problems import StoreDamaged
from qaf_desktop.security.passphrase import wrapped_key_path
from qaf_desktop.services import audits, setting_up
from qaf_desktop.services.forms import shipped_forms
from qaf_desktop.services.locked import KeyNowhere
from tests.stores import StoppedClock

PASSPHRASE = "nine copper kettles under the stairs"


@pytest.fixture
def place(tmp_path: Path, clock: StoppedClock) -> Path:
    """A closed store with two copies, a day apart."""
    path = paths.below(tmp_path).store
    store = setting_up.create_with_passphrase(path, PASSPHRASE, clock)
    store.back_up()
    clock.move_on(days=1)
    store.back_up()
    store.close()
    return path


def _damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    file.write_bytes(content)


def test_a_lost_key_file_is_called_lost(place: Path, clock: StoppedClock) -> None:
    wrapped_key_path(place).unlink()

    with pytest.raises(KeyNowhere) as said:
        open_store(place, "", clock)

    assert "no key file beside the work" in said.value.happened
    assert ".key.json" in said.value.next_step


def test_when_the_newest_copy_is_damaged_too_the_next_older_is_offered(place: Path, clock: StoppedClock) -> None:
    newest, older = backups_of(place)
    _damage(place)
    _damage(newest.path)
    first = copy_to_offer(StoreDamaged([newest, older]), place)
    assert first is not None
    with pytest.raises(BackupUnusable) as refused:
        restore_copy(place, first[0], PASSPHRASE, clock)

    second = copy_to_offer(refused.value, place, {first[0]})

    assert (first[0], second and second[0]) == (newest.path, older.path)
    assert newest.at - older.at == timedelta(days=1)
    assert copy_to_offer(refused.value, place, {newest.path, older.path}) is None
    restore_copy(place, older.path, PASSPHRASE, clock).close()


def test_after_doubt_every_page_is_read_before_the_door_opens(place: Path, clock: StoppedClock) -> None:
    _damage(place)
    open_store(place, PASSPHRASE, clock).close()
    doubt_about(place).touch()

    with pytest.raises(StoreDamaged) as said:
        open_store(place, PASSPHRASE, clock)

    assert len(said.value.backups) == 2
    restore_copy(place, said.value.backups[0].path, PASSPHRASE, clock).close()
    assert not doubt_about(place).exists()


def test_doubt_about_a_whole_store_is_forgotten(place: Path, clock: StoppedClock) -> None:
    doubt_about(place).touch()

    open_store(place, PASSPHRASE, clock).close()

    assert not doubt_about(place).exists()


@pytest.fixture
def program(qapp: QApplication, place: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[Program]:
    """The program after a crash with one audit on the screen."""
    store = open_store(place, PASSPHRASE, clock)
    store.do(setting_up.keep_forms, shipped_forms(paths.shipped("forms")))
    (draft,) = store.do(audits.start_audit, "child_practice_audit").drafts
    store.do(audits.open_draft, draft)
    made = Program(qapp, paths.below(tmp_path))
    made.enter(store)
    yield made
    assert made.window is not None
    made.window.close()
    made.close()


def _button(program: Program) -> QPushButton:
    assert program.window is not None
    return next(b for b in program.window.messages.findChildren(QPushButton) if b.isVisible())


def test_after_a_crash_what_was_open_is_said_and_offered(program: Program) -> None:
    assert program.window is not None
    messages = program.window.messages
    wait_for("the notice", lambda: "was open when the program stopped" in messages.sentence)

    before = program.window.current_page()
    _button(program).click()

    wait_for("the audit", lambda: program.window is not None and program.window.current_page() is not before)


def test_damage_met_while_working_leads_out_and_to_a_copy(program: Program, place: Path) -> None:
    assert program.window is not None

    program.window.show_problem(StoreDamaged(backups_of(place)))
    words = _button(program).text()
    _button(program).click()

    assert words == "Close now; the next start offers the copy"
    assert not program.window.isVisible()
    assert doubt_about(place).exists()
