"""What goes with what: columns, appearances and parameters that mean something for the type of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Block, Outline, Question
from qaf_desktop.forms.lint.sheets import Row
from qaf_desktop.forms.lint.vocabulary import (
    APPEARANCES,
    PARAMETERS,
    UNASKED,
    UNSEEN,
    meant,
    types_of_appearance,
    without_language,
)

_PAIR = re.compile(r"[\s,;]+")
_YES = ("yes", "true", "true()")


def check_questions(outline: Outline, *, languages: int) -> Iterator[Finding]:
    """Findings about each row as a whole."""
    for one in outline.rows:
        kind = one.what if isinstance(one, Block) else one.kind
        yield from _check_appearance(one.row, kind)
        if isinstance(one, Block):
            yield from _check_block(one)
            continue
        yield from _check_parameters(one)
        yield from _check_required(one, outline)
        yield from _check_columns(one)
        yield from _check_messages(one)
        if one.other and languages > 1:
            yield one.row.at("type").found(
                Mistake.OTHER_IN_SEVERAL_LANGUAGES,
                "or_other works in forms of one language only.",
                "Add a choice 'other' and a text question that is relevant when it is chosen.",
            )


def _check_appearance(row: Row, kind: str) -> Iterator[Finding]:
    place = row.at("appearance")
    for word in row.get("appearance").split():
        if word.startswith(("ex:", "search(", "intent:")) or "map" in word.lower() or word == "bearing":
            text = f"The appearance {word} cannot be used here."
            yield place.found(Mistake.APPEARANCE_NOT_USED_HERE, text, "Leave it out.")
            continue
        types = types_of_appearance(word)
        if not types:
            advice = meant(word, APPEARANCES, "Leave it out.")
            yield place.found(Mistake.UNKNOWN_APPEARANCE, f"There is no appearance {word}.", advice)
        elif kind and kind not in types:
            text = f"The appearance {word} is for {', '.join(types)}, and this row is {kind}."
            yield place.found(Mistake.APPEARANCE_OF_OTHER_TYPE, text, "Leave it out, or change the type.")


def _check_block(block: Block) -> Iterator[Finding]:
    for column in ("required", "constraint", "calculation", "default", "choice_filter"):
        if block.row.get(column):
            text = f"A {block.what} has no answer, so {column} does nothing here."
            yield block.row.at(column).found(Mistake.RULE_NOT_USED, text, "Put it in the row of a question.")
    if block.what == "group" and block.row.get("repeat_count"):
        text = "repeat_count does nothing in a group."
        yield block.row.at("repeat_count").found(Mistake.RULE_NOT_USED, text, "Write begin_repeat, or leave it out.")


def _check_parameters(one: Question) -> Iterator[Finding]:
    place, given = one.row.at("parameters"), {}
    for word in filter(None, _PAIR.split(one.row.get("parameters"))):
        key, _, value = word.partition("=")
        given[key] = value
        if key not in PARAMETERS:
            text = f"There is no parameter {key}."
            yield place.found(Mistake.UNKNOWN_PARAMETER, text, meant(key, PARAMETERS, "Leave it out."))
        elif key == "randomize":
            if value.lower() not in ("false", "no"):
                text = "Choices keep their order, so that everybody reads the same form."
                yield place.found(Mistake.RANDOM_ORDER, text, "Leave randomize out.")
        elif one.kind and one.kind not in PARAMETERS[key]:
            text = f"The parameter {key} is for {', '.join(PARAMETERS[key])}, and this row is {one.kind}."
            yield place.found(Mistake.UNKNOWN_PARAMETER, text, "Leave it out.")
        elif key not in ("value", "label") and _number(value) is None:
            text = f"The parameter {key} is {value!r}, which is not a number."
            yield place.found(Mistake.BAD_PARAMETER, text, f"Write {key}=5 or another number.")
    if one.kind == "range":
        start, end, step = (_number(given.get(key, "")) for key in ("start", "end", "step"))
        low, high = 0 if start is None else start, 10 if end is None else end
        if low >= high or (step is not None and not 0 < step <= high - low):
            text = f"A range from {low:g} to {high:g} in steps of {1 if step is None else step:g} has nothing on it."
            yield place.found(Mistake.BAD_PARAMETER, text, "Write for example start=1 end=10 step=1.")


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None


def _check_required(one: Question, outline: Outline) -> Iterator[Finding]:
    required, place = one.row.get("required"), one.row.at("required")
    if required.lower() not in _YES:
        return
    if one.kind == "note":
        around = [block for name in one.inside if (block := outline.find(name)) is not None]
        sometimes = any(row.get("relevant", "relevance") for row in (one.row, *(block.row for block in around)))
        mistake = Mistake.REQUIRED_STOPS if sometimes else Mistake.REQUIRED_NEVER_ANSWERED
        yield place.found(mistake, "A note asks nothing, so it can never be answered.", "Empty the cell.")
    elif one.kind in UNSEEN and one.kind in ("start", "end", "today", "username"):
        yield place.found(Mistake.RULE_NOT_USED, "The program answers this row itself.", "Empty the cell.")
    elif (
        one.row.get("readonly", "read_only").lower() in _YES
        and not one.row.get("calculation", "calculate")
        and not one.row.get("default")
    ):
        text = "The question must be answered and cannot be changed."
        yield place.found(Mistake.REQUIRED_READ_ONLY, text, "Empty required or readonly.")


def _check_columns(one: Question) -> Iterator[Finding]:
    row, kind = one.row, one.kind
    calculation = row.get("calculation", "calculate")
    if kind == "calculate" and not calculation and not row.get("default"):
        text = "This calculate row has no calculation."
        yield row.at("calculation").found(Mistake.NO_CALCULATION, text, "Write what it works out, or delete the row.")
    if (
        calculation
        and kind not in (*UNASKED, "")
        and row.get("readonly", "read_only").lower() not in _YES
        and any(without_language(heading)[0] == "label" for heading in row.cells)
    ):
        yield row.at("calculation" if row.get("calculation") else "calculate").found(
            Mistake.CALCULATION_OF_VISIBLE,
            "This question is asked and worked out as well.",
            "Write yes under readonly, or use a calculate row and show it in a note, or once(…) or default for a first"
            " value.",
        )
    useless = {
        "constraint": (*UNASKED, "acknowledge"),
        "choice_filter": None if one.chooses else (kind,),
        "repeat_count": (kind,),
        "default": ("note",),
    }
    for column, types in useless.items():
        if kind and types is not None and kind in types and row.get(column):
            text = f"{column} does nothing in a row of the type {kind}."
            yield row.at(column).found(Mistake.RULE_NOT_USED, text, "Empty the cell, or change the type.")


def _check_messages(one: Question) -> Iterator[Finding]:
    row = one.row
    for rule, message in (("constraint", "constraint_message"), ("required", "required_message")):
        heading = next((heading for heading in row.cells if without_language(heading)[0] == message), "")
        if heading and not row.get(rule):
            text = f"There is a {message} and no {rule}."
            yield row.at(heading).found(Mistake.MESSAGE_WITHOUT_RULE, text, f"Write the {rule}, or empty the cell.")
    if row.get("constraint") and not any(without_language(heading)[0] == "constraint_message" for heading in row.cells):
        yield row.at("constraint").found(
            Mistake.RULE_WITHOUT_MESSAGE,
            "The constraint has no message.",
            "Write under constraint_message what a right answer looks like.",
        )
