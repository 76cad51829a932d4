from pathlib import Path

import pytest

from qaf_desktop.domain.ids import new_case_id
from qaf_desktop.forms.publish.workbook import publish
from qaf_desktop.services import feedback
from qaf_desktop.ui.feedback.feedback_presenter import FeedbackPresenter
from qaf_desktop.ui.feedback.feedback_view import FeedbackView
from qaf_desktop.ui.questions.tools import Tools
from tests.stores import clock, me, store, store_key, store_path  # noqa: F401 - fixtures
from tests.ui.audit.desk import Bench

FORMS = Path(__file__).parents[3] / "resources" / "forms"


class FeedbackBench(Bench):
    def start(self, form):
        about = {"child_ref": "CH-7K4QM", "team": "AST-N", "worker": "SW-11"}
        return self.desk.do(feedback.start_feedback, new_case_id(), form.form_id, **about)


@pytest.fixture(scope="session")
def feedback_form():
    return publish(FORMS / "feedback_child_8_12")


@pytest.fixture
def bench(store, feedback_form, background, qtbot):  # noqa: F811
    return FeedbackBench(store, feedback_form, background, qtbot)


@pytest.fixture
def open_feedback(bench, theme, clock):  # noqa: F811
    def open_it():
        view = bench.show(FeedbackView(Tools(theme, lambda: clock().date())))
        view.sealed = []
        opened = bench.opened()
        view.presenter = FeedbackPresenter(view, bench.background, opened, bench.deeds, completed=view.sealed.append)
        bench.settle()
        return view

    return open_it


@pytest.fixture
def heard(open_feedback):
    return open_feedback()
