"""Rules as other programs write them, and how they are written here."""

from __future__ import annotations

import re
from typing import Final

from qaf_desktop.forms.lint.references import REFERENCE

_WORDS: Final = {
    "==": "Write one = to compare, not ==.",
    "<>": "Write != for 'is not', not <>.",
    "=>": "Write >= for 'at least', not =>.",
    "=<": "Write <= for 'at most', not =<.",
    "=!": "Write != for 'is not', not =!.",
    "&&": "Write and, not &&.",
    "||": "Write or, not ||.",
    "!": "Write not(…) with brackets, or != to compare.",
    "&": "Write concat(…) to join texts, or and between conditions.",
    "≥": "Write >= for 'at least'.",
    "≤": "Write <= for 'at most'.",
    "≠": "Write != for 'is not'.",
    "×": "Write * to multiply.",
    "÷": "Write div to divide.",
    "%": "Write mod for the remainder.",
    "^": "Write pow(…, …) for powers.",
    ";": "Write a comma between the arguments of a function.",
    "–": "Write - for minus; Word makes it longer.",
    "—": "Write - for minus; Word makes it longer.",
    "{": "Write a question as ${name}.",
    "}": "Write a question as ${name}.",
    "$": "Write a question as ${name}.",
    "#": "Write a question as ${name}.",
}
_ENGLISH: Final = {
    "is": "Write = to compare.", "equals": "Write = to compare.", "contains": "Write contains(…, …).",
    "in": "Write selected(…, …) for one of several choices.", "then": "Write if(…, …, …) with commas.",
    "else": "Write if(…, …, …) with commas.", "not": "Write not(…) with brackets around what is not so.",
    "if": "Write if(…, …, …) with brackets and commas.",
}  # fmt: skip
_SMALL: Final = ("and", "or", "div", "mod", "not")


def advice_for(rule: str, column: int) -> str:
    """What to write where reading stopped (``column`` counts from 1); "" where nothing is known about it."""
    at = column - 1
    if re.search(r"\bnot\s*\Z", rule[:at]):
        return _ENGLISH["not"]
    if REFERENCE.match(rule, at):
        return "Write =, and, or or another sign between two questions."
    return _sign(rule, at) or _word(rule, at) or _ending(rule, at)


def _sign(rule: str, at: int) -> str:
    for length in (2, 1):
        # Reading stops at the second letter of == and at the first of &&.
        for start in dict.fromkeys((at, max(at - length + 1, 0))):
            advice = _WORDS.get(rule[start : start + length])
            if advice:
                return advice
    return ""


def _word(rule: str, at: int) -> str:
    word = re.match(r"[^\W\d_]{1,20}", rule[at:])
    if word is None:
        return ""
    lower = word.group().lower()
    if lower in _SMALL and word.group() != lower:
        return f"Write {lower} in small letters."
    return _ENGLISH.get(lower, "Put text in quotation marks, and write and or or between two conditions.")


def _ending(rule: str, at: int) -> str:
    if rule[:at].rstrip().endswith("/"):
        return "Write div to divide."
    if rule[at : at + 1] in ("'", '"') and rule.count(rule[at]) % 2:
        return f"Close the text with another {rule[at]}."
    opened, closed = rule.count("("), rule.count(")")
    if at >= len(rule.rstrip()) and opened > closed:
        return f"There are {opened} opening brackets and {closed} closing ones."
    return "Take the bracket away, or add what is missing before it." if rule[at : at + 1] == ")" else ""
