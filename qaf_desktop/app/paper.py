"""The receipt of a sync on paper: what the centre's own log proved, record by record."""

from __future__ import annotations

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.reports import receipt as paper
from qaf_desktop.reports.page import Imprint
from qaf_desktop.services.printing import Printed
from qaf_desktop.sync.receipts import receipt

TITLE = "Sync receipt"


def receipt_paper(work: UnitOfWork) -> Printed:
    """The newest receipt as a PDF."""
    proof = receipt(work)
    me = work.people.me()
    contents = paper.ReceiptContents(
        imprint=Imprint(
            title=TITLE,
            reference=proof.at.strftime("%Y-%m-%d") if proof.at else "not yet synced",
            printed_at=work.now,
            printed_by=me.role.words if me else "",
            council=proof.council,
        ),
        centre=proof.centre,
        checked_at=proof.at,
        lines=tuple(
            paper.ReceiptLine(
                kind=_words(line.kind),
                reference=line.child_ref or "",
                state=line.state.words,
                content_hash=line.content_hash,
                when=work.records.envelope(line.record_id).claimed_at,
            )
            for line in proof.lines
        ),
        heads=tuple(paper.LogHead(head.scope, head.seq, head.chain) for head in proof.heads),
    )
    return Printed(paper.render(contents), TITLE, "sync-receipt.pdf")


def _words(kind: Kind) -> str:
    return kind.value.replace("_", " ").capitalize()
