"""Why a question is hidden, required, refused or worked out as it is: each rule in words, and what it read just now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qaf_desktop.forms.answers import Answer, affected
from qaf_desktop.forms.explaining import RuleWords, as_written, parts_of
from qaf_desktop.forms.expressions.reading import Read, reads_of
from qaf_desktop.forms.expressions.syntax import Call, Expression, Path
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.items import type_of
from qaf_desktop.forms.moving import in_words
from qaf_desktop.forms.shape import Spot

_BEGINNINGS = {
    "relevant": "Shown when",
    "required": "Needs an answer when",
    "constraint": "Accepted when",
    "readonly": "Cannot be changed when",
    "calculate": "Worked out as",
    "count": "Has as many rows as",
    "choices": "Offers the choices where",
}


@dataclass(frozen=True)
class ReadNow:
    """One answer a rule reads: what the question is called, its name, and what the rule finds there now."""

    label: str
    name: str
    value: str


@dataclass(frozen=True)
class Part:
    """One of the conditions that must all hold."""

    words: str
    holds: bool


@dataclass(frozen=True)
class RuleNow:
    """One rule: in words, as written, whether it holds now (None for a value), and what it read."""

    kind: str
    words: str
    written: str
    holds: bool | None
    result: str
    parts: tuple[Part, ...]
    reads: tuple[ReadNow, ...]


@dataclass(frozen=True)
class Why:
    """Everything that decides about one question, with the verdict in a few sentences."""

    ref: str
    name: str
    label: str
    verdict: tuple[str, ...]
    rules: tuple[RuleNow, ...]


@dataclass(frozen=True)
class Hidden:
    """A question that is not on the screen now."""

    ref: str
    name: str
    label: str


def why(filling: Filling, ref: str) -> Why:
    """Explain one question, group or row.

    Raises:
        NoSuchAnswer: nothing is at ``ref``.
    """
    answer, spot = filling.place(ref)
    item = filling.look(ref)
    rules: list[RuleNow] = []
    around: Answer | None = answer if answer.spot is spot else None
    holder: Answer | None = answer.parent if answer.spot is spot else answer
    chain: list[Answer] = []
    while holder is not None and holder.spot.index >= 0:
        chain.append(holder)
        holder = holder.parent
    for above in reversed(chain):
        if above.spot.bind.relevant is not None:
            what = RuleWords(filling.definition, above.spot, filling.language).label(above.spot)
            rules.append(
                _test(filling, above, "relevant", above.spot.bind.relevant, f"The section “{what}” is shown when")
            )
    rules.extend(_own_rules(filling, around or answer, spot))
    return Why(ref, spot.name, item.label or spot.name, tuple(_verdict(filling, ref, chain)), tuple(rules))


def hidden(filling: Filling) -> tuple[Hidden, ...]:
    """Every question a person could answer and that is not asked now, in the order of the form."""
    found = []
    for node in filling.snapshot():
        if node.relevant:
            continue
        answer, spot = filling.place(node.ref)
        if answer.spot is spot and spot.control is not None and not spot.inside and type_of(spot) != "calculate":
            item = filling.look(node.ref)
            found.append(Hidden(node.ref, item.name, item.label or item.name))
    return tuple(found)


def _own_rules(filling: Filling, answer: Answer, spot: Spot) -> Iterator[RuleNow]:
    bind = spot.bind
    tests = (("relevant", bind.relevant), ("required", bind.required), ("constraint", bind.constraint),
             ("readonly", bind.readonly))  # fmt: skip
    for kind, rule in tests:
        if rule is None:
            continue
        if isinstance(rule, Call) and rule.name == "true" and kind in ("required", "readonly"):
            if kind == "required":
                yield RuleNow(kind, "Always needs an answer.", "yes", True, "", (), ())
            continue
        yield _test(filling, answer, kind, rule, _BEGINNINGS[kind])
    if bind.calculate is not None:
        yield _value(filling, answer, "calculate", bind.calculate)
    if spot.control is not None and spot.control.count is not None:
        yield _value(filling, answer, "count", spot.control.count)
    itemset = spot.control.itemset if spot.control is not None else None
    if itemset is not None and isinstance(itemset.nodes, Path):
        for step in itemset.nodes.steps:
            for test in step.predicates:
                said = RuleWords(filling.definition, spot, filling.language).test(test)
                written = as_written(test, spot)
                reads = tuple(_reads(filling, answer, itemset.nodes))
                yield RuleNow("choices", f"{_BEGINNINGS['choices']} {said}.", written, None, "", (), reads)


def _test(filling: Filling, answer: Answer, kind: str, rule: Expression, beginning: str) -> RuleNow:
    words = RuleWords(filling.definition, answer.spot, filling.language)
    parts = parts_of(rule)
    holds = tuple(Part(words.test(part), filling.holds(answer, part)) for part in parts) if len(parts) > 1 else ()
    return RuleNow(
        kind,
        f"{beginning} {words.test(rule)}.",
        as_written(rule, answer.spot),
        filling.holds(answer, rule),
        "",
        holds,
        tuple(_reads(filling, answer, rule)),
    )


def _value(filling: Filling, answer: Answer, kind: str, rule: Expression) -> RuleNow:
    words = RuleWords(filling.definition, answer.spot, filling.language).value(rule)
    return RuleNow(
        kind,
        f"{_BEGINNINGS[kind]} {words}.",
        as_written(rule, answer.spot),
        None,
        answer.read if kind == "calculate" else "",
        (),
        tuple(_reads(filling, answer, rule)),
    )


def _reads(filling: Filling, answer: Answer, rule: Expression) -> Iterator[ReadNow]:
    """What the engine's own analysis says the rule reads, with what stands there now."""
    found = sorted(reads_of(rule, answer.spot), key=lambda read: (read.place.index, read.what))
    for read in dict.fromkeys(found):
        spot = read.place
        if not isinstance(spot, Spot) or read.what == "choices":
            continue
        words = RuleWords(filling.definition, spot, filling.language)
        value = _value_now(filling, answer, read, spot)
        yield ReadNow(words.label(spot), spot.name, value)


