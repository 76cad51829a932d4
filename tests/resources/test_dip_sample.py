"""The dip sample asks what the full audit asks, in the same words, and cannot drift away from it."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.resources.dip_rows import DIFFERENT, DIP, FULL, sheets
from tests.resources.shipped import FORMS, begin, paths, questions, survey, table
from tests.resources.test_shipped_forms import DIP_SAMPLE

NOW = datetime.fromisoformat("2026-05-14T09:30:00+01:00")


@pytest.mark.parametrize("sheet", ["survey", "choices", "settings"])
def test_the_sheets_are_those_the_full_audit_gives(sheet: str) -> None:
    """If this fails, run ``python -m tests.resources.dip_rows`` and look at what changed."""
    assert table(FORMS / DIP / f"{sheet}.csv") == sheets()[sheet]


@pytest.mark.parametrize("column", ["type", "label", "hint", "guidance_hint", "relevant", "required"])
def test_each_row_says_the_same_as_in_the_full_audit(column: str) -> None:
    full = {row["name"]: row for row in survey(FULL) if row["name"]}

    rows = [row for row in survey(DIP) if row["name"]]

    assert [row[column] for row in rows] == [full[row["name"]][column] for row in rows]


def test_only_the_kind_of_audit_and_the_overall_grade_are_its_own() -> None:
    full = {row["name"]: row for row in survey(FULL) if row["name"]}

    own = [row["name"] for row in survey(DIP) if row["name"] and full[row["name"]].items() - row.items()]

    assert own == ["gr_overall"]
    assert set(DIFFERENT) == {"cf_type", "gr_overall"}


def test_it_has_the_forty_five_rows_of_a_dip_sample() -> None:
    names = {row["name"] for row in survey(DIP)}

    assert names >= DIP_SAMPLE
    beside = {"cf_audited_on", "cf_conflict_why", "cf_stop"}
    parts = ("_ev", "_on", "st_", "ai_", "ac_")
    assert {
        row["name"]
        for row in questions(DIP)
        if row["name"] not in DIP_SAMPLE | beside and not row["name"].endswith(parts[:2])
    } == {name for name in names if name.startswith(parts[2:]) and name not in DIP_SAMPLE and name != "ac_id"}


def test_no_area_is_graded_and_the_overall_grade_may_be_left_out() -> None:
    dip = begin(DIP, NOW)

    assert [row["name"] for row in survey(DIP) if row["type"] == "select_one grade"] == ["gr_overall"]
    assert not dip.look(f"/data/{paths(DIP)['gr_overall']}").required
    assert dip.answer("cf_type") == "dip"
    assert dip.look("/data/cf/cf_type").readonly
