import pytest

from qaf_desktop.forms.items import AnswerProblem
from qaf_desktop.ui.audit.check_page import CheckPage, MissingInSection
from qaf_desktop.ui.questions.tools import Tools


@pytest.mark.parametrize(("missing", "said"), [(1, "Nearly there"), (10, "Nearly there"), (11, "Not finished yet")])
def test_only_a_few_missing_answers_are_nearly_there(theme, qtbot, missing, said):
    page = CheckPage(Tools(theme, None, pictures=None), what="audit")
    qtbot.addWidget(page)
    problems = tuple(
        AnswerProblem(f"/data/q{number}", f"/data/q{number}", "/data", "Grade", "Needs an answer.")
        for number in range(missing)
    )

    page.show_state([MissingInSection("The child", problems)], None, can_complete=False)

    assert page.title.text() == said
