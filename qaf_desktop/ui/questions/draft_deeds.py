"""What can be done with one draft, for whoever fills it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.ids import DraftId
from qaf_desktop.models.drafts import DraftIndex, PastAnswer, Save
from qaf_desktop.services import audits
from qaf_desktop.services.desk import Desk


class SavesAnswers(Protocol):
    """The deed ``save_answers`` for one draft."""

    def __call__(self, saves: Sequence[Save], *, caret: str, index: DraftIndex) -> datetime:
        """Keep what was typed and say when it was safe."""


@dataclass(frozen=True)
class DraftDeeds:
    """What can be done with one draft; each opens its own unit of work and runs in the store's lane."""

    save: SavesAnswers
    add_row: Callable[[str, int], object]
    """``(repeat_slot, number)``"""
    remove_row: Callable[[str, int], object]
    history: Callable[[str], Sequence[PastAnswer]]
    complete: Callable[[], Change]
    leave: Callable[[], object]


def deeds_for(desk: Desk, draft_id: DraftId) -> DraftDeeds:
    """The deeds of one draft, done at a desk."""

    def save(saves: Sequence[Save], *, caret: str, index: DraftIndex) -> datetime:
        return desk.do(audits.save_answers, draft_id, saves, caret=caret, index=index)

    return DraftDeeds(
        save=save,
        add_row=lambda repeat_slot, number: desk.do(audits.add_row, draft_id, repeat_slot, number),
        remove_row=lambda repeat_slot, number: desk.do(audits.remove_row, draft_id, repeat_slot, number),
        history=lambda slot: desk.do(audits.answer_history, draft_id, slot),
        complete=lambda: desk.do(audits.complete_draft, draft_id),
        leave=lambda: desk.do(audits.leave_draft, draft_id),
    )
