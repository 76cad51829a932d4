"""Help beside the question: what to look for, and for a grade its four descriptions as cards."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from qaf_desktop.domain.grades import Grade
from qaf_desktop.forms.items import Item
from qaf_desktop.ui.audit.rows import clear
from qaf_desktop.ui.questions.grade_cards import is_grade_scale
from qaf_desktop.ui.theme import Theme, grade_look

_GRADES = (Grade.OUTSTANDING, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE)
_AFTER_A_GRADE = " \t–—-:.="


def paragraphs(guidance: str) -> tuple[str, ...]:
    """The paragraphs of a guidance text: parted by an empty line, or by line ends written into the sheet."""
    text = guidance.replace("\\n", "\n")
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def grade_descriptions(guidance: str) -> tuple[tuple[tuple[Grade, str], ...], tuple[str, ...]]:
    """The paragraphs that begin with a grade's own words, as descriptions, and the rest as ordinary guidance."""
    described: list[tuple[Grade, str]] = []
    rest: list[str] = []
    for paragraph in paragraphs(guidance):
        for grade in _GRADES:
            tail = paragraph[len(grade.words) :]
            if paragraph.lower().startswith(grade.words.lower()) and tail.lstrip() and tail[0] in _AFTER_A_GRADE:
                described.append((grade, tail.lstrip(_AFTER_A_GRADE)))
                break
        else:
            rest.append(paragraph)
    return tuple(described), tuple(rest)


class GuidancePane(QScrollArea):
    """Follows the keyboard: shows the guidance of the question in focus."""

    history_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._offers_history = True
        self._shown: tuple[str, str, str, str] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Guidance")
        self._page = page = QWidget()
        page.setProperty("role", "page")
        self._rows = QVBoxLayout(page)
        self._rows.setContentsMargins(18, 20, 18, 20)
        self._rows.setSpacing(12)
        self.history = QPushButton("History…")
        self.history.setProperty("role", "quiet")
        self.history.setToolTip("What stood in this answer before")
        self.history.setAccessibleName("History of this answer")
        self.history.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the answer keeps the keyboard; Ctrl+H does the same
        self.history.clicked.connect(self.history_requested)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.history)
        self._foot.addStretch(1)
        self._rows.addLayout(self._foot)
        self._rows.addStretch(1)
        self.setWidget(page)
        self.show_nothing()
        theme.changed.connect(self._again)

    def show_nothing(self) -> None:
        """No question has the keyboard yet."""
        self._show(("", "Guidance", "Choose a question and what to look for appears here.", ""), ())

    def show_item(self, item: Item) -> None:
        """Show what belongs to a question; nothing moves while it is the one shown already."""
        graded = is_grade_scale(item)
        # What was typed changes nothing here; which grade was chosen marks its card.
        now = (item.slot, item.label, item.guidance or item.hint, item.value if graded else "")
        self._item = item
        if now != self._shown:
            same = self._shown is not None and self._shown[0] == item.slot
            at = self.verticalScrollBar().value() if same else 0
            described, rest = grade_descriptions(item.guidance) if graded else ((), None)
            words = rest if rest is not None else paragraphs(item.guidance)
            if not words and not described:
                words = (item.hint or "There is no more to say about this question than its own words.",)
            self._show(now, words, described)
            self.verticalScrollBar().setValue(at)

    def offer_history(self, offering: bool) -> None:
        """Whether the way to earlier answers stands under the guidance."""
        self._offers_history = offering
        self.history.setVisible(offering and bool(self._shown and self._shown[0]))

    def words(self) -> str:
        """Everything shown, as text."""
        return "\n".join(label.text() for label in self._page.findChildren(QLabel) if label.text())

    def _again(self) -> None:
        shown, self._shown = self._shown, None
        if shown and shown[0]:
            self.show_item(self._item)

    def _show(
        self, now: tuple[str, str, str, str], words: tuple[str, ...], described: tuple[tuple[Grade, str], ...] = ()
    ) -> None:
        self._shown = now
        self.history.setVisible(bool(now[0]) and self._offers_history)
        clear(self._rows, keep=2)
        parts: list[QWidget] = [_words(now[1], "heading")]
        parts += [_words(paragraph, "") for paragraph in (words if now[0] else (now[2],))]
        parts += [self._card(grade, text, chosen=grade.value == now[3]) for grade, text in described]
        for place, part in enumerate(parts):
            self._rows.insertWidget(place, part)

    def _card(self, grade: Grade, text: str, *, chosen: bool) -> QWidget:
        look = grade_look(grade.value)
        card = QFrame()
        card.setObjectName("described_grade")
        ink, ground = (
            self._theme.colour(look.ink).name(),
            self._theme.colour(look.ground if chosen else "surface").name(),
        )
        edge = ink if chosen else self._theme.colour("line").name()
        card.setStyleSheet(
            f"QFrame#described_grade {{ background: {ground}; border: {2 if chosen else 1}px solid {edge};"
            f" border-left: 4px solid {ink}; border-radius: 8px; }}"
        )
        shape = QLabel()
        shape.setPixmap(self._theme.pixmap(look.shape, look.ink, 18))
        title = _words(grade.words, "strong")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(title, 1)
        rows = QVBoxLayout(card)
        rows.setContentsMargins(12, 10, 12, 12)
        rows.setSpacing(4)
        rows.addLayout(head)
        rows.addWidget(_words(text, ""))
        return card


def _words(text: str, role: str) -> QLabel:
    label = QLabel(text)
    if role:
        label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
