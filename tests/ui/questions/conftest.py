import pytest
from PySide6.QtWidgets import QWidget

from qaf_desktop.ui.questions.question import Question
from qaf_desktop.ui.questions.tools import Tools

from .items import TODAY


class HeldPictures:
    def __init__(self):
        self.kept = {}

    def keep(self, picture, media_type, then):
        name = f"picture-{len(self.kept)}"
        self.kept[name] = picture
        then(name)

    def show(self, name, then):
        if name in self.kept:
            then(self.kept[name])


@pytest.fixture
def tools(theme):
    return Tools(theme, lambda: TODAY, pictures=HeldPictures())


@pytest.fixture
def asked(qtbot, tools):
    """Shows a question and gives it back with a list of the answers it sends."""

    def ask(item, **more):
        # A bare window around it: the offscreen platform complains of windows whose least size changes.
        window = QWidget()
        question = Question(item, tools, **more)
        question.setParent(window)
        question.host = window
        question.answers = []
        question.value_changed.connect(question.answers.append)
        question.resize(560, 400)
        qtbot.addWidget(window)
        window.resize(600, 600)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return question

    return ask
