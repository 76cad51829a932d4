"""The steps of the first minutes, one sheet each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
)

from qaf_desktop.domain.people import AUDITOR_ROLES, Role
from qaf_desktop.problems import Problem
from qaf_desktop.ui.start.drop_place import DropPlace
from qaf_desktop.ui.start.passphrase_field import PassphraseField
from qaf_desktop.ui.start.sheet import Sheet
from qaf_desktop.ui.theme import Theme


class _Step(Sheet):
    """A sheet with a way back and a way on."""

    back_requested = Signal()

    def __init__(self, theme: Theme, title: str, sentence: str, go_on: str, *, back: bool = True) -> None:
        super().__init__(theme, title)
        about = QLabel(sentence)
        about.setProperty("role", "muted")
        about.setWordWrap(True)
        self.content.addWidget(about)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.content.addLayout(self.body)
        self._back = QPushButton("Back")
        self._back.setProperty("role", "quiet")
        self._back.clicked.connect(self.back_requested)
        self.go_on = QPushButton(go_on)
        self.go_on.setProperty("role", "primary")
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1 if back else 0)
        row.addWidget(self.go_on, 0 if back else 1)
        self.content.addLayout(row)
        self._back.setVisible(back)

    def show_problem(self, problem: Problem) -> None:
        """Say what did not go well, above everything typed."""
        self.messages.show_problem(problem)
        self.ensureWidgetVisible(self.messages)


class WelcomeStep(_Step):
    """Open the enrolment file, or begin without a centre."""

    file_chosen = Signal(object)
    alone_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            "Welcome",
            "Practice audits with the worker beside you, on this computer and with no network. "
            "Your IT service has sent you an enrolment file: it says who you are and where the centre is.",
            "Open enrolment file…",
            back=False,
        )
        self._drop = DropPlace(theme, "Drag the enrolment file here")
        self._drop.dropped.connect(self.file_chosen)
        self.body.addWidget(self._drop)
        theme.decorate(self.go_on, "open", "on_primary")
        self.go_on.clicked.connect(self.ask_for_file)
        alone = QPushButton("Work without a centre for now")
        alone.setProperty("role", "quiet")
        alone.clicked.connect(self.alone_requested)
        self.content.addWidget(alone)
        self.setFocusProxy(self.go_on)

    def ask_for_file(self) -> None:
        """Ask which file."""
        dialog = QFileDialog(self, "Open enrolment file")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Enrolment files (*.json *.qaf)", "All files (*)"])
        dialog.fileSelected.connect(self._drop.take)
        dialog.open()


class EnrolmentStep(_Step):
    """What the file says, to be agreed to."""

    agreed = Signal(str)
    """The password for the centre, which may be left for later."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Is this you?", "This is what the enrolment file says.", "Yes, go on")
        self._facts = QFormLayout()
        self._facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(8)
        self.body.addLayout(self._facts)
        self._password = PassphraseField(theme, "&Password for the centre (from IT; it can wait)")
        self._password.entered.connect(self._agree)
        self.body.addWidget(self._password)
        self.go_on.clicked.connect(self._agree)
        self.setFocusProxy(self.go_on)

    def show_facts(self, facts: Sequence[tuple[str, str]], *, asks_password: bool) -> None:
        """Show name and value, line by line."""
        self.messages.clear()
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for name, value in facts:
            label, words = QLabel(name), QLabel(value)
            label.setProperty("role", "muted")
            words.setProperty("role", "strong")
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            self._facts.addRow(label, words)
        self._password.setVisible(asks_password)
        self._password.clear()

    def _agree(self) -> None:
        self.agreed.emit(self._password.text())


