"""The audit that is shipped, in its own workspace: quick to open, quick to type in, at every size of words."""

import time
from itertools import pairwise
from statistics import median

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from .desk import Bench


@pytest.fixture
def bench(store, real_form, background, qtbot):
    return Bench(store, real_form, background, qtbot)


def test_every_section_can_be_looked_at(bench, workspace):
    lines = workspace.sections.lines()

    for line in lines:
        workspace.section_requested.emit(line.ref)
        assert workspace.current_section() == line.ref
        assert workspace.page(line.ref).questions() or line.ref in {"/data/st", "/data/ai", "/data/ac"}

    assert len(lines) > 15


def test_the_way_through_it_by_next_unanswered_meets_every_required_question(workspace):
    met = []

    for _ in range(200):
        workspace.next_unanswered_requested.emit()
        name = workspace.question_in_focus().item.name
        if name in met:
            break
        met.append(name)

    assert len(met) > 30
    assert len(met) == sum(line.asked for line in workspace.sections.lines())


def test_a_keystroke_holds_the_window_for_less_than_50_ms(workspace):
    workspace.answered.emit("/data/cf/cf_type", "full")
    for section in [line.ref for line in workspace.sections.lines()]:
        workspace.section_requested.emit(section)
    workspace.section_requested.emit("/data/cf")
    box = workspace.page("/data/cf").question("/data/cf/cf_story").answer.box
    box.setFocus()
    took = []

    for sign in "The child was seen at home twice this month. " * 3:
        began = time.perf_counter()
        QTest.keyClicks(box, sign)
        took.append((time.perf_counter() - began) * 1000)

    assert median(took) < 50


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [1092, 700])
def test_nothing_is_cut_off(theme, workspace, percent, width):
    theme.resize_text(percent)
    workspace.resize(width, 640)
    workspace.section_requested.emit("/data/ac")
    workspace.page("/data/ac").row_list("/data/ac/ac_list").add.click()

    for section in ("/data/cd", "/data/nn", "/data/dm", "/data/ac"):
        workspace.section_requested.emit(section)
        QTest.qWait(20)
        page = workspace.page(section)
        right = page.viewport().width()
        assert page.widget().width() <= right
        for part in [*page.findChildren(QLabel), *page.findChildren(QPushButton)]:
            if part.isVisible():
                assert part.mapTo(page.viewport(), part.rect().topRight()).x() <= right, part.text()
                assert part.height() >= part.fontMetrics().height()


def test_tab_walks_through_a_section_from_the_top_to_the_bottom(workspace):
    workspace.section_requested.emit("/data/cd")
    page = workspace.page("/data/cd")
    page.questions()[0].take_keyboard()
    order = []

    for _ in range(40):
        question = workspace.question_in_focus()
        if question is None:
            break
        if not order or order[-1] is not question:
            order.append(question)
        QTest.keyClick(workspace.window().focusWidget(), Qt.Key.Key_Tab)

    heights = [question.mapTo(page.widget(), question.rect().topLeft()).y() for question in order]
    assert len(order) == len(page.questions())
    assert all(above < below for above, below in pairwise(heights))
