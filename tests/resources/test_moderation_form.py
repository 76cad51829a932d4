"""What a moderator is asked, and which decisions fit which grades [§8.3, §8.8]."""

from __future__ import annotations

from datetime import datetime

import pytest

from qaf_desktop.forms.filling import Filling
from tests.resources.shipped import answer, begin, paths, published, survey

FORM, AUDIT = "moderation", "child_practice_audit"
NOW = datetime.fromisoformat("2026-05-19T11:00:00+01:00")


def _moderation(**answers: str) -> Filling:
    moderation = begin(FORM, NOW)
    answer(moderation, FORM, answers)
    return moderation


def _asked(moderation: Filling, name: str) -> bool:
    return moderation.look(f"/data/{paths(FORM)[name]}").relevant


def _missing(moderation: Filling) -> set[str]:
    return {problem.ref.rsplit("/", 1)[-1] for problem in moderation.problems()}


def test_a_moderator_is_shown_the_same_descriptions_as_the_auditor() -> None:
    theirs = {row["name"]: row["guidance_hint"] for row in survey(AUDIT) if row["type"] == "select_one grade"}
    ours = {row["name"]: row["guidance_hint"] for row in survey(FORM) if row["name"] in theirs}

    assert published(FORM).profile.areas == published(AUDIT).profile.areas
    assert ours == {name: text for name, text in theirs.items() if name != "gr_overall"}
    overall = {row["guidance_hint"] for row in survey(FORM) if row["name"] in ("mo_overall", "mo_blind_grade")}
    assert overall == {theirs["gr_overall"]}


def test_blind_grading_comes_before_the_auditors_grade_and_is_a_choice() -> None:
    names = [row["name"] for row in survey(FORM)]

    assert names.index("mo_blind_grade") < names.index("mo_auditor_overall")
    assert _asked(_moderation(mo_blind="yes"), "mo_blind_grade")
    assert not _asked(_moderation(mo_blind="no"), "mo_blind_grade")


@pytest.mark.parametrize(
    ("auditor", "decision", "overall", "fits"),
    [
        ("G", "agree", "G", True),
        ("G", "agree", "RI", False),
        ("RI", "upgrade", "G", True),
        ("RI", "upgrade", "I", False),
        ("RI", "upgrade", "RI", False),
        ("RI", "downgrade", "I", True),
        ("RI", "downgrade", "G", False),
        ("G", "downgrade", "NG", True),
        ("NG", "upgrade", "G", True),
        ("NG", "agree", "NG", True),
        ("NG", "agree", "G", False),
    ],
)
def test_the_decision_and_the_grade_have_to_fit(auditor: str, decision: str, overall: str, fits: bool) -> None:
    moderation = _moderation(mo_auditor_overall=auditor, mo_decision=decision, mo_overall=overall)

    assert moderation.look("/data/de/mo_overall").valid is fits


@pytest.mark.parametrize(("decision", "needed"), [("agree", False), ("upgrade", True), ("return", True)])
def test_every_change_needs_its_reason(decision: str, needed: bool) -> None:
    moderation = _moderation(mo_areas="yes", mo_decision=decision, rm_decision=decision)

    assert ("mo_why" in _missing(moderation)) is needed
    assert ("rm_why" in _missing(moderation)) is needed


def test_an_area_that_is_changed_gets_a_grade_and_one_sent_back_does_not() -> None:
    assert "rm_grade" in _missing(_moderation(mo_areas="yes", rm_decision="downgrade"))
    assert "rm_grade" not in _missing(_moderation(mo_areas="yes", rm_decision="return"))


def test_a_dip_sample_is_not_gone_through_area_by_area() -> None:
    assert not _asked(_moderation(mo_areas="no"), "dm_decision")


def test_a_downgrade_to_inadequate_is_talked_over_with_the_auditor_and_shared_the_same_day() -> None:
    moderation = _moderation(mo_auditor_overall="RI", mo_decision="downgrade", mo_overall="I")

    assert {"mo_auditor_on", "mo_auditor_said"} <= _missing(moderation)
    assert _asked(moderation, "mo_to_inadequate")
    assert not _asked(moderation, "mo_confirmed")


def test_lifting_an_inadequate_reminds_who_has_to_hear_of_it() -> None:
    moderation = _moderation(mo_auditor_overall="I", mo_decision="upgrade", mo_overall="RI")

    assert _asked(moderation, "mo_lifted")


def test_the_conversation_has_a_date_and_notes_or_a_reason() -> None:
    assert {"mo_talked_on", "mo_talked_notes"} <= _missing(_moderation(mo_talked="yes"))
    assert "mo_talked_why" in _missing(_moderation(mo_talked="no"))


def test_a_worker_may_leave_everything_empty_but_the_yes_to_its_being_read() -> None:
    reflection = begin("worker_reflection", NOW)
    assert [problem.ref for problem in reflection.problems()] == ["/data/sr/sr_ready"]

    answer(reflection, "worker_reflection", {"sr_ready": "yes"})

    assert reflection.problems() == []


def test_what_the_worker_writes_has_its_place_in_the_audit() -> None:
    audit = {row["name"]: row["type"] for row in survey(AUDIT)}
    reflection = {row["name"]: row["type"] for row in survey("worker_reflection")}

    assert {name for name in reflection if name in audit and name not in ("", "sr")} == {
        "sr_proud",
        "sr_hard",
        "sr_next",
    }
    assert all(audit[name] == reflection[name] for name in ("sr_proud", "sr_hard", "sr_next"))
