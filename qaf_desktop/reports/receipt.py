"""Proof on paper of what the centre holds: record by record, as it was read back from the centre's own log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from qaf_desktop.reports.page import Imprint, british_moment, build, grouped
from qaf_desktop.reports.story import Cell, Story


@dataclass(frozen=True)
class ReceiptLine:
    """One record: what it is, of whom, how far it has got."""

    kind: str
    """In words: audit, feedback …"""
    reference: str
    state: str
    """In words: Ready to send, Received, Confirmed, Held back (with the reason), Erased."""
    content_hash: str
    when: datetime | None
    """When it was sealed, by this computer's clock."""


@dataclass(frozen=True)
class LogHead:
    """How far one of the centre's logs had got, and its running hash there."""

    scope: str
    entries: int
    chain: str


@dataclass(frozen=True, kw_only=True)
class ReceiptContents:
    """Everything a receipt prints. ``checked_at`` is when the centre's log was last read; None if never."""

    imprint: Imprint
    centre: str
    checked_at: datetime | None
    lines: tuple[ReceiptLine, ...] = ()
    heads: tuple[LogHead, ...] = ()


def render(contents: ReceiptContents) -> bytes:
    """The receipt as a tagged PDF.

    Raises:
        FontsMissing: the shipped fonts are not there.
    """
    story = Story()
    checked = british_moment(contents.checked_at) if contents.checked_at else "not yet"
    with story.part():
        story.heading(1, contents.imprint.title)
        story.say(f"Centre: {contents.centre}  ·  last compared with its log: {checked}", "subtitle", keep=True)
        story.rule(strong=True, before=6, after=8)
        story.say(
            "Confirmed means that this computer has read the record back from the centre’s own log with the same "
            "fingerprint. Received means that the centre has answered, but the log has not been read since."
        )
        story.facts(
            [(state, str(count)) for state, count in Counter(line.state for line in contents.lines).items()], columns=3
        )
    with story.part():
        story.heading(2, "Records")
        if contents.lines:
            rows = [_row(line) for line in contents.lines]
            story.table(
                ("Record", "Reference", "State", "Fingerprint", "Sealed"), rows, (8, 8, 9, 10, 10), row_heads=True
            )
        else:
            story.say("Nothing has been sealed on this computer yet.")
    if contents.heads:
        with story.part():
            story.heading(2, "The centre’s logs")
            heads = [
                [Cell(head.scope), Cell(f"{head.entries:,}"), Cell(grouped(head.chain[:24], 4))]
                for head in contents.heads
            ]
            story.table(("Log", "Entries", "Running hash"), heads, (10, 6, 16), row_heads=True)
    return build(story, contents.imprint)


def _row(line: ReceiptLine) -> list[Cell]:
    sealed = british_moment(line.when) if line.when else ""
    return [
        Cell(line.kind),
        Cell(line.reference),
        Cell(line.state, strong=True),
        Cell(grouped(line.content_hash[:12], 4)),
        Cell(sealed),
    ]
