"""A form's questions as the workbook lists them: every name with its row, in its group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from qaf_desktop.forms.publish.findings import Finding
from qaf_desktop.forms.publish.sheets import Row, Sheets
from qaf_desktop.forms.publish.vocabulary import BLOCK, NAME, PLAIN_TYPES, REFUSED_TYPES, SELECTS


@dataclass
class Outline:
    """The names of a form and where they stand; filled in by :func:`outline_of`."""

    questions: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    repeats: dict[str, int] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Every name a rule may use."""
        return {*self.questions, *self.groups, *self.repeats}

    def row_of(self, name: str) -> int:
        """The row a name stands in, 0 if it is nowhere."""
        return self.questions.get(name) or self.groups.get(name) or self.repeats.get(name) or 0


def outline_of(sheets: Sheets) -> Outline:
    """List a workbook's names, and find what is wrong with types, names and blocks."""
    outline = Outline()
    for row in sheets.choices:
        outline.lists.setdefault(row.get("list_name", "list name"), row.number)
    open_blocks: list[tuple[str, Row, set[str]]] = [("form", Row(0, {}), set())]
    for row in sheets.survey:
        kind = " ".join(row.get("type").split())
        block = BLOCK.match(kind)
        if block is not None and block.group(1).lower() == "end":
            _end(outline, row, block.group(2).lower(), open_blocks)
            continue
        outline.findings.extend(_check_name(row, kind, open_blocks[-1][2]))
        name = row.get("name")
        open_blocks[-1][2].add(name.lower())
        if block is None:
            outline.findings.extend(_check_type(row, kind, outline))
            outline.questions.setdefault(name, row.number)
            outline.types.setdefault(name, kind)
            continue
        what = block.group(2).lower()
        if what == "repeat":
            if any(opened == "repeat" for opened, _, _ in open_blocks):
                outline.findings.append(
                    Finding(
                        "survey", row.number, "type", "A repeat lies inside another repeat.", "End the outer one first."
                    )
                )
            outline.repeats.setdefault(name, row.number)
        else:
            outline.groups.setdefault(name, row.number)
        open_blocks.append((what, row, set()))
    for what, row, _ in open_blocks[1:]:
        outline.findings.append(
            Finding("survey", row.number, "type", f"This {what} is begun and never ended.", f"Add a row end_{what}.")
        )
    return outline


def _end(outline: Outline, row: Row, what: str, open_blocks: list[tuple[str, Row, set[str]]]) -> None:
    opened = open_blocks[-1][0]
    if opened == what:
        open_blocks.pop()
        return
    begun = (
        f"the {opened} begun in row {open_blocks[-1][1].number} is still open" if opened != "form" else "none is open"
    )
    outline.findings.append(
        Finding("survey", row.number, "type", f"A {what} is ended here, but {begun}.", "Check the rows before it.")
    )


def _check_name(row: Row, kind: str, siblings: set[str]) -> Iterator[Finding]:
    name = row.get("name")
    if not kind:
        yield Finding(
            "survey", row.number, "type", "This row has no type.", "Write a type such as text, or empty the row."
        )
    if not name:
        yield Finding(
            "survey", row.number, "name", "This row has no name.",
            "Give every row a name of its own, notes too: it is how answers and versions are matched.",
        )  # fmt: skip
    elif not NAME.match(name):
        yield Finding(
            "survey", row.number, "name", f"The name {name!r} cannot be used.",
            "Use letters, digits, - and _, beginning with a letter.",
        )  # fmt: skip
    elif name.lower() in siblings:
        yield Finding(
            "survey",
            row.number,
            "name",
            f"The name {name} is used twice in the same group.",
            "Give each row its own name.",
        )
    elif name.lower() == "meta":
        yield Finding(
            "survey", row.number, "name", "The name meta is kept for the form itself.", "Choose another name."
        )


def _check_type(row: Row, kind: str, outline: Outline) -> Iterator[Finding]:
    lower = kind.lower()
    if not kind or lower in PLAIN_TYPES or kind in PLAIN_TYPES:
        return
    for prefix in sorted(SELECTS, key=len, reverse=True):
        if lower.startswith(f"{prefix} ") or lower == prefix:
            yield from _check_select(row, SELECTS[prefix], kind[len(prefix) :].strip(), outline)
            return
    word = lower.split()[0]
    advice = REFUSED_TYPES.get(lower) or REFUSED_TYPES.get(word) or "The authoring guide lists the types."
    yield Finding("survey", row.number, "type", f"The type {kind!r} cannot be used here.", advice)


def _check_select(row: Row, kind: str, rest: str, outline: Outline) -> Iterator[Finding]:
    words = rest.split()
    other = len(words) > 1 and " ".join(words[1:]).lower() in ("or_other", "or other")
    if not words:
        yield Finding(
            "survey", row.number, "type", "This choice question names no list.", f"Write {kind} and the name of a list."
        )
    elif len(words) > 1 and not other:
        yield Finding(
            "survey", row.number, "type", f"After the list there is {' '.join(words[1:])!r}, which means nothing here.",
            "Write only the list, or add or_other.",
        )  # fmt: skip
    elif kind == "select_one_from_file":
        if not words[0].lower().endswith(".csv"):
            yield Finding("survey", row.number, "type", f"{words[0]} is not a CSV file.", "Save the list as CSV UTF-8.")
    elif words[0].startswith("${"):
        yield Finding(
            "survey",
            row.number,
            "type",
            "Choices cannot be taken from a repeat here.",
            "Use a list on the choices sheet.",
        )
    elif words[0] not in outline.lists:
        yield Finding(
            "survey", row.number, "type", f"There is no choice list called {words[0]}.",
            "Add it to the choices sheet, or correct its name.",
        )  # fmt: skip
