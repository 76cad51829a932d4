"""What a screen, a page or a person trying out a form is told about each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qaf_desktop.forms.choices import Choice
from qaf_desktop.forms.shape import Spot


@dataclass(frozen=True)
class Item:
    """Everything to show about one question, group, repeat or row, in the language being read.

    ``kind`` is ``group``, ``repeat``, ``instance`` (a row) or ``question``; ``type`` is close to XLSForm's.
    ``message`` says why an answer is not accepted, or is the form's own wording of "an answer is needed".
    """

    ref: str
    slot: str
    name: str
    kind: str
    type: str = ""
    appearance: str = ""
    label: str = ""
    hint: str = ""
    guidance: str = ""
    image: str | None = None
    relevant: bool = True
    required: bool = False
    readonly: bool = False
    value: str = ""
    valid: bool = True
    message: str = ""
    choices: tuple[Choice, ...] = ()
    choice_list: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NodeState:
    """One line of a snapshot. ``valid`` is false only for an asked, given answer that breaks its rule or its type."""

    ref: str
    relevant: bool
    required: bool
    readonly: bool
    value: str
    valid: bool


@dataclass(frozen=True)
class AnswerProblem:
    """Something that keeps a form from being completed. ``section`` is the top group it lies in ("" if in none)."""

    ref: str
    slot: str
    section: str
    label: str
    message: str


@dataclass(frozen=True)
class Progress:
    """How many of the asked, required questions have an answer."""

    answered: int
    asked: int


@dataclass(frozen=True)
class SavedAnswers:
    """A filling as the store keeps it: answers by slot, and each repeat's row numbers in order.

    ``latest`` is the highest number a row of each repeat ever had, so that a row taken out never lends its number, and
    with it its history, to a new one.
    """

    answers: Mapping[str, str]
    instances: Mapping[str, tuple[int, ...]]
    latest: Mapping[str, int] = field(default_factory=dict)


_BY_CONTROL = {
    "select1": "select_one",
    "select": "select_multiple",
    "trigger": "acknowledge",
    "range": "range",
    "rank": "rank",
}
_BY_TYPE = {
    "string": "text",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "datetime",
}


def type_of(spot: Spot) -> str:
    """The XLSForm-like type of a question."""
    control, bind = spot.control, spot.bind
    if control is None:
        return "calculate" if bind.calculate is not None else "hidden"
    if control.kind in _BY_CONTROL:
        return _BY_CONTROL[control.kind]
    if control.kind == "upload":
        media = control.parameters.get("mediatype", "")
        return "image" if media.startswith("image") else "file"
    if bind.type == "string" and bind.calculate is None and _always(spot, "readonly"):
        return "note"
    return _BY_TYPE.get(bind.type, bind.type)


def _always(spot: Spot, kind: str) -> bool:
    rule = spot.bind.readonly if kind == "readonly" else spot.bind.required
    return rule is not None and getattr(rule, "name", "") == "true"
