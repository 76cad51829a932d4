"""Which kind of answer a question asks for: what the form says about it decides, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import Answer
from qaf_desktop.ui.questions.drawing import Drawing
from qaf_desktop.ui.questions.faces import Faces
from qaf_desktop.ui.questions.grade_cards import GradeCards, is_grade_scale
from qaf_desktop.ui.questions.line_answers import DateAnswer, MomentAnswer, NumberAnswer, TimeAnswer
from qaf_desktop.ui.questions.options import ManyOptions, Options
from qaf_desktop.ui.questions.picture import PictureAnswer
from qaf_desktop.ui.questions.search_list import SearchList
from qaf_desktop.ui.questions.segments import Segments, fits_a_row
from qaf_desktop.ui.questions.simple import Acknowledge, Slider
from qaf_desktop.ui.questions.text import TextAnswer
from qaf_desktop.ui.questions.tools import Tools

SILENT = frozenset({"calculate", "hidden", "start", "end", "today", "username"})
"""Worked out or noted by the program; nobody is asked."""


def is_shown(item: Item) -> bool:
    """Whether a question has a place on the page at all, relevant or not."""
    return item.type not in SILENT


def _one_of(item: Item, tools: Tools) -> Answer:
    appearance = set(item.appearance.split())
    if "faces" in appearance:
        return Faces(item, tools)
    if appearance & {"minimal", "autocomplete"}:
        return SearchList(item)
    if is_grade_scale(item):
        return GradeCards(item, tools)
    in_a_row = any(word.startswith(("columns", "horizontal", "likert")) for word in appearance)
    return Segments(item, tools) if in_a_row and fits_a_row(item) else Options(item, tools)


_BY_TYPE: Mapping[str, Callable[[Item, Tools], Answer]] = {
    "integer": lambda item, tools: NumberAnswer(tools),
    "decimal": lambda item, tools: NumberAnswer(tools),
    "date": lambda item, tools: DateAnswer(tools),
    "time": lambda item, tools: TimeAnswer(tools),
    "datetime": lambda item, tools: MomentAnswer(tools),
    "select_one": _one_of,
    "select_multiple": ManyOptions,
    "acknowledge": Acknowledge,
    "image": PictureAnswer,
    "range": lambda item, tools: Slider(item),
}


def answer_for(item: Item, tools: Tools) -> Answer:
    """A fresh box, list or card for a question."""
    if "draw" in item.appearance.split():
        return Drawing(tools)
    return _BY_TYPE.get(item.type, TextAnswer)(item, tools)
