"""The first minutes: whose computer this is, where the centre is, and how the key is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qaf_desktop.domain.people import Role
from qaf_desktop.problems import Problem
from qaf_desktop.ui.start.first_run_steps import EnrolmentStep, KeyStep, PersonStep, WelcomeStep
from qaf_desktop.ui.theme import Theme


@dataclass(frozen=True)
class EnrolmentSummary:
    """What an enrolment file says, to be agreed to before anything is made."""

    path: Path
    council: str
    centre: str
    """Host and port, as people write them."""
    person: str
    """Staff code and name."""
    role: Role
    team: str
    asks_password: bool
    """The centre signs people in with a password of its own; otherwise the council's single sign-on does."""


@dataclass(frozen=True)
class CreateRequest:
    """Everything needed to make the store. Either ``enrolment`` or a staff ``code`` is there."""

    enrolment: Path | None = None
    centre_password: str = ""
    code: str = ""
    name: str = ""
    role: Role | None = None
    team: str = ""
    passphrase: str = ""
    """Empty: the keyring keeps the key."""

    def __repr__(self) -> str:
        """Without secrets: this may be printed by accident, they may not."""
        return f"CreateRequest(enrolment={self.enrolment is not None}, role={self.role})"


class FirstRunWindow(QWidget):
    """Welcome, then who works here, then the key. Going back loses nothing that was typed."""

    enrolment_chosen = Signal(object)
    """The ``Path`` of a file to read; answer with ``show_enrolment`` or ``show_problem``."""
    create_requested = Signal(object)
    """A ``CreateRequest``; answer by closing the window or with ``show_problem``."""

    def __init__(self, theme: Theme, weakness: Callable[[str], str]) -> None:
        """``weakness(passphrase)`` is why it would be guessed, in one sentence, or empty."""
        super().__init__()
        self.setWindowTitle("Welcome – QAF Desktop")
        self.setWindowIcon(theme.icon("app"))
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._request = CreateRequest()
        self.welcome = WelcomeStep(theme)
        self.enrolment = EnrolmentStep(theme)
        self.person = PersonStep(theme)
        self.key = KeyStep(theme, weakness)
        self._steps = QStackedWidget()
        for step in (self.welcome, self.enrolment, self.person, self.key):
            self._steps.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._steps)
        self.setMinimumSize(480, 400)
        self.resize(820, 680)
        self.welcome.file_chosen.connect(self.enrolment_chosen)
        self.welcome.alone_requested.connect(lambda: self._go(self.person))
        self.enrolment.agreed.connect(self._agreed)
        self.person.agreed.connect(self._introduced)
        self.key.agreed.connect(self._key_chosen)
        for step in (self.enrolment, self.person):
            step.back_requested.connect(lambda: self._go(self.welcome))
        self.key.back_requested.connect(self._back_from_key)

    def show_keyring(self, usable: bool, words: str = "") -> None:
        """Whether this computer's keyring can keep the key; ``words`` says why not."""
        self.key.show_keyring(usable, words)

    def show_enrolment(self, summary: EnrolmentSummary) -> None:
        """An enrolment file was read: show what it says."""
        self._request = replace(self._request, enrolment=summary.path)
        facts = [
            ("Council", summary.council),
            ("Centre", summary.centre),
            ("You", f"{summary.person}, {summary.role.words.lower()}"),
            ("Team", summary.team or "none"),
        ]
        self.enrolment.show_facts(facts, asks_password=summary.asks_password)
        self._go(self.enrolment)

    def show_problem(self, problem: Problem) -> None:
        """Something did not go well; said on the step the person is at, with everything typed still there."""
        step = self._steps.currentWidget()
        for known in (self.welcome, self.enrolment, self.person, self.key):
            if known is step:
                known.show_problem(problem)

    def show_working(self) -> None:
        """The store is being made."""
        self.key.show_working()

    def _agreed(self, password: str) -> None:
        self._request = replace(self._request, centre_password=password, code="", name="", role=None, team="")
        self._go(self.key)

    def _introduced(self, code: str, name: str, role: Role, team: str) -> None:
        self._request = replace(
            self._request, enrolment=None, centre_password="", code=code, name=name, role=role, team=team
        )
        self._go(self.key)

    def _key_chosen(self, passphrase: str) -> None:
        self.create_requested.emit(replace(self._request, passphrase=passphrase))

    def _back_from_key(self) -> None:
        self._go(self.enrolment if self._request.enrolment is not None else self.person)

    def _go(self, step: QWidget) -> None:
        self._steps.setCurrentWidget(step)
        step.setFocus(Qt.FocusReason.TabFocusReason)
