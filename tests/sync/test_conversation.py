"""A sync from hello to proof, with a real store, a real centre and TLS in between."""

from __future__ import annotations

import json
from datetime import date

import pytest

from qaf_desktop.centre import publishing, teams
from qaf_desktop.domain.envelope import Kind, content_hash, read
from qaf_desktop.domain.people import Role, Team
from qaf_desktop.domain.sending import SendState
from qaf_desktop.forms.published import Profile, PublishedForm
from qaf_desktop.models.outbox import Verdict
from qaf_desktop.models.schema import record_body
from qaf_desktop.models.store_lock import StoreLock
from qaf_desktop.sync import failures
from qaf_desktop.sync.arrivals import fetch_on_demand
from qaf_desktop.sync.receipts import receipt
from tests.centre.papers import a_record, push


def test_sealed_work_is_confirmed_and_the_centre_holds_it_word_for_word(laptop, centre):
    audits = [laptop.seal() for _ in range(3)]

    outcome = laptop.sync()

    assert outcome.problem is None
    assert (outcome.sent, outcome.confirmed, outcome.held_back) == (3, 3, 0)
    assert laptop.states() == {SendState.CONFIRMED: 3}
    rows = centre.office().execute("SELECT id::text, body FROM core.record WHERE kind = 'audit'").fetchall()
    assert dict(rows) == {audit.id: audit.body for audit in audits}
    assert outcome.change.records >= {audit.id for audit in audits}
    assert outcome.change.sending


def test_a_second_sync_adds_nothing_and_costs_one_round_trip(laptop, centre):
    laptop.seal()
    laptop.sync()
    laptop.calls.clear()

    outcome = laptop.sync()

    assert (outcome.sent, outcome.confirmed, outcome.pulled) == (0, 0, 0)
    assert laptop.calls == ["hello"]
    assert centre.count() == 1


def test_a_batch_is_one_round_trip_of_at_most_25_records(laptop, centre):
    for _ in range(60):
        laptop.seal()

    laptop.sync()

    assert laptop.calls.count("push") == 3
    assert centre.count() == 60


def test_a_batch_is_at_most_512_kilobytes_and_a_larger_record_travels_alone(laptop, centre):
    for _ in range(3):
        laptop.seal(words="x" * 300_000)
    laptop.seal(words="x" * 900_000)

    laptop.sync()

    assert laptop.calls.count("push") == 4
    assert laptop.states() == {SendState.CONFIRMED: 4}


def test_a_notice_goes_before_older_work(laptop, centre):
    for _ in range(30):
        laptop.seal()
    notice = laptop.seal(Kind.NOTICE)

    laptop.sync()

    first = centre.office().execute(
        "SELECT id::text FROM core.record WHERE author <> 'centre' ORDER BY received_seq LIMIT 1"
    )
    assert first.fetchone() == (notice.id,)


def test_stopped_between_push_and_pull_the_screen_says_received_and_not_confirmed(laptop):
    audit = laptop.seal()
    steps = []

    outcome = laptop.sync(
        lambda progress: steps.append(progress.step), lambda: steps[-1:] == ["push"] and len(steps) > 2
    )

    assert isinstance(outcome.problem, failures.SyncStopped)
    assert laptop.state(audit) is SendState.RECEIVED
    with laptop.store.look() as work:
        line = receipt(work).lines[0]
    assert (line.state, line.scope, line.seq) == (SendState.RECEIVED, "", 0)
    assert laptop.sync().confirmed == 1


def test_the_receipt_names_the_log_entry_that_proves_each_record(laptop, centre):
    audit = laptop.seal()

    laptop.sync()

    with laptop.store.look() as work:
        proof = receipt(work)
    (line,) = proof.lines
    assert (line.state, line.scope, line.seq, line.content_hash) == (
        SendState.CONFIRMED,
        "person:TM-01",
        1,
        audit.content_hash,
    )
    heads = centre.office().execute(
        "SELECT key, head_seq, encode(head_chain, 'hex') FROM core.scope WHERE key = 'person:TM-01'"
    )
    assert heads.fetchone() in [(pin.scope, pin.seq, pin.chain) for pin in proof.heads]
    assert proof.at is not None


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


def test_a_form_that_clashes_with_one_here_is_told_and_holds_up_nothing(laptop, centre):
    mine = PublishedForm("demo", "1", "Demo", "<h:html>mine</h:html>", Profile(kind="audit"))
    with laptop.store.work() as work:
        work.forms.keep(mine)
    publishing.publish_form(centre.office(), PublishedForm("demo", "1", "Demo", "<h:html/>", Profile(kind="audit")))
    laptop.seal()

    outcome = laptop.sync()

    assert outcome.problem is not None
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


def test_the_same_id_with_other_words_is_held_back_and_never_confirmed(laptop, centre):
    mine = laptop.seal()
    with centre.sign_in("TM-01") as line:
        push(line, a_record(id=mine.id))
    fine = laptop.seal()

    outcome = laptop.sync()
    again = laptop.sync()

    assert outcome.problem is None
    assert laptop.state(mine) is SendState.HELD_BACK
    assert "another paper under the same number" in laptop.reason(mine)
    assert laptop.state(fine) is SendState.CONFIRMED
    assert (outcome.held_back, again.held_back, again.problem) == (1, 0, None)


