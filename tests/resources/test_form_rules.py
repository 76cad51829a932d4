"""What the shipped forms ask, refuse and hide, as the person filling them in would notice it."""

from __future__ import annotations

from datetime import datetime

import pytest

from qaf_desktop.forms.filling import Filling
from tests.resources.shipped import CASES, add_row, answer, begin, fill, paths, read_json

AUDIT, CHILD = "child_practice_audit", "feedback_child_8_12"
NOW = datetime.fromisoformat("2026-05-14T09:30:00+01:00")


def _asked(filling: Filling, form_id: str, name: str) -> bool:
    return filling.look(f"/data/{paths(form_id)[name]}").relevant


def _wrong(filling: Filling) -> set[str]:
    return {problem.ref.rsplit("/", 1)[-1] for problem in filling.problems()}


@pytest.fixture
def good_audit() -> Filling:
    return fill(AUDIT, read_json(CASES / "case_b.json"), NOW)


def test_a_grade_below_good_needs_an_action(good_audit: Filling) -> None:
    for _ in range(3):
        good_audit.remove("/data/ac/ac_list[1]")
    answer(good_audit, AUDIT, {"gr_overall": "G"})
    assert _wrong(good_audit) == set()

    answer(good_audit, AUDIT, {"gr_overall": "RI"})

    assert _wrong(good_audit) == {"gr_overall"}


def test_a_rationale_needs_a_strength_to_rest_on(good_audit: Filling) -> None:
    for _ in range(3):
        good_audit.remove("/data/st/st_points[1]")

    assert _wrong(good_audit) == {"gr_why"}


def test_an_action_cannot_be_due_before_the_audit(good_audit: Filling) -> None:
    good_audit.set("/data/ac/ac_list[2]/ac_due", "2026-05-13")

    assert _wrong(good_audit) == {"ac_due"}


def test_actions_are_numbered_in_their_order(good_audit: Filling) -> None:
    numbers = [good_audit.look(f"/data/ac/ac_list[{n}]/ac_id").value for n in (1, 2, 3)]

    assert numbers == ["A1", "A2", "A3"]


@pytest.mark.parametrize("reference", ["CH-2WX9I", "ch-2wx9d", "CH-2WX9", "xCH-2WX9D", "CH-2WX9DD", "14 May 2012"])
def test_a_reference_that_could_be_something_else_is_refused(good_audit: Filling, reference: str) -> None:
    answer(good_audit, AUDIT, {"cd_child_ref": reference})

    assert _wrong(good_audit) == {"cd_child_ref"}


def test_an_audit_in_the_future_is_refused(good_audit: Filling) -> None:
    answer(good_audit, AUDIT, {"cf_audited_on": "2026-05-15"})

    assert "cf_audited_on" in _wrong(good_audit)


def test_partly_needs_a_line_of_evidence_and_yes_does_not(good_audit: Filling) -> None:
    answer(good_audit, AUDIT, {"dm_threshold": "partly", "dm_threshold_ev": "", "dm_history_ev": ""})

    assert _wrong(good_audit) == {"dm_threshold_ev"}


def test_a_child_who_may_not_be_safe_stops_the_audit(good_audit: Filling) -> None:
    assert not _asked(good_audit, AUDIT, "cf_stop")

    answer(good_audit, AUDIT, {"cf_safe_now": "yes"})

    assert _asked(good_audit, AUDIT, "cf_stop")
    assert _wrong(good_audit) == {"cf_safe_now_did", "cf_safe_now_ours"}


def test_a_dip_sample_leaves_out_the_long_questions_and_need_not_be_graded(good_audit: Filling) -> None:
    answer(good_audit, AUDIT, {"cf_type": "dip", "gr_overall": ""})

    hidden = ["dm_threshold", "dm_grade", "dm_why", "pv_visits", "pv_grade", "gr_why", "gr_confidence"]
    assert [name for name in hidden if _asked(good_audit, AUDIT, name)] == []
    assert _asked(good_audit, AUDIT, "dm_timely")
    assert _wrong(good_audit) == set()


