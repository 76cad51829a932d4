from pathlib import Path

import pytest

from qaf_desktop.forms.publish.workbook import publish
from qaf_desktop.ui.audit.audit_presenter import AuditPresenter
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.questions.tools import Tools
from tests.stores import clock, me, store, store_key, store_path  # noqa: F401 - fixtures

from .desk import Bench, published

FORMS = Path(__file__).parents[3] / "resources" / "forms"


@pytest.fixture(scope="session")
def small_form(tmp_path_factory):
    return published(tmp_path_factory.mktemp("form") / "small_audit")


@pytest.fixture(scope="session")
def real_form():
    return publish(FORMS / "child_practice_audit")


@pytest.fixture
def bench(store, small_form, background, qtbot):  # noqa: F811
    return Bench(store, small_form, background, qtbot)


@pytest.fixture
def tools(theme, clock):  # noqa: F811
    return Tools(theme, lambda: clock().date())


@pytest.fixture
def open_workspace(tools, theme):
    def open_it(bench, **changed):
        view = bench.show(AuditView(tools, **changed))
        view.sealed = []
        opened = bench.opened()
        presenter = AuditPresenter(view, bench.background, opened, bench.deeds, theme, completed=view.sealed.append)
        view.presenter = presenter  # kept as long as the view
        bench.settle()
        return view

    return open_it


@pytest.fixture
def workspace(bench, open_workspace):
    return open_workspace(bench)
