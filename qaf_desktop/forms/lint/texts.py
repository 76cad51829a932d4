"""The words people read: labels that are missing or too long, marks that would be shown, answers quoted in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qaf_desktop.forms.lint.findings import Finding, Place
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Block, Outline
from qaf_desktop.forms.lint.references import check_references
from qaf_desktop.forms.lint.sheets import Row, Sheets
from qaf_desktop.forms.lint.vocabulary import TEXT_COLUMNS, UNASKED, UNSEEN, without_language

MAX_LABEL = 300
MAX_NOTE = 1_000
_MARKUP = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|br|p|h[1-6])\b[^<>]{0,200}>|\*\*[^*\n]{1,200}\*\*", re.IGNORECASE
)


def check_texts(sheets: Sheets, outline: Outline) -> Iterator[Finding]:
    """Findings about labels, hints, guidance and messages."""
    for row in sheets.survey:
        for heading, text in row.cells.items():
            base = without_language(heading)[0]
            if base in TEXT_COLUMNS:
                yield from check_references(row.at(heading), text, outline)
            if base in ("label", "hint", "guidance_hint"):
                yield from _check_markup(row.at(heading), text)
            if base == "label" and len(text) > (MAX_NOTE if row.get("type") == "note" else MAX_LABEL):
                yield row.at(heading).found(
                    Mistake.LONG_LABEL,
                    f"The label has {len(text)} letters.",
                    "Ask one short question, and put the rest under hint or guidance_hint.",
                )
    yield from _check_labels(outline)
    yield from _check_guidance(sheets, outline)


def _check_markup(place: Place, text: str) -> Iterator[Finding]:
    found = _MARKUP.search(text)
    if found is not None:
        yield place.found(Mistake.MARKUP, f"{found.group()[:40]!r} would be shown as it stands.", "Write plain text.")


def _check_labels(outline: Outline) -> Iterator[Finding]:
    for one in outline.rows:
        if isinstance(one, Block) or one.kind in (*UNSEEN, "") or _has(one.row, "label"):
            continue
        # A question that is worked out and has no label is nobody's to see.
        if one.row.get("calculation", "calculate") or _has(one.row, "hint", "image", "media::image"):
            continue
        yield one.row.at("label").found(Mistake.NO_LABEL, "This question has no label.", "Write what is asked.")


def _check_guidance(sheets: Sheets, outline: Outline) -> Iterator[Finding]:
    asked = [one for one in outline.rows if not isinstance(one, Block) and one.kind not in (*UNASKED, "")]
    if not asked:
        return
    if not any(without_language(heading)[0] == "guidance_hint" for heading in sheets.headings.get("survey", ())):
        yield Place("survey", 1, "guidance_hint").found(
            Mistake.NO_GUIDANCE,
            "The form has no guidance.",
            "Add the column guidance_hint, and write for each question what to look for and what counts.",
        )
        return
    for one in asked:
        if not _has(one.row, "guidance_hint") and _has(one.row, "label") and not one.repeat:
            yield one.row.at("guidance_hint").found(
                Mistake.NO_GUIDANCE, f"The question {one.name} has no guidance.", "Write what to look for."
            )


def _has(row: Row, *columns: str) -> bool:
    return any(without_language(heading)[0] in columns for heading in row.cells)
