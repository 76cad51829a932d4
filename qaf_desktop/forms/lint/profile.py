"""The settings that say what questions mean must name questions that are there, and can mean that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Outline
from qaf_desktop.forms.lint.sheets import Row, Sheets
from qaf_desktop.forms.lint.vocabulary import AUDIENCES, KINDS, meant

QUESTIONS = (
    "overall_question", "child_ref_question", "team_question", "worker_question", "date_question",
    "declaration_question", "worker_present_question", "share_question",
)  # fmt: skip
REPEATS = ("actions_repeat", "strengths_repeat", "improvements_repeat")
YES = ("yes", "true", "1", "true()")
NO = ("", "no", "false", "0", "false()")
LANGUAGE = re.compile(r"\w[^()]*\([^()]+\)")


def check_profile(sheets: Sheets, outline: Outline) -> Iterator[Finding]:
    """Every name in the profile must be in the form and be of the right type."""
    settings = sheets.settings[0] if sheets.settings else Row("settings", 2, {})
    wanted: tuple[tuple[str, tuple[str, ...], Iterable[str]], ...] = (
        ("question", (*QUESTIONS, "non_negotiables"), outline.questions),
        ("repeat", REPEATS, outline.repeats),
        ("group", ("print_groups", "family_group"), {**outline.groups, **outline.repeats}),
        ("choice list", ("grade_list",), outline.lists),
    )
    for what, columns, names in wanted:
        for column in columns:
            for name in settings.get(column).split():
                if name not in names:
                    text = f"There is no {what} called {name} in this form."
                    advice = meant(name, names, f"Write the name of a {what} as it stands in the workbook.")
                    yield settings.at(column).found(Mistake.PROFILE_NAME, text, advice)
    yield from _check_areas(settings, outline)
    yield from _check_types(settings, outline)
    yield from _check_words(settings)
    yield from _check_printed(settings, outline)


def _check_areas(settings: Row, outline: Outline) -> Iterator[Finding]:
    place, grades = settings.at("area_prefix"), settings.get("grade_list")
    for area in settings.get("area_prefix").split():
        for question in (f"{area}_grade", f"{area}_why"):
            if question not in outline.questions:
                text = f"The area {area} needs a question called {question}, and there is none."
                yield place.found(Mistake.PROFILE_NAME, text, "Add the question, or take the area out.")
        if grades:
            yield from _check_graded(settings, "area_prefix", f"{area}_grade", outline)


def _check_graded(settings: Row, column: str, name: str, outline: Outline) -> Iterator[Finding]:
    grades, question = settings.get("grade_list"), outline.questions.get(name)
    if question is None or not grades or (question.kind == "select_one" and question.list_name == grades):
        return
    text = f"The question {name} is not answered from the grade list {grades}."
    yield settings.at(column).found(Mistake.PROFILE_TYPE, text, f"Give it the type select_one {grades}.")


def _check_types(settings: Row, outline: Outline) -> Iterator[Finding]:
    if settings.get("overall_question"):
        yield from _check_graded(settings, "overall_question", settings.get("overall_question"), outline)
    wanted = (
        ("non_negotiables", ("select_one",), "select_one and a list"),
        ("date_question", ("date", "dateTime", "today"), "date"),
        ("worker_present_question", ("select_one", "select_multiple"), "select_one and a list"),
        ("share_question", ("select_one",), "select_one and a list"),
    )
    for column, kinds, right in wanted:
        for name in settings.get(column).split():
            question = outline.questions.get(name)
            if question is not None and question.kind not in kinds:
                text = f"The question {name} is of the type {question.row.get('type')}, which cannot mean this."
                yield settings.at(column).found(Mistake.PROFILE_TYPE, text, f"Give it the type {right}.")


def _check_words(settings: Row) -> Iterator[Finding]:
    kind, audience = settings.get("kind"), settings.get("audience")
    if not kind:
        text = "The form does not say what kind of record it makes."
        yield settings.at("kind").found(Mistake.NO_KIND, text, "Write audit, or feedback, under kind.")
    elif kind not in KINDS:
        text = f"There is no kind of record called {kind}."
        yield settings.at("kind").found(
            Mistake.UNKNOWN_KIND, text, meant(kind, KINDS, f"Write {', '.join(KINDS[:4])}.")
        )
    if audience and audience not in AUDIENCES:
        text = f"There is no audience called {audience}."
        advice = meant(audience, AUDIENCES, f"Write one of {', '.join(AUDIENCES)}.")
        yield settings.at("audience").found(Mistake.UNKNOWN_AUDIENCE, text, advice)
    if settings.get("child_view").lower() not in (*YES, *NO):
        text = "child_view is neither yes nor no."
        yield settings.at("child_view").found(Mistake.NEITHER_YES_NOR_NO, text, "Write yes or no.")
    if LANGUAGE.sub("", settings.get("draft_translations")).strip():
        yield settings.at("draft_translations").found(
            Mistake.LANGUAGE_WITHOUT_CODE,
            "A language here has no code in brackets.",
            "Write the languages as in the headings, for example Polish (pl) Urdu (ur).",
        )


def _check_printed(settings: Row, outline: Outline) -> Iterator[Finding]:
    printed = settings.get("print_groups").split()
    if not printed:
        return
    for block in (*outline.groups.values(), *outline.repeats.values()):
        if not block.inside and block.name and block.name not in printed:
            text = f"The {block.what} {block.name} is not among the groups to print."
            yield settings.at("print_groups").found(Mistake.GROUP_NOT_PRINTED, text, f"Add {block.name}.")
