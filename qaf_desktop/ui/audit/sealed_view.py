"""A sealed copy to read: every answer as it was given, in the version of the form it was given in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.services.audits import SealedCopy
from qaf_desktop.ui.audit.history_dialog import readable
from qaf_desktop.ui.audit.panes import Panes
from qaf_desktop.ui.audit.progress import SectionLine, Sections, SectionState
from qaf_desktop.ui.audit.reader import Reader
from qaf_desktop.ui.audit.rows import plain_label
from qaf_desktop.ui.audit.sections_pane import SectionsPane
from qaf_desktop.ui.questions.drawing import Sheet, read_svg
from qaf_desktop.ui.questions.grade_cards import is_grade_scale
from qaf_desktop.ui.questions.kinds import is_shown
from qaf_desktop.ui.theme import Theme, grade_look

COLUMN_PIXELS = 760


class SealedView(QWidget):
    """Read-only: sections on the left, answers on the right, a button for paper."""

    print_requested = Signal()
    leave_requested = Signal()

    def __init__(self, copy: SealedCopy, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._theme = theme
        self._copy = copy
        self._headings: dict[str, QWidget] = {}
        filling, profile = copy.filling, copy.form.profile
        self.sections = SectionsPane(theme)
        self._sections = Sections(filling, profile)
        self.print = QPushButton("Print…")
        self.print.setProperty("role", "primary")
        theme.decorate(self.print, "print", "on_primary")
        self.print.clicked.connect(self.print_requested)
        self.answers = QScrollArea()
        self.answers.setWidgetResizable(True)
        self.answers.setFrameShape(QFrame.Shape.NoFrame)
        self.answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.answers.setAccessibleName("Answers")
        left = QWidget()
        left_rows = QVBoxLayout(left)
        left_rows.setContentsMargins(8, 12, 0, 12)
        left_rows.setSpacing(10)
        left_rows.addWidget(self.sections, 1)
        left_rows.addWidget(self.print)
        splitter = Panes(theme)
        splitter.addWidget(left)
        splitter.addWidget(self.answers)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.pixels(240), theme.pixels(760)])
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(splitter)
        self.left = left
        self._fill()
        self.sections.section_chosen.connect(self._go)

    def _fill(self) -> None:
        filling, record = self._copy.filling, self._copy.record
        self._page = page = QWidget()
        page.setProperty("role", "page")
        column = QWidget()
        column.setMaximumWidth(self._theme.pixels(COLUMN_PIXELS))
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(plain_label(self._copy.form.title, "title"))
        of_whom = f"{record.child_ref} – " if record.child_ref else ""
        rows.addWidget(
            plain_label(
                f"{of_whom}sealed {record.claimed_at:%d/%m/%Y at %H:%M} – form version {self._copy.form.version}. "
                "Nobody can change it; a correction is written beside it.",
                "muted",
            )
        )
        grade = filling.answer(self._copy.form.profile.overall_question) if self._overall() else ""
        if grade:
            rows.addSpacing(10)
            rows.addWidget(_grade_line(grade, "Overall", self._theme))
        for section in self._sections.refs():
            self._add(filling, section, rows, 0)
        rows.addStretch(1)
        across = QHBoxLayout(page)
        across.setContentsMargins(24, 20, 24, 40)
        across.addStretch(1)
        across.addWidget(column, 1_000)
        across.addStretch(1)
        self.answers.setWidget(page)
        lines = [
            SectionLine(line.ref, line.title, SectionState.DONE, 0, 0, line.grade)
            for line in self._sections.lines()
            if line.ref in self._headings
        ]
        self.sections.show_lines(lines, lines[0].ref if lines else "")

    def _overall(self) -> bool:
        return bool(self._copy.form.profile.overall_question)

    def _add(self, reader: Reader, ref: str, rows: QVBoxLayout, depth: int) -> bool:
        """Add a part and what is in it; returns whether there was anything to show."""
        item = reader.look(ref)
        if not item.relevant:
            return False
        if item.kind == "question":
            return self._add_answer(item, rows)
        part = QFrame()
        if item.kind == "instance":
            part.setProperty("role", "card")
        inside = QVBoxLayout(part)
        margin = 16 if item.kind == "instance" else 0
        inside.setContentsMargins(margin, margin if margin else (22 if depth == 0 else 10), margin, margin)
        inside.setSpacing(8)
        heading: QWidget | None = None
        if item.label and item.kind != "repeat":
            number = ref.rpartition("[")[2].rstrip("]")
            title = f"{item.label} {number}" if item.kind == "instance" else item.label
            heading = plain_label(title, "heading" if depth == 0 else "strong")
            inside.addWidget(heading)
        found = False
        for child in reader.children(ref):
            found |= self._add(reader, child, inside, depth + 1)
        if not found:
            part.deleteLater()
            return False
        rows.addWidget(part)
        if depth == 0:
            self._headings[ref] = part
        return True

    def _add_answer(self, item: Item, rows: QVBoxLayout) -> bool:
        if not is_shown(item) or item.type == "note" or not item.value:
            return False
        answer: QWidget
        if is_grade_scale(item):
            answer = _grade_line(item.value, "", self._theme)
        elif "draw" in item.appearance.split():
            sheet = Sheet(self._theme)
            sheet.strokes, sheet.locked = read_svg(item.value), True
            sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            answer = sheet
        elif item.type == "image":
            answer = plain_label("A picture; it is printed with the paper.", "muted")
        else:
            answer = plain_label(readable(item.value, item), "")
            answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        answer.setAccessibleName(f"{item.label}: {readable(item.value, item)}")
        rows.addWidget(plain_label(item.label, "caption"))
        rows.addWidget(answer)
        rows.addSpacing(6)
        return True

    def _go(self, ref: str) -> None:
        part = self._headings.get(ref)
        if part is not None:
            self.sections.show_current(ref)
            top = part.mapTo(self._page, part.rect().topLeft()).y()
            self.answers.verticalScrollBar().setValue(top)

    def panes(self) -> tuple[QWidget, ...]:
        """Sections and answers: F6 walks through them."""
        return (self.left, self.answers)

    def form_words(self) -> str:
        """Title and version of the form."""
        return f"{self._copy.form.title}, version {self._copy.form.version}"


def _grade_line(code: str, before: str, theme: Theme) -> QWidget:
    """A grade as its shape and its word."""
    look = grade_look(code)
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    if before:
        row.addWidget(plain_label(f"{before}:", "strong"))
    shape = QLabel()
    shape.setPixmap(theme.pixmap(look.shape, look.ink, 22))
    row.addWidget(shape)
    row.addWidget(plain_label(look.word, "strong"), 1)
    return line
