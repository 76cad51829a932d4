"""Moving a draft up to a newer version of its form: a choice, seen beforehand, and taken back until it is completed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from qaf_desktop.domain.change import Change
from qaf_desktop.domain.ids import DraftId
from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.items import SavedAnswers
from qaf_desktop.forms.moving import Aside, Move, in_words, move
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.problems import Problem
from qaf_desktop.services.reference import my_code, rows_for_forms


class NoSuchMove(Problem):
    """The draft cannot move: nothing newer is offered, or it never moved."""

    def __init__(self, happened: str) -> None:
        super().__init__(happened, safe="The draft is as it was.", next_step="Go on with it as it is.")


@dataclass(frozen=True)
class Versions:
    """Where a draft stands: its version, the newer one offered, the earlier one it can go back to ("" for none)."""

    title: str
    now: str
    newer: str
    earlier: str
    aside: int
    """How many answers were kept aside so far."""


@dataclass(frozen=True)
class LookAhead:
    """What moving would do, before anything is done."""

    title: str
    now: str
    newer: str
    move: Move


@dataclass(frozen=True)
class KeptAside:
    """Answers that found no place at one move."""

    from_version: str
    to_version: str
    at: datetime
    answers: tuple[Aside, ...]


def versions(work: UnitOfWork, draft_id: DraftId) -> Versions:
    """Where a draft stands among the versions of its form."""
    draft = work.drafts.get(draft_id)
    return Versions(
        title=work.forms.title(draft.form_id, draft.form_version),
        now=draft.form_version,
        newer=work.forms.newer(draft.form_id, draft.form_version),
        earlier=work.draft_moves.earlier_version(draft_id),
        aside=sum(len(past.aside) for past in work.draft_moves.past(draft_id)),
    )


def look_ahead(work: UnitOfWork, draft_id: DraftId) -> LookAhead:
    """What would become of a draft's answers in the version offered now; nothing is changed.

    Raises:
        NoSuchMove: nothing newer is offered.
    """
    draft = work.drafts.get(draft_id)
    newer = work.forms.newer(draft.form_id, draft.form_version)
    if not newer:
        raise NoSuchMove("There is no newer version of this form.")
    answers, instances = work.drafts.saved(draft_id)
    moved = _moved(work, draft.form_id, draft.form_version, newer, SavedAnswers(answers, instances))
    return LookAhead(work.forms.title(draft.form_id, newer), draft.form_version, newer, moved)


def move_up(work: UnitOfWork, draft_id: DraftId) -> Change:
    """Move a draft to the version offered now; raises :class:`NoSuchMove`.

    What finds no place stays in the draft's history and on its page of answers kept aside.
    """
    draft, ahead = work.drafts.get(draft_id), look_ahead(work, draft_id)
    found = ahead.move
    work.draft_moves.move(
        draft_id,
        ahead.newer,
        found.saved.answers,
        found.saved.instances,
        slots=found.slots,
        aside=[asdict(one) for one in found.aside],
        answered=found.answered,
        asked=found.asked,
        by=my_code(work),
    )
    return Change(drafts=frozenset({draft_id}), cases=frozenset({draft.case_id}))


def go_back(work: UnitOfWork, draft_id: DraftId) -> Change:
    """Go back to the version before the last move: every answer, row and caret stands as it stood.

    What was typed since is kept aside in its turn.

    Raises:
        NoSuchMove: the draft has not moved.
    """
    draft, earlier = work.drafts.get(draft_id), work.draft_moves.earlier_version(draft_id)
    if not earlier:
        raise NoSuchMove("This draft has not been moved to another version.")
    answers, instances = work.drafts.saved(draft_id)
    stood, _ = work.draft_moves.stood(draft_id)
    since = _moved(work, draft.form_id, draft.form_version, earlier, SavedAnswers(answers, instances))
    aside = list(since.aside)
    old = _filling(work, draft.form_id, draft.form_version, SavedAnswers(answers, instances))
    known = {one.slot for one in aside}
    for slot, there in since.slots.items():
        if answers[slot] and slot not in known and stood.get(there, "") != answers[slot]:
            aside.extend(_typed_since(old, slot, answers[slot]))
    work.draft_moves.go_back(draft_id, aside=[asdict(one) for one in aside], by=my_code(work))
    return Change(drafts=frozenset({draft_id}), cases=frozenset({draft.case_id}))


def kept_aside(work: UnitOfWork, draft_id: DraftId) -> tuple[KeptAside, ...]:
    """What found no place when a draft moved, the last move first."""
    return tuple(
        KeptAside(past.from_version, past.to_version, past.at, tuple(Aside(**one) for one in past.aside))
        for past in work.draft_moves.past(draft_id)
        if past.aside
    )


def _typed_since(old: Filling, slot: str, value: str) -> list[Aside]:
    ref = old.ref(slot)
    if ref is None:
        return []
    item = old.look(ref)
    if item.kind != "question" or item.type in ("note", "calculate", "hidden") or item.readonly:
        return []
    words = in_words(item, value)
    return [Aside(slot, "", item.label or item.name, words, "Written after the move, in the newer version.")]


def _moved(work: UnitOfWork, form_id: str, version: str, to: str, saved: SavedAnswers) -> Move:
    return move(
        _filling(work, form_id, version, saved),
        saved,
        read_form(work.forms.get(form_id, to).xml),
        now=lambda: work.now,
        username=my_code(work),
        rows=rows_for_forms(work),
    )


def _filling(work: UnitOfWork, form_id: str, version: str, saved: SavedAnswers) -> Filling:
    return Filling.restore(
        read_form(work.forms.get(form_id, version).xml),
        saved,
        now=lambda: work.now,
        username=my_code(work),
        rows=rows_for_forms(work),
    )
