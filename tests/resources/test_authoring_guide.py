"""The worked example of the authoring guide is a form that works, and the guide describes it as it is."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.expressions.grammar import parse
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.lint.vocabulary import PROFILE_COLUMNS
from qaf_desktop.forms.publish.workbook import publish, publish_with_advice
from qaf_desktop.forms.trying import try_form
from tests.resources.random_person import RandomPerson
from tests.resources.shipped import demo_rows, read_json, survey, table

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = DOCS / "examples" / "thematic_young_carers"
GUIDE = (DOCS / "authoring.md").read_text(encoding="utf-8")
NOW = datetime.fromisoformat("2026-05-14T09:30:00+01:00")
ROWS = table(EXAMPLE / "survey.csv")
KEPT = ("cd", "cf", "nn", "im", "fb", "st", "ai", "ac", "dec")


def _section(rows: list[dict[str, str]], name: str) -> list[dict[str, str]]:
    start = next(place for place, row in enumerate(rows) if row["name"] == name)
    end = next(place for place in range(start, len(rows)) if rows[place]["type"] == "end_group")
    return rows[start : end + 1]


def _table_after(heading: str) -> list[list[str]]:
    lines = GUIDE[GUIDE.index(heading) :].splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("|---"))
    cells = []
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        cells.append([cell.strip() for cell in line.strip("|").split("|")])
    return cells


def test_the_example_is_published_without_a_remark() -> None:
    form, findings = publish_with_advice(EXAMPLE)

    assert findings == ()
    assert form is not None
    assert form.profile.areas == ("th",)
    assert form.profile.overall_question == "th_grade"


@pytest.mark.parametrize("seed", range(5))
def test_the_example_can_be_filled_in_to_its_end(seed: int) -> None:
    filling = Filling(read_form(publish(EXAMPLE).xml), now=lambda: NOW, rows=demo_rows())

    RandomPerson(filling, seed, NOW.date()).fill_in()

    assert filling.problems() == []


@pytest.mark.parametrize("section", KEPT)
def test_the_sections_that_were_kept_are_the_dip_samples_own(section: str) -> None:
    ours, theirs = _section(ROWS, section), _section(survey("dip_sample"), section)

    changed = [row["name"] for row, before in zip(ours, theirs, strict=True) if row != before]

    assert changed == (["cf_type", "fact_full"] if section == "cf" else [])


def test_each_row_of_the_guides_table_is_in_the_example() -> None:
    rows = {row["name"]: row for row in ROWS}
    shown = [[cell.strip("`") for cell in line] for line in _table_after("**4. Write your questions")]

    told = [line for line in shown if line[1] in rows and line[1]]

    assert [line[1] for line in told] == ["th", "th_yc_who", "th_yc_day", "th_yc_1", "th_yc_1_ev", "th_grade", "th_why"]
    for kind, name, label, relevant, required, appearance in told:
        row = rows[name]
        assert [row[c] for c in ("type", "label", "relevant", "required", "appearance")] == [
            kind, label, relevant, required, appearance,
        ]  # fmt: skip


def test_the_settings_in_the_guide_are_those_of_the_example() -> None:
    settings = table(EXAMPLE / "settings.csv")[0]

    told = {line[0].strip("`"): re.findall(r"`([^`]*)`", line[1])[0] for line in _table_after("**3. Say what it is")}

    assert {name: settings[name] for name in told} == told


def test_the_steps_in_the_guide_can_be_carried_out(tmp_path: Path) -> None:
    steps = tmp_path / "steps.json"
    steps.write_text(re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)[0], encoding="utf-8")

    tried = try_form(EXAMPLE, read_json(steps), NOW)  # type: ignore[arg-type]

    assert tried["status"] == "success"
    last = {state["ref"]: state for state in tried["snapshots"][-1]}
    assert last["/data/th/th_yc_1_ev"]["required"]
    assert last["/data/th/th_yc_5"]["relevant"]


def test_every_rule_in_the_guide_can_be_read() -> None:
    rules = [line[1].strip("`") for line in _table_after("| You mean | You write |")]

    for rule in rules:
        parse(re.sub(r"\$\{(\w+)\}", r" \1 ", rule))

    assert len(rules) > 10


def test_every_column_of_the_profile_is_explained() -> None:
    told = {name for line in _table_after("## The profile") for name in re.findall(r"`(\w+)`", line[0])}

    assert told == set(PROFILE_COLUMNS)


def test_every_question_of_the_example_has_guidance_and_the_grade_four_descriptions() -> None:
    asked = [row for row in ROWS if not row["type"].startswith(("begin_", "end_", "calculate"))]
    grade = next(row for row in asked if row["name"] == "th_grade")

    assert [row["name"] for row in asked if len(row["guidance_hint"].split()) < 6] == []
    assert len(grade["guidance_hint"].split("\n\n")) == 4
