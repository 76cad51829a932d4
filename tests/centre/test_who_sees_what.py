"""A paper reaches everybody who must see it and nobody else, whenever their part in the case begins or ends."""

from __future__ import annotations

import json

import pytest

from qaf_desktop.centre import publishing
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import new_case_id
from tests.centre.papers import a_record, bodies, pulled, push, verdicts


def test_another_teams_record_is_not_seen(centre):
    audit = a_record(author="TM-02", team="SOUTH")
    with centre.sign_in("TM-02") as line:
        push(line, audit)

    with centre.sign_in("TM-01") as line:
        entries, words = pulled(line), bodies(line, audit.id)

    assert entries == []
    assert words == {}


@pytest.mark.parametrize("code", ["TM-02", "SM-01", "HOS-01", "QA-01", "DIR-01"])
def test_an_audit_reaches_its_team_its_service_and_the_leaders(centre, code):
    audit = a_record(author="TM-01", team="SOUTH")

    with centre.sign_in("TM-01") as line:
        push(line, audit)

    with centre.sign_in(code) as line:
        assert [entry["record_id"] for entry in pulled(line)] == [audit.id]


@pytest.mark.parametrize("code", ["SW-01", "HOS-02"])
def test_an_audit_reaches_nobody_else(centre, code):
    with centre.sign_in("TM-01") as line:
        push(line, a_record(author="TM-01", team="SOUTH"))

    with centre.sign_in(code) as line:
        assert pulled(line) == []


def test_a_safeguarding_note_reaches_the_head_of_service_and_the_leads_but_never_the_team(centre):
    note = a_record(Kind.SAFEGUARDING_NOTE, author="SW-01", team="SOUTH", summary={})
    with centre.sign_in("SW-01") as line:
        push(line, note)

    seen_by = set()
    for code in centre.people:
        with centre.sign_in(code) as line:
            if note.id in {entry["record_id"] for entry in pulled(line)}:
                seen_by.add(code)

    assert seen_by == {"SW-01", "HOS-01", "HOS-02"}


def test_an_id_taken_by_somebody_else_is_told_without_showing_it(centre):
    theirs = a_record(author="TM-02", team="SOUTH")
    with centre.sign_in("TM-02") as line:
        push(line, theirs)

    with centre.sign_in("TM-01") as line:
        mine = a_record(id=theirs.id)

        assert verdicts(line, mine) == ["id_taken"]
        assert pulled(line) == []


def test_who_takes_part_in_a_case_sees_it_until_the_part_ends(centre):
    case = new_case_id()
    audit = a_record(author="TM-02", team="SOUTH", case_id=case)
    joins = a_record(
        Kind.PARTICIPATION,
        author="TM-02",
        team=None,
        case_id=case,
        summary={},
        content={"person": "SW-01", "part": "worker"},
    )
    leaves = a_record(
        Kind.PARTICIPATION,
        author="QA-01",
        team=None,
        case_id=case,
        summary={},
        content={"person": "SW-01", "ended": True},
    )

    with centre.sign_in("TM-02") as auditor, centre.sign_in("SW-01") as worker, centre.sign_in("QA-01") as qa:
        push(auditor, audit)
        before = pulled(worker)
        push(auditor, joins)
        during = [(entry["op"], entry["record_id"]) for entry in pulled(worker)]
        readable = bodies(worker, audit.id)
        push(qa, leaves)
        after = [(entry["op"], entry["record_id"]) for entry in pulled(worker, own_papers=False) if entry["op"] == "r"]
        gone = bodies(worker, audit.id)

    assert before == []
    assert during == [("p", audit.id), ("p", joins.id)]
    assert list(readable) == [audit.id]
    assert {id for _, id in after} == {audit.id, joins.id}
    assert gone == {}


def test_nobody_lets_himself_into_a_case(centre):
    case = new_case_id()
    audit = a_record(author="TM-02", team="SOUTH", case_id=case)
    with centre.sign_in("TM-02") as line:
        push(line, audit)

    with centre.sign_in("TM-01") as intruder:
        push(intruder, a_record(Kind.PARTICIPATION, case_id=case, team=None, summary={}, content={"person": "TM-01"}))

        assert audit.id not in {entry["record_id"] for entry in pulled(intruder)}
        assert bodies(intruder, audit.id) == {}


def test_feedback_without_a_team_reaches_the_team_of_its_case_whichever_comes_first(centre):
    case = new_case_id()
    feedback = a_record(Kind.FEEDBACK, author="SW-01", team=None, case_id=case, summary={})
    audit = a_record(author="TM-01", team="SOUTH", case_id=case)

    with centre.sign_in("SW-01") as line:
        push(line, feedback)
    with centre.sign_in("TM-01") as line:
        push(line, audit)

    with centre.sign_in("TM-02") as line:
        assert {entry["record_id"] for entry in pulled(line)} == {feedback.id, audit.id}


def test_an_erased_record_is_gone_everywhere_and_does_not_come_back(centre):
    audit = a_record()
    with centre.sign_in("TM-01") as line:
        push(line, audit)
        centre.office().execute("SELECT core.erase(%s, 'asked for')", (audit.id,))

        ops = [
            (entry["scope"], entry["op"]) for entry in pulled(line, own_papers=False) if entry["record_id"] == audit.id
        ]
        again = verdicts(line, audit)

        assert sorted(ops) == [(scope, op) for scope in ("person:TM-01", "team:NORTH") for op in ("e", "p")]
        assert again == ["erased"]
        assert bodies(line, audit.id) == {}
    assert centre.count() == 0
    assert centre.count("core.audit", "true") == 0


def test_reading_somebodys_words_is_written_down(centre):
    audit = a_record(author="TM-02", team="SOUTH")
    with centre.sign_in("TM-02") as line:
        push(line, audit)
        bodies(line, audit.id)

    with centre.sign_in("QA-01") as line:
        bodies(line, audit.id)

    rows = centre.office().execute("SELECT login, record_id::text FROM core.access").fetchall()
    assert rows == [(centre.login("QA-01"), audit.id)]


def test_the_directory_goes_to_everybody_and_the_newest_counts(centre):
    with centre.sign_in("SW-01") as line:
        entries = [entry for entry in pulled(line, own_papers=False) if entry["kind"] == "directory"]
        newest = max(entries, key=lambda entry: entry["received_seq"])
        content = json.loads(bodies(line, newest["record_id"])[newest["record_id"]])["content"]

    assert {person["code"] for person in content["people"]} == set(centre.people)
    assert {team["code"] for team in content["teams"]} == {"NORTH", "SOUTH", "CARE"}
    assert newest["author"] == publishing.CENTRE_AUTHOR
