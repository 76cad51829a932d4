"""A family reads the questions in its own language; what nobody has translated is shown in English."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from tests.resources.shipped import FORMS, answer, begin, paths, published, survey, table

FEEDBACK = ["feedback_child_8_12", "feedback_parent_carer", "feedback_young_person"]
ENGLISH = "English (en)"
DRAFTS = ("Polish (pl)", "Portuguese (pt)", "Urdu (ur)")
NOW = datetime.fromisoformat("2026-05-14T09:30:00+01:00")
ARABIC_LETTER = re.compile(r"[\u0600-\u06ff]")


def _family_rows(form_id: str) -> list[dict[str, str]]:
    """The rows outside the adult's own pages."""
    rows, for_staff = [], False
    for row in survey(form_id):
        if row["type"] == "begin_group":
            for_staff = row["name"].startswith("staff")
        if not for_staff and not row["type"].startswith("end_"):
            rows.append(row)
    return rows


@pytest.mark.parametrize("form_id", FEEDBACK)
def test_translations_are_marked_as_drafts_to_be_checked(form_id: str) -> None:
    form = published(form_id)

    assert form.profile.draft_translations == DRAFTS
    assert begin(form_id, NOW).languages == (ENGLISH, *DRAFTS)


@pytest.mark.parametrize("form_id", FEEDBACK)
@pytest.mark.parametrize("language", DRAFTS)
def test_everything_the_family_reads_is_translated(form_id: str, language: str) -> None:
    rows = _family_rows(form_id)

    bare = [
        row["name"]
        for row in rows
        for text in ("label", "hint")
        if bool(row[f"{text}::{ENGLISH}"]) != bool(row[f"{text}::{language}"])
    ]

    assert bare == []


@pytest.mark.parametrize("form_id", FEEDBACK)
@pytest.mark.parametrize("language", DRAFTS)
def test_every_answer_the_family_chooses_from_is_translated(form_id: str, language: str) -> None:
    lists = {row["type"].split()[1] for row in _family_rows(form_id) if row["type"].startswith("select_one")}
    choices = [row for row in table(FORMS / form_id / "choices.csv") if row["list_name"] in lists]

    assert [row["name"] for row in choices if not row[f"label::{language}"]] == []


@pytest.mark.parametrize("form_id", FEEDBACK)
def test_urdu_is_written_in_its_own_letters(form_id: str) -> None:
    texts = [row["label::Urdu (ur)"] for row in _family_rows(form_id)]

    assert texts
    assert all(ARABIC_LETTER.search(text) for text in texts)


def test_a_page_for_the_adult_stays_in_english_when_the_language_is_changed() -> None:
    said = begin("feedback_child_8_12", NOW)
    route = f"/data/{paths('feedback_child_8_12')['fb_route']}"
    before = said.look(route)

    said.language = "Urdu (ur)"

    assert said.look(route) == before


def test_a_question_changes_language_while_its_guidance_and_its_pictures_stay() -> None:
    said = begin("feedback_child_8_12", NOW)
    answer(said, "feedback_child_8_12", {"c8_ok": "yes"})
    kind = f"/data/{paths('feedback_child_8_12')['c8_kind']}"
    before = said.look(kind)

    said.language = "Polish (pl)"

    after = said.look(kind)
    assert after.label == "Czy twój pracownik jest dla ciebie miły?"
    assert after.guidance == before.guidance
    assert [choice.image for choice in after.choices] == [choice.image for choice in before.choices]
    assert [choice.label for choice in after.choices][:2] == ["Wcale nie", "Trochę"]


@pytest.mark.parametrize("form_id", FEEDBACK)
@pytest.mark.parametrize("language", DRAFTS)
def test_no_text_is_missing_in_any_language(form_id: str, language: str) -> None:
    said = begin(form_id, NOW)
    said.language = language

    items = [said.look(state.ref) for state in said.snapshot()]

    bare = [item.name for item in items if item.type not in ("calculate", "") and item.label in ("", "-")]
    assert bare == []
    assert [item.name for item in items if item.guidance == "-" or item.hint == "-"] == []
