import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.ui.audit.desk import Bench, published

SURVEY = """\
type,name,label::English (en),label::Urdu (ur),guidance_hint::English (en),guidance_hint::Urdu (ur)
begin_group,cd,The child,بچہ,,
text,cd_ref,Child reference,بچے کا حوالہ,Copy it.,-
select_one yn,cd_seen,Was the child seen?,کیا بچے سے ملاقات ہوئی؟,,
text,cd_note,Anything else?,-,,
end_group,,,,,
"""
CHOICES = """\
list_name,name,label::English (en),label::Urdu (ur)
yn,yes,Yes,ہاں
yn,no,No,نہیں
"""
SETTINGS = """\
form_title,form_id,version,kind,default_language,draft_translations
Two languages,two_languages,1,audit,English (en),Urdu (ur)
"""
REF, SEEN = "/data/cd/cd_ref", "/data/cd/cd_seen"


@pytest.fixture
def bench(store, tmp_path, background, qtbot):
    form = published(tmp_path / "two", survey=SURVEY, choices=CHOICES, settings=SETTINGS)
    return Bench(store, form, background, qtbot)


def choose(view, language):
    picker = view.bar.language
    picker.setCurrentIndex(picker.findData(language))
    picker.activated.emit(picker.currentIndex())


def labels(view):
    return [label.text() for label in view.stack.currentWidget().findChildren(QLabel) if label.text()]


def test_an_audit_is_switched_to_urdu_while_it_is_filled_in(bench, workspace):
    workspace.answered.emit(REF, "CH-7K4QM")
    workspace.answered.emit(SEEN, "yes")

    choose(workspace, "Urdu (ur)")
    bench.settle()

    page = workspace.page("/data/cd")
    assert page.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert "بچے کا حوالہ" in labels(workspace)
    assert "Anything else?" in labels(workspace)
    assert page.question(REF).answer.value() == "CH-7K4QM"
    assert [button.text() for button in page.question(SEEN).answer.buttons] == ["ہاں", "نہیں"]
    assert page.question(SEEN).answer.value() == "yes"
    assert bench.kept()[SEEN] == "yes"


def test_staff_are_told_that_a_translation_is_a_draft_only_while_it_is_read(workspace):
    before = workspace.bar.draft.isVisible()
    choose(workspace, "Urdu (ur)")
    during = workspace.bar.draft.isVisible()

    choose(workspace, "English (en)")

    assert (before, during, workspace.bar.draft.isVisible()) == (False, True, False)
    assert workspace.page("/data/cd").layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_what_is_typed_after_switching_is_kept_like_before(bench, workspace):
    choose(workspace, "Urdu (ur)")

    workspace.page("/data/cd").question(REF).put("CH-9ZZZZ")
    workspace.save_now()
    bench.settle()

    assert bench.kept()[REF] == "CH-9ZZZZ"


def test_a_form_in_one_language_offers_none(store, tmp_path, background, qtbot, open_workspace):
    bench = Bench(store, published(tmp_path / "one"), background, qtbot)

    view = open_workspace(bench)

    assert not view.bar.language.isVisible()
