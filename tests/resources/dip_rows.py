"""The dip sample is what remains of the full audit when everything only a full audit asks is left out.

After a change to the full audit: ``python -m tests.resources.dip_rows`` writes the dip sample's sheets again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.resources.shipped import FORMS, table

FULL, DIP = "child_practice_audit", "dip_sample"
ONLY_IN_FULL = "${fact_full} = 'yes'"
DIFFERENT: Mapping[str, Mapping[str, str]] = {
    "cf_type": {"default": "dip", "readonly": "yes"},
    "gr_overall": {
        "constraint": "not(. = 'RI' or . = 'I') or count(${ac_list}) > 0",
        "constraint_message": (
            "Requires improvement and Inadequate need at least one action. Go back to Actions and add one."
        ),
    },
}
"""Where the dip sample is its own: its kind is given, and no area is graded that could limit the overall grade."""
EXTRA_COLUMNS = ("readonly", "default")
SETTINGS = {"form_title": "Dip sample", "form_id": DIP, "area_prefix": "", "worker_present_question": ""}
_REFERENCE = re.compile(r"\$\{(\w+)\}")

Row = dict[str, str]


def dip_rows(full: Sequence[Mapping[str, str]]) -> list[Row]:
    """The rows of the full audit that a dip sample asks, with what depends on left-out rows left out too."""
    kept: list[Row] = []
    gone: set[str] = set()
    leaving = 0  # how deep we are in a group that only the full audit has
    for row in full:
        if leaving:
            leaving += row["type"].startswith("begin_") - row["type"].startswith("end_")
            gone.add(row["name"])
        elif _only_in_full(row, gone):
            leaving = int(row["type"].startswith("begin_"))
            gone.add(row["name"])
        else:
            kept.append({**row, **dict.fromkeys(EXTRA_COLUMNS, ""), **DIFFERENT.get(row["name"], {})})
    return kept


def _only_in_full(row: Mapping[str, str], gone: set[str]) -> bool:
    reads = set(_REFERENCE.findall(row["relevant"] + row["calculation"]))
    return ONLY_IN_FULL in row["relevant"] or bool(reads & gone)


def dip_choices(rows: Sequence[Mapping[str, str]], full: Sequence[Mapping[str, str]]) -> list[Row]:
    """The choices the remaining rows use; the only kind of audit is the dip sample."""
    text = " ".join(f"{row['type']} {row['calculation']}" for row in rows)
    used = set(re.findall(r"select_\w+ (\w+)\b(?!\.csv)", text)) | set(re.findall(r"instance\('(\w+)'\)", text))
    return [
        dict(choice)
        for choice in full
        if choice["list_name"] in used and (choice["list_name"] != "audit_type" or choice["name"] == "dip")
    ]


def dip_settings(full: Mapping[str, str], rows: Iterable[Mapping[str, str]]) -> Row:
    """The settings of the dip sample: those of the full audit, without areas and without a worker in the room."""
    groups = " ".join(row["name"] for row in rows if row["type"] == "begin_group")
    return {**full, **SETTINGS, "version": "2026.1", "print_groups": groups}


def sheets() -> dict[str, list[Row]]:
    """The three sheets of the dip sample, made from those of the full audit."""
    survey = dip_rows(table(FORMS / FULL / "survey.csv"))
    choices = dip_choices(survey, table(FORMS / FULL / "choices.csv"))
    settings = dip_settings(table(FORMS / FULL / "settings.csv")[0], survey)
    return {"survey": survey, "choices": [_without_limits(choice) for choice in choices], "settings": [settings]}


def _without_limits(choice: Row) -> Row:
    return {name: text for name, text in choice.items() if name not in ("cap", "cap_statutory", "strength")}


def write() -> None:
    """Write the dip sample's sheets as a spreadsheet would."""
    folder = FORMS / DIP
    folder.mkdir(exist_ok=True)
    for name, rows in sheets().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
            writer: Any = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write()
