"""Answers move from one version of a form to another by the names of their questions; what has no place is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from qaf_desktop.forms.answers import Answer
from qaf_desktop.forms.definition import FormDefinition
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.items import Item, SavedAnswers, type_of
from qaf_desktop.forms.rows import Rows
from qaf_desktop.forms.shape import Spot

GONE = "The question is not in this version."
CHOICE_GONE = "This choice is no longer offered."
OTHER_KIND = "The question now takes another kind of answer."
OTHER_PLACE = "The question is now asked in another list, or no longer for each row."
NOT_ASKED = "With these answers the question is not asked now. The answer stays in its place and returns if it is."

_WIDER = {("integer", "decimal"), ("select_one", "select_multiple")}
"""Kinds of answers that fit as they are into another kind."""


@dataclass(frozen=True)
class Aside:
    """An answer that has no place in the other version, as a person reads it. ``slot`` is where it stood."""

    slot: str
    section: str
    label: str
    words: str
    why: str


@dataclass(frozen=True)
class ToAnswer:
    """A question that the other version asks and that has no answer yet."""

    ref: str
    section: str
    label: str
    required: bool


@dataclass(frozen=True)
class ToLookAt:
    """An answer that came along and that the other version does not accept as it stands; ``why`` in its own words."""

    ref: str
    section: str
    label: str
    why: str


@dataclass(frozen=True)
class Move:
    """What becomes of a filling in another version.

    ``saved`` is what to open the other version with; ``slots`` says for each slot that came along where it is now.
    Everything in ``aside`` is left out of ``saved``; everything in ``resting`` is in it, and not asked now.
    """

    saved: SavedAnswers
    slots: Mapping[str, str]
    carried: int
    look_again: tuple[ToLookAt, ...]
    new: tuple[ToAnswer, ...]
    aside: tuple[Aside, ...]
    resting: tuple[Aside, ...]
    answered: int
    asked: int


def move(
    old: Filling,
    saved: SavedAnswers,
    to: FormDefinition,
    *,
    now: Callable[[], datetime],
    username: str = "",
    rows: Rows | None = None,
) -> Move:
    """Work out what becomes of ``saved``, the kept answers of ``old``, in the version ``to``; changes neither.

    An answer comes along when the other version has a question of the same name, of the same kind, in the same list,
    that still offers what was chosen. Rows keep their numbers. First-time defaults are given to new questions only.
    """
    return _Moving(old, saved, to).move(now, username, rows or {})


class _Moving:
    def __init__(self, old: Filling, saved: SavedAnswers, to: FormDefinition) -> None:
        self.old = old
        self.saved = saved
        self.to = to
        self.by_name: dict[str, Spot] = {}
        for spot in to.spots:
            if not spot.meta:
                self.by_name.setdefault(spot.name, spot)
        self.answers: dict[str, str] = {}
        self.slots: dict[str, str] = {}
        self.aside: list[Aside] = []
        self.sections = {spot.path: old.look(spot.path).label for spot in old.definition.root.inside.values()
                         if not spot.meta and not spot.repeats}  # fmt: skip

    def move(self, now: Callable[[], datetime], username: str, rows: Rows) -> Move:
        for slot, value in self.saved.answers.items():
            answer = self._answer(slot)
            if answer is not None and not answer.spot.meta:
                self._place(slot, value, answer)
        # By name: a question that moved to another section was asked all the same.
        asked_before = {node.ref.rpartition("/")[2] for node in self.old.snapshot() if node.relevant}
        instances = dict(self._instances())
        fresh = Filling(self.to, now=now, username=username, rows=rows).saved()
        known = {spot.name for spot in self.old.definition.spots}
        for slot, value in fresh.answers.items():
            name = slot.rpartition("/")[2]
            if value and name not in known and "[#" not in slot:
                self.answers.setdefault(slot, value)
        kept = SavedAnswers(self.answers, instances)
        filling = Filling.restore(self.to, kept, now=now, username=username, rows=rows)
        progress = filling.progress()
        resting = tuple(self._resting(filling))
        return Move(
            saved=kept,
            slots=self.slots,
            carried=sum(1 for slot in self.slots if self._told(slot)),
            look_again=tuple(_to_look_at(filling)),
            new=tuple(_to_answer(filling, asked_before)),
            aside=tuple(self.aside),
            resting=resting,
            answered=progress.answered,
            asked=progress.asked,
        )

    def _place(self, slot: str, value: str, answer: Answer) -> None:
        target = self.to.by_path.get(answer.spot.path)
        if target is None or target.meta or target.inside:
            target = self.by_name.get(answer.spot.name)
        if target is None or target.inside:
            self._put_aside(slot, value, answer, GONE)
            return
        there = _slot_in(target, answer)
        if there is None:
            self._put_aside(slot, value, answer, OTHER_PLACE)
            return
        before, after = type_of(answer.spot), type_of(target)
        if before != after and (before, after) not in _WIDER:
            self._put_aside(slot, value, answer, OTHER_KIND)
            return
        offered = _offered(self.to, target)
        if value and offered is not None:
            gone = [code for code in value.split() if code not in offered]
            if gone:
                self._put_aside(slot, " ".join(gone), answer, CHOICE_GONE)
                value = " ".join(code for code in value.split() if code in offered)
                if not value:
                    return
        self.answers[there] = value
        self.slots[slot] = there

    def _put_aside(self, slot: str, value: str, answer: Answer, why: str) -> None:
        if value and answer.spot.control is not None and type_of(answer.spot) != "note":
            item = self.old.look(answer.ref())
            self.aside.append(Aside(slot, self._section(answer.spot), _label(item, answer), in_words(item, value), why))

    def _instances(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        for repeat_slot, numbers in self.saved.instances.items():
            target = self.by_name.get(repeat_slot.rpartition("/")[2])
            if target is not None and target.repeats:
                yield target.path, tuple(numbers)

    def _resting(self, filling: Filling) -> Iterator[Aside]:
        for slot, there in self.slots.items():
            answer = self._answer(slot)
            ref = filling.ref(there)
            if answer is None or not answer.read or ref is None or not self._told(slot):
                continue
            if not filling.look(ref).relevant:
                item = self.old.look(answer.ref())
                words = in_words(item, answer.read)
                yield Aside(slot, self._section(answer.spot), _label(item, answer), words, NOT_ASKED)

    def _told(self, slot: str) -> bool:
        """Whether a person gave this answer, so that they may be told what becomes of it."""
        answer = self._answer(slot)
        asked = answer is not None and answer.spot.control is not None and type_of(answer.spot) != "note"
        return asked and bool(self.saved.answers[slot])

    def _answer(self, slot: str) -> Answer | None:
        ref = self.old.ref(slot)
        if ref is None:
            return None
        answer, spot = self.old.place(ref)
        return answer if answer.spot is spot and not spot.inside else None

    def _section(self, spot: Spot) -> str:
        top = [spot, *spot.ancestors()][-2:-1]
        return self.sections.get(top[0].path, "") if top else ""


def in_words(item: Item, value: str) -> str:
    """An answer as a person reads it: the labels of what was chosen, a date in figures, text as it is."""
    if item.type in ("select_one", "select_multiple"):
        labels = {choice.value: choice.label for choice in item.choices}
        return ", ".join(labels.get(code) or code for code in value.split())
    if item.type == "date" and len(value) >= 10 and value[4] == value[7] == "-":
        return f"{value[8:10]}/{value[5:7]}/{value[:4]}"
    return "A drawing" if value.startswith("<svg") else value


def _slot_in(target: Spot, answer: Answer) -> str | None:
    """The slot of a question for the same rows; None when it is asked for other rows."""
    numbers: dict[str, int] = {}
    above: Answer | None = answer.parent
    while above is not None:
        if above.spot.repeats:
            numbers[above.spot.name] = above.number
        above = above.parent
    chain = [*reversed(list(target.ancestors())), target]
    if {spot.name for spot in chain if spot.repeats} != set(numbers):
        return None
    return "".join(f"/{spot.name}[#{numbers[spot.name]}]" if spot.repeats else f"/{spot.name}" for spot in chain)


def _offered(form: FormDefinition, spot: Spot) -> frozenset[str] | None:
    """Every code a question's list holds, filtered out now or not; None when the list is not the form's own."""
    control = spot.control
    if control is None:
        return None
    if control.items:
        return frozenset(item.value for item in control.items)
    itemset = control.itemset
    if itemset is None or itemset.list_name in form.files or itemset.list_name not in form.lists:
        return None
    return frozenset(
        cell.read
        for root in form.lists[itemset.list_name].by_name.get("root", ())
        for row in root.by_name.get("item", ())
        for cell in row.by_name.get(itemset.value, ())
    )


def _label(item: Item, answer: Answer) -> str:
    above: Answer | None = answer.parent
    while above is not None and not above.spot.repeats:
        above = above.parent
    label = item.label or item.name
    return label if above is None else f"{label} (row {above.position})"


def _top_label(filling: Filling, ref: str) -> str:
    parts = ref.split("/")
    return filling.look("/".join(parts[:3])).label if len(parts) > 3 and "[" not in parts[2] else ""


def _to_look_at(filling: Filling) -> Iterator[ToLookAt]:
    for node in filling.snapshot():
        if node.relevant and node.value and not node.valid:
            item = filling.look(node.ref)
            yield ToLookAt(node.ref, _top_label(filling, node.ref), item.label or item.name, item.message)


def _to_answer(filling: Filling, asked_before: set[str]) -> Iterator[ToAnswer]:
    for node in filling.snapshot():
        if not node.relevant or node.value or node.readonly or node.ref.rpartition("/")[2] in asked_before:
            continue
        item = filling.look(node.ref)
        if item.kind == "question" and item.type not in ("note", "calculate", "hidden"):
            yield ToAnswer(node.ref, _top_label(filling, node.ref), item.label or item.name, item.required)
