import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.sending import SendState
from qaf_desktop.services.audits import OfferedForm
from qaf_desktop.ui.lists.rows import ROW_ROLE
from qaf_desktop.ui.messages import MessageBar
from qaf_desktop.ui.my_work.my_work_presenter import MyWorkPresenter
from qaf_desktop.ui.my_work.my_work_view import MyWorkView, waiting_words

from .lines import FORM, a_draft, a_sealed_copy, now, some_work

AUDIT_FORM = OfferedForm("child_practice_audit", "2026.1", FORM, "auditor")
SHORT_FORM = OfferedForm("dip_sample", "1", "Dip & sample", "auditor")


@pytest.fixture
def view(theme, qtbot):
    view = MyWorkView(theme, now)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.setMinimumSize(600, 400)
    view.show()
    return view


class Desk:
    """What the page was joined to, and what it asked for."""

    def __init__(self, work):
        self.work = work
        self.asked = []
        self.messages = None

    def look(self):
        return self.work

    def note(self, name, answer=None):
        def noted(*args):
            self.asked.append((name, *args))
            return answer

        return noted


@pytest.fixture
def desk():
    return Desk(some_work(drafts=[a_draft()], completed=[a_sealed_copy()], ready=1))


@pytest.fixture
def presenter(view, theme, background, desk, qtbot):
    desk.messages = MessageBar(theme)
    qtbot.addWidget(desk.messages)
    presenter = MyWorkPresenter(
        view,
        background,
        desk.messages,
        look=desk.look,
        offered=lambda: (AUDIT_FORM,),
        start=desk.note("start", Change(drafts=frozenset({"d9"}))),
        discard=desk.note("discard", Change(drafts=frozenset({"d1"}))),
        take_back=desk.note("take back", Change(drafts=frozenset({"d1"}))),
        open_draft=desk.note("open draft"),
        open_record=desk.note("open record"),
        open_sync=desk.note("open sync"),
        waiting=desk.note("waiting"),
    )
    qtbot.waitUntil(lambda: bool(view.rows()) and not background.busy)
    desk.asked.clear()
    return presenter


def titles(view):
    return [row.title for row in view.rows()]


def test_drafts_come_first_and_say_how_complete_they_are(view):
    view.show_work(some_work(drafts=[a_draft()], completed=[a_sealed_copy()]))

    assert titles(view) == ["In progress · 1", "CH-7K4QM", "Completed · 1", "CH-9QJ4T"]
    assert "31 of 74 answered" in view.rows()[1].spoken
    assert "with Ana Field" in view.rows()[1].spoken


def test_a_sealed_copy_says_its_grade_its_voices_and_how_far_it_has_got(view):
    view.show_work(some_work(completed=[a_sealed_copy(state=SendState.HELD_BACK, reason="The team is not known yet.")]))

    spoken = view.rows()[1].spoken

    assert all(words in spoken for words in ("Good", "1 voice heard", "Held back", "The team is not known yet."))


def test_an_empty_desk_invites_to_begin(view, qtbot):
    view.show_forms([AUDIT_FORM])
    view.show_work(some_work())

    with qtbot.waitSignal(view.start_requested) as asked:
        qtbot.mouseClick(view._empty._button, Qt.MouseButton.LeftButton)

    assert asked.args == ["child_practice_audit"]


def test_without_a_form_nothing_can_be_begun_and_the_page_says_why(view):
    view.show_work(some_work())

    assert not view._start.isEnabled()
    assert view._empty._heading.text() == "No form yet"


def test_with_several_forms_the_person_chooses(view, qtbot):
    view.show_forms([AUDIT_FORM, SHORT_FORM])
    view.start()

    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    words = [action.text() for action in menu.actions()]
    with qtbot.waitSignal(view.start_requested) as asked:
        menu.actions()[1].trigger()
    menu.close()

    assert words == [f"{FORM} (2026.1)", "Dip && sample (1)"]
    assert asked.args == ["dip_sample"]


def test_a_search_narrows_both_lists(view, qtbot):
    view.show_work(some_work(drafts=[a_draft(), a_draft(2, "CH-2M8XR", "Ben")], completed=[a_sealed_copy()]))

    qtbot.keyClicks(view._search, "2m8")

    qtbot.waitUntil(lambda: titles(view) == ["In progress · 1", "CH-2M8XR"])


def test_a_search_that_finds_nothing_says_so(view, qtbot):
    view.show_work(some_work(drafts=[a_draft()]))

    qtbot.keyClicks(view._search, "zzz")

    qtbot.waitUntil(view._empty.isVisible)
    assert view._empty._heading.text() == "Nothing found"


def test_enter_opens_the_draft_in_focus(view, qtbot):
    view.show_work(some_work(drafts=[a_draft()], completed=[a_sealed_copy()]))
    view._list.setFocus()

    with qtbot.waitSignal(view.draft_opened) as opened:
        qtbot.keyClick(view._list, Qt.Key.Key_Return)

    assert opened.args == ["d1"]


def test_arrow_keys_pass_over_the_headings(view, qtbot):
    view.show_work(some_work(drafts=[a_draft()], completed=[a_sealed_copy()]))
    view._list.setFocus()

    qtbot.keyClick(view._list, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.record_opened) as opened:
        qtbot.keyClick(view._list, Qt.Key.Key_Return)

    assert opened.args == ["r1"]


def test_a_click_opens(view, qtbot):
    view.show_work(some_work(drafts=[a_draft()]))
    place = view._list.visualRect(view._list.model().index(1, 0)).center()

    with qtbot.waitSignal(view.draft_opened):
        qtbot.mouseClick(view._list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))


def test_a_screen_reader_hears_the_whole_row(view):
    view.show_work(some_work(drafts=[a_draft()]))
    index = view._list.model().index(1, 0)

    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == index.data(ROW_ROLE).spoken


def test_what_waits_is_one_sentence():
    assert waiting_words(some_work(ready=1).sending) == "1 sealed copy waits to be sent."
    assert "2 sealed copies wait" in waiting_words(some_work(ready=2, held_back=1).sending)
    assert waiting_words(some_work(confirmed=5).sending) == ""


def test_starting_an_audit_opens_its_new_draft(view, presenter, desk, qtbot):
    view.start()

    qtbot.waitUntil(lambda: ("open draft", "d9") in desk.asked)
    assert ("start", "child_practice_audit") in desk.asked


def test_the_page_looks_again_when_something_it_shows_is_different(view, presenter, desk, background, qtbot):
    desk.work = some_work(drafts=[a_draft(), a_draft(2, "CH-2M8XR")])

    background.changed.emit(Change(drafts=frozenset({"d2"})))

    qtbot.waitUntil(lambda: "CH-2M8XR" in titles(view))


def test_a_discarded_draft_can_be_taken_back(view, presenter, desk, qtbot):
    view._list.setFocus()
    qtbot.keyClick(view._list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: desk.messages.sentence.startswith("The draft was discarded."))

    desk.messages._action.click()

    qtbot.waitUntil(lambda: ("take back", "d1") in desk.asked)


def test_the_status_bar_hears_what_waits(view, presenter, desk, background, qtbot):
    background.changed.emit(Change(sending=True))

    qtbot.waitUntil(lambda: ("waiting", desk.work.sending) in desk.asked)


def test_on_an_empty_desk_the_keyboard_is_on_the_button_to_begin(view, qtbot):
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view._list.hasFocus)

    view.show_work(some_work())
    view.show_forms([OfferedForm("f", "1.0", "Child practice audit", "auditor")])

    assert view._start.hasFocus()
