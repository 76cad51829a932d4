import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import RecordId
from qaf_desktop.domain.sending import SendState
from qaf_desktop.services.audits import CaseView
from qaf_desktop.services.forms import FormLine
from qaf_desktop.ui.forms.forms_presenter import FormsPresenter
from qaf_desktop.ui.forms.forms_view import FormsView
from qaf_desktop.ui.lists.rows import PAGE_ROWS
from qaf_desktop.ui.messages import MessageBar
from qaf_desktop.ui.papers.papers_presenter import PapersPresenter
from qaf_desktop.ui.papers.papers_view import AUDITS, FEEDBACK, PapersView
from qaf_desktop.ui.papers.sealed_presenter import SealedPresenter
from qaf_desktop.ui.papers.sealed_view import SealedView

from .lines import NOW, a_draft, a_sealed_copy, now
from .pdfs import a_pdf


def shown(widget, qtbot):
    qtbot.addWidget(widget)
    widget.setMinimumSize(500, 400)
    widget.resize(1000, 700)
    widget.show()
    return widget


@pytest.fixture
def view(theme, qtbot):
    return shown(PapersView(theme, AUDITS, now), qtbot)


class Shelf:
    """Some hundred sealed copies, asked for a page at a time."""

    def __init__(self, count):
        self.copies = [a_sealed_copy(number, f"CH-{number:05}") for number in range(count)]
        self.asked = []
        self.gate = None

    def look(self, words, limit, offset):
        self.asked.append((words, limit, offset))
        if self.gate is not None and words == "slow":
            self.gate.wait(5)
        return [copy for copy in self.copies if words in copy.child_ref.lower() or words == "slow"][offset:][:limit]


def test_a_long_list_comes_a_page_at_a_time(view, background, qtbot):
    shelf = Shelf(250)
    PapersPresenter(view, background, look=shelf.look, open_record=print)
    presenter = PapersPresenter(view, background, look=shelf.look, open_record=print)
    qtbot.waitUntil(lambda: len(view.rows()) >= PAGE_ROWS and not background.busy)

    view._list.scrollToBottom()

    qtbot.waitUntil(lambda: len(view.rows()) > PAGE_ROWS)
    assert presenter is not None
    assert len({row.key for row in view.rows()}) == len(view.rows())


def test_a_search_asks_the_store(view, background, qtbot):
    shelf = Shelf(250)
    presenter = PapersPresenter(view, background, look=shelf.look, open_record=print)
    qtbot.waitUntil(lambda: bool(view.rows()))

    qtbot.keyClicks(view._search, "ch-00042")

    qtbot.waitUntil(lambda: [row.title for row in view.rows()] == ["CH-00042"])
    assert presenter is not None


def test_a_late_answer_to_an_older_search_is_not_shown(view, background, qtbot):
    shelf = Shelf(3)
    shelf.gate = threading.Event()
    presenter = PapersPresenter(view, background, look=shelf.look, open_record=print)
    qtbot.waitUntil(lambda: len(view.rows()) == 3)

    view.search_changed.emit("slow")
    view.search_changed.emit("ch-00001")
    shelf.gate.set()

    qtbot.waitUntil(lambda: not background.busy)
    assert [row.title for row in view.rows()] == ["CH-00001"]
    assert presenter is not None


def test_an_empty_list_says_what_will_stand_here(theme, qtbot):
    view = shown(PapersView(theme, FEEDBACK, now), qtbot)

    view.show_lines([], more=False)

    assert view._empty.isVisible()
    assert view._empty._heading.text() == "No feedback yet"


def test_a_list_looks_again_after_a_sync(view, background, qtbot):
    shelf = Shelf(1)
    presenter = PapersPresenter(view, background, look=shelf.look, open_record=print)
    qtbot.waitUntil(lambda: len(view.rows()) == 1)
    shelf.copies.append(a_sealed_copy(7, "CH-NEW77"))

    background.changed.emit(Change(records=frozenset({RecordId("r7")})))

    qtbot.waitUntil(lambda: len(view.rows()) == 2)
    assert presenter is not None


