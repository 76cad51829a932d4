"""What a young person or a parent is asked, and what the adult is asked because of their answers."""

from __future__ import annotations

from datetime import datetime

import pytest

from qaf_desktop.forms.filling import Filling
from tests.resources.shipped import FORMS, answer, begin, paths, survey, table

YOUNG, PARENT = "feedback_young_person", "feedback_parent_carer"
OK = {YOUNG: "yp_ok", PARENT: "pc_ok"}
START = {"fb_gatherer_role": "auditor", "fb_gathered_on": "2026-05-13", "fb_route": "home", "fb_not_why": "none"}
NOW = datetime.fromisoformat("2026-05-14T09:30:00+01:00")


def _begun(form_id: str, **answers: str) -> Filling:
    said = begin(form_id, NOW)
    answer(said, form_id, {**START, OK[form_id]: "yes", **answers})
    return said


def _asked(said: Filling, form_id: str, name: str) -> bool:
    return said.look(f"/data/{paths(form_id)[name]}").relevant


@pytest.mark.parametrize("form_id", [YOUNG, PARENT])
def test_everything_but_the_first_yes_can_be_skipped(form_id: str) -> None:
    assert _begun(form_id).problems() == []


@pytest.mark.parametrize("form_id", [YOUNG, PARENT])
def test_not_today_ends_it(form_id: str) -> None:
    said = _begun(form_id, **{OK[form_id]: "not_today"})

    assert not said.look("/data/you").relevant
    assert said.problems() == []


@pytest.mark.parametrize("form_id", [YOUNG, PARENT])
def test_every_question_with_a_list_offers_to_skip(form_id: str) -> None:
    prefix = OK[form_id][:3]
    lists = {
        row["type"].split()[1]
        for row in survey(form_id)
        if row["name"].startswith(prefix) and row["type"].startswith("select_one") and row["name"] != OK[form_id]
    }

    assert {row["list_name"] for row in table(FORMS / form_id / "choices.csv") if row["name"] == "SK"} == lists


@pytest.mark.parametrize("form_id", [YOUNG, PARENT])
def test_the_own_worker_needs_a_reason_and_is_not_independent(form_id: str) -> None:
    said = _begun(form_id, fb_gatherer_role="own_worker")

    assert [problem.ref for problem in said.problems()] == ["/data/staff/fb_gatherer_why"]
    assert said.answer("fb_independent") == "no"


def test_a_young_person_without_reviews_is_not_asked_about_them() -> None:
    assert not _asked(_begun(YOUNG), YOUNG, "yp_meeting")
    assert _asked(_begun(YOUNG, fb_qaro="yes"), YOUNG, "yp_meeting")


def test_a_young_person_who_wants_to_hear_back_gets_a_day_and_a_person() -> None:
    said = _begun(YOUNG, yp_callback="yes")

    assert [problem.ref for problem in said.problems()] == ["/data/staff_after/fb_callback_how"]


def test_only_a_carer_is_asked_whether_carers_get_what_they_need() -> None:
    assert not _asked(_begun(PARENT, pc_who="mother"), PARENT, "pc_support")
    assert _asked(_begun(PARENT, pc_who="carer"), PARENT, "pc_support")


@pytest.mark.parametrize(("listen", "respect", "asked"), [("SA", "A", False), ("D", "A", True), ("NS", "SD", True)])
def test_a_parent_who_was_not_heard_is_offered_a_call(listen: str, respect: str, asked: bool) -> None:
    said = _begun(PARENT, pc_listen=listen, pc_respect=respect)

    assert _asked(said, PARENT, "pc_call") is asked


def test_a_yes_to_a_call_tells_the_adult_to_pass_it_on_today() -> None:
    said = _begun(PARENT, pc_listen="SD", pc_call="yes")

    assert _asked(said, PARENT, "fb_call_due")


def test_a_child_within_hearing_is_pointed_out() -> None:
    assert _asked(_begun(PARENT, fb_who_else="child"), PARENT, "fb_child_near")
    assert not _asked(_begun(PARENT, fb_who_else="nobody"), PARENT, "fb_child_near")