def _value_now(filling: Filling, answer: Answer, read: Read, spot: Spot) -> str:
    climb, above = 0, answer.spot
    while above is not read.hinge and above.up is not None:
        climb, above = climb + 1, above.up
    names: list[str] = []
    down: Spot = spot
    while down is not read.hinge and down.up is not None:
        names.append(down.name)
        down = down.up
    places = affected(answer, climb, tuple(reversed(names)))
    if read.what == "rows":
        return f"{len(places)} row{'' if len(places) == 1 else 's'}"
    said = [_said(filling, place) for place in places]
    return "; ".join(said) if said else "(no rows)"


def _said(filling: Filling, place: Answer) -> str:
    if not place.read:
        return "(hidden, so it reads as empty)" if place.value and not place.relevant else "(empty)"
    return in_words(filling.look(place.ref()), place.read)


def _verdict(filling: Filling, ref: str, chain: list[Answer]) -> Iterator[str]:
    item = filling.look(ref)
    if not item.relevant:
        shut = next((above for above in reversed(chain) if not above.relevant), None)
        if shut is not None:
            what = RuleWords(filling.definition, shut.spot, filling.language).label(shut.spot)
            yield f"Hidden now, because the section “{what}” is hidden."
        else:
            yield "Hidden now, because its own rule does not hold."
        return
    yield "Shown now."
    if item.kind != "question" or item.type in ("note", "calculate", "hidden"):
        return
    yield "Needs an answer." if item.required else "May be left empty."
    if item.value and not item.valid:
        yield f"Its answer is refused: {item.message}"
    if item.readonly:
        yield "It can be read but not changed."
