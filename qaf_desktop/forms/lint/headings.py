"""The first row of each sheet: columns nobody knows, and languages that are half there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qaf_desktop.forms.lint.findings import Finding, Place
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.sheets import Sheets
from qaf_desktop.forms.lint.vocabulary import (
    CHOICE_COLUMNS,
    CODES,
    NAME,
    PROFILE_COLUMNS,
    REFUSED_COLUMNS,
    SAME_COLUMNS,
    SETTINGS_COLUMNS,
    SURVEY_COLUMNS,
    language_code,
    meant,
    right_heading,
    without_language,
)

_SPOKEN = ("label", "hint")
"""Columns that whoever fills the form in reads; guidance is for staff, and messages fall back."""


def check_headings(sheets: Sheets) -> Iterator[Finding]:
    """Findings about the headings of the three sheets."""
    known = {"survey": SURVEY_COLUMNS, "settings": (*SETTINGS_COLUMNS, *PROFILE_COLUMNS)}
    for sheet, columns in known.items():
        for heading in sheets.headings.get(sheet, ()):
            if heading and without_language(heading)[0] not in columns:
                place = Place(sheet, 1, heading, heading)
                advice = REFUSED_COLUMNS.get(heading.lower()) or _instead(heading, columns)
                yield place.found(Mistake.UNKNOWN_COLUMN, f"There is no column {heading} in a form.", advice)
    yield from _check_choices(sheets.headings.get("choices", []))
    for sheet, same in SAME_COLUMNS:
        present = [column for column in same if column in sheets.headings.get(sheet, ())]
        if len(present) > 1:
            yield Place(sheet, 1, present[1], present[1]).found(
                Mistake.DOUBLE_COLUMN, f"{' and '.join(present)} are two names of one column.", "Keep one of them."
            )
    yield from _check_needed(sheets)


def _instead(heading: str, columns: Iterable[str]) -> str:
    right = right_heading(heading, columns)
    return f"Is {right} meant?" if right else "Delete the column."


def _check_choices(headings: list[str]) -> Iterator[Finding]:
    present = {without_language(heading)[0] for heading in headings}
    for heading in headings:
        base, _ = without_language(heading)
        if not heading or base in CHOICE_COLUMNS:
            continue
        place = Place("choices", 1, heading, heading)
        near = right_heading(heading, [column for column in CHOICE_COLUMNS if column not in present])
        if near:
            text = f"There is no column {heading} in a list of choices."
            yield place.found(Mistake.UNKNOWN_COLUMN, text, f"Is {near} meant?")
        elif not NAME.match(heading):
            text = "This heading cannot be the name of a column."
            yield place.found(Mistake.BAD_COLUMN_NAME, text, "Use letters, digits and _ only.")


def _check_needed(sheets: Sheets) -> Iterator[Finding]:
    if not sheets.survey:
        yield Finding(Mistake.EMPTY_SHEET, "survey", 0, "", "The sheet has no questions.", "Write one row a question.")
        return
    for needed in ("type", "name"):
        if not sheets.has("survey", needed):
            yield Place("survey", 1, needed).found(
                Mistake.MISSING_COLUMN, f"The column {needed} is missing.", "Add it, in small letters."
            )
    if sheets.choices:
        for names in (("list_name", "list name"), ("name", "value")):
            if not sheets.has("choices", *names):
                yield Place("choices", 1, names[0]).found(
                    Mistake.MISSING_COLUMN, f"The column {names[0]} is missing.", "Add it, in small letters."
                )


def languages_of(sheets: Sheets) -> list[str]:
    """The languages the headings name."""
    headings = [*sheets.headings.get("survey", ()), *sheets.headings.get("choices", ())]
    return list(dict.fromkeys(language for _, language in map(without_language, headings) if language))


def check_languages(sheets: Sheets) -> Iterator[Finding]:
    """Findings about translations: codes, languages that are missing in a column, and the default language."""
    languages = languages_of(sheets)
    codes: dict[str, str] = {}
    for sheet in ("survey", "choices"):
        for heading in sheets.headings.get(sheet, ()):
            language = without_language(heading)[1]
            if not language:
                continue
            place, code = Place(sheet, 1, heading, heading), language_code(language)
            if not code:
                known = CODES.get(language.strip().lower())
                right = f"Write {heading} ({known})." if known else "Write the code in brackets, as in Polski (pl)."
                yield place.found(Mistake.LANGUAGE_WITHOUT_CODE, f"The language {language} has no code.", right)
            elif codes.setdefault(code, language) != language:
                text = f"{language} and {codes[code]} are two names of one language."
                yield place.found(Mistake.LANGUAGE_TWICE, text, f"Write {codes[code]}.")
        yield from _check_complete(sheets, sheet, languages)
    yield from _check_default(sheets, languages)


def _check_complete(sheets: Sheets, sheet: str, languages: list[str]) -> Iterator[Finding]:
    headings = [without_language(heading) for heading in sheets.headings.get(sheet, ())]
    for column in _SPOKEN:
        here = [language for base, language in headings if base == column]
        spoken = [language for language in here if language]
        if languages and "" in here:
            yield Place(sheet, 1, column, column).found(
                Mistake.COLUMN_WITHOUT_LANGUAGE,
                f"The column {column} names no language, and others do.",
                f"Write {column}::{languages[0]}.",
            )
        for language in languages if spoken else ():
            heading = f"{column}::{language}"
            if language not in spoken:
                text = f"There is no column {heading}, though other columns have that language."
                yield Place(sheet, 1, f"{column}::{spoken[0]}").found(
                    Mistake.LANGUAGE_INCOMPLETE, text, f"Add the column {heading}."
                )
            elif not any(heading in row.cells for row in sheets.of(sheet)):
                yield Place(sheet, 1, heading, heading).found(
                    Mistake.LANGUAGE_INCOMPLETE, "The column is empty.", "Fill it in, or delete it."
                )


def _check_default(sheets: Sheets, languages: list[str]) -> Iterator[Finding]:
    if not sheets.settings:
        return
    default, place = sheets.settings[0].get("default_language"), sheets.settings[0].at("default_language")
    if default and default not in languages:
        plain = any(without_language(heading) == ("label", "") for heading in sheets.headings.get("survey", ()))
        if languages and not plain:
            text = f"No column is in the language {default}."
            yield place.found(Mistake.DEFAULT_LANGUAGE, text, meant(default, languages, f"Write {languages[0]}."))
