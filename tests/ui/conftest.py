from pathlib import Path

import pytest

from qaf_desktop.ui.background import Background
from qaf_desktop.ui.theme import Theme

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session")
def one_theme(qapp):
    return Theme(qapp, RESOURCES, "light")


@pytest.fixture
def theme(one_theme):
    if (one_theme.choice, one_theme.text_percent) != ("light", 100):
        one_theme.choose("light")
        one_theme.resize_text(100)
    return one_theme


@pytest.fixture
def background(qapp):
    background = Background()
    yield background
    assert background.close(5)
