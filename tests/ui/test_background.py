import gc
import threading
import time
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget

from qaf_desktop.domain.change import Change
from qaf_desktop.problems import Problem
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.main_window import MainWindow


@pytest.fixture
def owner(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_a_deed_is_done_in_a_lane_and_answered_in_the_windows_thread(qtbot, background, owner):
    seen = []

    background.run(
        owner,
        lambda: threading.current_thread().name,
        lambda name: seen.append((name, QThread.currentThread() is owner.thread())),
    )

    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("lane-store", True)]


def test_a_lane_does_its_work_in_the_order_it_was_asked_for(qtbot, background, owner):
    done = []

    for number in range(50):
        background.run(owner, lambda number=number: number, done.append)

    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == list(range(50))


def test_the_store_does_not_wait_for_the_centre(qtbot, background, owner):
    answer, saved = threading.Event(), []

    background.run(owner, lambda: answer.wait(5), lambda _: saved.append("centre"), lane="centre")
    background.run(owner, lambda: None, lambda _: saved.append("store"))

    qtbot.waitUntil(lambda: saved == ["store"])
    answer.set()
    qtbot.waitUntil(lambda: saved == ["store", "centre"])


def test_a_change_is_announced_to_everybody(qtbot, background, owner):
    change = Change(sending=True)

    with qtbot.waitSignal(background.changed) as told:
        background.run(owner, lambda: change)

    assert told.args == [change]


def test_a_change_of_nothing_is_not_announced(qtbot, background, owner):
    with qtbot.assertNotEmitted(background.changed), qtbot.waitSignal(background.idle):
        background.run(owner, Change)


def test_a_problem_goes_to_whoever_answers_it(qtbot, background, owner):
    seen = []

    def deed():
        raise Problem("The disk is full.")

    background.run(owner, deed, otherwise=seen.append)

    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].happened == "The disk is full."


def test_a_problem_nobody_answers_is_shown_in_the_message_bar(qtbot, background, theme):
    window = MainWindow(theme, QWidget())
    qtbot.addWidget(window)
    page = QWidget()
    window.add_destination("page", "Page", "forms", lambda: page)
    window.go_to("page")

    def deed():
        raise Problem("The disk is full.", safe="Your work is safe.", next_step="Make room.")

    background.run(page, deed)

    qtbot.waitUntil(lambda: bool(window.messages.sentence))
    assert window.messages.sentence == "The disk is full. Your work is safe. Make room."


def test_what_nobody_expected_rises_in_the_windows_thread(qtbot, background, owner):
    def deed():
        raise ZeroDivisionError("by accident")

    with qtbot.capture_exceptions() as risen, qtbot.waitSignal(background.idle):
        background.run(owner, deed)

    assert [kind for kind, _, _ in risen] == [ZeroDivisionError]


def test_an_owner_that_is_gone_is_not_called_back_but_its_work_is_finished(qtbot, background):
    owner, go, called = QWidget(), threading.Event(), []
    background.run(owner, lambda: go.wait(5) and Change(sending=True), called.append)

    with qtbot.waitSignal(background.changed):
        owner.deleteLater()
        qtbot.waitUntil(lambda: not shiboken6.isValid(owner))
        go.set()

    assert called == []


def test_the_last_reference_to_a_callback_is_let_go_in_the_windows_thread(qtbot, background, owner):
    threads = []

    class Callback:
        def __call__(self, _):
            pass

        def __del__(self):
            threads.append(threading.current_thread())

    for _ in range(100):
        background.run(owner, partial(id, Callback()), Callback())

    qtbot.waitUntil(lambda: not background.busy)
    gc.collect()
    assert set(threads) == {threading.main_thread()}


def test_progress_arrives_and_the_newest_step_is_never_lost(qtbot, background, owner):
    steps, results = [], []

    def deed(on_progress, cancelled):
        for number in range(1_000):
            on_progress(number)
        return "done"

    background.run_with_progress(owner, deed, results.append, on_progress=steps.append)

    qtbot.waitUntil(lambda: bool(results))
    assert steps[-1] == 999
    assert steps == sorted(steps)


def test_long_work_can_be_asked_to_stop(qtbot, background, owner):
    results = []

    def deed(on_progress, cancelled):
        while not cancelled():
            time.sleep(0.001)
        return "stopped"

    running = background.run_with_progress(owner, deed, results.append)
    running.cancel()

    qtbot.waitUntil(lambda: results == ["stopped"])


def test_closing_waits_until_everything_is_written(qtbot):
    background, owner, written = Background(), QWidget(), []
    qtbot.addWidget(owner)
    for number in range(5):
        background.run(owner, lambda number=number: (time.sleep(0.01), written.append(number)))

    finished = background.close(5)

    assert finished
    assert written == [0, 1, 2, 3, 4]


def test_closing_does_not_wait_for_a_centre_that_never_answers(qtbot):
    background, owner, never = Background(), QWidget(), threading.Event()
    qtbot.addWidget(owner)
    background.run(owner, lambda: never.wait(10), lane="centre")
    began = time.monotonic()

    assert background.close(5)
    assert time.monotonic() - began < 2
    never.set()


def test_a_closed_background_takes_no_more_work(qtbot):
    background, owner = Background(), QWidget()
    qtbot.addWidget(owner)
    background.run(owner, lambda: None)
    background.close()

    with pytest.raises(RuntimeError, match="no more work"):
        background.run(owner, lambda: None)