class PersonStep(_Step):
    """Who works here, when there is no enrolment file yet."""

    agreed = Signal(str, str, object, str)
    """Staff code, name, role and team."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            "Who works here?",
            "Your audits carry your staff code, never your name. An enrolment file can be opened later.",
            "Go on",
        )
        self._code = QLineEdit()
        self._code.setPlaceholderText("for example TM-02")
        self._name = QLineEdit()
        self._role = QComboBox()
        for role in (role for role in Role if role in AUDITOR_ROLES):
            self._role.addItem(role.words, role)
        self._team = QLineEdit()
        for words, field in (
            ("Staff &code", self._code),
            ("Your &name (stays on this screen)", self._name),
            ("&Role", self._role),
            ("&Team", self._team),
        ):
            label = QLabel(words)
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            pair = QVBoxLayout()
            pair.setSpacing(4)
            pair.addWidget(label)
            pair.addWidget(field)
            self.body.addLayout(pair)
        for field in (self._code, self._name, self._team):
            field.textChanged.connect(self._look)
            field.returnPressed.connect(self._agree)
        self.go_on.clicked.connect(self._agree)
        self.setFocusProxy(self._code)
        self._look()

    def _look(self) -> None:
        self.go_on.setEnabled(bool(self._code.text().strip()))

    def _agree(self) -> None:
        if self.go_on.isEnabled():
            texts = [field.text().strip() for field in (self._code, self._name, self._team)]
            self.agreed.emit(texts[0], texts[1], Role(self._role.currentData()), texts[2])


class KeyStep(_Step):
    """How this computer keeps the key."""

    agreed = Signal(str)
    """The passphrase; empty when the keyring keeps the key."""

    def __init__(self, theme: Theme, weakness: Callable[[str], str]) -> None:
        super().__init__(
            theme,
            "The key to your work",
            "Everything is encrypted on this computer. Nobody can read it without the key, so it must be kept well.",
            "Make the store",
        )
        self._weakness = weakness
        self._keyring = QRadioButton("This computer's &keyring keeps it")
        self._passphrase = QRadioButton("I choose a &passphrase")
        self._why = QLabel()
        self._why.setProperty("role", "muted")
        self._why.setWordWrap(True)
        self._first = PassphraseField(theme, "Pa&ssphrase")
        self._second = PassphraseField(theme, "The same &again")
        self._verdict = QLabel()
        self._verdict.setWordWrap(True)
        for widget in (self._keyring, self._passphrase, self._why, self._first, self._second, self._verdict):
            self.body.addWidget(widget)
        self._keyring.toggled.connect(self._look)
        for field in (self._first, self._second):
            field.changed.connect(self._look)
            field.entered.connect(self._agree)
        self.go_on.clicked.connect(self._agree)
        self.show_keyring(False, "Looking for this computer's keyring…")

    def show_keyring(self, usable: bool, words: str = "") -> None:
        """With a keyring there is a choice; without one a passphrase is needed, and ``words`` says why."""
        self._keyring.setVisible(usable)
        self._passphrase.setVisible(usable)
        (self._keyring if usable else self._passphrase).setChecked(True)
        self._why.setText(words)
        self._why.setVisible(bool(words))
        self._look()
        if self.isVisible() and not self._first.text():  # whoever was already typing is not disturbed
            self.setFocus(Qt.FocusReason.TabFocusReason)

    def show_working(self) -> None:
        """The store is being made."""
        self.go_on.setText("Making the store…")
        self.go_on.setEnabled(False)

    def show_problem(self, problem: Problem) -> None:
        """Say it, and let the person try again."""
        super().show_problem(problem)
        self._look()

    def _look(self) -> None:
        typed = self._passphrase.isChecked()
        for widget in (self._first, self._second, self._verdict):
            widget.setVisible(typed)
        self.setFocusProxy(self._first if typed else self.go_on)
        self.go_on.setText("Make the store")
        weak = self._weakness(self._first.text()) if typed else ""
        differs = typed and self._first.text() != self._second.text()
        self.go_on.setEnabled(not weak and not differs)
        if not self._first.text():
            words = "At least twelve characters. Three or four words that do not belong together are easy to remember."
        elif weak:
            words = weak
        elif differs:
            words = "Good. Now the same again." if not self._second.text() else "The two are not the same yet."
        else:
            words = "Good. Nobody can bring it back if it is forgotten: keep it where only you find it."
        self._verdict.setText(words)
        self._verdict.setAccessibleName(words)

    def _agree(self) -> None:
        if self.go_on.isEnabled():
            self.agreed.emit(self._first.text() if self._passphrase.isChecked() else "")
