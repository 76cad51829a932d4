"""The settings sheet says what the questions mean: which is the overall grade, which groups are printed."""

from __future__ import annotations

from qaf_desktop.forms.lint.profile import LANGUAGE, QUESTIONS, REPEATS, YES
from qaf_desktop.forms.lint.sheets import Row
from qaf_desktop.forms.published import Profile

_WORDS = ("kind", "audience", "grade_list", "family_group")


def profile_from(settings: Row) -> Profile:
    """The profile a settings row holds, once it has been checked."""
    cells = settings.cells
    texts = {name: cells.get(name, "") for name in (*_WORDS, *QUESTIONS, *REPEATS)}
    return Profile(
        **texts,
        areas=tuple(cells.get("area_prefix", "").split()),
        non_negotiables=tuple(cells.get("non_negotiables", "").split()),
        print_groups=tuple(cells.get("print_groups", "").split()),
        child_view=cells.get("child_view", "").lower() in YES,
        draft_translations=tuple(LANGUAGE.findall(cells.get("draft_translations", ""))),
    )
