"""Before a draft moves to a newer version: what comes along, what is new, and what would be kept aside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from qaf_desktop.forms.moving import Aside
from qaf_desktop.services.moving_up import KeptAside, LookAhead
from qaf_desktop.ui.audit.rows import plain_label
from qaf_desktop.ui.messages import MessageBar
from qaf_desktop.ui.questions.flow import Flow
from qaf_desktop.ui.theme import Theme

COLUMN_PIXELS = 760


class _Page(QWidget):
    """A title and a column of words that scrolls, as wide as a line may be."""

    leave_requested = Signal()

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAccessibleName(title)
        self.theme = theme
        self.message = MessageBar(theme)
        self.title = plain_label(title, "title")
        page = QWidget()
        page.setProperty("role", "page")
        self._column = QWidget()
        self.rows = QVBoxLayout(self._column)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(14)
        self.rows.addWidget(self.title)
        around = QHBoxLayout(page)
        around.setContentsMargins(24, 20, 24, 40)
        around.addStretch(1)
        around.addWidget(self._column, 1_000)
        around.addStretch(1)
        self._scroller = QScrollArea()
        self._scroller.setWidgetResizable(True)
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroller.setAccessibleName(title)
        self._scroller.setWidget(page)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.message)
        down.addWidget(self._scroller, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def words(self) -> str:
        """Everything on the page, as text."""
        return "\n".join(label.text() for label in self._column.findChildren(QLabel))

    def _fit(self) -> None:
        self._column.setMaximumWidth(self.theme.pixels(COLUMN_PIXELS))

    def _cards(self, answers: Sequence[Aside]) -> None:
        for answer in answers:
            card = QFrame()
            card.setProperty("role", "card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(16, 12, 16, 12)
            inside.setSpacing(4)
            where = " – ".join(part for part in (answer.section, answer.label) if part)
            inside.addWidget(plain_label(where, "strong"))
            words = plain_label(answer.words, "")
            words.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            words.setAccessibleName(f"{answer.label}: {answer.words}")
            inside.addWidget(words)
            inside.addWidget(plain_label(answer.why, "caption"))
            self.rows.addWidget(card)

    def _lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Pairs of section and words, under the section's name."""
        sections = dict.fromkeys(section for section, _ in lines)
        for section in sections:
            inside = QVBoxLayout()
            inside.setSpacing(2)
            if section:
                inside.addWidget(plain_label(section, "strong"))
            for where, words in lines:
                if where == section:
                    inside.addWidget(plain_label(words, ""))
            self.rows.addLayout(inside)


class MoveUpView(_Page):
    """One page, one decision. Nothing is changed until "Move up" is pressed."""

    move_requested = Signal()

    def __init__(self, theme: Theme, ahead: LookAhead) -> None:
        super().__init__(theme, f"Move up to version {ahead.newer}")
        self.move_up = QPushButton(f"Move up to {ahead.newer}")
        self.move_up.setProperty("role", "primary")
        self.move_up.clicked.connect(self.move_requested)
        self.stay = QPushButton(f"Stay on {ahead.now}")
        self.stay.clicked.connect(self.leave_requested)
        found = ahead.move
        self.rows.addWidget(
            plain_label(
                f"This draft was begun with version {ahead.now} of “{ahead.title}”. It can be finished and sent as it "
                f"is. If you move it up, you can go back to {ahead.now} until it is completed.",
                "",
            )
        )
        self.buttons = QWidget()
        buttons = Flow(self.buttons, gap=12)
        buttons.addWidget(self.move_up)
        buttons.addWidget(self.stay)
        self.rows.addWidget(self.buttons)
        self.rows.addWidget(plain_label(f"Comes along: {_count(found.carried, 'answer')}", "heading"))
        self.rows.addWidget(plain_label(f"Kept aside: {_count(len(found.aside), 'answer')}", "heading"))
        self.rows.addWidget(
            plain_label(
                "They stay in the draft’s history and can be read under Audit › Answers kept aside."
                if found.aside
                else "Every answer has a place in the newer version.",
                "muted",
            )
        )
        self._cards(found.aside)
        if found.resting:
            self.rows.addWidget(plain_label(f"Not asked for now: {_count(len(found.resting), 'answer')}", "heading"))
            self._cards(found.resting)
        if found.look_again:
            self.rows.addWidget(plain_label("To be looked at again", "heading"))
            self._lines([(one.section, f"{one.label}: {one.why}") for one in found.look_again])
        needed = sum(1 for one in found.new if one.required)
        self.rows.addWidget(plain_label(f"New: {_count(len(found.new), 'question')}, {needed} required", "heading"))
        self._lines([(one.section, f"{one.label}{'' if one.required else ' (optional)'}") for one in found.new])
        self.rows.addStretch(1)
        self.setFocusProxy(self.stay)

    def show_working(self) -> None:
        """It is being moved."""
        for button in (self.move_up, self.stay):
            button.setEnabled(False)


class AsideView(_Page):
    """What was kept aside when the draft moved, to read and to copy from."""

    def __init__(self, theme: Theme, kept: Sequence[KeptAside]) -> None:
        super().__init__(theme, "Answers kept aside")
        self.back = QPushButton("Back to the draft")
        self.back.clicked.connect(self.leave_requested)
        self.rows.addWidget(
            plain_label(
                "These answers found no place when the draft moved to another version. "
                "They are kept with the draft until it is completed, and are not part of what is sealed.",
                "",
            )
        )
        for one in kept:
            when = f"{one.at.astimezone():%d/%m/%Y at %H:%M}"
            self.rows.addWidget(plain_label(f"From {one.from_version} to {one.to_version}, {when}", "heading"))
            self._cards(one.answers)
        if not kept:
            self.rows.addWidget(plain_label("Nothing was kept aside.", "muted"))
        self.rows.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows.addStretch(1)
        self.setFocusProxy(self.back)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
