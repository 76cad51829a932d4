"""How the papers of a case become its lines: a pure function, the same whatever order they arrived in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import CaseId, RecordId
from qaf_desktop.models.envelopes import Envelope
from qaf_desktop.models.moments import to_text

LISTED_KINDS = frozenset(
    {
        Kind.AUDIT,
        Kind.FEEDBACK,
        Kind.WORKER_PART,
        Kind.MODERATION,
        Kind.OBSERVATION,
        Kind.REVIEW_QA,
        Kind.AGENCY_RETURN,
        Kind.COMPLAINT,
        Kind.COMPLIMENT,
        Kind.LEARNING_REVIEW,
        Kind.OTHER_VOICE,
        Kind.SAFEGUARDING_NOTE,
    }
)
"""Sealed forms have a line of their own; events only change the lines of others."""


def lines_of(envelopes: Iterable[Envelope]) -> list[dict[str, Any]]:
    """Rows of the table ``line`` for the papers of any number of cases."""
    cases: dict[CaseId, list[Envelope]] = defaultdict(list)
    for envelope in envelopes:
        cases[envelope.case_id].append(envelope)
    return [row for papers in cases.values() for row in _lines_of_case(papers)]


def _withdrawn(papers: Iterable[Envelope]) -> set[RecordId]:
    """Which papers of a case are withdrawn.

    Who may withdraw is for the centre to say, so a withdrawal counts once the centre has received it: one that waits
    here, or was refused, changes nothing. Only those who gathered feedback may take it back at once, for the family.
    """
    author_of_feedback = {paper.id: paper.author for paper in papers if paper.kind is Kind.FEEDBACK}
    return {
        paper.about
        for paper in papers
        if paper.kind is Kind.WITHDRAWAL
        and paper.about is not None
        and (paper.received_seq is not None or author_of_feedback.get(paper.about) == paper.author)
    }


def _lines_of_case(papers: list[Envelope]) -> Iterable[dict[str, Any]]:
    withdrawn = _withdrawn(papers)
    feedback = sum(1 for paper in papers if paper.kind is Kind.FEEDBACK and paper.id not in withdrawn)
    for paper in papers:
        if paper.kind not in LISTED_KINDS:
            continue
        summary = paper.summary
        child_ref = paper.child_ref or ""
        title = str(summary.get("title", ""))
        yield {
            "record_id": paper.id,
            "case_id": paper.case_id,
            "kind": paper.kind.value,
            "child_ref": child_ref,
            "child_key": child_ref.lower(),
            "team": paper.team or "",
            "form_id": paper.form_id or "",
            "form_version": paper.form_version or "",
            "form_title": title,
            "title_key": title.lower(),
            "overall": str(summary.get("overall", "")),
            "grades": json.dumps(dict(summary.get("areas", {})), sort_keys=True),
            "author": paper.author,
            "completed_at": paper.claimed_at.isoformat(timespec="milliseconds"),
            "sort_at": to_text(paper.claimed_at),
            "feedback_count": feedback,
            "withdrawn": paper.id in withdrawn,
        }
