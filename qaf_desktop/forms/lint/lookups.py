"""Lists that rules look things up in: whether the list is there, and the column that is asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence, Set

from qaf_desktop.forms.expressions.syntax import Call, Literal, Operation, Path
from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Block, Outline, Question
from qaf_desktop.forms.lint.rule_cells import Part, RuleCell, loose_word
from qaf_desktop.forms.lint.sheets import Sheets
from qaf_desktop.forms.lint.vocabulary import CHOICE_COLUMNS, PROGRAM_LISTS, meant, without_language


class Lookups:
    """What the lists of a form hold: those of the choices sheet, CSV files, and the program's own."""

    def __init__(self, sheets: Sheets, outline: Outline, choices: Mapping[str, Set[str]]) -> None:
        self._outline = outline
        self._choices = choices
        self._columns: dict[str, Collection[str]] = {}
        headings = [heading for heading in sheets.headings.get("choices", ()) if heading]
        own = [h for h in headings if without_language(h)[0] not in CHOICE_COLUMNS]
        for name, rows in outline.lists.items():
            # A column that is empty in the whole list is not in the list at all.
            filled = [heading for heading in own if any(heading in row.cells for row in rows)]
            self._columns[name] = ("name", "label", *filled)
        self._everywhere = ("name", "label", *own)
        for file, columns in PROGRAM_LISTS.items():
            self._columns.setdefault(file.removesuffix(".csv"), columns)
        for file, data in sheets.media.items():
            if file.lower().endswith(".csv"):
                self._columns[file[:-4]] = first_row(data)

    def filter_columns(self, own: Question | Block | None) -> Collection[str] | None:
        """The columns a choice_filter may speak of; None where the list is not there to look at."""
        if not isinstance(own, Question):
            return self._everywhere
        name = own.list_name.removesuffix(".csv") if own.kind == "select_one_from_file" else own.list_name
        found = self._columns.get(name, self._everywhere if own.kind != "select_one_from_file" else None)
        # A column that this list leaves empty is told by check(), not as unknown.
        return (*(found or ()), *self._everywhere) if name in self._outline.lists else found

    def check(self, cell: RuleCell, parts: Sequence[Part]) -> Iterator[Finding]:
        """Findings about everything one rule looks up."""
        if cell.column == "choice_filter" and isinstance(cell.own, Question):
            columns = self._columns.get(cell.own.list_name, self._everywhere)
            for word in dict.fromkeys(loose_word(part.expression) for part in parts if part.rows_of is None):
                if word in self._everywhere and word not in columns:
                    text = f"The column {word} is empty in the list {cell.own.list_name}."
                    yield cell.found(Mistake.EMPTY_FILTER_COLUMN, text, "Fill it in for each choice of the list.")
        for part in parts:
            match part.expression:
                case Path(start=Call(name="instance", arguments=(Literal(value=str() as name),)), steps=steps) as path:
                    yield from self._list(cell, name, "Add it to the choices sheet.")
                    if len(steps) > 2 and name in self._columns:
                        yield from self._column(cell, name, steps[-1].name)
                    yield from self._rows(cell, name, path)
                case Call(name="pulldata", arguments=(Literal(value=str() as name), *rest)):
                    name = name.removesuffix(".csv")
                    yield from self._list(cell, name, f"Put {name}.csv in the media folder.")
                    for argument in rest[:2]:
                        if isinstance(argument, Literal) and isinstance(argument.value, str):
                            yield from self._column(cell, name, argument.value)

    def _list(self, cell: RuleCell, name: str, otherwise: str) -> Iterator[Finding]:
        if name not in self._columns and name not in self._outline.names:
            text = f"There is no list called {name}."
            yield cell.found(Mistake.UNKNOWN_LOOKUP_LIST, text, meant(name, self._columns, otherwise))

    def _column(self, cell: RuleCell, name: str, column: str) -> Iterator[Finding]:
        columns = self._columns.get(name)
        if columns is not None and column not in (*columns, "*", "itextId"):
            advice = meant(column, columns, f"Add a column {column} to the list, and fill it in.")
            yield cell.found(Mistake.UNKNOWN_LOOKUP_COLUMN, f"The list {name} has no column called {column}.", advice)

    def _rows(self, cell: RuleCell, name: str, path: Path) -> Iterator[Finding]:
        columns = self._columns.get(name)
        if columns is None:
            return
        for step in path.steps:
            for predicate in step.predicates:
                if not isinstance(predicate, Operation):
                    continue
                column, value = loose_word(predicate.left), predicate.right
                if column:
                    yield from self._column(cell, name, column)
                if column == "name" and isinstance(value, Literal) and isinstance(value.value, str):
                    yield from self._named(cell, name, value.value)

    def _named(self, cell: RuleCell, name: str, value: str) -> Iterator[Finding]:
        names = self._choices.get(name)
        if names and value not in names:
            text = f"The list {name} has no choice called {value}."
            advice = meant(value, sorted(names), "Write the name of a choice, not its label.")
            yield cell.found(Mistake.UNKNOWN_CHOICE, text, advice)


def first_row(data: bytes) -> tuple[str, ...]:
    """The headings of a CSV file; none if it cannot be read, which is told elsewhere."""
    try:
        head = data[:100_000].decode("utf-8-sig", errors="ignore")
        return tuple(cell.strip() for cell in next(csv.reader(io.StringIO(head, newline="")), []))
    except csv.Error:
        return ()