def test_the_forms_are_listed_and_come_again_with_a_sync(theme, background, qtbot):
    view = shown(FormsView(theme), qtbot)
    forms = [FormLine("a", "2026.1", "Child practice audit", "auditor", NOW)]
    presenter = FormsPresenter(view, background, look=lambda: list(forms))
    qtbot.waitUntil(lambda: len(view.rows()) == 1)
    forms.append(FormLine("b", "1.0", "Talking with children", "child"))

    background.changed.emit(Change(reference=True))

    qtbot.waitUntil(lambda: len(view.rows()) == 2)
    assert "version 2026.1" in view.rows()[0].spoken
    assert "23 November 2026" in view.rows()[0].spoken
    assert presenter is not None


class Sealed:
    """A sealed copy on the screen, with everything it asked for."""

    def __init__(self, theme, background, qtbot):
        self.view = shown(SealedView(theme, now), qtbot)
        self.messages = MessageBar(theme)
        qtbot.addWidget(self.messages)
        self.asked = []
        self.case = CaseView(
            a_sealed_copy(1, state=SendState.HELD_BACK, reason="The team is not known yet.", overall="RI"),
            (a_sealed_copy(2, kind=Kind.FEEDBACK, overall=""),),
            (a_draft(),),
        )
        self.presenter = SealedPresenter(
            self.view,
            background,
            self.messages,
            RecordId("r1"),
            case=lambda: self.case,
            paper=lambda: SimpleNamespace(pdf=a_pdf(2), title="Child practice audit", file_name="audit.pdf"),
            hear=lambda: self.asked.append(("hear",)),
            open_record=lambda record: self.asked.append(("record", record)),
            open_draft=lambda draft: self.asked.append(("draft", draft)),
            left_the_store=lambda how: self.asked.append(("left", how)),
            back=lambda: self.asked.append(("back",)),
        )
        qtbot.waitUntil(lambda: self.view.paper.pane.page_count() == 2 and bool(self.view.rows()))


def test_a_sealed_copy_is_shown_as_its_paper_with_the_rest_of_its_audit_file(theme, background, qtbot):
    sealed = Sealed(theme, background, qtbot)

    chips = [chip._chip.word for chip in sealed.view._chips]

    assert chips == ["Requires improvement", "Held back"]
    assert "The team is not known yet." in sealed.view._facts.text()
    assert [row.key for row in sealed.view.rows()] == ["record:r2", "draft:d1"]


def test_the_day_of_every_other_paper_has_its_own_line(theme, background, qtbot):
    sealed = Sealed(theme, background, qtbot)

    feedback, draft = sealed.view.rows()

    assert feedback.title == draft.title == "Child practice audit"
    assert feedback.subtitle.startswith("completed ")
    assert draft.subtitle.startswith("draft, touched ")


def test_another_paper_of_the_audit_opens(theme, background, qtbot):
    sealed = Sealed(theme, background, qtbot)
    sealed.view._list.setFocus()

    qtbot.keyClick(sealed.view._list, Qt.Key.Key_Return)

    assert sealed.asked == [("record", "r2")]


def test_a_child_can_be_heard_for_a_sealed_audit(theme, background, qtbot):
    sealed = Sealed(theme, background, qtbot)

    sealed.view._hear.click()

    assert sealed.asked == [("hear",)]


def test_in_a_narrow_window_the_other_papers_are_still_within_reach(theme, background, qtbot):
    sealed = Sealed(theme, background, qtbot)

    sealed.view.resize(600, 600)

    assert sealed.view._others.isVisible()
    assert sealed.view._others.text() == "Also: 2"


def test_back_goes_back_once(theme, background, qtbot):
    sealed = Sealed(theme, background, qtbot)

    sealed.view.paper._back.click()

    assert sealed.asked == [("back",)]