@pytest.mark.parametrize(
    ("band", "asked"),
    [
        ("unborn", set()),
        ("0-1", {"fb_young"}),
        ("2-4", {"fb_young", "pv_direct"}),
        ("5-7", {"fb_young", "pv_direct", "pv_told"}),
        ("8-12", {"pv_direct", "pv_told"}),
    ],
)
def test_age_decides_what_is_asked_about_a_child(band: str, asked: set[str]) -> None:
    audit = begin(AUDIT, NOW)

    answer(audit, AUDIT, {"cd_age_band": band})

    assert {name for name in ("fb_young", "pv_direct", "pv_told") if _asked(audit, AUDIT, name)} == asked


def test_three_answers_that_could_not_be_told_point_to_the_recording(good_audit: Filling) -> None:
    answer(good_audit, AUDIT, {"dm_threshold": "cant", "dm_timely": "cant"})
    assert not _asked(good_audit, AUDIT, "dm_record_gap")

    answer(good_audit, AUDIT, {"dm_history": "cant"})

    assert _asked(good_audit, AUDIT, "dm_record_gap")


def test_nobody_was_asked_cannot_be_ticked_beside_somebody(good_audit: Filling) -> None:
    answer(good_audit, AUDIT, {"fb_sought": "young_person none"})

    assert "fb_sought" in _wrong(good_audit)


def test_lists_from_the_directory_offer_the_teams_and_the_staff() -> None:
    audit = begin(AUDIT, NOW)
    add_row(audit, AUDIT, "ac_list", {"ac_owner_role": "TM"})

    teams = audit.look("/data/cd/cd_team").choices
    owners = audit.look("/data/ac/ac_list[1]/ac_owner").choices

    assert ("CIC1", "Children in Care 1") in {(team.value, team.label) for team in teams}
    assert "SW-11" in {owner.value for owner in owners}


def test_a_child_who_says_not_today_is_asked_nothing_more() -> None:
    said = begin(CHILD, NOW)
    answer(
        said,
        CHILD,
        {"fb_gatherer_role": "auditor", "fb_gathered_on": "2026-05-13", "fb_route": "home", "fb_not_why": "none"},
    )

    answer(said, CHILD, {"c8_ok": "not_today"})

    assert said.problems() == []
    assert not _asked(said, CHILD, "c8_kind")


def test_a_child_may_skip_every_question() -> None:
    said = begin(CHILD, NOW)

    answer(
        said,
        CHILD,
        {
            "fb_gatherer_role": "auditor",
            "fb_gathered_on": "2026-05-13",
            "fb_route": "home",
            "fb_not_why": "none",
            "c8_ok": "yes",
        },
    )

    assert said.problems() == []


def test_a_child_is_not_asked_on_a_day_that_could_hurt() -> None:
    said = begin(CHILD, NOW)

    answer(said, CHILD, {"fb_not_why": "interview"})

    assert not _asked(said, CHILD, "c8_hello")
    assert not _asked(said, CHILD, "c8_ok")


def test_a_childs_own_worker_needs_a_reason_and_is_not_independent() -> None:
    said = begin(CHILD, NOW)

    answer(said, CHILD, {"fb_gatherer_role": "own_worker"})

    assert "fb_gatherer_why" in _wrong(said)
    assert said.answer("fb_independent") == "no"


@pytest.mark.parametrize(("start", "end", "shown"), [("3", "1", True), ("2", "3", False), ("2", "SK", False)])
def test_a_child_who_feels_lower_afterwards_is_looked_after(start: str, end: str, shown: bool) -> None:
    said = begin(CHILD, NOW)

    answer(said, CHILD, {"c8_ok": "yes", "c8_warm": start, "c8_mood_end": end})

    assert _asked(said, CHILD, "fb_after_care") is shown
