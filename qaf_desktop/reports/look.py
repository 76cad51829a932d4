"""How our paper looks: calm, dark ink on white, few colours, large enough to read at arm's length."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from qaf_desktop.reports.fonts import Cut, face

PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE = 22 * mm
TOP = 23 * mm
BOTTOM = 27 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE

INK = HexColor("#1c2733")
MUTED = HexColor("#55616e")
ACCENT = HexColor("#17495c")
RULE = HexColor("#cfd6dc")
SOFT = HexColor("#f3f6f8")
FAINT = HexColor("#e9edf0")


@dataclass(frozen=True)
class Styles:
    """Every paragraph style paper uses; sizes in points."""

    title: ParagraphStyle
    subtitle: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    body: ParagraphStyle
    quiet: ParagraphStyle
    question: ParagraphStyle
    answer: ParagraphStyle
    indented: ParagraphStyle
    cell: ParagraphStyle
    strong_cell: ParagraphStyle
    head_cell: ParagraphStyle
    label: ParagraphStyle
    fact: ParagraphStyle
    furniture: ParagraphStyle
    large: ParagraphStyle
    large_answer: ParagraphStyle
    quiet_large: ParagraphStyle
    large_question: ParagraphStyle


@cache
def styles() -> Styles:
    """The styles, made once; loads the fonts."""
    regular, bold, italic = face(), face(cut=Cut.BOLD), face(cut=Cut.ITALIC)
    return Styles(
        title=_style("title", bold, 24, 30, ACCENT),
        subtitle=_style("subtitle", regular, 12.5, 18, MUTED),
        heading=_style("heading", bold, 15, 20, ACCENT, before=16, after=5),
        subheading=_style("subheading", bold, 11.5, 16, INK, before=10, after=3),
        body=_style("body", regular, 10.5, 15.5, INK, after=5),
        quiet=_style("quiet", regular, 9.5, 13.5, MUTED, after=4),
        question=_style("question", regular, 10.5, 15, MUTED),
        answer=_style("answer", bold, 10.5, 15, INK),
        indented=_style("indented", regular, 10.5, 15.5, INK, before=2, after=3, left=11),
        cell=_style("cell", regular, 10, 14, INK),
        strong_cell=_style("strong_cell", bold, 10, 14, INK),
        head_cell=_style("head_cell", bold, 9.5, 13, INK),
        label=_style("label", regular, 9.5, 13.5, MUTED),
        fact=_style("fact", bold, 10.5, 14.5, INK),
        furniture=_style("furniture", regular, 8, 10.5, MUTED),
        large=_style("large", regular, 15, 22, INK, before=2, after=4),
        large_answer=_style("large_answer", bold, 15, 22, INK),
        quiet_large=_style("quiet_large", italic, 13, 19, MUTED, after=4),
        large_question=_style("large_question", bold, 14, 20, ACCENT, before=13, after=4),
    )


def _style(
    name: str,
    font: str,
    size: float,
    leading: float,
    colour: Color,
    *,
    before: float = 0,
    after: float = 0,
    left: float = 0,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=colour,
        spaceBefore=before,
        spaceAfter=after,
        leftIndent=left,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )
