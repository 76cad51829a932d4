"""The settings sheet says what the questions mean: which is the overall grade, which groups are printed."""

from __future__ import annotations

from collections.abc import Iterator

from qaf_desktop.forms.publish.findings import Finding
from qaf_desktop.forms.publish.outline import Outline
from qaf_desktop.forms.publish.sheets import Row
from qaf_desktop.forms.published import Profile

_WORDS = ("kind", "audience", "grade_list", "family_group")
_QUESTIONS = (
    "overall_question", "child_ref_question", "team_question", "worker_question", "date_question",
    "declaration_question", "worker_present_question", "share_question",
)  # fmt: skip
_REPEATS = ("actions_repeat", "strengths_repeat", "improvements_repeat")
_YES = ("yes", "true", "1", "true()")
_NO = ("", "no", "false", "0", "false()")


def profile_from(settings: Row) -> Profile:
    """The profile a settings row holds. Check it with :func:`check_profile` first."""
    cells = settings.cells
    texts = {name: cells.get(name, "") for name in (*_WORDS, *_QUESTIONS, *_REPEATS)}
    return Profile(
        **texts,
        areas=tuple(cells.get("area_prefix", "").split()),
        non_negotiables=tuple(cells.get("non_negotiables", "").split()),
        print_groups=tuple(cells.get("print_groups", "").split()),
        child_view=cells.get("child_view", "").lower() in _YES,
    )


def check_profile(settings: Row, outline: Outline) -> Iterator[Finding]:
    """Every name in the profile must be in the form."""
    cells = settings.cells
    for column in (*_QUESTIONS, "non_negotiables"):
        for name in cells.get(column, "").split():
            if name not in outline.questions:
                yield _missing(settings, column, name, "question")
    for column in _REPEATS:
        name = cells.get(column, "")
        if name and name not in outline.repeats:
            yield _missing(settings, column, name, "repeat")
    for column in ("print_groups", "family_group"):
        for name in cells.get(column, "").split():
            if name not in outline.groups and name not in outline.repeats:
                yield _missing(settings, column, name, "group")
    for area in cells.get("area_prefix", "").split():
        for question in (f"{area}_grade", f"{area}_why"):
            if question not in outline.questions:
                yield Finding(
                    "settings", settings.number, "area_prefix",
                    f"The area {area} needs a question called {question}, and there is none.",
                    "Add the question, or take the area out.",
                )  # fmt: skip
    grade_list = cells.get("grade_list", "")
    if grade_list and grade_list not in outline.lists:
        yield Finding(
            "settings", settings.number, "grade_list", f"There is no choice list called {grade_list}.",
            "Write the name of a list on the choices sheet.",
        )  # fmt: skip
    if cells.get("child_view", "").lower() not in (*_YES, *_NO):
        yield Finding(
            "settings", settings.number, "child_view", "child_view is neither yes nor no.", "Write yes or no."
        )


def _missing(settings: Row, column: str, name: str, what: str) -> Finding:
    return Finding(
        "settings", settings.number, column, f"There is no {what} called {name} in this form.",
        f"Write the name of a {what} as it stands in the survey sheet.",
    )  # fmt: skip
