"""A store that came back from a copy syncs only when its person says that it is the right one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from qaf_desktop import paths
from qaf_desktop.app.program import Program
from qaf_desktop.demo.hands import click, wait_for
from qaf_desktop.domain.people import Person, Role
from qaf_desktop.services import setting_up
from tests.stores import StoppedClock

PASSPHRASE = "nine copper kettles under the stairs"
NOWHERE = {
    "qaf_enrolment": 1,
    "council": "Our Council",
    "centre": {
        "host": "localhost",
        "port": 9,
        "database": "qaf",
        "sign_in": "password",
        "ca_pem": "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
    },
    "person": {"code": "TM-02", "login": "u1", "name": "Team manager", "role": "TM", "team": None},
    "recovery_public_key": None,
}


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, clock: StoppedClock) -> Iterator[Program]:
    """The program around a store that was restored an hour ago."""
    store = setting_up.create_with_passphrase(paths.below(tmp_path).store, PASSPHRASE, clock)
    me = Person("TM-02", "u1", "Team manager", Role.TM, None)
    store.do(setting_up.say_who_works_here, me, NOWHERE, [])
    with store.work() as work:
        work.meta.needs_consent_to_sync = True
    made = Program(qapp, paths.below(tmp_path))
    made.enter(store)
    yield made
    assert made.window is not None
    made.window.close()
    made.close()


def test_a_restored_store_asks_before_it_syncs(program: Program, qtbot: QtBot) -> None:
    window = program.window
    assert window is not None

    program.syncing.sync_now()
    wait_for("the question", lambda: "backup copy" in window.messages.sentence)
    agree = next(button for button in window.messages.findChildren(QPushButton) if "sync" in button.text())
    click(agree)

    with_consent = program.desk.deed(lambda work: work.meta.needs_consent_to_sync)
    wait_for("the answer to be kept", lambda: not with_consent())
