"""The choices sheet: every choice in a list, with a name and a label of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Outline
from qaf_desktop.forms.lint.sheets import Row, Sheets
from qaf_desktop.forms.lint.vocabulary import without_language

_LOOKED_UP = re.compile(r"instance\(\s*['\"]([^'\"]{1,100})['\"]")


def names_in_lists(outline: Outline) -> dict[str, set[str]]:
    """The names of each list's choices; "other" too where a question adds it."""
    names = {name: {row.get("name", "value") for row in rows} for name, rows in outline.lists.items()}
    for question in outline.questions.values():
        if question.other and question.list_name in names:
            names[question.list_name].add("other")
    return names


def check_choices(sheets: Sheets, outline: Outline) -> Iterator[Finding]:
    """Findings about the lists."""
    if not sheets.has("choices", "list_name", "list name") or not sheets.has("choices", "name", "value"):
        return  # told once, with the headings
    several = {one.list_name for one in outline.questions.values() if one.kind == "select_multiple"}
    for list_name, rows in outline.lists.items():
        seen: dict[str, Row] = {}
        labels: dict[tuple[str, str], Row] = {}
        for row in rows:
            yield from _check_choice(row, list_name, seen, several=list_name in several)
            for heading, label in row.cells.items():
                if without_language(heading)[0] == "label":
                    first = labels.setdefault((heading, label.casefold()), row)
                    if first is not row and list_name:
                        text = f"The choice in row {first.number} has the same label."
                        yield row.at(heading).found(Mistake.SAME_LABEL, text, "Give each choice its own words.")
    yield from _check_used(sheets, outline)


def _check_choice(row: Row, list_name: str, seen: dict[str, Row], *, several: bool) -> Iterator[Finding]:
    name = row.get("name", "value")
    place = row.at("name" if row.get("name") else "value" if row.get("value") else "name")
    if not list_name:
        text = "This choice belongs to no list."
        yield row.at("list_name").found(Mistake.CHOICE_WITHOUT_LIST, text, "Write the list's name, in every row.")
    if not name:
        yield place.found(Mistake.CHOICE_WITHOUT_NAME, "This choice has no name.", "Write a short name without spaces.")
    elif any(letter.isspace() for letter in name):
        better = "_".join(name.split())
        mistake = Mistake.CHOICE_WITH_SPACES if several else Mistake.CHOICE_WITH_SPACE
        yield place.found(mistake, f"The name {name!r} has a space in it.", f"Write {better}.")
    elif name in seen and list_name:
        text = f"The list {list_name} has {name} twice, in rows {seen[name].number} and {row.number}."
        yield place.found(Mistake.CHOICE_TWICE, text, "Give each choice its own name.")
    seen.setdefault(name, row)
    if name and not any(without_language(h)[0] in ("label", "image", "media::image") for h in row.cells):
        yield row.at("label").found(
            Mistake.CHOICE_WITHOUT_LABEL, f"The choice {name} has no label.", "Write its words."
        )


def _check_used(sheets: Sheets, outline: Outline) -> Iterator[Finding]:
    used = {one.list_name for one in outline.questions.values()}
    for row in sheets.survey:
        for text in row.cells.values():
            used.update(_LOOKED_UP.findall(text))
    for list_name, rows in outline.lists.items():
        if list_name and list_name not in used:
            text = f"No question uses the list {list_name}."
            yield (
                rows[0].at("list_name").found(Mistake.UNUSED_LIST, text, "Delete it, or name it in a question's type.")
            )
