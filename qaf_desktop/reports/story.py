"""A document told from top to bottom: what is said (for reading aloud) and how it is set (for the eye), in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from qaf_desktop.reports import look
from qaf_desktop.reports.layout import Beside, Hanging, KeptTogether, PaperTable, Rule
from qaf_desktop.reports.marks import Badge, Mark, ShapeOnly
from qaf_desktop.reports.tagged import Element, Outlined, Tagged
from qaf_desktop.reports.text import needs_shaping, paragraph, printable

_SHORT_QUESTION = 260
_SHORT_FACT = 70
_SHORT_MARKED = 40
_BESIDE_WIDTH = 150
"""Points kept for a short answer at the right."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: text, with a mark before it if it is a grade or a yes-or-no."""

    text: str
    mark: Mark | None = None
    strong: bool = False
    tail: str = ""
    """A quieter line below."""


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

    def heading(
        self,
        level: int,
        text: str,
        *,
        mark: Mark | None = None,
        word: str = "",
        caption: str = "Grade",
        size: float = 10.5,
        style: str = "",
    ) -> None:
        """A heading, with a grade at its right if there is one; keeps the first lines of what follows."""
        styles = look.styles()
        chosen: ParagraphStyle = getattr(styles, style or {1: "title", 2: "heading"}.get(level, "subheading"))
        title = Outlined(paragraph(text, chosen), self._here.add(f"H{level}"), printable(text), level - 1)
        if mark is None:
            self._held.append(title)
            return
        badge = Badge(mark, word, size=size, caption=caption)
        if badge.natural_width > look.TEXT_WIDTH / 2 or needs_shaping(word):
            self._held.append(title)
            self.say(word, lead=caption, keep=True)
            return
        badge.element = self._here.add("P")
        row = Beside(
            title, badge, badge.natural_width, before=chosen.spaceBefore, after=chosen.spaceAfter, centred=True
        )
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
        short = len(question) <= _SHORT_QUESTION and (
            len(words) <= _SHORT_MARKED if mark else _fits_beside(words, styles.answer)
        )
        asked = Tagged(paragraph(question, styles.question), self._here.add("P"))
        replied = self._here.add("P")
        if not short:
            self._held.append(asked)
            self.place(Tagged(paragraph(words, styles.indented), replied))
            return
        right = _marked(Tagged(paragraph(words, styles.answer), replied), mark, styles.answer)
        self.place(Beside(asked, right, _BESIDE_WIDTH, before=3, after=3))

    def points(self, points: Sequence[tuple[str, str]]) -> None:
        """A numbered list; each point with a quieter second line, which may be empty."""
        outer = self._here.add("L")
        styles = look.styles()
        for number, (text, detail) in enumerate(points, start=1):
            item = outer.add("LI")
            label = Tagged(paragraph(f"{number}.", styles.answer), item.add("Lbl"))
            body = Tagged(paragraph(text, styles.body, tail=detail), item.add("LBody").add("P"))
            self.place(Hanging(label, body, 20))

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        *,
        row_heads: bool = False,
        padding: float = 5,
        whole: bool = False,
    ) -> None:
        """A table. ``widths`` are shares of the text width; ``row_heads`` makes the first cell of a row its heading.

        Heading cells are printed again on every page and said once. A ``whole`` table goes to the next page rather
        than being cut; only for small ones.
        """
        styles = look.styles()
        told = self._here.add("Table")
        head = told.add("TR")
        head_style = styles.head_cell
        data: list[list[Flowable]] = [
            [Tagged(paragraph(text, head_style), head.add("TH", scope="Column").add("P"), once=True) for text in heads]
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
            ("FONTNAME", (0, 0), (-1, -1), styles.cell.fontName),
            ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
            ("LINEBELOW", (0, 0), (-1, -1), 0.6, look.RULE),
        ]
        style.append(("BACKGROUND", (0, 0), (-1, 0), look.FAINT))
        columns = [look.TEXT_WIDTH * width / total for width in widths]
        table = PaperTable(data, colWidths=columns, repeatRows=1, splitByRow=1, splitInRow=1, style=style)
        table.whole = whole
        self.place(table)

    def facts(self, facts: Sequence[tuple[str, str]], *, columns: int = 2) -> None:
        """Short labelled facts in columns, read row by row; a long one takes the whole width."""
        told = self._here.add("L")
        for short, group in groupby(facts, key=lambda fact: len(fact[1]) <= _SHORT_FACT):
            self._fact_columns(list(group), told, columns if short else 1)

    def _fact_columns(self, facts: Sequence[tuple[str, str]], told: Element, columns: int) -> None:
        styles = look.styles()
        cells: list[list[Flowable]] = []
        for label, value in facts:
            item = told.add("LI")
            name = Tagged(paragraph(label, styles.label), item.add("Lbl"))
            cells.append([name, Tagged(paragraph(value, styles.fact), item.add("LBody"))])
        cells += [[Spacer(0, 0)]] * (-len(cells) % columns)
        rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
        style = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONTNAME", (0, 0), (-1, -1), styles.cell.fontName),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 10),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
        self.place(PaperTable(rows, colWidths=[look.TEXT_WIDTH / columns] * columns, style=style, splitInRow=1))

    def element(self, role: str) -> Element:
        """A new element at this place of the story, for a flowable made elsewhere."""
        return self._here.add(role)

    def break_page(self, *, unless_left: float) -> None:
        """Go to a new page unless this many points are left on this one."""
        self.flowables.append(CondPageBreak(unless_left))

    def space(self, points: float) -> None:
        """Room."""
        if not self._held:
            self.flowables.append(Spacer(1, points))

    def finish(self) -> list[Flowable]:
        """Everything told, in order; a heading with nothing after it stands alone."""
        self.flowables += self._held
        self._held = []
        return self.flowables

    def place(self, flowable: Flowable) -> None:
        """Put a flowable down, together with the headings waiting for it."""
        self.flowables.append(KeptTogether(self._held, flowable) if self._held else flowable)
        self._held = []

    @staticmethod
    def _cell(cell: Cell, element: Element) -> Flowable:
        styles = look.styles()
        style = styles.strong_cell if cell.strong else styles.cell
        return _marked(Tagged(paragraph(cell.text, style, tail=cell.tail), element.add("P")), cell.mark, style)


def _marked(told: Flowable, mark: Mark | None, style: ParagraphStyle) -> Flowable:
    return told if mark is None else Hanging(ShapeOnly(mark, style), told, style.fontSize * 1.45)


def _fits_beside(words: str, style: ParagraphStyle) -> bool:
    return "\n" not in words and float(stringWidth(words, style.fontName, style.fontSize)) <= _BESIDE_WIDTH