def test_a_poisoned_record_holds_back_only_itself(laptop):
    before, poisoned, rotten, after = (
        laptop.seal(),
        laptop.seal(content={"why": "a\u0000b"}),
        laptop.seal(),
        laptop.seal(),
    )
    with laptop.store.work() as work:
        work.connection.execute(
            record_body.update().where(record_body.c.record_id == rotten.id).values(body=rotten.body + " ")
        )

    outcome = laptop.sync()

    assert outcome.problem is None
    assert [laptop.state(one) for one in (before, poisoned, rotten, after)] == [
        SendState.CONFIRMED,
        SendState.HELD_BACK,
        SendState.HELD_BACK,
        SendState.CONFIRMED,
    ]
    assert "damaged on this computer" in laptop.reason(rotten)


def test_what_the_centre_does_not_know_yet_waits_and_then_confirms_by_itself(laptop, centre):
    audit = laptop.seal(team="EAST")

    first = laptop.sync()
    held = (laptop.state(audit), laptop.reason(audit))
    teams.add(centre.office(), Team("EAST", "East locality", "Safeguarding"))
    second = laptop.sync()

    assert first.problem is None
    assert held[0] is SendState.HELD_BACK
    assert "offered again at every sync" in held[1]
    assert second.confirmed == 1
    assert laptop.state(audit) is SendState.CONFIRMED


def test_an_erased_record_disappears_here_and_stays_erased(new_laptop, centre):
    auditor, colleague = new_laptop("TM-01"), new_laptop("TM-02")
    audit = auditor.seal(team="SOUTH")
    auditor.sync()
    colleague.sync()
    centre.office().execute("SELECT core.erase(%s, 'asked for')", (audit.id,))

    auditor.sync()
    colleague.sync()

    assert auditor.state(audit) is SendState.ERASED
    assert auditor.knows(audit) == colleague.knows(audit) == [False]


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


def test_the_centre_restored_from_an_earlier_backup_gets_back_what_it_forgot(new_laptop, centre):
    office, other = new_laptop("TM-01"), new_laptop("TM-02")
    early = [office.seal() for _ in range(5)]
    office.sync()
    other.sync()
    centre.copy("last_night")
    late = [office.seal() for _ in range(7)]
    office.sync()
    foreign = other.seal(team="NORTH")

    centre.restore("last_night")
    forgotten = centre.count()
    other.sync()
    outcome = office.sync()

    assert forgotten == 5
    assert outcome.problem is None
    assert outcome.confirmed == 7
    assert centre.count() == 13
    assert office.states() == {SendState.CONFIRMED: 12}
    assert all(office.state(record) is SendState.CONFIRMED for record in early + late)
    assert office.knows(foreign) == [True]


def test_a_long_history_finds_its_common_point_in_few_round_trips(laptop, centre):
    for _ in range(4):
        for _ in range(60):
            laptop.seal()
        laptop.sync()
    centre.copy("earlier")
    for _ in range(200):
        laptop.seal()
    laptop.sync()
    centre.restore("earlier")
    laptop.calls.clear()

    outcome = laptop.sync()

    assert outcome.confirmed == 200
    assert laptop.calls.count("chain_at") <= 4  # two logs, at most two round trips each


def test_a_laptop_restored_from_its_backup_gets_back_what_it_forgot_as_another_device(laptop, centre):
    early = laptop.seal()
    laptop.sync()
    backup = laptop.store.path.with_suffix(".copy")
    laptop.store.back_up()
    laptop.store.close()
    backup.write_bytes(laptop.store.path.read_bytes())
    laptop.store = type(laptop.store).open(laptop.store.path, laptop.key, clock=laptop.store._clock)
    late = [laptop.seal() for _ in range(3)]
    laptop.sync()
    with laptop.store.look() as work:
        device = work.meta.device

    laptop.store.close()
    laptop.store.path.write_bytes(backup.read_bytes())
    laptop.store = type(laptop.store).open(laptop.store.path, laptop.key, clock=laptop.store._clock)
    reused = laptop.seal()
    outcome = laptop.sync()

    assert outcome.problem is None
    assert laptop.holds(early, *late, reused) == [True] * 5
    assert centre.count() == 5
    with laptop.store.look() as work:
        assert work.meta.device != device


def test_a_store_that_came_from_a_backup_waits_for_its_persons_consent(laptop, centre):
    laptop.seal()
    with laptop.store.work() as work:
        work.meta.needs_consent_to_sync = True

    outcome = laptop.sync()

    assert isinstance(outcome.problem, failures.StoreWasRestored)
    assert centre.count() == 0


