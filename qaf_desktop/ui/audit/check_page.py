"""Before completing: what is still missing, section by section – or the declaration and the button that seals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from qaf_desktop.forms.items import AnswerProblem, Item
from qaf_desktop.ui.audit.rows import clear, plain_label
from qaf_desktop.ui.questions.flow import Flow
from qaf_desktop.ui.questions.question import Question
from qaf_desktop.ui.questions.tools import Tools

SEALED_WORDS = (
    "Completing seals it. After that nobody can change it, not even you; "
    "something to add or correct is written beside it, and both can be seen."
)


NEARLY_UP_TO = 10
"""With more answers missing than this, nobody is nearly there."""


@dataclass(frozen=True)
class MissingInSection:
    """What a section still lacks, in the order of the form."""

    title: str
    problems: tuple[AnswerProblem, ...]


class CheckPage(QScrollArea):
    """Everything that stops completion, each a step away; when nothing does, completing is one press."""

    jump_requested = Signal(str)
    """Ref of the question to go to."""
    answered = Signal(str, str)
    complete_requested = Signal()
    back_requested = Signal()

    def __init__(self, tools: Tools, *, what: str) -> None:
        """``what`` is being completed: "audit" or "feedback"."""
        super().__init__()
        self._tools = tools
        self._what = what
        self._first = ""
        self.declaration: Question | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setProperty("role", "page")
        column = QWidget()
        column.setMaximumWidth(tools.theme.pixels(760))
        self.title = plain_label("", "title")
        self.said = plain_label("", "")
        self.first = QPushButton("Go to the first")
        self.first.setProperty("role", "primary")
        self.first.clicked.connect(lambda: self.jump_requested.emit(self._first))
        self.complete = QPushButton(f"Complete the {what}")
        self.complete.setProperty("role", "primary")
        self.complete.clicked.connect(self.complete_requested)
        self.back = QPushButton("Back to the questions")
        self.back.clicked.connect(self.back_requested)
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self._declaration_room = QVBoxLayout()
        self._sealed = plain_label(SEALED_WORDS, "muted")
        buttons = Flow(gap=12)
        for button in (self.first, self.complete, self.back):
            buttons.addWidget(button)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(18)
        rows.addWidget(self.title)
        rows.addWidget(self.said)
        rows.addLayout(self._declaration_room)
        rows.addWidget(self._sealed)
        rows.addLayout(buttons)
        rows.addLayout(self._list)
        rows.addStretch(1)
        around = QHBoxLayout(page)
        around.setContentsMargins(24, 20, 24, 40)
        around.addStretch(1)
        around.addWidget(column, 1_000)
        around.addStretch(1)
        self.setWidget(page)

    def show_state(self, missing: Sequence[MissingInSection], declaration: Item | None, *, can_complete: bool) -> None:
        """Show what is missing (the declaration left out) and, when only that is left, the declaration itself."""
        count = sum(len(section.problems) for section in missing)
        self._first = missing[0].problems[0].ref if missing else ""
        self.title.setText(_how_far(count) if count else f"Ready to complete the {self._what}")
        answers = "One answer is" if count == 1 else f"{count} answers are"
        self.said.setText(
            f"{answers} still missing or not right. Everything you have typed is saved; you can come back another day."
            if count
            else "Every question that needs an answer has one."
        )
        self.first.setVisible(bool(count))
        self.complete.setVisible(not count)
        self.complete.setEnabled(can_complete)
        self._sealed.setVisible(not count)
        self._show_declaration(declaration if not count else None)
        clear(self._list)
        for section in missing:
            self._list.addWidget(self._card(section))

    def take_keyboard(self) -> None:
        """To whatever comes next."""
        if self.first.isVisibleTo(self):
            self.first.setFocus()
        elif self.declaration is not None and self.declaration.isVisibleTo(self) and not self.complete.isEnabled():
            self.declaration.take_keyboard()
        else:
            self.complete.setFocus()

    def _show_declaration(self, item: Item | None) -> None:
        if item is None:
            if self.declaration is not None:
                self.declaration.hide()
            return
        if self.declaration is None:
            self.declaration = Question(item, self._tools)
            ref = item.ref
            self.declaration.value_changed.connect(lambda value: self.answered.emit(ref, value))
            self._declaration_room.addWidget(self.declaration)
        self.declaration.set_item(item)
        self.declaration.show()

    def _card(self, section: MissingInSection) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(20, 14, 20, 14)
        rows.setSpacing(4)
        rows.addWidget(plain_label(section.title, "strong"))
        for problem in section.problems:
            rows.addWidget(_ProblemLine(problem, self._tools, partial(self.jump_requested.emit, problem.ref)))
        return card


def _how_far(missing: int) -> str:
    return "Nearly there" if missing <= NEARLY_UP_TO else "Not finished yet"


class _ProblemLine(QWidget):
    """One thing that is missing: its question, what is wrong, and the way there."""

    def __init__(self, problem: AnswerProblem, tools: Tools, go: partial[None]) -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(tools.theme.pixmap("ring", "muted", 16))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(plain_label(problem.label, ""))
        words.addWidget(plain_label(problem.message, "caption"))
        button = QPushButton("Go there")
        button.setProperty("role", "quiet")
        button.setAccessibleName(f"Go to: {problem.label}")
        button.setAccessibleDescription(problem.message)
        button.clicked.connect(lambda _: go())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(10)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


def by_section(
    problems: Sequence[AnswerProblem], titles: Callable[[str], str], *, leaving_out: str = ""
) -> tuple[MissingInSection, ...]:
    """Problems under the titles of their sections, in the order of the form, without those of one question."""
    found: dict[str, list[AnswerProblem]] = {}
    for problem in problems:
        if problem.ref.rpartition("/")[2] != leaving_out:
            found.setdefault(problem.section, []).append(problem)
    return tuple(MissingInSection(titles(section), tuple(inside)) for section, inside in found.items())
