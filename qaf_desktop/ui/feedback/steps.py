"""The way through a conversation: pages for the adult, and in between one question at a time for the child."""

from __future__ import annotations

from dataclasses import dataclass

from qaf_desktop.forms.filling import Filling
from qaf_desktop.ui.questions.kinds import is_shown

ADULT = "staff"
"""Top groups of a feedback form whose name begins so are for the adult; all others are read with the child."""
SKIP_CODES = ("SK", "skip")


@dataclass(frozen=True)
class Step:
    """One page: a whole group for the adult, or one question (or something to read out) for the child."""

    ref: str
    for_child: bool


def steps(filling: Filling) -> tuple[Step, ...]:
    """The pages that apply with the answers so far, in the order of the form."""
    found: list[Step] = []
    for section in filling.children():
        item = filling.look(section)
        if not item.relevant or (item.kind == "question" and not is_shown(item)):
            continue
        if item.name.startswith(ADULT):
            if any(_is_asked(filling, child) for child in filling.children(section)):
                found.append(Step(section, for_child=False))
        else:
            found.extend(Step(ref, for_child=True) for ref in _questions(filling, section))
    return tuple(found)


def skip_code(choices: tuple[str, ...]) -> str:
    """The code that says "skipped" in a list, or nothing: then skipping leaves the answer empty."""
    return next((code for code in SKIP_CODES if code in choices), "")


def _is_asked(filling: Filling, ref: str) -> bool:
    item = filling.look(ref)
    return item.relevant and (item.kind != "question" or is_shown(item))


def _questions(filling: Filling, ref: str) -> list[str]:
    item = filling.look(ref)
    if not item.relevant:
        return []
    if item.kind == "question":
        return [ref] if is_shown(item) else []
    return [question for child in filling.children(ref) for question in _questions(filling, child)]
