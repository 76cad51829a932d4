from types import SimpleNamespace

import pytest
from PySide6.QtPrintSupport import QPrinter

from qaf_desktop.problems import Problem
from qaf_desktop.ui.messages import MessageBar
from qaf_desktop.ui.paper.press import PaperJam, print_pdf
from qaf_desktop.ui.paper.preview_presenter import PreviewPresenter
from qaf_desktop.ui.paper.preview_view import PreviewView

from .pdfs import a_pdf


@pytest.fixture
def view(theme, qtbot):
    view = PreviewView(theme, "Child practice audit")
    qtbot.addWidget(view)
    view.setMinimumSize(500, 400)
    view.resize(900, 700)
    view.show()
    return view


@pytest.fixture
def joined(view, theme, background, qtbot):
    messages, left = MessageBar(theme), []
    qtbot.addWidget(messages)
    paper = SimpleNamespace(pdf=a_pdf(3), title="Child practice audit", file_name="child-practice-audit.pdf")
    presenter = PreviewPresenter(view, background, messages, paper, left_the_store=left.append)
    return SimpleNamespace(presenter=presenter, messages=messages, left=left, paper=paper)


def a_printer_into(path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(100)
    return printer


def test_the_preview_shows_every_page_and_counts_them(view, joined):
    assert view.pane.page_count() == 3
    assert view.pane._count.text() == "Page 1 of 3"


def test_the_same_words_can_be_read_as_text(view, joined):
    view.pane._as_text.setChecked(True)

    assert view.pane._text.toPlainText().split() == ["Sheet", "1", "Sheet", "2", "Sheet", "3"]


def test_pages_grow_and_shrink(view, joined):
    before = view.pane._view.zoomFactor()

    view.pane.zoom(1)
    larger = view.pane._view.zoomFactor()
    view.pane.zoom(-1)

    assert larger != before
    assert view.pane._view.zoomFactor() < larger


def test_nothing_can_be_printed_before_there_is_a_paper(view):
    assert not view._print.isEnabled()
    assert not view._save.isEnabled()


def test_printing_sends_every_page_and_is_noted(view, joined, qtbot, tmp_path):
    target = tmp_path / "printed.pdf"

    view.print_requested.emit(a_printer_into(target))

    qtbot.waitUntil(lambda: joined.left == ["printed"], timeout=10_000)
    assert joined.messages.sentence.startswith("3 pages were sent to the printer.")
    assert target.read_bytes().startswith(b"%PDF")


def test_only_the_chosen_pages_are_printed(qapp, tmp_path):
    printer = a_printer_into(tmp_path / "printed.pdf")
    printer.setFromTo(2, 3)
    steps = []

    printed = print_pdf(a_pdf(4), printer, steps.append, lambda: False)

    assert printed == 2
    assert [(step.done, step.total) for step in steps] == [(1, 2), (2, 2)]


def test_printing_can_be_stopped(qapp, tmp_path):
    printed = print_pdf(a_pdf(3), a_printer_into(tmp_path / "printed.pdf"), lambda step: None, lambda: True)

    assert printed == 0


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_begin_is_a_problem_in_words(qapp, tmp_path):
    with pytest.raises(PaperJam) as jam:
        print_pdf(a_pdf(1), a_printer_into(tmp_path / "no such folder" / "x.pdf"), lambda step: None, lambda: False)

    assert isinstance(jam.value, Problem)
    assert jam.value.next_step


def test_a_copy_is_saved_where_the_person_wants_it(view, joined, qtbot, tmp_path):
    target = tmp_path / "copy.pdf"

    view.save_requested.emit(target)

    qtbot.waitUntil(lambda: joined.left == ["saved"])
    assert target.read_bytes() == joined.paper.pdf
    assert "outside the encrypted store" in joined.messages.sentence


def test_a_copy_that_cannot_be_saved_says_so_and_is_not_noted(view, joined, qtbot, tmp_path):
    problems = []
    view.show_problem = problems.append

    view.save_requested.emit(tmp_path / "missing" / "copy.pdf")

    qtbot.waitUntil(lambda: bool(problems))
    assert problems[0].happened == "The copy could not be saved there."
    assert joined.left == []
