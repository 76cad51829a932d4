"""Every rule of a workbook is read before the form is made, and must speak of questions and functions that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from qaf_desktop.forms.expressions.compiling import Compiler
from qaf_desktop.forms.expressions.grammar import BadRule, parse
from qaf_desktop.forms.expressions.kinds import UnknownFunction, WrongArguments
from qaf_desktop.forms.expressions.library import FUNCTIONS
from qaf_desktop.forms.expressions.syntax import Expression
from qaf_desktop.forms.lint.circles import check_own_reading
from qaf_desktop.forms.lint.defaults import is_worked_out
from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.lint.lookups import Lookups
from qaf_desktop.forms.lint.meanings import check_meaning
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Outline, Question
from qaf_desktop.forms.lint.patterns import check_patterns
from qaf_desktop.forms.lint.references import check_references
from qaf_desktop.forms.lint.rule_cells import Part, RuleCell, as_written, loose_word, parts_of
from qaf_desktop.forms.lint.sheets import Sheets
from qaf_desktop.forms.lint.spelling import advice_for
from qaf_desktop.forms.lint.vocabulary import REFUSED_FUNCTIONS, RULE_COLUMNS, meant
from qaf_desktop.forms.shape import Spot

MAX_RULE = 500
_YES_NO = {
    "yes",
    "Yes",
    "YES",
    "no",
    "No",
    "NO",
    "true",
    "True",
    "TRUE",
    "false",
    "False",
    "FALSE",
    "true()",
    "false()",
}


def check_rules(sheets: Sheets, outline: Outline, choices: Mapping[str, Set[str]]) -> Iterator[Finding]:
    """Findings for every cell that holds a rule."""
    lookups = Lookups(sheets, outline, choices)
    for one in outline.rows:
        kind = one.kind if isinstance(one, Question) else ""
        for heading, text in one.row.cells.items():
            if heading in RULE_COLUMNS or (heading == "default" and is_worked_out(text, kind)):
                yield from _check_rule(RuleCell(one.row.at(heading), text, outline, one), choices, lookups)
    for row in sheets.settings[:1]:
        rule = row.get("instance_name")
        if rule:
            yield from _check_rule(RuleCell(row.at("instance_name"), rule, outline), choices, lookups)


def _check_rule(cell: RuleCell, choices: Mapping[str, Set[str]], lookups: Lookups) -> Iterator[Finding]:
    if cell.column in ("required", "readonly") and cell.text in _YES_NO:
        return
    if cell.column == "required" and cell.text.lower() in {word.lower() for word in _YES_NO}:
        yield cell.found(Mistake.NEITHER_YES_NOR_NO, f"{cell.text!r} is neither yes nor no.", "Write yes or no.")
        return
    if "last-saved#" in cell.text:
        yield cell.found(Mistake.FUNCTION_NOT_USED_HERE, "last-saved cannot be used here.", "Write a default instead.")
        return
    if cell.straight != cell.text:
        advice = "Write ' or \" instead; Word and some telephones bend them."
        yield cell.found(Mistake.SMART_QUOTES, "The quotation marks in this rule are bent.", advice)
    if len(cell.text) > MAX_RULE:
        text = f"The rule has {len(cell.text)} letters."
        advice = "Work parts of it out in calculate rows, or put scores in a column of the choice list."
        yield cell.found(Mistake.LONG_RULE, text, advice)
    references = list(check_references(cell.place, cell.straight, cell.outline))
    yield from references
    if any(finding.mistake is Mistake.OPEN_REFERENCE for finding in references):
        return
    try:
        expression = parse(cell.readable())
        Compiler(Spot(0, "", None)).value(expression)
    except BadRule as problem:
        yield _cannot_be_read(cell, problem)
        return
    except RecursionError:
        yield cell.found(Mistake.BAD_RULE, "The rule is too long to be followed.", "Split it into calculate rows.")
        return
    yield from _check_words(cell, expression, lookups)
    parts = list(parts_of(Part(expression)))
    yield from check_meaning(cell, parts, choices)
    yield from check_own_reading(cell, parts)
    yield from check_patterns(cell, parts)
    yield from lookups.check(cell, parts)


def _cannot_be_read(cell: RuleCell, problem: BadRule) -> Finding:
    said = as_written(f"{problem.happened} It is at letter {problem.column}.")
    if isinstance(problem, UnknownFunction):
        refused = REFUSED_FUNCTIONS.get(problem.name)
        if refused is not None:
            return cell.found(Mistake.FUNCTION_NOT_USED_HERE, said, refused)
        if ":" in problem.name and not problem.name.startswith("jr:"):
            advice = "Functions of other programs cannot be used here."
            return cell.found(Mistake.FUNCTION_NOT_USED_HERE, said, advice)
        lower = problem.name.lower()
        advice = problem.next_step if lower in FUNCTIONS else meant(problem.name, FUNCTIONS, problem.next_step)
        return cell.found(Mistake.UNKNOWN_FUNCTION, said, advice)
    if isinstance(problem, WrongArguments):
        return cell.found(Mistake.WRONG_ARGUMENTS, said, "Check the commas and the brackets.")
    if "The axis" in problem.happened:
        return cell.found(Mistake.BAD_RULE, said, "Name the column without :: and without a language.")
    advice = advice_for(cell.straight, problem.column) or problem.next_step or "Check the rule up to that letter."
    return cell.found(Mistake.BAD_RULE, said, advice)


def _check_words(cell: RuleCell, expression: Expression, lookups: Lookups) -> Iterator[Finding]:
    """A word without ${…} around it is a slip, unless it is a column of the choice list or lies in a predicate."""
    if cell.column in ("required", "readonly") and loose_word(expression):
        word = loose_word(expression)
        text = f"{word} is neither yes nor no."
        yield cell.found(Mistake.NEITHER_YES_NOR_NO, text, "Write yes or no, or a rule such as ${seen} = 'no'.")
        return
    columns = lookups.filter_columns(cell.own) if cell.column == "choice_filter" else None
    for part in parts_of(Part(expression)):
        word = loose_word(part.expression)
        if not word or part.rows_of is not None or word == "*":
            continue
        if cell.column == "choice_filter":
            if columns is not None and word not in columns:
                text = f"The list has no column called {word}."
                yield cell.found(
                    Mistake.UNKNOWN_LOOKUP_COLUMN, text, meant(word, columns, f"Add the column, or write '{word}'.")
                )
            continue
        yield cell.found(
            Mistake.LOOSE_WORD, f"The word {word} means nothing in a rule by itself.", _instead_of(word, cell)
        )


def _instead_of(word: str, cell: RuleCell) -> str:
    if word.lower() in ("today", "now", "true", "false"):
        return f"Write {word.lower()}()."
    if word.lower() in ("null", "none", "empty"):
        return "Write '' for no answer."
    if word in cell.outline.names:
        return f"Write ${{{word}}} for the question."
    return f"For the text write '{word}'."
