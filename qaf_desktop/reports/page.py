"""What stands on every page of every paper: whose reference, which form, whose copy, and which page of how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from qaf_desktop.reports import look
from qaf_desktop.reports.story import Story
from qaf_desktop.reports.tagged import TaggedCanvas
from qaf_desktop.reports.text import paragraph, printable

DRAFT_WORDS = "Draft – not sealed"
_TOTAL = "total_pages"
_LONGEST_TITLE, _LONGEST_REFERENCE, _LONGEST_PART = 60, 24, 90
"""Characters that fit into header and footer."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def british_date(day: date) -> str:
    """``14 May 2026``, whatever language the computer speaks."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def british_moment(moment: datetime) -> str:
    """``14 May 2026, 09:30`` in the offset the moment carries."""
    return f"{british_date(moment)}, {moment:%H:%M}"


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """Of what this is a copy, and who printed it when: the words of header and footer. Holds no name of anybody."""

    title: str
    """What the paper is, for example ``Child practice audit``."""
    reference: str
    """The pseudonymous reference at the top of each page; for a child's own copy the short hash of the record."""
    printed_at: datetime
    printed_by: str
    """A role in words, never a name."""
    form_id: str = ""
    form_version: str = ""
    content_hash: str = ""
    """SHA-256 of the sealed record, 64 hexadecimal digits; empty as long as nothing is sealed."""
    council: str = ""
    purpose: str = ""
    """Why this copy was printed: supervision, board, worker's copy, family."""
    edition: str = ""
    """Which edition: full copy, without evidence …"""
    copy_number: int | None = None
    waste_by: date | None = None
    """By when the paper goes into confidential waste."""
    marking: str = "Confidential"

    @property
    def short_hash(self) -> str:
        """The first twelve digits in groups of four; enough to compare by eye."""
        return grouped(self.content_hash[:12], 4)


def grouped(text: str, size: int) -> str:
    """``0123456789ab`` as ``0123 4567 89ab``."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def build(story: Story, imprint: Imprint, *, draft: bool = False) -> bytes:
    """Lay a story out on pages with their furniture; the same story and imprint give the same bytes."""
    target = BytesIO()
    furniture = _Furniture(imprint, draft=draft)
    document = BaseDocTemplate(
        target,
        pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
        title=printable(f"{imprint.title} {imprint.reference}"),
        author=printable(imprint.council) or "QAF Desktop",
        subject=f"{imprint.form_id} {imprint.form_version}".strip(),
        creator="QAF Desktop",
        invariant=1,
        displayDocTitle=1,
    )
    height = look.PAGE_HEIGHT - look.TOP - look.BOTTOM
    frame = Frame(look.SIDE, look.BOTTOM, look.TEXT_WIDTH, height, 0, 0, 0, 0, id="text")
    document.addPageTemplates(PageTemplate("page", [frame], onPage=furniture.draw))
    document.build(story.finish(), canvasmaker=partial(_NumberedCanvas, root=story.root))
    return target.getvalue()


class _NumberedCanvas(TaggedCanvas):
    """Knows only at the end how many pages there are, and writes that one number everywhere at once."""

    def save(self) -> None:
        if len(self._code):
            self.showPage()
        pages = len(self._page_objects)
        self.beginForm(_TOTAL)
        self.setFont(look.styles().furniture.fontName, look.styles().furniture.fontSize)
        self.setFillColor(look.MUTED)
        self.drawString(0, 0, str(pages))
        self.endForm()
        super().save()


class _Furniture:
    """Draws header, footer and, on a draft, the words across the page; all of it decoration to a screen reader."""

    def __init__(self, imprint: Imprint, *, draft: bool) -> None:
        self._imprint = imprint
        self._draft = draft
        self._foot = self._footer()
        self._width = look.TEXT_WIDTH - 26 * mm
        for line in self._foot:
            line.wrap(self._width, look.BOTTOM)

    def draw(self, canvas: Any, document: Any) -> None:
        with canvas.artifact("Pagination"):
            canvas.saveState()
            if self._draft:
                self._draw_draft(canvas)
            self._draw_header(canvas)
            self._draw_footer(canvas)
            canvas.restoreState()

    def _draw_header(self, canvas: Any) -> None:
        styles, imprint = look.styles(), self._imprint
        y = look.PAGE_HEIGHT - 14 * mm
        canvas.setFillColor(look.MUTED)
        canvas.setFont(styles.furniture.fontName, 8.5)
        canvas.drawString(look.SIDE, y, _cut(printable(imprint.title), _LONGEST_TITLE))
        canvas.setFillColor(look.INK)
        canvas.setFont(styles.answer.fontName, 9)
        canvas.drawRightString(look.SIDE + look.TEXT_WIDTH, y, _cut(printable(imprint.reference), _LONGEST_REFERENCE))
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(look.SIDE, y - 6, look.SIDE + look.TEXT_WIDTH, y - 6)

    def _draw_footer(self, canvas: Any) -> None:
        style = look.styles().furniture
        y = look.BOTTOM - 5 * mm
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(look.SIDE, y, look.SIDE + look.TEXT_WIDTH, y)
        y -= 4
        for line in self._foot:
            y -= line.height
            line.drawOn(canvas, look.SIDE, y)
        canvas.setFont(style.fontName, style.fontSize)
        canvas.setFillColor(look.MUTED)
        right = look.SIDE + look.TEXT_WIDTH
        baseline = look.BOTTOM - 5 * mm - 4 - style.fontSize
        canvas.drawRightString(right - 11, baseline, f"Page {canvas.getPageNumber()} of")
        canvas.saveState()
        canvas.translate(right - 9, baseline)
        canvas.doForm(_TOTAL)
        canvas.restoreState()

    def _draw_draft(self, canvas: Any) -> None:
        canvas.saveState()
        canvas.translate(look.PAGE_WIDTH / 2, look.PAGE_HEIGHT / 2)
        canvas.rotate(52)
        canvas.setFillColor(look.FAINT)
        canvas.setFont(look.styles().title.fontName, 64)
        canvas.drawCentredString(0, -20, DRAFT_WORDS)
        canvas.restoreState()

    def _footer(self) -> list[Flowable]:
        imprint = self._imprint
        form = f"Form {imprint.form_id}, version {imprint.form_version}" if imprint.form_id else ""
        sealed = f"Record {imprint.short_hash}" if imprint.content_hash else DRAFT_WORDS if self._draft else ""
        printed = f"Printed {british_moment(imprint.printed_at)} by {imprint.printed_by}"
        number = f"copy {imprint.copy_number}" if imprint.copy_number is not None else ""
        purpose = f"for {imprint.purpose}" if imprint.purpose else ""
        waste = f"Confidential waste by {british_date(imprint.waste_by)}" if imprint.waste_by else ""
        lines = [
            _joined(form, sealed),
            _joined(printed, purpose, imprint.edition, number),
            _joined(imprint.marking, waste),
        ]
        return [paragraph(line, look.styles().furniture) for line in lines if line]


def _joined(*parts: str) -> str:
    return "  ·  ".join(_cut(part, _LONGEST_PART) for part in parts if part)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
