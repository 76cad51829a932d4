"""What is wrong with a workbook, said in sheet, row and column, with what to write instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.problems import Problem

MAX_OF_ONE_KIND = 100
MAX_OFFENDING = 200
_SHEETS = ("", "survey", "choices", "settings")


@dataclass(frozen=True)
class Finding:
    """One thing found in a workbook. ``row`` counts as a spreadsheet does (the heading is row 1; 0: the whole sheet).

    ``offending`` is the text of the cell, ``text`` what is wrong with it, ``advice`` what to write instead. A finding
    that is not ``serious`` is advice: the form can be published all the same.
    """

    mistake: Mistake
    sheet: str
    row: int
    column: str
    text: str
    advice: str = ""
    offending: str = ""

    @property
    def serious(self) -> bool:
        """Whether it stops the form from being published."""
        return self.mistake.serious

    @property
    def why(self) -> str:
        """Why it matters, as one sentence."""
        return self.mistake.why

    @property
    def where(self) -> str:
        """The place as people say it, such as ``Sheet survey, row 5, column relevant``; "" for the whole file."""
        parts = (
            f"sheet {self.sheet}" if self.sheet else "",
            f"row {self.row}" if self.row else "",
            f"column {self.column}" if self.column else "",
        )
        said = ", ".join(part for part in parts if part)
        return printable(f"{said[:1].upper()}{said[1:]}")

    def __str__(self) -> str:
        """The finding as one line."""
        said = printable(" ".join(part for part in (self.text, self.advice) if part))
        return f"{self.where}: {said}" if self.where else said

    def to_json(self) -> dict[str, str | int]:
        """The finding for tools."""
        return {
            "mistake": self.mistake.code,
            "severity": "error" if self.serious else "warning",
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "offending": self.offending,
            "text": self.text,
            "why": self.why,
            "instead": self.advice,
        }


@dataclass(frozen=True)
class Place:
    """One cell of a workbook, about which something may be found."""

    sheet: str
    row: int
    column: str
    offending: str = ""

    def found(self, mistake: Mistake, text: str, advice: str = "") -> Finding:
        """A finding about this cell."""
        return Finding(mistake, self.sheet, self.row, self.column, text, advice, shortened(self.offending))


class FormRefused(Problem):
    """A workbook cannot be published. ``findings`` says why, place by place, what stops it first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        serious = [finding for finding in findings if finding.serious]
        first = str(serious[0]) if serious else "The workbook cannot be published."
        more = "" if len(serious) < 2 else f" There are {len(serious)} findings in all."
        super().__init__(
            f"{first}{more}",
            safe="Nothing was published.",
            next_step="Correct the workbook and publish it again.",
        )
        self.findings = (*serious, *(finding for finding in findings if not finding.serious))


def refused(mistake: Mistake, text: str, advice: str, *, sheet: str = "", row: int = 0) -> FormRefused:
    """A refusal for one reason."""
    return FormRefused([Finding(mistake, sheet, row, "", text, advice)])


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as somebody goes through a workbook; of one kind at most a hundred, the last saying how many more."""
    ordered = sorted(dict.fromkeys(findings), key=lambda one: (_SHEETS.index(one.sheet), one.row))
    times = Counter(finding.mistake for finding in ordered)
    seen: Counter[Mistake] = Counter()
    kept = []
    for finding in ordered:
        seen[finding.mistake] += 1
        left = times[finding.mistake] - MAX_OF_ONE_KIND
        if seen[finding.mistake] < MAX_OF_ONE_KIND or (seen[finding.mistake] == MAX_OF_ONE_KIND and left == 0):
            kept.append(finding)
        elif seen[finding.mistake] == MAX_OF_ONE_KIND:
            kept.append(replace(finding, text=f"{finding.text} There are {left} more findings like this one."))
    return tuple(kept)


def shortened(text: str, length: int = MAX_OFFENDING) -> str:
    """A text cut to a length that can be quoted."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def printable(text: str) -> str:
    """Without letters that could move a terminal's cursor or hide what stands there."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
