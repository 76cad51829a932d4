import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qaf_desktop.problems import Problem
from qaf_desktop.ui.main_window import MainWindow
from qaf_desktop.ui.start.unlock_panel import UnlockPanel
from qaf_desktop.ui.sync.centre_questions import CentrePasswordDialog

from .lines import NOW


class Page(QWidget):
    def __init__(self, words="CH-7K4QM"):
        super().__init__()
        self.field = QLineEdit(words)
        self.button = QPushButton("Second pane")
        self.stays = False
        self.saved = 0
        self.found = 0
        self.action = QAction("Complete", self)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)

    def page_actions(self):
        return [self.action]

    def panes(self):
        return [self.field, self.button]

    def form_words(self):
        return "Child practice audit, version 2026.1"

    def find_in_page(self):
        self.found += 1

    def save_now(self):
        self.saved += 1

    def can_close(self):
        return not self.stays


@pytest.fixture
def window(theme, qtbot):
    window = MainWindow(theme, UnlockPanel(theme))
    qtbot.addWidget(window)
    window.add_destination("work", "My work", "my-work", Page)
    window.add_destination("audits", "Audits", "audits", Page)
    window.go_to("work")
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def actions_of(window):
    return window.menus.findChildren(QAction)


def test_a_destination_is_made_when_it_is_first_shown(theme, qtbot):
    made = []
    window = MainWindow(theme, QWidget())
    qtbot.addWidget(window)
    window.add_destination("work", "My work", "my-work", lambda: made.append(1) or Page())

    assert made == []
    window.go_to("work")
    window.go_to("work")
    assert made == [1]


def test_the_title_names_the_page_and_never_a_reference(window):
    window.open_page(Page("CH-7K4QM"), "Child practice audit")

    assert window.windowTitle() == "Child practice audit – QAF Desktop"
    assert "CH-" not in window.windowTitle()


def test_back_closes_the_page_on_top(window):
    below = window.current_page()
    window.open_page(Page(), "Child practice audit")

    window.go_back()

    assert window.current_page() is below
    assert window.windowTitle() == "My work – QAF Desktop"


def test_a_page_left_open_is_there_again_when_coming_back(window):
    audit = Page()
    window.open_page(audit, "Child practice audit")

    window.go_to("audits")
    window.go_to("work")

    assert window.current_page() is audit


def test_a_page_that_must_stay_stays(window):
    audit = Page()
    audit.stays = True
    window.open_page(audit, "Child practice audit")

    assert not window.close_page(audit)
    assert window.current_page() is audit
    assert not window.close()
    audit.stays = False


def test_a_hook_that_says_no_keeps_the_window_open(window, qtbot):
    answers = [False, True]
    window.add_close_hook(lambda: answers.pop(0))

    with qtbot.assertNotEmitted(window.closing):
        assert not window.close()
    with qtbot.waitSignal(window.closing):
        assert window.close()


def test_closing_writes_down_what_is_open_even_under_another_page(window, qtbot):
    audit = Page()
    window.open_page(audit, "Child practice audit")
    window.go_to("audits")
    saved = audit.saved

    window.close()

    assert audit.saved == saved + 1


def test_the_menus_and_the_status_bar_follow_the_page(window):
    page = window.current_page()

    audit_menu = next(menu.menu() for menu in window.menuBar().actions() if menu.text() == "&Audit")

    assert page.action in audit_menu.actions()
    assert window.status._form.words == "Child practice audit, version 2026.1"


def test_every_action_has_a_shortcut_of_its_own(window):
    actions = [action for action in actions_of(window) if action.text() and not action.menu()]
    sizes = [action for action in actions if action.text().endswith("%")]
    shortcuts = [key.toString() for action in actions if action not in sizes for key in action.shortcuts()]

    assert all(action.shortcuts() for action in actions if action not in sizes)
    assert len(shortcuts) == len(set(shortcuts))


def test_save_answers_when_it_was_done(window, qtbot):
    window.status.show_saved(NOW)

    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert window.status.currentMessage() == f"Already saved {NOW:%H:%M:%S}"
    assert window.current_page().saved == 1