def test_received_but_never_in_the_log_is_offered_again(laptop, centre):
    audit = laptop.seal()
    with laptop.store.work() as work:
        # As after a push whose centre was restored before the log was read.
        work.outbox.set_verdicts([Verdict(audit.id, SendState.RECEIVED)])

    outcome = laptop.sync()

    assert outcome.confirmed == 1
    assert laptop.state(audit) is SendState.CONFIRMED
    assert centre.count() == 1


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE core.feed SET content_hash = sha256('x') WHERE seq = 2",
        "UPDATE core.feed SET chain = sha256('x') WHERE seq = 2",
        "DELETE FROM core.feed WHERE seq = 2",
        "UPDATE core.feed SET op = 'r' WHERE seq = 2",
    ],
)
def test_a_log_that_was_altered_stops_the_sync(new_laptop, centre, damage):
    writer, reader = new_laptop("TM-01"), new_laptop("TM-01")
    for _ in range(3):
        writer.seal()
    writer.sync()
    centre.office().execute(f"ALTER TABLE core.feed DISABLE TRIGGER ALL; {damage}".encode())

    outcome = reader.sync()

    assert isinstance(outcome.problem, failures.HistoryMismatch)


def test_words_altered_at_the_centre_stop_the_sync(new_laptop, centre):
    writer, reader = new_laptop("TM-01"), new_laptop("TM-01")
    audit = writer.seal()
    writer.sync()
    altered = read(audit.body.replace("clear", "vague"))
    centre.office().execute(
        "ALTER TABLE core.record DISABLE TRIGGER ALL; ALTER TABLE core.record DROP CONSTRAINT hash;"
        f" UPDATE core.record SET body = $b${altered.body}$b$ WHERE id = '{audit.id}'".encode()
    )

    outcome = reader.sync()

    assert isinstance(outcome.problem, failures.HistoryMismatch)
    assert reader.holds(audit) == [False]


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
    assert not isinstance(outcome.problem, failures.CentreProblem)


def test_a_program_too_old_for_the_centre_stops_politely(laptop, centre):
    laptop.seal()
    centre.office().execute("UPDATE core.setting SET min_client = '0.10.0'")

    outcome = laptop.sync(version="0.9.9")

    assert isinstance(outcome.problem, failures.ProgramTooOld)
    assert laptop.states() == {SendState.READY: 1}
    assert laptop.sync(version="0.10.0").confirmed == 1


def test_a_read_only_centre_is_read_and_the_work_waits(new_laptop, centre):
    writer, reader = new_laptop("TM-01"), new_laptop("TM-02")
    audit = writer.seal(team="SOUTH")
    writer.sync()
    centre.office().execute("UPDATE core.setting SET read_only = true")
    mine = reader.seal()

    outcome = reader.sync()

    assert isinstance(outcome.problem, failures.CentreReadOnly)
    assert reader.state(mine) is SendState.READY
    assert reader.knows(audit) == [True]


def test_two_syncs_of_one_store_never_run_at_once(laptop):
    lock = StoreLock(laptop.folder / "sync")
    assert lock.take()

    outcome = laptop.sync()
    lock.free()

    assert isinstance(outcome.problem, failures.AlreadySyncing)
    assert laptop.sync().problem is None


def test_a_login_of_somebody_else_is_noticed_before_anything_is_sent(laptop, centre):
    laptop.seal()
    laptop.address = laptop.address.__class__(**vars(laptop.address) | {"login": centre.login("TM-02")})
    laptop.password = centre.password("TM-02")

    outcome = laptop.sync()

    assert isinstance(outcome.problem, failures.AnotherAccount)
    assert centre.count() == 0


def test_the_first_sync_tells_who_i_am(laptop, centre):
    centre.office().execute("UPDATE core.principal SET name = 'Renamed', role = 'SM' WHERE code = 'TM-01'")
    centre.office().execute("SELECT core.refresh_members()")

    laptop.sync()

    with laptop.store.look() as work:
        assert work.meta.get("me")["name"] == "Renamed"
        assert work.people.me().role in {Role.SM, Role.TM}


def test_every_attempt_is_written_down_in_a_sentence(laptop):
    laptop.seal()
    laptop.sync()
    laptop.password = "wrong"
    laptop.sync()

    with laptop.store.look() as work:
        last, good = work.outbox.last_attempt(), work.outbox.last_attempt("done")
    assert (last.outcome, last.sentence.split(".")[0]) == ("sign-in", "The centre did not accept your sign-in")
    assert good.sentence.startswith("Up to date with the centre: 1 sent, 1 confirmed")


def test_progress_is_told_in_order(laptop):
    laptop.seal()
    told = []

    laptop.sync(told.append)

    steps = [progress.step for progress in told]
    assert steps == sorted(steps, key=["hello", "push", "pull", "check"].index)
    assert set(steps) == {"hello", "push", "pull", "check"}
    assert all(progress.words and progress.done <= progress.total for progress in told)


def test_a_clock_five_years_off_changes_nothing_but_is_measured(laptop):
    laptop.store._clock = lambda: a_record().claimed_at.replace(year=2031)
    laptop.seal()

    outcome = laptop.sync()

    assert outcome.confirmed == 1
    assert outcome.skew_seconds > 3 * 365 * 86_400
