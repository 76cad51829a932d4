"""First answers: a default must be an answer the question would take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Outline, Question
from qaf_desktop.forms.lint.vocabulary import meant
from qaf_desktop.forms.typed import fits

_XFORM_TYPES = {"integer": "int", "decimal": "decimal", "date": "date", "time": "time", "dateTime": "dateTime",
                "range": "decimal"}  # fmt: skip
_EXAMPLES = {
    "integer": "Write a whole number such as 3.", "decimal": "Write a number such as 2.5, with a point.",
    "range": "Write a number such as 3.", "date": "Write the date as 2026-11-23, or today().",
    "time": "Write the time as 14:30:00.", "dateTime": "Write it as 2026-11-23T14:30:00, or now().",
}  # fmt: skip


def is_worked_out(text: str, kind: str) -> bool:
    """Whether a default is a rule and not an answer, as the compiler of forms sees it."""
    from pyxform.utils import default_is_dynamic  # noqa: PLC0415 - slow to import, and only publishing needs it

    return bool(default_is_dynamic(text, kind))


def check_defaults(outline: Outline, choices: Mapping[str, Set[str]]) -> Iterator[Finding]:
    """Findings about defaults that stand as answers. ``choices`` are the names in each list."""
    for one in outline.questions.values():
        default, place = one.row.get("default"), one.row.at("default")
        if not default or is_worked_out(default, one.kind):
            continue
        if default.lower() in ("today", "now") and one.kind in ("date", "dateTime", "time"):
            text = f"The word {default} is not a date."
            yield place.found(Mistake.BAD_DEFAULT, text, f"Write {default.lower()}().")
        elif one.kind in _XFORM_TYPES and not fits(_XFORM_TYPES[one.kind], default):
            text = f"The default is no answer to a question of the type {one.kind}."
            yield place.found(Mistake.BAD_DEFAULT, text, _EXAMPLES[one.kind])
        elif one.kind in ("select_one", "select_multiple"):
            yield from _check_choices(one, default, choices)


def _check_choices(one: Question, default: str, choices: Mapping[str, Set[str]]) -> Iterator[Finding]:
    names = choices.get(one.list_name)
    if names is None:
        return
    for name in default.split() if one.kind == "select_multiple" else (default,):
        if name not in names:
            text = f"The list {one.list_name} has no choice called {name}."
            advice = meant(name, sorted(names), "Write the name of a choice, not its label.")
            yield one.row.at("default").found(Mistake.BAD_DEFAULT, text, advice)
