"""The settings sheet says what the questions mean: which is the overall grade, which groups are printed."""

from __future__ import annotations

import re
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
_LANGUAGE = re.compile(r"\w[^()]*\([^()]+\)")


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
        draft_translations=tuple(_LANGUAGE.findall(cells.get("draft_translations", ""))),
    )


def check_profile(settings: Row, outline: Outline) -> Iterator[Finding]:
    """Every name in the profile must be in the form."""
    cells = settings.cells
    wanted = (
        ("question", (*_QUESTIONS, "non_negotiables"), outline.questions),
        ("repeat", _REPEATS, outline.repeats),
        ("group", ("print_groups", "family_group"), {**outline.groups, **outline.repeats}),
        ("choice list", ("grade_list",), outline.lists),
    )
    for what, columns, names in wanted:
        for column in columns:
            for name in cells.get(column, "").split():
                if name not in names:
                    yield _missing(settings, column, name, what)
    for area in cells.get("area_prefix", "").split():
        for question in (f"{area}_grade", f"{area}_why"):
            if question not in outline.questions:
                yield Finding(
                    "settings", settings.number, "area_prefix",
                    f"The area {area} needs a question called {question}, and there is none.",
                    "Add the question, or take the area out.",
                )  # fmt: skip
    if _LANGUAGE.sub("", cells.get("draft_translations", "")).strip():
        yield Finding(
            "settings", settings.number, "draft_translations", "A language here has no code in brackets.",
            "Write the languages as in the headings, for example Polish (pl) Urdu (ur).",
        )  # fmt: skip
    if cells.get("child_view", "").lower() not in (*_YES, *_NO):
        yield Finding(
            "settings", settings.number, "child_view", "child_view is neither yes nor no.", "Write yes or no."
        )


def _missing(settings: Row, column: str, name: str, what: str) -> Finding:
    return Finding(
        "settings", settings.number, column, f"There is no {what} called {name} in this form.",
        f"Write the name of a {what} as it stands in the workbook.",
    )  # fmt: skip
