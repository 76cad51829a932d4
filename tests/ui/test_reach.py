"""Everybody gets there: with the keyboard, with a screen reader, with twice the text."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from qaf_desktop.domain.people import Role
from qaf_desktop.problems import Problem
from qaf_desktop.security.passphrase import weakness
from qaf_desktop.services.audits import CaseView, OfferedForm
from qaf_desktop.services.forms import FormLine
from qaf_desktop.ui.forms.forms_view import FormsView
from qaf_desktop.ui.help_view import HelpView
from qaf_desktop.ui.main_window import MainWindow
from qaf_desktop.ui.my_work.my_work_view import MyWorkView
from qaf_desktop.ui.paper.preview_view import PreviewView
from qaf_desktop.ui.papers.papers_view import AUDITS, PapersView
from qaf_desktop.ui.papers.sealed_view import SealedView
from qaf_desktop.ui.start.first_run import EnrolmentSummary, FirstRunWindow
from qaf_desktop.ui.start.unlock_panel import UnlockPanel
from qaf_desktop.ui.sync.sync_view import SyncView

from .conftest import RESOURCES
from .lines import FORM, NOW, a_draft, a_queue_line, a_sealed_copy, a_sending_page, now, some_work
from .pdfs import a_pdf

SMALLEST_TARGET_PIXELS = 24


def my_work(theme):
    view = MyWorkView(theme, now)
    view.show_forms([OfferedForm("audit", "1", FORM, "auditor")])
    view.show_work(some_work([a_draft()], [a_sealed_copy()], ready=1))
    return view


def papers(theme):
    view = PapersView(theme, AUDITS, now)
    view.show_lines([a_sealed_copy()], more=False)
    return view


def forms(theme):
    view = FormsView(theme)
    view.show_forms([FormLine("audit", "1", FORM, "auditor", NOW)])
    return view


def sync(theme):
    view = SyncView(theme, now)
    view.show_page(a_sending_page([a_queue_line()], "done", "The centre has everything.", ready=1))
    return view


def preview(theme):
    view = PreviewView(theme, FORM)
    view.show_pdf(a_pdf(2), "audit.pdf")
    return view


def sealed(theme):
    view = SealedView(theme, now)
    view.show_case(CaseView(a_sealed_copy(), (a_sealed_copy(2),), ()), "r1")
    view.paper.show_pdf(a_pdf(2), "audit.pdf")
    view.offer_feedback(True)
    return view


def help_page(theme):
    return HelpView(theme, RESOURCES)


def unlock(theme):
    panel = UnlockPanel(theme)
    panel.show_wrong(Problem("That is not the passphrase.", next_step="Try again."))
    return panel


def welcome(theme):
    return FirstRunWindow(theme, weakness)


def enrolment(theme):
    window = FirstRunWindow(theme, weakness)
    window.show_enrolment(EnrolmentSummary(Path("x"), "Northbridge", "centre:5432", "TM-02", Role.TM, "N", True))
    return window


def person(theme):
    window = FirstRunWindow(theme, weakness)
    window.welcome.alone_requested.emit()
    return window


def key(theme):
    window = person(theme)
    window.person._code.setText("TM-02")
    window.person.go_on.click()
    window.show_keyring(False, "This computer has no keyring.")
    return window


PAGES = [my_work, papers, forms, sync, preview, sealed, help_page, unlock, welcome, enrolment, person, key]


@pytest.fixture(params=PAGES, ids=lambda make: make.__name__)
def page(request, theme, qtbot):
    window = MainWindow(theme, QWidget())
    qtbot.addWidget(window)
    window.add_destination("page", "Page", "forms", lambda: request.param(theme))
    window.go_to("page")
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.wait(1)
    return window.current_page()


def focusable(page):
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
    ]


def test_everything_that_takes_the_keyboard_has_a_name(page):
    assert focusable(page)
    nameless = [
        widget
        for widget in focusable(page)
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and not isinstance(widget, QTabBar)
        and widget.objectName() != "qt_scrollarea_viewport"
    ]

    assert nameless == []


def test_tab_goes_all_the_way_round(page, qtbot):
    page.setFocus()
    seen = []

    for _ in range(60):
        QApplication.focusWidget() and qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())

    # a list or a button group is one stop; what matters is that nothing holds the focus for good
    assert all(before is not after for before, after in pairwise(seen))


def test_targets_are_large_enough(page):
    small = [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox)
        and widget.isVisible()
        and min(widget.width(), widget.height()) < SMALLEST_TARGET_PIXELS
        and widget.parent().__class__ not in {QLineEdit, QComboBox}
        and not isinstance(widget.parent(), QTabBar | QLineEdit)
    ]

    assert small == []


@pytest.mark.parametrize("percent", [100, 200])
def test_no_words_are_cut(page, theme, qtbot, percent):
    theme.resize_text(percent)
    page.window().resize(1280, 800)
    qtbot.wait(1)

    cut = [
        (type(widget).__name__, widget.text(), widget.size(), widget.sizeHint())
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and isinstance(widget, QPushButton | QLabel | QToolButton) and _cut(widget)
    ]

    assert cut == []


def _cut(widget):
    if isinstance(widget, QLabel):
        if not widget.text():
            return False
        if widget.wordWrap():
            room = QRect(0, 0, widget.contentsRect().width(), 10_000)
            needed = widget.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, widget.text())
            return needed.height() > widget.height() + 1
        return widget.sizeHint().width() > widget.width() + 1
    return widget.sizeHint().width() > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1


def test_the_windows_begin_without_store_printer_or_form_compiler():
    heavy = ["sqlalchemy", "sqlcipher3", "reportlab", "pyxform", "psycopg", "keyring", "cryptography", "PySide6.QtPdf"]
    program = (
        "import sys\n"
        "import qaf_desktop.ui.start.unlock_panel, qaf_desktop.ui.start.first_run, qaf_desktop.ui.background\n"
        "import qaf_desktop.ui.main_window, qaf_desktop.ui.my_work.my_work_presenter\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )

    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=RESOURCES.parent
    )

    assert said.stdout.strip() == "[]"
