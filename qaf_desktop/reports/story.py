"""A document told from top to bottom: what is said (for reading aloud) and how it is set (for the eye), in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from qaf_desktop.reports import look
from qaf_desktop.reports.layout import Beside, KeptTogether, PaperTable, Rule
from qaf_desktop.reports.marks import Badge, Mark
from qaf_desktop.reports.tagged import Element, Outlined, Tagged
from qaf_desktop.reports.text import needs_shaping, paragraph, printable

_SHORT_ANSWER = 40
_SHORT_QUESTION = 260
_BESIDE_WIDTH = 128
"""Points kept for a short answer at the right."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: text, with a mark before it if it is a grade or a yes-or-no."""

    text: str
    mark: Mark | None = None
    strong: bool = False


class Story:
    """Collects flowables and, in step with them, the elements they belong to."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.flowables: list[Flowable] = []
        self._here = self.root
        self._held: list[Flowable] = []

    @contextmanager
    def part(self, role: str = "Sect") -> Iterator[None]:
        """Everything told inside belongs to one section."""
        outer = self._here
        self._here = outer.add(role)
        yield
        self._here = outer

    def heading(self, level: int, text: str, *, mark: Mark | None = None, word: str = "", style: str = "") -> None:
        """A heading, with a grade at its right if there is one; keeps the first lines of what follows."""
        styles = look.styles()
        chosen: ParagraphStyle = getattr(styles, style or {1: "title", 2: "heading"}.get(level, "subheading"))
        title = Outlined(paragraph(text, chosen), self._here.add(f"H{level}"), printable(text), level - 1)
        if mark is None:
            self._held.append(title)
            return
        badge = Badge(mark, word, self._here.add("P"), pill=True, caption="Grade", right=True)
        row = Beside(title, badge, badge.natural_width, before=chosen.spaceBefore, after=chosen.spaceAfter)
        self._held.append(row)

    def rule(self, *, strong: bool = False, before: float = 0, after: float = 6) -> None:
        """A hairline, kept with what is around it."""
        rule = Rule(strong=strong, before=before, after=after)
        if self._held:
            self._held.append(rule)
        else:
            self.flowables.append(rule)

    def say(self, text: str, style: str = "body", *, lead: str = "", keep: bool = False) -> None:
        """A paragraph. ``lead`` is a bold label; ``keep`` holds it to what follows."""
        told = Tagged(paragraph(text, getattr(look.styles(), style), lead=lead), self._here.add("P"))
        if keep:
            self._held.append(told)
        else:
            self.place(told)

    def answer(self, question: str, answer: str, *, mark: Mark | None = None) -> None:
        """A question and its answer: beside each other when both are short, else one above the other."""
        styles = look.styles()
        words = printable(answer)
        short = len(words) <= _SHORT_ANSWER and "\n" not in words and len(question) <= _SHORT_QUESTION
        asked = Tagged(paragraph(question, styles.question), self._here.add("P"))
        replied = self._here.add("P")
        if not short:
            self._held.append(asked)
            self.place(Tagged(paragraph(words, styles.indented), replied))
            return
        right: Flowable
        if mark is not None and not needs_shaping(words) and len(words) <= 16:
            right = Badge(mark, words, replied)
        else:
            right = Tagged(paragraph(words, styles.answer), replied)
        self.place(Beside(asked, right, _BESIDE_WIDTH, before=3, after=3))

    def badge(self, mark: Mark, word: str, *, size: float = 10.5, caption: str = "") -> None:
        """A grade in a pill on its own line."""
        self.place(Badge(mark, word, self._here.add("P"), size=size, pill=True, caption=caption))

    def points(self, points: Sequence[tuple[str, str]]) -> None:
        """A numbered list; each point with a quieter second line, which may be empty."""
        outer = self._here.add("L")
        styles = look.styles()
        for number, (text, detail) in enumerate(points, start=1):
            item = outer.add("LI")
            label = Tagged(paragraph(f"{number}.", styles.answer), item.add("Lbl"))
            body = item.add("LBody")
            told = Tagged(paragraph(text, styles.body), body.add("P"))
            self.place(Numbered(label, told))
            if detail:
                quiet = Tagged(paragraph(detail, styles.quiet), body.add("P"))
                self.place(Numbered(None, quiet))

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        *,
        row_heads: bool = False,
        quiet_heads: bool = False,
        padding: float = 5,
    ) -> None:
        """A table. ``widths`` are shares of the text width; ``row_heads`` makes the first cell of a row its heading.

        Heading cells are printed again on every page and said once. With ``quiet_heads`` they are said but small.
        """
        styles = look.styles()
        told = self._here.add("Table")
        head = told.add("TR")
        head_style = styles.label if quiet_heads else styles.head_cell
        data: list[list[Flowable]] = [
            [
                Tagged(paragraph(text, head_style), head.add("TH", scope="Column").add("P"), once=True)
                for text in heads
            ]
        ]
        for row in rows:
            line = told.add("TR")
            data.append(
                [
                    self._cell(cell, line.add("TH", scope="Row") if row_heads and index == 0 else line.add("TD"))
                    for index, cell in enumerate(row)
                ]
            )
        total = sum(widths)
        style = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
            ("LINEBELOW", (0, 0), (-1, -1), 0.6, look.RULE),
        ]
        if not quiet_heads:
            style.append(("BACKGROUND", (0, 0), (-1, 0), look.FAINT))
        self.place(
            PaperTable(
                data,
                colWidths=[look.TEXT_WIDTH * width / total for width in widths],
                repeatRows=1,
                splitByRow=1,
                splitInRow=1,
                style=style,
            )
        )

    def facts(self, facts: Sequence[tuple[str, str]], *, columns: int = 2) -> None:
        """Short labelled facts in columns, read row by row."""
        styles = look.styles()
        told = self._here.add("L")
        cells: list[list[Flowable]] = []
        for label, value in facts:
            item = told.add("LI")
            name = Tagged(paragraph(label, styles.label), item.add("Lbl"))
            cells.append([name, Tagged(paragraph(value, styles.fact), item.add("LBody"))])
        cells += [[Spacer(0, 0)]] * (-len(cells) % columns)
        rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
        if rows:
            style = [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 10),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
            self.place(PaperTable(rows, colWidths=[look.TEXT_WIDTH / columns] * columns, style=style, splitInRow=1))

    def break_page(self, *, unless_left: float) -> None:
        """Go to a new page unless this many points are left on this one."""
        self.flowables.append(CondPageBreak(unless_left))

    def space(self, points: float) -> None:
        """Room."""
        if not self._held:
            self.flowables.append(Spacer(1, points))

    def place(self, flowable: Flowable) -> None:
        """Put a flowable down, together with the headings waiting for it."""
        self.flowables.append(KeptTogether(self._held, flowable) if self._held else flowable)
        self._held = []

    @staticmethod
    def _cell(cell: Cell, element: Element) -> Flowable:
        styles = look.styles()
        told = element.add("P")
        if cell.mark is not None and len(cell.text) <= 24 and not needs_shaping(cell.text):
            return Badge(cell.mark, cell.text, told, size=10)
        return Tagged(paragraph(cell.text, styles.answer if cell.strong else styles.cell), told)


class Numbered(Flowable):  # type: ignore[misc]
    """A number and its text, hanging; splits as the text does."""

    _INDENT = 20

    def __init__(self, label: Flowable | None, body: Flowable) -> None:
        super().__init__()
        self._label = label
        self._body = body

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """As high as the text."""
        if self._label is not None:
            self._label.wrap(self._INDENT, avail_height)
        _, self.height = self._body.wrap(avail_width - self._INDENT, avail_height)
        self.width = avail_width
        return self.width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        """The number stays with the first lines."""
        parts = self._body.split(avail_width - self._INDENT, avail_height)
        return [Numbered(self._label if index == 0 else None, part) for index, part in enumerate(parts)]

    def getSpaceBefore(self) -> float:
        """Points above."""
        return float(self._body.getSpaceBefore())

    def getSpaceAfter(self) -> float:
        """Points below."""
        return float(self._body.getSpaceAfter())

    def draw(self) -> None:
        """Number first."""
        if self._label is not None:
            self._label.drawOn(self.canv, 0, self.height - self._label.height)
        self._body.drawOn(self.canv, self._INDENT, 0)
