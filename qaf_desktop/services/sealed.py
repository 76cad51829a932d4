"""A sealed copy read back into its form, exactly as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qaf_desktop.domain.envelope import Record
from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.published import PublishedForm


def filled_from(
    record: Record, form: PublishedForm, rows: Mapping[str, Sequence[Mapping[str, str]]] | None = None
) -> Filling:
    """The filling a record was sealed from. The form's own clock is the moment the record claims."""
    filling = Filling(read_form(form.xml), now=lambda: record.claimed_at, username=record.author, rows=rows or {})
    _fill(filling, filling.root, record.content)
    return filling


def _fill(filling: Filling, ref: str, answers: Mapping[str, Any]) -> None:
    for name, answer in answers.items():
        below = f"{ref}/{name}"
        match answer:
            case str():
                filling.put_back(below, answer)
            case Mapping():
                _fill(filling, below, answer)
            case Sequence():
                for row in answer:
                    _fill(filling, filling.add(below), row)
