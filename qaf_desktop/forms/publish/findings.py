"""What is wrong with a workbook, said in sheet, row and column, with what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qaf_desktop.problems import Problem


@dataclass(frozen=True)
class Finding:
    """One thing found in a workbook. ``row`` counts as a spreadsheet does (the heading is row 1; 0: the whole sheet).

    A finding that is not ``serious`` is advice: the form can be published all the same.
    """

    sheet: str
    row: int
    column: str
    text: str
    advice: str = ""
    serious: bool = True

    def __str__(self) -> str:
        """The finding as one line."""
        where = ", ".join(
            part
            for part in (
                f"sheet {self.sheet}" if self.sheet else "",
                f"row {self.row}" if self.row else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        said = " ".join(part for part in (self.text, self.advice) if part)
        return f"{where[:1].upper()}{where[1:]}: {said}" if where else said


class FormRefused(Problem):
    """A workbook cannot be published. ``findings`` says why, place by place."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        serious = [finding for finding in findings if finding.serious]
        first = str(serious[0]) if serious else "The workbook cannot be published."
        more = "" if len(serious) < 2 else f" There are {len(serious)} findings in all."
        super().__init__(
            f"{first}{more}",
            safe="Nothing was published.",
            next_step="Correct the workbook and publish it again.",
        )
        self.findings = tuple(findings)