def test_find_goes_to_the_page(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert window.current_page().found == 1


def test_f6_walks_through_the_panes_and_comes_round(window, qtbot):
    page = window.current_page()
    page.field.setFocus()
    seen = []

    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())

    assert seen[0] is page.button
    assert window.navigation.isAncestorOf(seen[1])
    assert seen[2] is page.field


def test_lock_hides_everything_and_clears_our_clipboard(window, qtbot):
    QGuiApplication.clipboard().setText("something a child said")
    page = window.current_page()

    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert not page.isVisible()
    assert not window.status.isVisible()
    assert window.windowTitle() == "Locked – QAF Desktop"
    assert QGuiApplication.clipboard().text() == ""
    assert page.saved == 1


def test_while_locked_nothing_works_but_leaving(window):
    window.lock()

    enabled = [action.text() for action in actions_of(window) if action.isEnabled() and action.text()]

    assert enabled == ["&Quit"]
    assert not window.current_page().action.isEnabled()


def test_unlocking_shows_the_page_and_the_caret_where_they_were(window, qtbot):
    page = window.current_page()
    page.field.setFocus()
    window.lock()

    window.unlock()

    assert page.isVisible()
    assert page.action.isEnabled()
    assert QApplication.focusWidget() is page.field
    assert window.windowTitle() == "My work – QAF Desktop"


def test_other_windows_of_ours_are_hidden_too(window, qtbot):
    other = QWidget()
    other.setMinimumSize(100, 100)
    qtbot.addWidget(other)
    other.show()

    window.lock()
    assert not other.isVisible()

    window.unlock()
    assert other.isVisible()


def test_a_problem_is_shown_in_three_sentences(window):
    window.show_problem(Problem("It did not work.", safe="All is safe.", next_step="Try again."))

    assert window.messages.isVisible()
    assert window.messages.accessibleName() == "Problem. It did not work. All is safe. Try again."
    assert window.messages.sentence == "It did not work. All is safe. Try again."


def test_a_message_with_a_button_does_what_it_says(window, qtbot):
    taken_back = []
    window.messages.say("The draft was discarded.", action="Take it back", act=lambda: taken_back.append(1))

    button = next(b for b in window.messages.findChildren(QPushButton) if b.text() == "Take it back")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert taken_back == [1]
    assert not window.messages.isVisible()


def test_a_small_window_gives_the_page_the_room(window, qtbot):
    wide = window.navigation.width()

    window.resize(700, 600)

    assert window.navigation.width() < wide / 2


def test_the_centres_password_is_asked_for_once_and_given(window, qtbot):
    window.menus.offer_centre(enrolment=True, password=True)
    window.ask_centre_password()
    dialog = window.findChild(CentrePasswordDialog)
    qtbot.keyClicks(dialog._field._field, "from-it")

    with qtbot.waitSignal(window.centre_password_given) as given:
        dialog._keep.click()

    assert given.args == ["from-it"]


def test_what_this_build_cannot_do_is_not_in_the_menu(window):
    words = [action.text() for action in actions_of(window) if action.isVisible()]

    assert "Centre &password…" not in words
    assert "&Open enrolment file…" not in words


def test_the_shape_of_the_window_is_remembered(window, theme, qtbot):
    window.resize(760, 700)
    words = window.geometry_words()
    again = MainWindow(theme, QWidget())
    qtbot.addWidget(again)

    again.restore_shape(words)

    assert (again.width(), again.height()) == (760, 700)


def test_the_status_bar_says_only_what_is_known(window):
    window.status.show_centre(None)
    assert window.status._centre.words == "Centre not asked yet"

    window.status.show_centre(False, NOW)
    assert window.status._centre.words == f"Offline at {NOW:%H:%M}"

    window.status.show_waiting(3, 1)
    assert window.status._waiting.words == "3 to send, 1 held back"


def test_changing_the_look_is_told_to_be_remembered(window, qtbot):
    dark = next(action for action in actions_of(window) if action.text() == "&Dark")

    with qtbot.waitSignal(window.look_chosen) as told:
        dark.trigger()

    assert told.args == ["dark", 100]


@pytest.mark.parametrize(("tone", "stays"), [("success", False), ("notice", True), ("problem", True)])
def test_only_good_news_goes_with_its_page(window, tone, stays):
    window.messages.say("The copy was saved.", tone=tone)

    window.go_to("audits")

    assert bool(window.messages.sentence) == stays
