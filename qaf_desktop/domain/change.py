"""What a deed made different, so that each open screen can decide whether to look again."""

from __future__ import annotations

from dataclasses import dataclass

from qaf_desktop.domain.ids import CaseId, DraftId, RecordId


@dataclass(frozen=True)
class Change:
    """The drafts, records and cases that are now different; ``reference`` when forms, people or calendar are."""

    drafts: frozenset[DraftId] = frozenset()
    records: frozenset[RecordId] = frozenset()
    cases: frozenset[CaseId] = frozenset()
    sending: bool = False
    """The outbox or what the centre has confirmed is different."""
    reference: bool = False

    def __or__(self, other: Change) -> Change:
        """Two changes as one announcement."""
        return Change(
            self.drafts | other.drafts,
            self.records | other.records,
            self.cases | other.cases,
            self.sending or other.sending,
            self.reference or other.reference,
        )
