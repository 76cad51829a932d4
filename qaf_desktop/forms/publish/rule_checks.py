"""Every rule of a workbook is read before the form is made, and must speak of questions and functions that exist."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qaf_desktop.forms.expressions.compiling import Compiler
from qaf_desktop.forms.expressions.grammar import BadRule, parse
from qaf_desktop.forms.expressions.kinds import UnknownFunction
from qaf_desktop.forms.expressions.library import FUNCTIONS
from qaf_desktop.forms.expressions.syntax import Call, Expression, Negation, Operation, Path
from qaf_desktop.forms.publish.findings import Finding
from qaf_desktop.forms.publish.outline import Outline
from qaf_desktop.forms.publish.sheets import Sheets
from qaf_desktop.forms.publish.vocabulary import RULE_COLUMNS, TEXT_COLUMNS, without_language
from qaf_desktop.forms.shape import Spot

REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_DYNAMIC = re.compile(r"\$\{|(?<![\w-])[a-z][a-z:-]*\(.*\)\s*\Z", re.DOTALL)
_YES_NO = {"yes", "no", "true", "false", "true()", "false()", ""}
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_REFUSED_FUNCTIONS = {
    "random": "A form must give the same result for the same answers, so nothing is random.",
    "randomize": "Choices keep their order, so that everybody reads the same form.",
    "digest": "Leave it out.", "area": "Leave it out.", "distance": "Leave it out.", "geofence": "Leave it out.",
    "search": "Use select_one_from_file and a choice_filter.", "last-saved": "Leave it out.",
}  # fmt: skip


@dataclass(frozen=True)
class _Cell:
    """One cell with a rule in it, and the form it belongs to."""

    sheet: str
    row: int
    heading: str
    text: str
    outline: Outline
    list_columns: set[str]

    @property
    def column(self) -> str:
        """The rule the cell holds, by its usual heading."""
        return RULE_COLUMNS.get(self.heading, self.heading)

    def finding(self, text: str, advice: str = "") -> Finding:
        """A finding about this cell."""
        return Finding(self.sheet, self.row, self.heading, text, advice)


def check_rules(sheets: Sheets, outline: Outline) -> Iterator[Finding]:
    """Findings for every cell that holds a rule, and for every ${name} quoted in a text."""
    columns = {name for row in sheets.choices for name in row.cells}
    for row in sheets.survey:
        for heading, text in row.cells.items():
            cell = _Cell("survey", row.number, heading, text, outline, columns)
            if heading in RULE_COLUMNS or (heading == "default" and _DYNAMIC.search(text)):
                yield from _check_rule(cell)
            elif without_language(heading)[0] in TEXT_COLUMNS:
                yield from _check_references(cell, text)
    for row in sheets.settings:
        rule = row.get("instance_name")
        if rule:
            yield from _check_rule(_Cell("settings", row.number, "instance_name", rule, outline, columns))


def _check_rule(cell: _Cell) -> Iterator[Finding]:
    rule = cell.text.translate(_STRAIGHT)
    if cell.column in ("required", "readonly") and rule.lower() in _YES_NO:
        return
    if "last-saved#" in rule:
        yield cell.finding("last-saved cannot be used here.", "Write a default instead.")
        return
    yield from _check_references(cell, rule)
    # Names stand in for references, with spaces so that the columns stay where the author sees them.
    readable = REFERENCE.sub(lambda match: f" {match.group(1)} ".ljust(len(match.group())), rule)
    try:
        expression = parse(readable)
        Compiler(Spot(0, "", None)).value(expression)
    except UnknownFunction as problem:
        advice = _REFUSED_FUNCTIONS.get(problem.name) or _advice_for_function(problem)
        yield cell.finding(f"{problem.happened} It is at letter {problem.column}.", advice)
        return
    except BadRule as problem:
        yield cell.finding(f"{problem.happened} It is at letter {problem.column} of {rule!r}.", problem.next_step)
        return
    yield from _check_names(cell, expression, set(REFERENCE.findall(rule)))


def _advice_for_function(problem: UnknownFunction) -> str:
    if ":" in problem.name and not problem.name.startswith("jr:"):
        return "Functions of other programs cannot be used here."
    near = difflib.get_close_matches(problem.name.lower(), FUNCTIONS, n=1)
    return f"Is {near[0]} meant?" if near and near[0] != problem.name.lower() else problem.next_step


def _check_references(cell: _Cell, text: str) -> Iterator[Finding]:
    for name in REFERENCE.findall(text):
        if name not in cell.outline.names:
            near = difflib.get_close_matches(name, cell.outline.names, n=1)
            advice = f"Is ${{{near[0]}}} meant?" if near else "Use a name from the name column."
            yield cell.finding(f"There is no question called {name}.", advice)


def _check_names(cell: _Cell, expression: Expression, referred: set[str]) -> Iterator[Finding]:
    """A word without ${…} around it is a slip, unless it is a column of a choice list or a part of a longer path."""
    loose = cell.list_columns if cell.column == "choice_filter" else set()
    for path in _outer_paths(expression):
        if path.start != "" or len(path.steps) != 1 or path.steps[0].axis != "child":
            continue
        name = path.steps[0].name
        if name in referred or name in loose or name in ("*", "name", "label"):
            continue
        advice = (
            f"Write ${{{name}}} for the question." if name in cell.outline.names else f"For the text write '{name}'."
        )
        if cell.column in ("required", "readonly"):
            advice = "Write yes or no, or a rule."
        yield cell.finding(f"The word {name} means nothing in a rule by itself.", advice)


def _outer_paths(expression: Expression) -> Iterator[Path]:
    """The paths of a rule, without those inside predicates: there a bare word is a column or a neighbour."""
    match expression:
        case Operation(left=left, right=right):
            yield from _outer_paths(left)
            yield from _outer_paths(right)
        case Negation(operand=operand):
            yield from _outer_paths(operand)
        case Call(arguments=arguments):
            for argument in arguments:
                yield from _outer_paths(argument)
        case Path():
            yield expression
