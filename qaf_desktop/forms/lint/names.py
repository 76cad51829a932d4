"""The type and the name of every row: what is asked, from which list, and under which name the answer is kept."""

from __future__ import annotations

from collections.abc import Iterator

from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Block, Outline, Question
from qaf_desktop.forms.lint.sheets import Row, Sheets
from qaf_desktop.forms.lint.vocabulary import BLOCK, NAME, PLAIN_TYPES, REFUSED_TYPES, SELECTS, meant, nearest

_TYPES = (*dict.fromkeys((*PLAIN_TYPES, *SELECTS)), "begin_group", "end_group", "begin_repeat", "end_repeat")


def check_names(sheets: Sheets, outline: Outline) -> Iterator[Finding]:
    """Findings about types and names; a column that is missing is told once, with the headings."""
    typed, named = sheets.has("survey", "type"), sheets.has("survey", "name")
    for one in outline.rows:
        if named:
            yield from _check_name(one.row)
        if typed:
            yield from _check_type(one, outline)
    for name, row in outline.twice.items():
        text = f"The name {name} stands in row {outline.row_of(name)} too, in another group."
        yield row.at("name").found(Mistake.NAME_IN_TWO_GROUPS, text, "Give each row its own name.")


def _check_name(row: Row) -> Iterator[Finding]:
    name, place = row.get("name"), row.at("name")
    if not name:
        yield place.found(
            Mistake.NO_NAME, "This row has no name.", "Give every row a name of its own, notes too, such as visit_when."
        )
    elif not NAME.match(name):
        yield place.found(Mistake.BAD_NAME, f"The name {name!r} cannot be used{_reason(name)}.", _better(name))
    elif name.lower() == "meta":
        yield place.found(Mistake.NAME_KEPT, "The name meta is kept for the form itself.", "Choose another name.")


def _reason(name: str) -> str:
    if any(letter.isspace() for letter in name):
        return ": there is a space in it"
    if name[0].isdigit():
        return ": it begins with a digit"
    odd = next((letter for letter in name if not (letter.isascii() and (letter.isalnum() or letter in "_.-"))), "")
    return f": it has {odd} in it" if odd.isprintable() and odd else ""


def _better(name: str) -> str:
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name).strip("_")
    plain = f"q_{plain}" if plain[:1].isdigit() else plain
    advice = "Use letters from a to z, digits, - and _, beginning with a letter"
    return f"{advice}, for example {plain}." if plain and len(plain) < len(name) + 3 <= 60 else f"{advice}."


def _check_type(one: Question | Block, outline: Outline) -> Iterator[Finding]:
    kind, place = " ".join(one.row.get("type").split()), one.row.at("type")
    lower = kind.lower()
    if not kind:
        yield place.found(Mistake.NO_TYPE, "This row has no type.", "Write a type such as text, or empty the row.")
    elif isinstance(one, Block) or BLOCK.match(kind):
        if kind != lower:
            yield place.found(Mistake.UNKNOWN_TYPE, f"There is no type {kind}.", f"Write {lower}.")
    elif one.kind:
        first = kind.split()[0]
        if kind not in PLAIN_TYPES and kind != one.kind and not first.islower():
            yield place.found(Mistake.UNKNOWN_TYPE, f"There is no type {first}.", f"Write {first.lower()}.")
        if one.chooses:
            yield from _check_list(one, kind, outline)
    else:
        yield _unknown_type(one, kind, lower)


def _unknown_type(one: Question, kind: str, lower: str) -> Finding:
    word = lower.split(maxsplit=1)[0]
    advice = REFUSED_TYPES.get(lower) or REFUSED_TYPES.get(word)
    place = one.row.at("type")
    if advice is not None:
        return place.found(Mistake.TYPE_NOT_USED_HERE, f"The type {kind!r} cannot be used here.", advice)
    if ":" in word:
        text = f"The type {kind!r} belongs to another program and cannot be used here."
        return place.found(Mistake.TYPE_NOT_USED_HERE, text, "Use text or a list of choices.")
    near = nearest(lower, _TYPES, 0.75) or nearest(word, _TYPES, 0.75)
    otherwise = "Write text, integer, date, select_one and a list, or another type of the authoring guide."
    return place.found(
        Mistake.UNKNOWN_TYPE, f"The type {kind!r} cannot be used here.", f"Is {near} meant?" if near else otherwise
    )


def _check_list(one: Question, kind: str, outline: Outline) -> Iterator[Finding]:
    place = one.row.at("type")
    rest = kind.split()[2 if kind.split(maxsplit=1)[0] == "select" else 1 :]
    if one.list_name == "from" or kind.startswith("select multiple"):
        text = f"The type {kind!r} is written in another way here."
        yield place.found(Mistake.UNKNOWN_TYPE, text, f"Write {one.kind} and the name of the list.")
    elif not one.list_name:
        text = "This choice question names no list."
        yield place.found(Mistake.NO_LIST, text, f"Write {one.kind} and the name of a list.")
    elif len(rest) > 1 and not one.other:
        yield place.found(
            Mistake.WORDS_AFTER_LIST,
            f"After the list there is {' '.join(rest[1:])!r}, which means nothing here.",
            "Write only the list, or add or_other; a list's name has no spaces.",
        )
    elif one.kind == "select_one_from_file":
        if not one.list_name.lower().endswith(".csv"):
            text = f"{one.list_name} is not a CSV file."
            yield place.found(Mistake.TYPE_NOT_USED_HERE, text, 'Save the list as "CSV UTF-8".')
    elif one.list_name.startswith("${"):
        text = "Choices cannot be taken from a repeat here."
        yield place.found(Mistake.TYPE_NOT_USED_HERE, text, "Use a list on the choices sheet.")
    elif one.list_name not in outline.lists:
        advice = meant(one.list_name, outline.lists, "Add it to the choices sheet, or correct its name.")
        yield place.found(Mistake.UNKNOWN_LIST, f"There is no choice list called {one.list_name}.", advice)
