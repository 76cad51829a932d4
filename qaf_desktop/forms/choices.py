"""What a person can choose from at a question: the list as it is now, in the language being read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qaf_desktop.forms.answers import Answer
from qaf_desktop.forms.control import Itemset
from qaf_desktop.forms.expressions.grammar import parse
from qaf_desktop.forms.expressions.syntax import Path, Step
from qaf_desktop.forms.expressions.values import Node
from qaf_desktop.forms.recompute import Recomputing
from qaf_desktop.forms.speaking import Speaking
from qaf_desktop.forms.wording import is_itext

_NOT_EXTRA = ("itextId", "name", "label")


@dataclass(frozen=True)
class Choice:
    """One choice: the value kept, the label shown, a picture's file name, and the list's extra columns."""

    value: str
    label: str
    image: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


class Choosing:
    """Finds the choices of a question."""

    def __init__(self, answers: Recomputing, speaking: Speaking) -> None:
        self._answers = answers
        self._speaking = speaking
        self._made: dict[tuple[int, str, int], Choice] = {}
        self._lists: dict[tuple[int, str], tuple[Sequence[Node], tuple[Choice, ...]]] = {}

    def of(self, answer: Answer) -> tuple[Choice, ...]:
        """The choices of a question; none for a question of another type."""
        control = answer.spot.control
        if control is None:
            return ()
        if control.itemset is not None:
            return self._from_list(answer, control.itemset)
        return tuple(
            Choice(item.value, self._speaking.say(item.label, answer), self._speaking.image(item.label, answer))
            for item in control.items
        )

    def label(self, answer: Answer, value: str) -> str:
        """The label of one choice, or "" when it is not among the choices."""
        return next((choice.label for choice in self.of(answer) if choice.value == value), "")

    def _from_list(self, answer: Answer, itemset: Itemset) -> tuple[Choice, ...]:
        nodes: Sequence[Node] = self._answers.ask(answer.spot.rules["choices"].run, answer)  # type: ignore[assignment]
        fixed = "choices" in answer.spot.rules and not answer.spot.rules["choices"].reads
        key = (answer.spot.index, self._speaking.language)
        if fixed and key in self._lists:
            return self._lists[key][1]
        found = tuple(self._choices(answer, itemset, nodes))
        if fixed:
            self._lists[key] = (nodes, found)
        return found

    def _choices(self, answer: Answer, itemset: Itemset, nodes: Sequence[Node]) -> Iterator[Choice]:
        for node in nodes:
            value = _column(node, itemset.value)
            if not value:
                continue
            label, image = self._label(answer, itemset, node)
            extra = {
                cell.name: cell.read
                for cell in node.children
                if cell.name not in (*_NOT_EXTRA, itemset.value) and not cell.children
            }
            yield Choice(value, label, image, extra)

    def _label(self, answer: Answer, itemset: Itemset, node: Node) -> tuple[str, str | None]:
        source = itemset.label
        if source is None:
            return _column(node, itemset.value), None
        if source.expression is None:
            return self._speaking.say(source, answer), self._speaking.image(source, answer)
        text_id = is_itext(source.expression)
        if text_id is None:
            return _at(node, source.expression), None
        named = _at(node, text_id)
        return self._speaking.text(named, "", answer), self._speaking.file(named, "image", answer)


def _column(node: Node, column: str) -> str:
    if "/" in column:
        return _at(node, parse(column))
    cells = node.by_name.get(column, ())
    return cells[0].read if cells else ""


def _at(node: Node, way: object) -> str:
    """The text a path leads to from a row of a list."""
    if not isinstance(way, Path):
        return ""
    nodes: Sequence[Node] = (node,)
    for step in way.steps:
        assert isinstance(step, Step)  # noqa: S101 - paths are made of steps
        if step.axis == "child":
            nodes = [child for one in nodes for child in one.by_name.get(step.name, ())]
    return nodes[0].read if nodes else ""
