"""Reads what the program ships: form sheets, demo tables and demo audits, and fills the forms in by question name."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.publish.workbook import publish
from qaf_desktop.forms.published import PublishedForm

RESOURCES = Path(__file__).parents[2] / "resources"
FORMS = RESOURCES / "forms"
DEMO = RESOURCES / "demo"
FORM_IDS = sorted(folder.name for folder in FORMS.iterdir() if folder.is_dir())
FIRST_AUDIT = "child_practice_audit-2026.1"
"""The version of the audit that the demo's audits and drafts were written with."""
CASES = Path(__file__).parent / "cases"
AUDITS = sorted((DEMO / "audits").glob("*.json"))


def source(form_id: str) -> Path:
    """Where the source of a form lies: among those that ship, or, for an earlier version, with the demo."""
    return DEMO / "forms" / form_id if form_id == FIRST_AUDIT else FORMS / form_id


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, by column name."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def column(row: Mapping[str, str], name: str) -> str:
    """A text column in English, whether or not the sheet has languages."""
    return row.get(name) or row.get(f"{name}::English (en)") or ""


@cache
def survey(form_id: str) -> list[dict[str, str]]:
    """The rows of a form's survey sheet."""
    return table(source(form_id) / "survey.csv")


def questions(form_id: str) -> list[dict[str, str]]:
    """The rows somebody reads on the screen: no groups, no repeats, no calculations."""
    unseen = ("begin_", "end_", "calculate")
    return [row for row in survey(form_id) if not row["type"].startswith(unseen)]


@cache
def paths(form_id: str) -> dict[str, str]:
    """Where each question lives, as a path below the form's root, by its name."""
    stack: list[str] = []
    found: dict[str, str] = {}
    for row in survey(form_id):
        if row["type"].startswith("begin_"):
            stack.append(row["name"])
            found[row["name"]] = "/".join(stack)
        elif row["type"].startswith("end_"):
            stack.pop()
        else:
            found[row["name"]] = "/".join([*stack, row["name"]])
    return found


@cache
def published(form_id: str) -> PublishedForm:
    """A shipped form as the program publishes it."""
    return publish(source(form_id))


def demo_rows() -> dict[str, Sequence[Mapping[str, str]]]:
    """The lists the program fills from its directory, from the demo's tables."""
    people, teams = table(DEMO / "people.csv"), table(DEMO / "teams.csv")
    return {
        "staff.csv": [{"name": p["code"], "label": p["name"], "role": p["role"], "team": p["team"]} for p in people],
        "teams.csv": [{"name": t["code"], "label": t["name"], "service": t["service"]} for t in teams],
        "cycles.csv": table(DEMO / "cycles.csv"),
    }


def read_json(path: Path) -> dict[str, Any]:
    """A demo file."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def begin(form_id: str, now: datetime) -> Filling:
    """An empty filling of a shipped form at a given moment, with the demo's lists."""
    return Filling(read_form(published(form_id).xml), now=lambda: now, username="TM-02", rows=demo_rows())


def answer(filling: Filling, form_id: str, answers: Mapping[str, str]) -> None:
    """Answer questions by name."""
    for name, value in answers.items():
        filling.set(f"/data/{paths(form_id)[name]}", value)


def add_row(filling: Filling, form_id: str, repeat: str, row: Mapping[str, str]) -> None:
    """Add a row to a repeat and fill it in."""
    instance = filling.add(f"/data/{paths(form_id)[repeat]}")
    for name, value in row.items():
        filling.set(f"{instance}/{name}", value)


def fill(form_id: str, story: Mapping[str, Any], now: datetime) -> Filling:
    """A demo audit or feedback, filled in as a person would."""
    filling = begin(form_id, now)
    answer(filling, form_id, story["answers"])
    for repeat, rows in story.get("repeats", {}).items():
        for row in rows:
            add_row(filling, form_id, repeat, row)
    return filling
