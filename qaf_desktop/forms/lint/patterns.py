"""Patterns in regex(…): ones that match only a part, never match, or take for ever."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence

from qaf_desktop.forms.expressions.syntax import Call, Literal
from qaf_desktop.forms.lint.findings import Finding, shortened
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.rule_cells import Part, RuleCell

_NESTED = re.compile(r"[+*}]\)(?:[+*]|\{\d*,)")


def check_patterns(cell: RuleCell, parts: Sequence[Part]) -> Iterator[Finding]:
    """Findings about every pattern written into a rule."""
    for part in parts:
        match part.expression:
            case Call(name="regex", arguments=(_, Literal(value=str() as pattern))):
                yield from _check(cell, pattern)


def _check(cell: RuleCell, pattern: str) -> Iterator[Finding]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a set that looks odd to Python is still a set
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        why = error.msg if isinstance(error, re.error) else "it is too long"
        text = f"The pattern {shortened(pattern, 60)!r} cannot be read: {why}."
        yield cell.found(Mistake.BAD_PATTERN, text, "Try it with a short example, such as ^CH-[0-9A-Z]{5}$.")
        return
    if not (pattern.startswith("^") and pattern.endswith("$")):
        text = f"The pattern {shortened(pattern, 60)!r} does not begin with ^ and end with $."
        right = f"^{pattern.removeprefix('^').removesuffix('$')}$"
        yield cell.found(Mistake.PATTERN_NOT_ANCHORED, text, f"Write {shortened(right, 80)!r}.")
    if _NESTED.search(pattern):
        text = f"The pattern {shortened(pattern, 60)!r} repeats what is itself repeated."
        yield cell.found(
            Mistake.SLOW_PATTERN, text, "Repeat only one of the two, for example [a-z]+ instead of ([a-z]+)+."
        )
