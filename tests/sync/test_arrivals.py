"""What comes to a laptop: forms, people, calendar, pictures, and the papers of others."""

from __future__ import annotations

import json
from datetime import date

from qaf_desktop.centre import publishing, teams
from qaf_desktop.domain.envelope import Kind, NotARecord, content_hash
from qaf_desktop.domain.people import Role, Team
from qaf_desktop.domain.sending import SendState
from qaf_desktop.forms.published import Profile, PublishedForm
from qaf_desktop.models.forms import FormConflict
from qaf_desktop.sync.arrivals import fetch_on_demand
from qaf_desktop.sync.pulling import leave_scopes
from tests.centre.papers import a_record, push


def test_two_laptops_of_one_person_each_get_the_others_work(new_laptop, centre):
    office, home = new_laptop("TM-01"), new_laptop("TM-01")
    first, second = office.seal(), home.seal()

    office.sync()
    home.sync()
    office.sync()

    assert office.holds(first, second) == home.holds(first, second) == [True, True]
    assert office.states() == home.states() == {SendState.CONFIRMED: 1}
    assert centre.count() == 2


def test_a_colleague_sees_the_list_and_fetches_the_words_on_demand(new_laptop):
    auditor, colleague = new_laptop("TM-01"), new_laptop("TM-02")
    audit = auditor.seal(team="SOUTH", child_ref="CH-7K4QM")
    auditor.sync()

    outcome = colleague.sync()
    with colleague.store.look() as work:
        envelope = work.records.envelope(audit.id)
    before = colleague.holds(audit)
    line = colleague.line()
    fetch_on_demand(colleague.store, line, [audit.id])
    line.close()

    assert outcome.pulled >= 1
    assert (envelope.child_ref, envelope.summary, envelope.author) == ("CH-7K4QM", {"overall": "G"}, "TM-01")
    assert envelope.received_seq is not None
    assert (before, colleague.holds(audit)) == ([False], [True])


def test_another_teams_work_does_not_arrive(new_laptop):
    auditor, stranger = new_laptop("TM-01"), new_laptop("TM-02")
    audit = auditor.seal(team="NORTH")

    auditor.sync()
    stranger.sync()

    assert stranger.knows(audit) == [False]


def test_forms_people_teams_and_calendar_arrive_as_records(laptop, centre):
    picture = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    form = PublishedForm("demo", "1", "Demo", "<h:html/>", Profile(kind="audit"), {"face.svg": picture})
    publishing.publish_form(centre.office(), form)
    publishing.publish_calendar(centre.office(), {date(2026, 12, 25): "Christmas Day"})

    outcome = laptop.sync()

    with laptop.store.look() as work:
        kept = work.forms.get("demo", "1")
        assert (kept.sha256, dict(kept.media)) == (form.sha256, {"face.svg": picture})
        assert {person.code for person in work.people.all()} == set(centre.people)
        assert {team.code for team in work.people.teams()} == {"NORTH", "SOUTH", "CARE"}
        assert work.people.bank_holidays() == {date(2026, 12, 25): "Christmas Day"}
    assert outcome.change.reference


def test_a_newer_directory_takes_the_place_of_the_old_one(laptop, centre):
    laptop.sync()
    teams.add(centre.office(), Team("EAST", "East locality", "Safeguarding"))

    outcome = laptop.sync()

    with laptop.store.look() as work:
        assert "EAST" in {team.code for team in work.people.teams()}
    assert outcome.change.reference


def test_a_withdrawn_form_is_offered_no_more_and_stays_readable(laptop, centre):
    form = PublishedForm("demo", "1", "Demo", "<h:html/>", Profile(kind="audit"))
    publishing.publish_form(centre.office(), form)
    laptop.sync()
    with laptop.store.look() as work:
        before = [offered.form_id for offered in work.forms.offered()]

    publishing.withdraw_form(centre.office(), "demo")
    outcome = laptop.sync()

    with laptop.store.look() as work:
        after = [offered.form_id for offered in work.forms.offered()]
        assert work.forms.get("demo", "1").sha256 == form.sha256
    assert (before, after, outcome.remarks) == (["demo"], [], ())
    assert outcome.change.reference


