"""A twelve-page tagged audit beside bare reportlab with the same flowables on the same pages."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Paragraph, Table

from qaf_desktop.reports import look
from qaf_desktop.reports.page import build
from qaf_desktop.reports.story import Cell, Story
from tests.bench import table
from tests.reports.samples import an_imprint

ROUNDS = 15
PAGES = 12
ROWS = 15
_ANSWER = (
    "Court and permanence on time; contact with the sister was asked for in January and agreed in April, after an "
    "assessment that needed her own social worker. The reason and the dates are on file, and he knows them. "
)


def main() -> None:
    """Interleaved, so that a busy moment on this computer falls on both alike."""
    tagged, bare = [], []
    for _ in range(ROUNDS):
        tagged.append(table.took(_tagged))
        bare.append(table.took(_bare))
    what = f"tagged audit of {_pages(_tagged())} pages; bare reportlab's has {_pages(_bare())}"
    table.times_row(what, tagged, bare, "≤ 1.3")


def _pages(data: bytes) -> int:
    return data.count(b"/Type /Page\n")


def _cells() -> list[tuple[str, str, str]]:
    return [(f"Was key decision {row} made in time?", "Yes", "The date is on file") for row in range(ROWS)]


def _tagged() -> bytes:
    story = Story()
    for page in range(PAGES):
        with story.part():
            story.heading(2, f"Area {page + 1}")
            story.say(_ANSWER * 3)
            rows = [[Cell(text) for text in row] for row in _cells()]
            story.table(("Question", "Answer", "Evidence"), rows, (10, 4, 8))
        story.break_page(unless_left=look.PAGE_HEIGHT * 0.7)
    return build(story, an_imprint())


def _bare() -> bytes:
    """Paragraphs and tables as anybody would set them, without tags, furniture or care for what was typed."""
    styles = look.styles()
    flowables: list[Flowable] = []
    for page in range(PAGES):
        flowables.append(CondPageBreak(look.PAGE_HEIGHT * 0.7))
        flowables.append(Paragraph(f"Area {page + 1}", styles.heading))
        flowables.append(Paragraph(_ANSWER * 3, styles.body))
        flowables.append(_bare_table(styles.cell, styles.head_cell))
    target = BytesIO()
    document = BaseDocTemplate(target, pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT), invariant=1)
    height = look.PAGE_HEIGHT - look.TOP - look.BOTTOM
    document.addPageTemplates(
        PageTemplate("page", [Frame(look.SIDE, look.BOTTOM, look.TEXT_WIDTH, height, 0, 0, 0, 0)])
    )
    document.build(flowables)
    return target.getvalue()


def _bare_table(cell: ParagraphStyle, head: ParagraphStyle) -> Table:
    rows = [[Paragraph(text, cell) for text in row] for row in _cells()]
    heads = [Paragraph(text, head) for text in ("Question", "Answer", "Evidence")]
    widths = [look.TEXT_WIDTH * share / 22 for share in (10, 4, 8)]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, look.RULE),
        ("BACKGROUND", (0, 0), (-1, 0), look.FAINT),
    ]
    return Table([heads, *rows], colWidths=widths, repeatRows=1, style=style)


if __name__ == "__main__":
    main()
