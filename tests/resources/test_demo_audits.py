"""The demo's audits are what an auditor could really have written: complete, valid, and about nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from qaf_desktop.domain.people import AUDITOR_ROLES, Role
from tests.resources.shipped import AUDITS, DEMO, FIRST_AUDIT, add_row, answer, begin, fill, read_json, table

AUDIT = FIRST_AUDIT
FINISHED = [path for path in AUDITS if read_json(path)["state"] in {"completed", "synced"}]
DRAFTS = [path for path in AUDITS if read_json(path)["state"] == "draft"]
WITH_FEEDBACK = [path for path in AUDITS if read_json(path).get("feedback")]
DRAFTS_OPENED_AT = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
MAIN_JOB = read_json(DEMO / "main_job.json")

NOT_NAMES = {
    "I", "A", "English", "Christmas", "Monday", "Tuesday", "Thursday", "Friday", "Saturday", "Saturdays", "Sunday",
    "Sundays", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
}  # fmt: skip
"""Words that have a capital in the middle of an English sentence without naming anybody."""


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)


def _name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", FINISHED, ids=_name)
def test_a_finished_demo_audit_is_complete_and_valid(path: Path) -> None:
    story = read_json(path)

    filling = fill(AUDIT, story, datetime.fromisoformat(story["completed_at"]))

    assert filling.problems() == []
    assert [node.ref for node in filling.snapshot() if not node.valid] == []


@pytest.mark.parametrize("path", FINISHED, ids=_name)
def test_a_demo_audit_answers_no_question_that_was_not_asked(path: Path) -> None:
    story = read_json(path)

    filling = fill(AUDIT, story, datetime.fromisoformat(story["completed_at"]))

    assert [node.ref for node in filling.snapshot() if node.value and not node.relevant] == []


@pytest.mark.parametrize("path", DRAFTS, ids=_name)
def test_a_demo_draft_opens_with_work_left_to_do_and_nothing_wrong(path: Path) -> None:
    filling = fill(AUDIT, read_json(path), DRAFTS_OPENED_AT)

    assert filling.problems()
    assert [node.ref for node in filling.snapshot() if node.value and not node.valid] == []


@pytest.mark.parametrize("path", DRAFTS, ids=_name)
def test_a_demo_draft_can_move_up_to_the_whole_audit_and_keep_every_answer(path: Path) -> None:
    story = read_json(path)

    filling = fill("child_practice_audit", story, DRAFTS_OPENED_AT)

    now = {node.ref.rsplit("/", 1)[-1]: node.value for node in filling.snapshot()}
    assert {name: now[name] for name in story["answers"]} == story["answers"]
    assert [node.ref for node in filling.snapshot() if node.value and not node.valid] == []


@pytest.mark.parametrize("path", WITH_FEEDBACK, ids=_name)
def test_what_a_demo_child_said_is_complete_and_was_said_before_the_audit_was_finished(path: Path) -> None:
    story = read_json(path)

    for said in story["feedback"]:
        filling = fill(said["form"], said, datetime.fromisoformat(said["completed_at"]))

        assert filling.problems() == []
        assert said["completed_at"] < story["completed_at"]


def test_the_main_job_can_be_played_to_its_end() -> None:
    now = datetime.fromisoformat(MAIN_JOB["now"])
    audit = begin(MAIN_JOB["form"], now)
    said = begin(MAIN_JOB["feedback"]["form"], now)

    for step in MAIN_JOB["steps"]:
        if "add" in step:
            add_row(audit, MAIN_JOB["form"], step["add"], step["row"])
        else:
            answer(audit, MAIN_JOB["form"], {step["name"]: step["value"]})
    for step in MAIN_JOB["feedback"]["steps"]:
        answer(said, MAIN_JOB["feedback"]["form"], {step["name"]: step["value"]})

    assert audit.problems() == []
    assert said.problems() == []
    assert audit.answer("gr_overall") == "G"
    assert said.answer("c8_share") == "yes"


def test_each_step_of_the_main_job_is_about_a_question_already_on_the_screen() -> None:
    audit = begin(MAIN_JOB["form"], datetime.fromisoformat(MAIN_JOB["now"]))

    for step in MAIN_JOB["steps"]:
        if "add" in step:
            add_row(audit, MAIN_JOB["form"], step["add"], step["row"])
        else:
            answer(audit, MAIN_JOB["form"], {step["name"]: step["value"]})
            assert audit.answer(step["name"]) == step["value"]


def test_the_demo_shows_every_grade_and_every_state() -> None:
    stories = [read_json(path) for path in AUDITS]

    grades = Counter(s["answers"]["gr_overall"] for s in stories if s["state"] != "draft")

    assert grades == {"O": 1, "G": 4, "RI": 5, "I": 1}
    assert Counter(s["state"] for s in stories) == {"synced": 9, "completed": 2, "draft": 3}
    assert len(WITH_FEEDBACK) == 2


def test_each_child_is_a_child_of_their_own() -> None:
    children = [read_json(path)["answers"]["cd_child_ref"] for path in AUDITS] + [MAIN_JOB["steps"][0]["value"]]

    assert len(set(children)) == len(children)


@pytest.mark.parametrize("path", AUDITS, ids=_name)
def test_an_auditor_may_audit_and_does_not_manage_the_team(path: Path) -> None:
    story = read_json(path)

    author = next(person for person in table(DEMO / "people.csv") if person["code"] == story["author"])

    assert Role(author["role"]) in AUDITOR_ROLES
    assert author["team"] != story["answers"]["cd_team"]


def test_actions_fall_due_on_working_days() -> None:
    holidays = {row["date"] for row in table(DEMO / "calendar.csv")}
    actions = [action for path in AUDITS for action in read_json(path)["repeats"].get("ac_list", [])]
    actions += [step["row"] for step in MAIN_JOB["steps"] if step.get("add") == "ac_list"]

    idle = [a["ac_due"] for a in actions if a["ac_due"] in holidays or date.fromisoformat(a["ac_due"]).weekday() > 4]

    assert idle == []


@pytest.mark.parametrize("path", [*AUDITS, DEMO / "main_job.json"], ids=_name)
def test_nobody_is_named_in_the_demo(path: Path) -> None:
    prose = [text for text in _texts(read_json(path)) if " " in text]

    capitals = {word for text in prose for word in re.findall(r"(?<=[a-z,;] )[A-Z][a-z]*\b", text)}

    assert capitals - NOT_NAMES == set()


def test_demo_people_are_called_after_their_work() -> None:
    people = table(DEMO / "people.csv")
    teams = {team["code"] for team in table(DEMO / "teams.csv")}

    assert len({person["login"] for person in people}) == len(people)
    assert {person["team"] for person in people} <= teams | {""}
    assert all(Role(person["role"]) for person in people)
    titles = "Team Assistant Service Head Director Reviewing Quality Principal Data Participation Voice System Social"
    words = {*titles.split(), "Personal", "Early"}
    assert {person["name"].split()[0] for person in people} <= words


def test_the_calendar_holds_englands_eight_bank_holidays_of_each_year() -> None:
    days = [date.fromisoformat(row["date"]) for row in table(DEMO / "calendar.csv")]

    assert Counter(day.year for day in days) == {2025: 8, 2026: 8, 2027: 8, 2028: 8}
    assert days == sorted(days)
    assert all(day.weekday() < 5 for day in days)
