"""What every test may ask for: a real store, a real centre – and no window left over from the test before."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

pytest_plugins = ["tests.stores", "tests.centres"]


@pytest.fixture(autouse=True)
def _no_window_is_left_over() -> Iterator[None]:
    """Windows of an earlier test would go on being styled and painted by every later one."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or not isinstance(widgets.QApplication.instance(), widgets.QApplication):
        return
    from PySide6.QtCore import QEvent  # noqa: PLC0415

    for window in widgets.QApplication.topLevelWidgets():
        window.deleteLater()
    widgets.QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
