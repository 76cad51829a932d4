"""Rules that read what they decide: a question that hides itself, a group that hangs on its own answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Block, Question
from qaf_desktop.forms.lint.rule_cells import Part, RuleCell, is_own_answer, reference_in

_OVER_ROWS = (
    "sum", "count", "count-non-empty", "min", "max", "join", "concat", "indexed-repeat", "position", "jr:choice-name",
)  # fmt: skip


def check_own_reading(cell: RuleCell, parts: Sequence[Part]) -> Iterator[Finding]:
    """Findings about what a rule reads in relation to the row it stands in."""
    own, told = cell.own, set[str]()
    for part in parts:
        name = reference_in(part.expression)
        if own is not None and part.rows_of is None and (name == own.name or is_own_answer(part.expression)):
            yield from _reads_itself(cell, own)
            continue
        read = cell.outline.find(name)
        if read is None or name in told:
            continue
        told.add(name)
        if isinstance(own, Block) and own.name in read.inside and cell.column in ("relevant", "repeat_count"):
            yield cell.found(
                Mistake.READS_ITS_OWN_GROUP,
                f"This rule of the {own.what} {own.name} reads {name}, which lies inside it.",
                f"Ask {name} before the {own.what} begins.",
            )
        elif isinstance(read, Question):
            yield from _from_outside(cell, part, read)


def _reads_itself(cell: RuleCell, own: Question | Block) -> Iterator[Finding]:
    if cell.column == "relevant":
        text = f"The rule of {own.name} reads its own answer."
        yield cell.found(Mistake.READS_ITSELF, text, "Name the question it hangs on.")
    elif cell.column in ("required", "readonly", "choice_filter"):
        text = f"The rule of {own.name} reads its own answer."
        yield cell.found(Mistake.LOOKS_AT_ITSELF, text, "Name another question, or use a constraint.")


def _from_outside(cell: RuleCell, part: Part, read: Question) -> Iterator[Finding]:
    around = (cell.own.repeat, *cell.own.inside) if cell.own is not None else ()
    if not read.repeat or read.repeat in around or part.rows_of is not None or set(part.calls) & set(_OVER_ROWS):
        return
    yield cell.found(
        Mistake.FIRST_ROW_ONLY,
        f"The question {read.name} is asked once for each row of {read.repeat}, and this rule stands outside.",
        f"Write for example sum(${{{read.name}}}), count(${{{read.repeat}}}) or join(', ', ${{{read.name}}}).",
    )
