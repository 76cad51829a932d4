import gc
import sys
import threading

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from qaf_desktop.ui.collector import Collector
from qaf_desktop.ui.crash import Crash, details_of
from qaf_desktop.ui.idle import Idle
from qaf_desktop.ui.network import NetworkHint


class Clocks:
    def __init__(self):
        self.wall = 1_000_000.0
        self.running = 50.0

    def wait(self, seconds, *, asleep=False):
        self.wall += seconds
        self.running += 0 if asleep else seconds


@pytest.fixture
def clocks():
    return Clocks()


@pytest.fixture
def idle(qapp, clocks):
    idle = Idle(qapp, 5, clock=lambda: clocks.wall, monotonic=lambda: clocks.running)
    yield idle
    idle.deleteLater()


def test_nobody_there_for_five_minutes_is_told_once(idle, clocks, qtbot):
    told = []
    idle.idle.connect(lambda: told.append(1))

    clocks.wait(299)
    idle.look()
    assert told == []

    clocks.wait(1)
    idle.look()
    idle.look()
    assert told == [1]


def test_sleep_counts(idle, clocks, qtbot):
    clocks.wait(3_600, asleep=True)

    with qtbot.waitSignal(idle.idle):
        idle.look()


def test_a_clock_set_back_does_not_keep_the_screen_open(idle, clocks, qtbot):
    clocks.wait(400)
    clocks.wall -= 100_000

    with qtbot.waitSignal(idle.idle):
        idle.look()


def test_a_key_press_in_any_of_our_windows_is_a_sign_of_life(idle, clocks, qtbot):
    window = QWidget()
    window.setMinimumSize(100, 100)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is window.windowHandle())
    clocks.wait(200)

    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)

    assert idle.idle_seconds() == 0


def test_painting_is_no_sign_of_life(idle, clocks, qtbot):
    clocks.wait(100)

    idle.eventFilter(idle, QEvent(QEvent.Type.Paint))

    assert idle.idle_seconds() == 100


def test_a_network_that_comes_back_is_a_hint(qapp, qtbot):
    hint = NetworkHint()
    hint._changed(QNetworkInformation.Reachability.Disconnected)

    with qtbot.waitSignal(hint.maybe_back):
        hint._changed(QNetworkInformation.Reachability.Online)
    with qtbot.assertNotEmitted(hint.maybe_back):
        hint._changed(QNetworkInformation.Reachability.Online)


def a_failure():
    try:
        raise ValueError("CH-7K4QM said: I was frightened")
    except ValueError as error:
        return error


def test_the_details_of_a_crash_name_places_and_never_words():
    details = details_of(a_failure(), "0.1.0")

    assert "builtins.ValueError" in details
    assert "in a_failure" in details
    assert "CH-7K4QM" not in details
    assert "frightened" not in details


def test_a_crash_is_logged_and_shown_once(qapp, qtbot):
    logged, left = [], []
    crash = Crash("0.1.0", logged.append, lambda: left.append(1))
    error = a_failure()

    crash.caught(type(error), error, error.__traceback__)
    crash.caught(type(error), error, error.__traceback__)

    window = crash._window
    qtbot.addWidget(window)
    assert len(logged) == 2
    assert window.isVisible()
    window.close_requested.emit()
    assert left == [1]


def test_a_crash_in_another_thread_is_shown_in_the_windows_thread(qapp, qtbot, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash = Crash("0.1.0", lambda _: None, lambda: None)
    crash.install()

    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

    qtbot.waitUntil(lambda: crash._window is not None)
    qtbot.addWidget(crash._window)


def test_cycles_are_cleared_away_in_the_windows_thread_only(qapp, qtbot):
    collector = Collector()
    threads = []

    class Node:
        def __del__(self):
            threads.append(threading.current_thread())

    def litter():
        for _ in range(5_000):
            node = Node()
            node.itself = node

    try:
        thread = threading.Thread(target=litter)
        thread.start()
        thread.join()
        assert threads == []
        collector.collect_if_due()
    finally:
        collector.stop()
    gc.collect()
    assert set(threads) == {threading.main_thread()}
    assert gc.isenabled()
