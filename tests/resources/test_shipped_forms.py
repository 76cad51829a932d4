"""The forms that ship with the program are complete, guided and consistent."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

import pytest

from qaf_desktop.forms.publish.workbook import publish_with_advice
from tests.resources.shipped import FIRST_AUDIT, FORM_IDS, FORMS, column, published, questions, source, survey, table

AUDIT, CHILD = "child_practice_audit", "feedback_child_8_12"
VERSIONS = {AUDIT: "2026.2", CHILD: "2026.2"}
"""Forms that have moved on from their first version."""
GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")

DIP_SAMPLE = set(
    """
    cd_child_ref cd_age_band cd_plan cd_months_open cd_team cd_worker cd_qaro cf_type cf_cycle cf_selected cf_conflict
    cf_safe_now cf_safe_now_did rs_plan rs_visits rs_supervision nn_seen_alone nn_seen_alone_last nn_views
    nn_assess_plan nn_supervision nn_supervision_last nn_qaro nn_reason dm_timely dm_drift rm_current rm_safety_plan
    rm_response as_current pl_outcomes pl_smart pv_day_in_life pv_shaped fn_father sv_direction im_better im_direction
    fb_sought st_points ai_points ac_list gr_overall gr_why dec_sign
    """.split()  # noqa: SIM905
)
"""What even the shortest audit asks: forty-five rows, about half an hour."""


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_shipped_form_can_be_published(form_id: str) -> None:
    form = published(form_id)

    assert form.form_id == form_id
    assert form.version == VERSIONS.get(form_id, "2026.1")
    assert form.profile.print_groups == tuple(r["name"] for r in survey(form_id) if r["type"] == "begin_group")


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_publishing_has_nothing_to_remark(form_id: str) -> None:
    _, findings = publish_with_advice(FORMS / form_id)

    assert findings == ()


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_row_has_a_name_of_its_own(form_id: str) -> None:
    names = Counter(row["name"] for row in survey(form_id) if not row["type"].startswith("end_"))

    assert "" not in names
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_question_has_guidance_worth_reading(form_id: str) -> None:
    thin = [row["name"] for row in questions(form_id) if len(column(row, "guidance_hint").split()) < 6]

    assert thin == []


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_no_two_questions_share_their_guidance_except_the_same_row_of_a_set(form_id: str) -> None:
    alone = [q for q in questions(form_id) if not q["name"].startswith("c8_") and q["type"] != "select_one grade"]

    words = Counter(column(row, "guidance_hint") for row in alone)

    assert [text for text, times in words.items() if times > 1] == []


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_rule_that_can_refuse_an_answer_says_why(form_id: str) -> None:
    silent = [r["name"] for r in survey(form_id) if r["constraint"] and not column(r, "constraint_message")]

    assert silent == []


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_patterns_match_the_whole_answer(form_id: str) -> None:
    patterns = [found for row in survey(form_id) for found in re.findall(r"regex\(\., '([^']*)'\)", row["constraint"])]

    assert all(pattern.startswith("^") and pattern.endswith("$") for pattern in patterns)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_list_is_used_and_every_option_has_words(form_id: str) -> None:
    choices = table(FORMS / form_id / "choices.csv")

    asked = {row["type"].split()[1] for row in survey(form_id) if row["type"].startswith(("select_one ", "select_mul"))}
    looked_up = set(re.findall(r"instance\('(\w+)'\)", " ".join(row["calculation"] for row in survey(form_id))))
    assert {choice["list_name"] for choice in choices} == asked | looked_up
    assert all(column(choice, "label") for choice in choices)


@pytest.mark.parametrize("form_id", FORM_IDS)
@pytest.mark.parametrize("sheet", ["survey", "choices", "settings"])
def test_a_sheet_is_written_as_a_spreadsheet_would_write_it(form_id: str, sheet: str) -> None:
    source = (FORMS / form_id / f"{sheet}.csv").read_bytes()

    again = io.StringIO()
    csv.writer(again, lineterminator="\n").writerows(csv.reader(io.StringIO(source.decode("utf-8"), newline="")))
    assert source == again.getvalue().encode("utf-8")


def test_everything_the_profile_names_is_in_the_form() -> None:
    profile = published(AUDIT).profile
    names = {row["name"] for row in survey(AUDIT)}

    named = [
        profile.overall_question,
        profile.child_ref_question,
        profile.team_question,
        profile.worker_question,
        profile.date_question,
        profile.actions_repeat,
        profile.strengths_repeat,
        profile.improvements_repeat,
        profile.declaration_question,
        profile.worker_present_question,
        *profile.non_negotiables,
        *(f"{area}_{part}" for area in profile.areas for part in ("grade", "why")),
    ]
    assert len(profile.non_negotiables) == 5
    assert " ".join(profile.areas) == "dm rm as pl pv id fn ma sv qr fw pm cl eh im"
    assert set(named) <= names


@pytest.mark.parametrize("question", [row["name"] for row in survey(AUDIT) if row["type"] == "select_one grade"])
def test_a_grade_is_guided_by_its_four_descriptions(question: str) -> None:
    row = next(row for row in survey(AUDIT) if row["name"] == question)

    cards = row["guidance_hint"].split("\n\n")

    assert [card.split(" – ")[0] for card in cards] == list(GRADES)
    assert all(len(card.split()) >= 25 for card in cards)


def test_the_audit_asks_everything_a_dip_sample_asks() -> None:
    names = {row["name"] for row in survey(AUDIT)}

    assert len(DIP_SAMPLE) == 45
    assert names >= DIP_SAMPLE


def test_every_judged_question_has_an_evidence_box_that_partly_and_no_require() -> None:
    rows = {row["name"]: row for row in survey(AUDIT)}
    judged = [name for name, row in rows.items() if row["type"] == "select_one ypn"]

    assert len(judged) > 90
    for name in judged:
        required = rows[f"{name}_ev"]["required"]
        assert required == f"${{{name}}} = 'partly' or ${{{name}}} = 'no'"


def test_a_child_may_skip_everything_but_the_question_whether_to_start() -> None:
    rows = [row for row in survey(CHILD) if row["name"].startswith("c8_") and row["type"] != "note"]

    assert [row["name"] for row in rows if row["required"]] == ["c8_ok"]


def test_a_list_a_child_chooses_from_can_be_skipped() -> None:
    choices = table(FORMS / CHILD / "choices.csv")
    spoken = [r for r in survey(CHILD) if r["name"].startswith("c8_") and not r["name"].endswith(("_by", "_prompted"))]

    lists = {row["type"].split()[1] for row in spoken if row["type"].startswith("select_one")} - {"start"}
    assert {choice["list_name"] for choice in choices if choice["name"] == "SK"} == lists


def test_faces_are_all_of_one_colour_and_each_has_its_picture() -> None:
    media = {file.name: file.read_text(encoding="utf-8") for file in (FORMS / CHILD / "media").iterdir()}
    pictures = {image for c in table(FORMS / CHILD / "choices.csv") if (image := column(c, "media::image"))}

    assert pictures == set(media)
    assert {frozenset(re.findall(r"#[0-9a-f]{6}", picture)) for picture in media.values()} == {
        frozenset({"#3a4a5a", "#f4ead8"})
    }


def test_a_draft_of_the_first_version_can_move_up_with_every_answer() -> None:
    now = {row["name"]: row["type"] for row in survey(AUDIT)}

    before = {row["name"]: row["type"] for row in survey(FIRST_AUDIT) if not row["type"].startswith("end_")}

    assert {name: now.get(name) for name in before} == before


def test_no_option_a_draft_may_have_chosen_was_taken_away() -> None:
    now = {(row["list_name"], row["name"]) for row in table(FORMS / AUDIT / "choices.csv")}
    before = {(row["list_name"], row["name"]) for row in table(source(FIRST_AUDIT) / "choices.csv")}

    assert before <= now
