"""The body of a form is read: which question is asked how, and what the form does by itself."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass

from qaf_desktop.forms.control import Control, InlineChoice, Itemset
from qaf_desktop.forms.expressions.grammar import parse
from qaf_desktop.forms.expressions.syntax import Call, Expression, Literal, Path, Step
from qaf_desktop.forms.shape import Spot
from qaf_desktop.forms.wording import label_from_rule, label_of
from qaf_desktop.forms.xml_safely import attribute, elements, first, local

_CONTROLS = {"input", "select1", "select", "upload", "trigger", "range", "rank", "secret", "textarea"}
_PARAMETERS = ("rows", "start", "end", "step", "mediatype", "accept", "tick-interval", "placeholder")


@dataclass(frozen=True, slots=True)
class Action:
    """Something the form does by itself at an event: put a value in an answer."""

    events: frozenset[str]
    target: Spot
    value: Expression
    source: Spot | None = None


class BodyReader:
    """Reads the body of a form and hands each control to the spot it asks about."""

    def __init__(self, find: Callable[[str, Spot | None], Spot | None]) -> None:
        self._find = find
        self._order = 0
        self.actions: list[Action] = []
        self.bound: dict[str, Spot] = {}  # by the id of a bind, which an action may name instead of a path

    def read(self, parent: ET.Element, around: Spot | None = None) -> None:
        """Read every control under an element."""
        for element in elements(parent):
            kind = local(element)
            if kind == "group":
                self._group(element, around)
            elif kind == "repeat":
                self._repeat(element, around)
            elif kind in _CONTROLS:
                self._question(element, kind, around)
            elif kind == "setvalue":
                self.action(element, around)

    def action(self, element: ET.Element, around: Spot | None, source: Spot | None = None) -> None:
        """Keep a ``setvalue``; one whose target does not exist has nothing to do."""
        target = self.bound.get(element.get("bind") or "") or self._find(element.get("ref") or "", around)
        if target is None:
            return
        rule = element.get("value")
        value: Expression = parse(rule) if rule else Literal((element.text or "").strip())
        events = frozenset((attribute(element, "event")).split())
        self.actions.append(Action(events, target, value, source))

    def _group(self, element: ET.Element, around: Spot | None) -> None:
        repeat = first(element, "repeat")
        spot = self._find(element.get("ref") or element.get("nodeset") or "", around)
        label = label_of(first(element, "label"))
        if repeat is not None:
            target = self._find(repeat.get("nodeset") or repeat.get("ref") or "", around)
            if target is not None:
                self._order += 1
                target.control = Control("repeat", label, order=self._order, appearance=element.get("appearance") or "")
        elif spot is not None and not spot.repeats:
            self._order += 1
            hint = label_of(first(element, "hint"))
            spot.control = Control("group", label, hint, element.get("appearance") or "", order=self._order)
        self.read(element, spot or around)

    def _repeat(self, element: ET.Element, around: Spot | None) -> None:
        spot = self._find(element.get("nodeset") or element.get("ref") or "", around)
        if spot is None:
            return
        if spot.control is None:
            self._order += 1
            spot.control = Control("repeat", order=self._order)
        control = spot.control
        control.appearance = " ".join(filter(None, (control.appearance, element.get("appearance"))))
        count = attribute(element, "count")
        control.count = parse(count) if count.strip() else None
        control.fixed_rows = attribute(element, "noAddRemove") in ("true()", "true")
        self.read(element, spot)

    def _question(self, element: ET.Element, kind: str, around: Spot | None) -> None:
        spot = self._find(element.get("ref") or element.get("nodeset") or "", around)
        if spot is None or spot.inside:
            return
        self._order += 1
        items, itemset = _choices(element)
        spot.control = Control(
            kind,
            label_of(first(element, "label")),
            label_of(first(element, "hint")),
            element.get("appearance") or "",
            items,
            itemset,
            {name: element.get(name) or "" for name in _PARAMETERS if element.get(name)},
            order=self._order,
        )
        for child in elements(element):
            if local(child) == "setvalue":
                self.action(child, spot, spot)


def _choices(element: ET.Element) -> tuple[tuple[InlineChoice, ...], Itemset | None]:
    items: list[InlineChoice] = []
    itemset: Itemset | None = None
    for child in elements(element):
        if local(child) == "item":
            value = first(child, "value")
            text = (value.text or "").strip() if value is not None else ""
            items.append(InlineChoice(text, label_of(first(child, "label"))))
        elif local(child) == "itemset":
            value, label = first(child, "value"), first(child, "label")
            nodes = parse(child.get("nodeset") or "''")
            if isinstance(nodes, Call) and nodes.name == "randomize":
                nodes = nodes.arguments[0]  # lists keep their order: the same form reads the same for everybody
            reference = label.get("ref") if label is not None else None
            itemset = Itemset(
                nodes,
                (value.get("ref") if value is not None else None) or "name",
                label_from_rule(reference) if reference else label_of(label),
                _list_name(nodes),
            )
    return tuple(items), itemset


def _list_name(nodes: Expression) -> str:
    match nodes:
        case Path(start=Call(name="instance", arguments=(Literal(value=str() as name),))):
            return name
        case Path(steps=(*_, Step(name=name))):
            return name
    return ""
