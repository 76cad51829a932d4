"""What the compiler of forms lets through in silence: misspelt columns, missing pictures, choices without a name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from qaf_desktop.forms.publish.findings import Finding
from qaf_desktop.forms.publish.outline import Outline, outline_of
from qaf_desktop.forms.publish.profile_columns import check_profile
from qaf_desktop.forms.publish.rule_checks import check_rules
from qaf_desktop.forms.publish.sheets import Row, Sheets
from qaf_desktop.forms.publish.vocabulary import (
    CHOICE_COLUMNS,
    PARAMETERS,
    PROFILE_COLUMNS,
    PROGRAM_LISTS,
    SETTINGS_COLUMNS,
    SURVEY_COLUMNS,
    known_appearance,
    without_language,
)

_REFUSED_COLUMNS = {
    "trigger": "Use a calculation.",
    **dict.fromkeys(("media::audio", "media::video", "audio", "video", "save_to"), "Leave it out."),
    **dict.fromkeys(("public_key", "submission_url"), "Leave it out: records go to the council's own centre."),
}
_XML_NAME = re.compile(r"[A-Za-z_][\w.\-]*\Z")


def check_sheets(sheets: Sheets) -> tuple[Outline, list[Finding]]:
    """Everything found in a workbook, serious or not, in the order of the sheets."""
    outline = outline_of(sheets)
    settings = sheets.settings[0] if sheets.settings else Row(2, {})
    found = [
        *sheets.findings,
        *_check_headings(sheets),
        *outline.findings,
        *_check_survey(sheets),
        *check_rules(sheets, outline),
        *_check_choices(sheets),
        *_check_settings(settings),
        *check_profile(settings, outline),
        *_check_media(sheets),
    ]
    return outline, found


def languages_of(sheets: Sheets) -> list[str]:
    """The languages the headings name."""
    headings = [*sheets.headings.get("survey", ()), *sheets.headings.get("choices", ())]
    return list(dict.fromkeys(language for _, language in map(without_language, headings) if language))


def _check_headings(sheets: Sheets) -> Iterator[Finding]:
    known = {"survey": SURVEY_COLUMNS, "settings": (*SETTINGS_COLUMNS, *PROFILE_COLUMNS)}
    for sheet, columns in known.items():
        for heading in sheets.headings.get(sheet, ()):
            base, _ = without_language(heading)
            if heading and base not in columns:
                yield _unknown_heading(sheet, heading, columns)
    for heading in sheets.headings.get("choices", ()):
        base, _ = without_language(heading)
        if heading and base not in CHOICE_COLUMNS and not _XML_NAME.match(heading):
            yield Finding(
                "choices", 1, heading, "This heading cannot be the name of a column.", "Use letters, digits and _ only."
            )
    for needed in ("type", "name"):
        if needed not in sheets.headings.get("survey", ()):
            yield Finding("survey", 1, needed, f"The column {needed} is missing.", "Add it, in small letters.")


def _unknown_heading(sheet: str, heading: str, columns: tuple[str, ...]) -> Finding:
    advice = _REFUSED_COLUMNS.get(heading.lower(), "")
    near = difflib.get_close_matches(heading.lower(), columns, n=1)
    if not advice and near:
        advice = f"Is {near[0]} meant?"
    return Finding(
        sheet, 1, heading, "This column is not known, so nothing under it would count.", advice or "Delete the column."
    )


def _check_survey(sheets: Sheets) -> Iterator[Finding]:
    one_language = len(languages_of(sheets)) < 2
    for row in sheets.survey:
        for word in row.get("appearance").split():
            if word.startswith(("ex:", "search(")) or "map" in word:
                yield Finding(
                    "survey", row.number, "appearance", f"The appearance {word} cannot be used here.", "Leave it out."
                )
            elif not known_appearance(word):
                text = f"The appearance {word} is not known; the question is shown plain."
                yield Finding("survey", row.number, "appearance", text, serious=False)
        for word in re.split(r"[\s,;]+", row.get("parameters")):
            key = word.partition("=")[0]
            if key and key not in PARAMETERS:
                yield Finding("survey", row.number, "parameters", f"The parameter {key} is not known.", "Leave it out.")
            elif key == "randomize" and word.partition("=")[2].lower() not in ("false", "no"):
                text = "Choices keep their order, so that everybody reads the same form."
                yield Finding("survey", row.number, "parameters", text, "Leave randomize out.")
        if not one_language and row.get("type").lower().endswith(("or_other", "or other")):
            yield Finding(
                "survey", row.number, "type", "or_other works in forms of one language only.",
                "Add a choice 'other' and a text question that is relevant when it is chosen.",
            )  # fmt: skip


def _check_choices(sheets: Sheets) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for row in sheets.choices:
        list_name, name = row.get("list_name", "list name"), row.get("name", "value")
        if not list_name:
            yield Finding(
                "choices", row.number, "list_name", "This choice belongs to no list.", "Write the list's name."
            )
        if not name:
            yield Finding(
                "choices", row.number, "name", "This choice has no name.", "Write a short name without spaces."
            )
        elif " " in name:
            yield Finding("choices", row.number, "name", f"The name {name!r} has a space in it.", "Write _ instead.")
        elif (list_name, name) in seen:
            yield Finding(
                "choices",
                row.number,
                "name",
                f"The list {list_name} has {name} twice.",
                "Give each choice its own name.",
            )
        seen.add((list_name, name))


def _check_settings(settings: Row) -> Iterator[Finding]:
    title, form_id = settings.get("form_title", "title"), settings.get("form_id", "id_string")
    version = settings.get("version")
    if not title:
        yield Finding("settings", settings.number, "form_title", "The form has no title.", "Write its title.")
    if not form_id:
        yield Finding("settings", settings.number, "form_id", "The form has no id.", "Write one such as child_audit.")
    elif not _XML_NAME.match(form_id):
        yield Finding(
            "settings",
            settings.number,
            "form_id",
            f"The id {form_id!r} cannot be used.",
            "Use letters, digits and _ only.",
        )
    if not version:
        yield Finding(
            "settings", settings.number, "version", "The form has no version.", "Write one such as 2026.1, as text."
        )


def _check_media(sheets: Sheets) -> Iterator[Finding]:
    for sheet in ("survey", "choices"):
        for row in sheets.of(sheet):
            for heading, name in row.cells.items():
                if without_language(heading)[0] in ("image", "media::image") and name not in sheets.media:
                    yield Finding(
                        sheet, row.number, heading, f"The picture {name} is not in the media folder.",
                        "Put the file there, or correct its name; capital letters count.",
                    )  # fmt: skip
            if sheet == "survey":
                yield from _check_file(row, sheets)


def _check_file(row: Row, sheets: Sheets) -> Iterator[Finding]:
    kind, _, file = row.get("type").partition(" ")
    if kind == "select_one_from_file" and file and file not in sheets.media and file not in PROGRAM_LISTS:
        yield Finding(
            "survey", row.number, "type", f"The list {file} is not in the media folder.",
            f"Put the file there, or use one the program fills in: {', '.join(PROGRAM_LISTS)}.",
        )  # fmt: skip
