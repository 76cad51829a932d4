"""A sealed copy read back into its form, exactly as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qaf_desktop.domain.envelope import Record
from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.items import SavedAnswers
from qaf_desktop.forms.published import PublishedForm


def filled_from(
    record: Record, form: PublishedForm, rows: Mapping[str, Sequence[Mapping[str, str]]] | None = None
) -> Filling:
    """The filling a record was sealed from. The form's own clock is the moment the record claims."""
    definition = read_form(form.xml)
    answers: dict[str, str] = {}
    instances: dict[str, tuple[int, ...]] = {}
    _gather(definition.root.path, record.content, answers, instances)
    return Filling.restore(
        definition,
        SavedAnswers(answers, instances),
        now=lambda: record.claimed_at,
        username=record.author,
        rows=rows or {},
    )


def _gather(
    slot: str, content: Mapping[str, Any], answers: dict[str, str], instances: dict[str, tuple[int, ...]]
) -> None:
    for name, answer in content.items():
        below = f"{slot}/{name}"
        match answer:
            case str():
                answers[below] = answer
            case Mapping():
                _gather(below, answer, answers, instances)
            case Sequence():
                instances[below] = tuple(range(1, len(answer) + 1))
                for number, row in enumerate(answer, start=1):
                    _gather(f"{below}[#{number}]", row, answers, instances)
