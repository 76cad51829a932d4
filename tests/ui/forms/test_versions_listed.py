"""The Forms page: which versions are kept, which is offered, and which translations nobody has checked."""

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.services import audits
from qaf_desktop.services.desk import Desk
from qaf_desktop.services.forms import form_lines
from qaf_desktop.ui.forms.forms_view import FormsView
from tests.resources.shipped import FIRST_AUDIT, published


def listed(desk, theme, qtbot):
    view = FormsView(theme)
    qtbot.addWidget(view)
    view.show_forms(desk.do(form_lines))
    return [row.spoken for row in view.rows()]


def test_versions_are_listed_newest_first_with_the_day_they_came(store, clock, theme, qtbot):
    desk = Desk(store)
    with store.work() as work:
        work.forms.keep(published(FIRST_AUDIT))
    clock.move_on(days=3)
    with store.work() as work:
        work.forms.keep(published("child_practice_audit"))

    newer, older = listed(desk, theme, qtbot)

    assert "version 2026.2 · here since 26 November 2026" in newer
    assert newer.endswith("Offered")
    assert "version 2026.1 · here since 23 November 2026" in older
    assert older.endswith("Earlier version")


def test_a_withdrawn_form_is_not_offered_for_new_work_and_strands_nobody(store, theme, qtbot):
    desk = Desk(store)
    with store.work() as work:
        work.forms.keep(published(FIRST_AUDIT))
        (draft_id,) = audits.start_audit(work, "child_practice_audit").drafts
        work.forms.withdraw("child_practice_audit", "2026.1")

    (row,) = listed(desk, theme, qtbot)

    assert row.endswith("Withdrawn: not for new work")
    assert desk.do(audits.offered_forms, Kind.AUDIT) == ()
    assert desk.do(audits.open_draft, draft_id).form.version == "2026.1"


def test_staff_are_told_which_translations_are_drafts(store, theme, qtbot):
    desk = Desk(store)
    with store.work() as work:
        work.forms.keep(published("feedback_child_8_12"))

    (row,) = listed(desk, theme, qtbot)

    assert "for children" in row
    assert row.endswith("Polish, Portuguese, Urdu: draft translation – have it checked")


def test_a_workbook_can_be_tried_from_the_page(theme, qtbot):
    view = FormsView(theme)
    qtbot.addWidget(view)

    with qtbot.waitSignal(view.try_requested):
        view.try_out.click()
