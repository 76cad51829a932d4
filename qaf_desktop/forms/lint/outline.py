"""A form's questions as the workbook lists them: every name with its row, its type and the group it lies in."""

from __future__ import annotations

from dataclasses import dataclass, field

from qaf_desktop.forms.lint.findings import Finding, Place
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.sheets import Row, Sheets
from qaf_desktop.forms.lint.vocabulary import BLOCK, PLAIN_TYPES, SELECTS

MAX_DEPTH = 15


@dataclass(frozen=True)
class Question:
    """A question: its type in this program's words, the list it chooses from, and the groups it lies in."""

    name: str
    row: Row
    kind: str  # "text", "select_one", …; "" when the type is not known
    list_name: str = ""  # of a choice question; the file's name for select_one_from_file
    other: bool = False
    inside: tuple[str, ...] = ()
    repeat: str = ""

    @property
    def chooses(self) -> bool:
        """Whether it is answered from a list."""
        return self.kind.startswith("select_")


@dataclass(frozen=True)
class Block:
    """A group or repeat."""

    name: str
    row: Row
    what: str
    inside: tuple[str, ...] = ()
    repeat: str = ""  # the repeat around it, or itself


@dataclass
class Outline:
    """The names of a form and where they stand; filled in by :func:`outline_of`."""

    rows: list[Question | Block] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    groups: dict[str, Block] = field(default_factory=dict)
    repeats: dict[str, Block] = field(default_factory=dict)
    lists: dict[str, list[Row]] = field(default_factory=dict)
    twice: dict[str, Row] = field(default_factory=dict)  # names that stand in several groups, with the second row
    findings: list[Finding] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Every name a rule may use, in order."""
        return [one.name for one in self.rows]

    def find(self, name: str) -> Question | Block | None:
        """What has this name."""
        return self.questions.get(name) or self.groups.get(name) or self.repeats.get(name)

    def row_of(self, name: str) -> int:
        """The row a name stands in, 0 if it is nowhere."""
        found = self.find(name)
        return found.row.number if found is not None else 0


@dataclass
class _Open:
    what: str
    row: Row
    names: set[str] = field(default_factory=set)
    rows: int = 0


def outline_of(sheets: Sheets) -> Outline:
    """List a workbook's names, and find blocks that do not match."""
    outline = Outline()
    for row in sheets.choices:
        outline.lists.setdefault(row.get("list_name", "list name"), []).append(row)
    opened: list[_Open] = [_Open("form", Row("survey", 0, {}))]
    for row in sheets.survey:
        kind = " ".join(row.get("type").split())
        block = BLOCK.match(kind)
        if block is not None and block.group(1).lower() == "end":
            _end(outline, row, block.group(2).lower(), opened)
            continue
        opened[-1].rows += 1
        inside = tuple(one.row.get("name") for one in opened[1:])
        repeat = next((one.row.get("name") for one in reversed(opened) if one.what == "repeat"), "")
        _keep_name(outline, row, opened[-1].names)
        if block is None:
            question = _question(row, kind, inside, repeat)
            outline.rows.append(question)
            outline.questions.setdefault(question.name, question)
        else:
            _begin(outline, row, block.group(2).lower(), opened, inside)
    for one in opened[1:]:
        text = f"This {one.what} is begun and never ended."
        found = one.row.at("type").found(Mistake.BLOCK_NOT_ENDED, text, f"Add a row end_{one.what} after its last row.")
        outline.findings.append(found)
    return outline


def _keep_name(outline: Outline, row: Row, siblings: set[str]) -> None:
    name = row.get("name")
    if name.lower() in siblings and name:
        text = f"The name {name} is used twice in the same group."
        outline.findings.append(
            row.at("name").found(Mistake.NAME_TWICE, text, "Give each row its own name; capitals do not count.")
        )
    elif name and outline.find(name) is not None:
        outline.twice.setdefault(name, row)
    siblings.add(name.lower())


def _question(row: Row, kind: str, inside: tuple[str, ...], repeat: str) -> Question:
    name, lower = row.get("name"), kind.lower()
    if kind in PLAIN_TYPES or lower in PLAIN_TYPES:
        return Question(name, row, PLAIN_TYPES.get(kind) or PLAIN_TYPES[lower], inside=inside, repeat=repeat)
    for prefix in sorted(SELECTS, key=len, reverse=True):
        if lower.startswith(f"{prefix} ") or lower == prefix:
            words = kind[len(prefix) :].split()
            other = len(words) > 1 and " ".join(words[1:]).lower() in ("or_other", "or other")
            return Question(name, row, SELECTS[prefix], words[0] if words else "", other, inside, repeat)
    return Question(name, row, "", inside=inside, repeat=repeat)


def _begin(outline: Outline, row: Row, what: str, opened: list[_Open], inside: tuple[str, ...]) -> None:
    name, place = row.get("name"), row.at("type")
    around = next((one.row.get("name") for one in reversed(opened) if one.what == "repeat"), "")
    if what == "repeat" and around:
        text = "A repeat lies inside another repeat."
        outline.findings.append(place.found(Mistake.REPEAT_IN_REPEAT, text, "End the outer one first."))
    if len(opened) > MAX_DEPTH:
        text = f"This {what} lies inside {len(opened) - 1} others."
        outline.findings.append(place.found(Mistake.TOO_DEEP, text, "Put groups after each other."))
    block = Block(name, row, what, inside, name if what == "repeat" else around)
    outline.rows.append(block)
    (outline.repeats if what == "repeat" else outline.groups).setdefault(name, block)
    opened.append(_Open(what, row))


def _end(outline: Outline, row: Row, what: str, opened: list[_Open]) -> None:
    last = opened[-1]
    if last.what == what:
        if not last.rows:
            text = f"There is nothing in this {what}."
            outline.findings.append(
                last.row.at("type").found(Mistake.EMPTY_BLOCK, text, "Add questions, or delete it.")
            )
        opened.pop()
        return
    begun = f"the {last.what} begun in row {last.row.number} is still open" if last.what != "form" else "none is open"
    outline.findings.append(
        Place("survey", row.number, "type", row.get("type")).found(
            Mistake.BLOCK_NOT_BEGUN, f"A {what} is ended here, but {begun}.", "Check the begin and end rows before it."
        )
    )