def test_a_form_that_clashes_with_one_here_is_told_and_holds_up_nothing(laptop, centre):
    mine = PublishedForm("demo", "1", "Demo", "<h:html>mine</h:html>", Profile(kind="audit"))
    with laptop.store.work() as work:
        work.forms.keep(mine)
    publishing.publish_form(centre.office(), PublishedForm("demo", "1", "Demo", "<h:html/>", Profile(kind="audit")))
    laptop.seal()

    outcome = laptop.sync()

    assert outcome.problem is None
    assert [type(remark) for remark in outcome.remarks] == [FormConflict]
    assert outcome.confirmed == 1
    with laptop.store.look() as work:
        assert work.forms.get("demo", "1").sha256 == mine.sha256


def test_a_drawing_travels_with_the_paper_that_names_it(new_laptop):
    mine, other = new_laptop("TM-01"), new_laptop("TM-01")
    drawing = b"<svg>" + b"x" * 600_000 + b"</svg>"
    with mine.store.work() as work:
        sha256 = work.pictures.keep(drawing, "image/svg+xml")
    mine.seal(content={"drawing": sha256})

    mine.sync()
    other.sync()

    with other.store.look() as work:
        assert work.pictures.get(sha256) == drawing


def test_who_moves_to_another_team_gets_its_older_papers_and_loses_the_others(new_laptop, centre):
    auditor, mover = new_laptop("QA-01"), new_laptop("TM-02")
    north, south = auditor.seal(team="NORTH"), auditor.seal(team="SOUTH")
    own = mover.seal(team="SOUTH")
    auditor.sync()
    mover.sync()
    before = mover.knows(north, south, own)

    centre.office().execute("UPDATE core.principal SET team = 'NORTH' WHERE code = 'TM-02'")
    centre.office().execute("SELECT core.refresh_members()")
    outcome = mover.sync()

    assert before == [False, True, True]
    assert mover.knows(north, south, own) == [True, False, True]
    assert mover.state(own) is SendState.CONFIRMED
    assert {north.id, south.id} <= outcome.change.records


def test_a_part_in_a_case_that_ends_takes_nothing_from_those_who_see_it_anyway(new_laptop):
    auditor, manager, worker = new_laptop("TM-01"), new_laptop("TM-02"), new_laptop("SW-01")
    audit = auditor.seal(team="SOUTH")
    for person in ("TM-02", "SW-01"):
        auditor.seal(
            Kind.PARTICIPATION, case_id=audit.case_id, summary={}, content={"person": person, "part": "worker"}
        )
    auditor.sync()
    manager.sync()
    worker.sync()
    before = manager.knows(audit) + worker.knows(audit)

    for person in ("TM-02", "SW-01"):
        auditor.seal(Kind.PARTICIPATION, case_id=audit.case_id, summary={}, content={"person": person, "ended": True})
    auditor.sync()
    manager.sync()
    worker.sync()

    assert before == [True, True]
    assert manager.knows(audit) == [True]
    assert worker.knows(audit) == [False]


def test_whoever_loses_every_scope_keeps_what_he_wrote_himself(new_laptop):
    mover, other = new_laptop("TM-02"), new_laptop("TM-01")
    own, foreign = mover.seal(team="SOUTH"), other.seal(team="SOUTH")
    other.sync()
    mover.sync()

    with mover.store.work() as work:
        leave_scopes(work, [])

    assert mover.knows(own, foreign) == [True, False]


def test_one_oddly_written_paper_stops_nobody(new_laptop, centre):
    reader = new_laptop("TM-01")
    odd = [
        a_record(summary={"overall": {"deep": ["er"]}}),
        a_record(claimed_at=a_record().claimed_at),
    ]
    fields = json.loads(odd[1].body)
    bodies = [
        odd[0].body,
        json.dumps(fields, indent=1),
        json.dumps(fields | {"id": a_record().id, "claimed_at": "23 November 2026"}),
    ]
    with centre.sign_in("TM-01") as line:
        said = push(
            line, *({"id": json.loads(body)["id"], "hash": content_hash(body), "body": body} for body in bodies)
        )
    mine = reader.seal()

    outcome = reader.sync()

    assert [verdict for _, verdict, _ in said] == ["accepted"] * 3
    assert reader.state(mine) is SendState.CONFIRMED
    assert outcome.problem is None
    assert [type(remark) for remark in outcome.remarks] == [NotARecord]


def test_the_first_sync_tells_who_i_am(laptop, centre):
    centre.office().execute("UPDATE core.principal SET name = 'Renamed', role = 'SM' WHERE code = 'TM-01'")
    centre.office().execute("SELECT core.refresh_members()")

    laptop.sync()

    with laptop.store.look() as work:
        assert work.meta.get("me")["name"] == "Renamed"
        assert work.people.me().role in {Role.SM, Role.TM}
