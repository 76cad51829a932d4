"""A published form, read: everything about it that stays the same while answers are given."""

from __future__ import annotations

import gc
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from qaf_desktop.forms.controls import Action, BodyReader
from qaf_desktop.forms.expressions.compiling import Compiler
from qaf_desktop.forms.expressions.fixed import FixedNode
from qaf_desktop.forms.expressions.grammar import BadRule, parse
from qaf_desktop.forms.expressions.syntax import Expression, Path, Step
from qaf_desktop.forms.graph import put_in_order
from qaf_desktop.forms.rules import rules_of
from qaf_desktop.forms.shape import Bind, Rule, Seed, Spot, blank
from qaf_desktop.forms.wording import Wordings, message_of, read_wordings
from qaf_desktop.forms.xml_safely import NotAForm, attribute, elements, first, local, parse_xml


@dataclass(eq=False)
class FormDefinition:
    """A form that can be filled in. Made once per version and shared by every filling of it."""

    form_id: str
    version: str
    title: str
    top: Spot
    root: Spot
    spots: list[Spot]
    seed: Seed
    templates: dict[Spot, Seed]
    wordings: Wordings
    lists: dict[str, FixedNode]
    files: dict[str, str]  # id of a list -> name of the file that holds it
    actions: tuple[Action, ...]
    rules: tuple[Rule, ...]
    by_path: dict[str, Spot] = field(default_factory=dict)
    shown: dict[Spot, tuple[Spot, ...]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the form, the default first; none for a form written in one language only."""
        names = self.wordings.languages
        if names in ((), ("default",)):
            return ()
        return (self.wordings.default, *(name for name in names if name != self.wordings.default))

    def questions(self) -> Iterator[Spot]:
        """Every question, in document order."""
        return (spot for spot in self.spots if spot.kind == "question" and not spot.meta)

    def named(self, name: str) -> Spot | None:
        """The first question, group or repeat of that name."""
        return next((spot for spot in self.spots if spot.name == name and not spot.meta), None)


def read_form(xml: str) -> FormDefinition:
    """Read a form's XForm XML.

    Raises:
        NotAForm: it is not XML, not an XForm, or has a rule that cannot be followed; the sentence names the question.
    """
    with _collector_resting():
        return _Reading(parse_xml(xml)).definition()


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Everything made while a form is read stays: looking through it for garbage made reading worse than linear."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Reading:
    def __init__(self, document: ET.Element) -> None:
        model = next((element for element in document.iter() if local(element) == "model"), None)
        body = next((element for element in document.iter() if local(element) == "body"), None)
        instance = first(model, "instance") if model is not None else None
        data = next(iter(elements(instance)), None) if instance is not None else None
        if model is None or body is None or data is None:
            raise NotAForm(
                "This file is XML but not a form: it has no questions in it.",
                next_step="Choose a form made with XLSForm, or the folder or workbook it was made from.",
            )
        self.model, self.body, self.data = model, body, data
        title = next((element for element in document.iter() if local(element) == "title"), None)
        self.title = ((title.text if title is not None else "") or "").strip()
        self.top = Spot(-1, "", None)
        self.spots: list[Spot] = []
        self.templates: dict[Spot, Seed] = {}
        self.at = "the form itself"

    def definition(self) -> FormDefinition:
        repeats = {
            (element.get("nodeset") or element.get("ref") or "").strip()
            for element in self.body.iter()
            if local(element) == "repeat"
        }
        root = self._spot(self.data, self.top, repeats)
        self._number(root)
        by_path = {spot.path: spot for spot in self.spots}
        seed = self._seed(self.data, root)
        for spot in self.spots:
            if spot.repeats and spot not in self.templates:
                self.templates[spot] = blank(spot)
        try:
            wordings = read_wordings(first(self.model, "itext"))
            body = BodyReader(self._find)
            self._binds(body.bound)
            body.read(self.body)
            for element in elements(self.model):
                if local(element) == "setvalue":
                    body.action(element, None)
            rules: list[Rule] = []
            for spot in self.spots:
                self.at = spot.path
                rules.extend(rules_of(spot, wordings))
            for action in body.actions:
                self.at = action.target.path
                Compiler(action.target).text(action.value)
        except BadRule as problem:
            raise NotAForm(
                f"A rule of {self.at} cannot be followed. {problem.happened} (column {problem.column})",
                next_step=problem.next_step,
            ) from problem
        put_in_order(self.spots, rules)
        lists, files = self._lists()
        found = FormDefinition(
            form_id=attribute(self.data, "id") or root.name,
            version=attribute(self.data, "version"),
            title=self.title,
            top=self.top,
            root=root,
            spots=self.spots,
            seed=seed,
            templates=self.templates,
            wordings=wordings,
            lists=lists,
            files=files,
            actions=tuple(body.actions),
            rules=tuple(rules),
            by_path=by_path,
        )
        found.shown = _shown(root)
        return found

    def _spot(self, element: ET.Element, up: Spot, repeats: set[str]) -> Spot:
        name = local(element)
        spot = up.inside.setdefault(name, Spot(0, name, up, path=f"{up.path}/{name}"))
        if spot.path in repeats or _is_template(element):
            spot.repeats = up is not self.top
        seen: set[str] = set()
        for child in elements(element):
            below = self._spot(child, spot, repeats)
            # Rows the form begins with are a repeat even where its body never says so.
            below.repeats = below.repeats or below.name in seen
            seen.add(below.name)
        return spot

    def _number(self, spot: Spot) -> None:
        spot.index = len(self.spots)
        self.spots.append(spot)
        assert spot.up is not None  # noqa: S101 - only the nameless top has nothing above it
        spot.many = spot.repeats or spot.up.many
        spot.meta = spot.up.meta or (spot.name == "meta" and spot.up.up is self.top)
        for child in spot.inside.values():
            self._number(child)

    def _seed(self, element: ET.Element, spot: Spot) -> Seed:
        seed = Seed(spot, "" if spot.inside else (element.text or "").strip())
        for child in elements(element):
            below = spot.inside[local(child)]
            inner = self._seed(child, below)
            if _is_template(child):
                self.templates[below] = inner
            else:
                seed.children.append(inner)
        present = {child.spot for child in seed.children}
        seed.children.extend(
            blank(child) for child in spot.inside.values() if child not in present and not child.repeats
        )
        return seed

    def _find(self, path: str, around: Spot | None) -> Spot | None:
        """The spot a ``ref`` or ``nodeset`` names, from the root or from where it is written."""
        if not path.strip():
            return None
        found = parse(path.strip())
        if not isinstance(found, Path):
            return None
        spot: Spot | None = self.top if found.start == "/" else (around or self.spots[0])
        for step in found.steps:
            spot = _next(spot, step)
        return spot if spot is not None and spot.index >= 0 else None

    def _binds(self, bound: dict[str, Spot]) -> None:
        for element in elements(self.model):
            if local(element) != "bind":
                continue
            path = element.get("nodeset") or element.get("ref") or ""
            spot = self._find(path, None)
            if spot is None:
                continue
            self.at = spot.path
            bound[element.get("id") or spot.path] = spot
            spot.bind = Bind(
                type=(element.get("type") or "string").rpartition(":")[2],
                relevant=_rule(element.get("relevant"), always="true()"),
                required=_rule(element.get("required"), always="false()"),
                readonly=_rule(element.get("readonly"), always="false()"),
                constraint=_rule(element.get("constraint"), always="true()"),
                calculate=_rule(element.get("calculate"), always=""),
                required_message=message_of(attribute(element, "requiredMsg")),
                constraint_message=message_of(attribute(element, "constraintMsg")),
                preload=attribute(element, "preload"),
                preload_params=attribute(element, "preloadParams"),
            )

    def _lists(self) -> tuple[dict[str, FixedNode], dict[str, str]]:
        lists: dict[str, FixedNode] = {}
        files: dict[str, str] = {}
        for element in [item for item in elements(self.model) if local(item) == "instance"][1:]:
            name = element.get("id") or ""
            source = element.get("src")
            if source:
                files[name] = source.rpartition("/")[2]
            lists[name] = _fixed(element, FixedNode(""))
        return lists, files


def _rule(text: str | None, *, always: str) -> Expression | None:
    """The rule an attribute holds; None where it says what is so anyway."""
    rule = (text or "").strip()
    return None if rule in ("", always) else parse(rule)


def _is_template(element: ET.Element) -> bool:
    return any(key.rpartition("}")[2] == "template" for key in element.keys())  # noqa: SIM118 - an element is no mapping


def _next(spot: Spot | None, step: Step) -> Spot | None:
    if spot is None or step.axis == "self":
        return spot
    return spot.up if step.axis == "parent" else spot.inside.get(step.name)


def _fixed(element: ET.Element, into: FixedNode) -> FixedNode:
    for child in elements(element):
        below = FixedNode(local(child), into, (child.text or "").strip() if len(child) == 0 else "")
        _fixed(child, below)
    return into


def _shown(root: Spot) -> dict[Spot, tuple[Spot, ...]]:
    """What a person meets in each group, in the order of the screen; what has no control anywhere is left out."""

    shown: dict[Spot, tuple[Spot, ...]] = {}

    def visit(spot: Spot) -> int | None:
        found = []
        for child in spot.inside.values():
            order = visit(child)
            if order is not None:
                found.append((order, child))
        found.sort(key=lambda pair: pair[0])
        shown[spot] = tuple(child for _, child in found)
        own = spot.control.order if spot.control is not None else None

        return own if own is not None else (found[0][0] if found else None)

    visit(root)
    return shown
