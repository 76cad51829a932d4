import time
from datetime import timedelta

import pytest

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import RecordId
from qaf_desktop.domain.sending import SendState
from qaf_desktop.problems import Problem
from qaf_desktop.sync.conversation import Progress, SyncOutcome
from qaf_desktop.sync.receipts import Receipt, ReceiptLine
from qaf_desktop.ui.sync.sync_lists import kind_words
from qaf_desktop.ui.sync.sync_presenter import SyncPresenter
from qaf_desktop.ui.sync.sync_view import SyncView, counts_words

from .lines import NOW, a_queue_line, a_sending_page, now, some_work


def a_step(step="push", words="", done=3, total=8):
    return Progress(step, words, done, total)


def an_outcome(problem=None):
    return SyncOutcome(NOW, 1, 1, 0, 0, change=Change(sending=True), problem=problem, skew_seconds=0.1)


def a_receipt(*states):
    lines = tuple(
        ReceiptLine(
            record_id=RecordId(f"r{number}"),
            kind=Kind.AUDIT,
            child_ref="CH-7K4QM",
            content_hash="a1b2c3d4e5f6" * 5,
            state=state,
            seq=number,
            scope="person:TM-02",
        )
        for number, state in enumerate(states)
    )
    return Receipt(NOW - timedelta(minutes=1), "Northbridge", "centre.example", (), lines)


@pytest.fixture
def view(theme, qtbot):
    view = SyncView(theme, now)
    qtbot.addWidget(view)
    view.setMinimumSize(500, 400)
    view.resize(1000, 700)
    view.show()
    return view


class Joined:
    """The page joined to a centre that says what the test wants."""

    def __init__(self, view, background, talk):
        self.page = a_sending_page([a_queue_line()], ready=1)
        self.heard, self.papers, self.opened, self.problems = [], [], [], []
        view.show_problem = self.problems.append
        self.presenter = SyncPresenter(
            view,
            background,
            look=lambda: self.page,
            talk=talk,
            receipt=lambda: a_receipt(SendState.CONFIRMED, SendState.RECEIVED),
            print_receipt=lambda: "paper",
            show_paper=self.papers.append,
            open_record=self.opened.append,
            heard=self.heard.append,
        )


def test_every_record_says_in_plain_words_where_it_is(view):
    view.show_page(a_sending_page([a_queue_line(1), a_queue_line(2, SendState.HELD_BACK, "The team is not known.")]))

    assert "Ready to send" in view.rows()[0].spoken
    assert view.rows()[1].spoken.endswith("Held back. The team is not known.")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_word_without_underscores(kind):
    assert "_" not in kind_words(kind)


def test_the_last_attempt_is_one_sentence(view):
    view.show_page(a_sending_page(outcome="done", sentence="The centre has everything.", confirmed=3))

    assert view.words.startswith("The centre has everything Last asked today at ")
    assert "3 confirmed" in view.words


def test_before_the_first_sync_nothing_is_claimed(view):
    view.show_page(a_sending_page())

    assert view.words == "The centre has not been asked yet There is nothing to send."


def test_the_counts_read_as_a_sentence():
    assert counts_words(some_work(ready=2, held_back=1).sending) == "Sealed copies: 2 ready to send, 1 held back."


def test_a_sync_shows_its_steps_and_can_be_cancelled(view, background, qtbot):
    seen = []

    def talk(on_progress, cancelled):
        on_progress(a_step())
        while not cancelled():
            time.sleep(0.001)  # as one who waits for a network: leaves the interpreter to the window
        return an_outcome()

    joined = Joined(view, background, talk)
    view.sync_requested.emit()
    qtbot.waitUntil(view._cancel.isVisible)
    seen.append(view.words)
    view._cancel.click()

    qtbot.waitUntil(lambda: bool(joined.heard))
    assert seen == ["Sending 3 of 8"]
    assert not view._cancel.isVisible()
    assert view._sync.isEnabled()


def test_only_one_conversation_at_a_time(view, background, qtbot):
    calls = []

    def talk(on_progress, cancelled):
        calls.append(1)
        return an_outcome()

    joined = Joined(view, background, talk)
    joined.presenter.sync_now()
    joined.presenter.sync_now()

    qtbot.waitUntil(lambda: not background.busy)
    assert calls == [1]


def test_a_sync_announces_what_changed(view, background, qtbot):
    joined = Joined(view, background, lambda on_progress, cancelled: an_outcome())

    with qtbot.waitSignal(background.changed) as told:
        joined.presenter.sync_now()

    assert told.args == [Change(sending=True)]


def test_a_centre_that_does_not_answer_is_a_calm_sentence(view, background, qtbot):
    problem = Problem("The centre could not be reached.", safe="Your work is kept on this computer.")
    joined = Joined(view, background, lambda on_progress, cancelled: an_outcome(problem))

    joined.presenter.sync_now()

    qtbot.waitUntil(lambda: joined.problems == [problem])
    assert view._sync.isEnabled()


def test_a_conversation_that_breaks_off_leaves_the_page_ready(view, background, qtbot):
    def talk(on_progress, cancelled):
        raise Problem("The disk is full.")

    joined = Joined(view, background, talk)
    joined.presenter.sync_now()

    qtbot.waitUntil(lambda: bool(joined.problems))
    assert view._sync.isEnabled()
    assert not joined.presenter.under_way


def test_without_a_centre_the_page_says_so_and_offers_nothing(view, background, qtbot):
    joined = Joined(view, background, None)

    qtbot.waitUntil(lambda: "without a centre" in view.words)
    assert not view._sync.isEnabled()
    assert joined.heard == []


def test_the_receipt_counts_only_what_the_log_has_proved(view, background, qtbot):
    joined = Joined(view, background, None)
    view._tabs.setCurrentIndex(1)

    qtbot.waitUntil(lambda: bool(view._receipt.rows()))
    assert view._receipt._words.text().startswith("1 of 2 confirmed by Northbridge")
    assert any("in the centre's log of your papers" in row.subtitle for row in view._receipt.rows())
    view._receipt._print.click()
    qtbot.waitUntil(lambda: joined.papers == ["paper"])
