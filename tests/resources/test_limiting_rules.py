"""What the other answers say about the overall grade: which rule fires, which one binds, and what it then asks for."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.publish.workbook import publish
from tests.resources.shipped import (
    CASES,
    FORMS,
    add_row,
    answer,
    begin,
    column,
    demo_rows,
    fill,
    paths,
    published,
    questions,
    read_json,
    table,
)

AUDIT = "child_practice_audit"
NOW = datetime.fromisoformat("2026-05-14T09:30:00+01:00")
ALL_GOOD = {f"{area}_grade": "G" for area in ("dm", "rm", "as", "pl", "pv", "sv", "im")}
RULES = [*(f"L{number}" for number in range(1, 13)), "NG"]

FIRING = [
    ("L1", {"cf_safe_now": "yes", "cf_safe_now_ours": "yes"}, "RI", "I"),
    ("L2", {"rm_grade": "I"}, "RI", "I"),
    ("L3", {"as_grade": "I", "pl_grade": "I"}, "RI", "I"),
    ("L4", {"pl_grade": "I"}, "G", "RI"),
    ("L5", {"as_grade": "RI", "pl_grade": "RI", "sv_grade": "RI"}, "G", "RI"),
    ("L6", {"sv_grade": "RI"}, "O", "G"),
    ("L7", {"im_grade": "RI"}, "G", "RI"),
    ("L7", {"im_grade": "I"}, "G", "RI"),
    ("L8", {"nn_views": "no", "nn_supervision": "no", "nn_accepted": "no"}, "G", "RI"),
    ("L9", {"cd_plan": "CIN", "nn_seen_alone": "no", "nn_alone_gap": "over_two"}, "G", "RI"),
    ("L9", {"cd_plan": "CP", "nn_seen_alone": "no", "nn_alone_gap": "over_two"}, "RI", "I"),
    ("L9", {"cd_plan": "CLA", "nn_seen_alone": "partly", "nn_alone_gap": "over_two"}, "RI", "I"),
    ("L10", {"fb_sought": "none"}, "O", "G"),
    ("L11", {"cd_flags": "unregistered", "cd_unregistered_decision": "no"}, "RI", "I"),
]
"""A rule, answers that make it fire, a grade above its limit, and the best grade within it."""

SILENT = [
    ("L1", {"cf_safe_now": "yes", "cf_safe_now_ours": "no"}),
    ("L3", {"pl_grade": "I", "id_grade": "I"}),
    ("L5", {"as_grade": "RI", "pl_grade": "RI", "id_grade": "RI"}),
    ("L6", {"ma_grade": "RI"}),
    ("L8", {"nn_views": "no", "nn_accepted": "no"}),
    ("L8", {"nn_views": "no", "nn_supervision": "no", "nn_accepted": "yes"}),
    ("L9", {"nn_seen_alone": "no", "nn_alone_gap": "over_two_reason"}),
    ("L9", {"nn_seen_alone": "yes", "nn_alone_gap": "over_two"}),
    ("L11", {"cd_flags": "unregistered", "cd_unregistered_decision": "yes"}),
    ("L12", {"gr_overall": "I", "dm_grade": "I"}),
    ("NG", {"as_grade": "NG", "pl_grade": "NG"}),
]
"""A rule, and answers close to it that leave it alone."""


def _audit(**answers: str) -> Filling:
    audit = begin(AUDIT, NOW)
    answer(audit, AUDIT, {"cf_type": "full", **ALL_GOOD, **answers})
    add_row(audit, AUDIT, "ac_list", {"ac_text": "See the child alone"})
    return audit


def _words(audit: Filling, name: str) -> list[str]:
    return audit.answer(name).split()


def _asked(audit: Filling, name: str) -> bool:
    return audit.look(f"/data/{paths(AUDIT)[name]}").relevant


def _overall_stands(audit: Filling) -> bool:
    return audit.look("/data/gr/gr_overall").valid


def _strength(rule: str) -> str:
    rows = {row["name"]: row for row in table(FORMS / AUDIT / "choices.csv") if row["list_name"] == "limit"}
    return rows[rule]["strength"]


def _with_strength(rule: str, strength: str) -> Filling:
    """The audit as a council would have it that changed one cell of the list of limits."""
    pattern = rf"(<name>{rule}</name>(?:(?!</item>).)*<strength>)\w+"
    xml, changed = re.subn(pattern, rf"\g<1>{strength}", published(AUDIT).xml)
    assert changed == 1
    return Filling(read_form(xml), now=lambda: NOW, username="TM-02", rows=demo_rows())


@pytest.mark.parametrize("case", ["case_a", "case_b", "case_c"])
def test_a_worked_case_is_complete_and_its_rules_fire_as_worked_out_by_hand(case: str) -> None:
    story = read_json(CASES / f"{case}.json")

    audit = fill(AUDIT, story, datetime.fromisoformat(story["completed_at"]))

    assert audit.problems() == []
    assert _words(audit, "gr_fired") == story["fired"]
    assert _words(audit, "gr_binding") == story["binding"]


def test_the_worked_cases_are_the_three_that_were_agreed() -> None:
    fired = {case: " ".join(read_json(CASES / f"case_{case}.json")["fired"]) for case in "abc"}

    assert fired == {"a": "L1 L2 L3 L4 L6 L7 L8 L9", "b": "", "c": "L5 L6 L7"}
    assert [read_json(CASES / f"case_{case}.json")["binding"] for case in "abc"] == [[], [], []]


def test_nothing_fires_when_everything_is_good() -> None:
    audit = _audit(gr_overall="O")

    assert _words(audit, "gr_fired") == []
    assert not _asked(audit, "gr_fired_note")


@pytest.mark.parametrize(("rule", "answers", "above", "within"), FIRING)
def test_a_rule_fires_whatever_the_grade_and_binds_only_above_its_limit(
    rule: str, answers: dict[str, str], above: str, within: str
) -> None:
    audit = _audit(**answers)
    assert rule in _words(audit, "gr_fired")
    assert rule not in _words(audit, "gr_binding")

    answer(audit, AUDIT, {"gr_overall": above})
    assert rule in _words(audit, "gr_binding")

    answer(audit, AUDIT, {"gr_overall": within})
    assert rule not in _words(audit, "gr_binding")
    assert _asked(audit, f"gr_{rule.lower()}_note")


@pytest.mark.parametrize(("rule", "answers", "above", "within"), FIRING)
def test_a_binding_rule_asks_for_a_reason_where_its_strength_says_so(
    rule: str, answers: dict[str, str], above: str, within: str
) -> None:
    audit = _audit(**answers, gr_overall=above)

    why = audit.look(f"/data/gr/gr_{rule.lower()}_why")

    assert why.relevant is (_strength(rule) == "reason")
    assert why.required
    assert _overall_stands(audit)
    answer(audit, AUDIT, {"gr_overall": within})
    assert not _asked(audit, f"gr_{rule.lower()}_why")


@pytest.mark.parametrize(("rule", "answers"), SILENT)
def test_a_rule_keeps_silent_when_something_only_looks_like_it(rule: str, answers: dict[str, str]) -> None:
    audit = _audit(**answers)

    assert rule not in _words(audit, "gr_fired")


def test_not_graded_is_above_no_limit() -> None:
    audit = _audit(rm_grade="I", gr_overall="NG")

    assert _words(audit, "gr_fired") == ["L2", "L4"]
    assert _words(audit, "gr_binding") == []


def test_inadequate_overall_with_no_inadequate_part_is_asked_about() -> None:
    audit = _audit(gr_overall="I")

    assert _words(audit, "gr_fired") == ["L12"]
    assert _asked(audit, "gr_l12_note")
    assert not _asked(audit, "gr_l12_why")


def test_with_three_of_six_main_areas_not_graded_overall_is_not_graded() -> None:
    audit = _audit(as_grade="NG", pl_grade="NG", sv_grade="NG", gr_overall="G")
    assert not _overall_stands(audit)

    answer(audit, AUDIT, {"gr_overall": "NG"})

    assert _overall_stands(audit)
    assert _words(audit, "gr_fired") == ["NG"]


@pytest.mark.parametrize(("rule", "answers", "above", "within"), FIRING)
def test_changing_one_cell_makes_a_limit_firm(rule: str, answers: dict[str, str], above: str, within: str) -> None:
    audit = _with_strength(rule, "force")
    answer(audit, AUDIT, {"cf_type": "full", **ALL_GOOD, **answers, "gr_overall": above})
    add_row(audit, AUDIT, "ac_list", {"ac_text": "See the child alone"})
    assert not _overall_stands(audit)

    answer(audit, AUDIT, {"gr_overall": within})

    assert _overall_stands(audit)


@pytest.mark.parametrize("rule", RULES)
def test_changing_one_cell_switches_a_rule_off(rule: str) -> None:
    answers = next((made for name, made, *_ in FIRING if name == rule), {})
    if rule == "NG":
        answers = {f"{area}_grade": "NG" for area in ("as", "pl", "sv")}
    audit = _with_strength(rule, "off")

    answer(audit, AUDIT, {"cf_type": "full", **ALL_GOOD, **answers, "gr_overall": "I" if rule == "L12" else "G"})

    assert rule not in _words(audit, "gr_fired")


@pytest.mark.parametrize("rule", ["L12", "NG"])
def test_the_two_rules_without_a_limit_can_ask_for_a_reason(rule: str) -> None:
    audit = _with_strength(rule, "reason")
    areas = {f"{area}_grade": "NG" for area in ("as", "pl", "sv")} if rule == "NG" else {}

    answer(audit, AUDIT, {"cf_type": "full", **ALL_GOOD, **areas, "gr_overall": "I" if rule == "L12" else "G"})

    assert audit.look(f"/data/gr/gr_{rule.lower()}_why").required


def test_inadequate_with_no_inadequate_part_can_be_refused() -> None:
    audit = _with_strength("L12", "force")
    add_row(audit, AUDIT, "ac_list", {"ac_text": "See the child alone"})
    answer(audit, AUDIT, {"cf_type": "full", **ALL_GOOD, "gr_overall": "I"})
    assert not _overall_stands(audit)

    answer(audit, AUDIT, {"pl_grade": "I"})

    assert _overall_stands(audit)


def test_a_dip_sample_is_held_to_no_limit() -> None:
    audit = _audit(cf_type="dip", cf_safe_now="yes", cf_safe_now_ours="yes", fb_sought="none", gr_overall="O")

    assert _words(audit, "gr_fired") == []
    assert _overall_stands(audit)


def test_every_rule_has_a_line_a_quality_lead_can_edit_and_a_note_that_explains_it() -> None:
    lines = {row["name"]: row for row in table(FORMS / AUDIT / "choices.csv") if row["list_name"] == "limit"}
    names = {row["name"]: row for row in questions(AUDIT)}

    assert list(lines) == RULES
    assert {row["strength"] for row in lines.values()} <= {"warn", "reason", "force", "off"}
    assert all(column(names[f"gr_{rule.lower()}_note"], "guidance_hint") for rule in RULES)


def test_the_strength_in_the_sheet_is_the_strength_in_the_form(tmp_path: Path) -> None:
    source = tmp_path / AUDIT
    shutil.copytree(FORMS / AUDIT, source)
    choices = source / "choices.csv"
    before = choices.read_text(encoding="utf-8")
    choices.write_text(
        before.replace(
            "L6,A main area requires improvement,,,2,,warn", "L6,A main area requires improvement,,,2,,force"
        ),
        encoding="utf-8",
    )
    assert choices.read_text(encoding="utf-8") != before

    audit = Filling(read_form(publish(source).xml), now=lambda: NOW, rows=demo_rows())

    assert audit.look("/data/gr/gr_l6_strength").value == "force"
