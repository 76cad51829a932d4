"""What a laptop gets through the door: verdicts, logs and words, and nothing it may not see."""

from __future__ import annotations

import hashlib
import json
import threading

import psycopg
import pytest

from qaf_desktop.centre import people
from qaf_desktop.centre.office import set_read_only
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import new_record_id
from tests.centre.papers import a_record, bodies, pulled, push, scopes_of, verdicts


def test_a_pushed_audit_is_accepted_and_can_be_read_again(centre):
    audit = a_record()

    with centre.sign_in("TM-01") as line:
        said = verdicts(line, audit)
        entries = pulled(line)
        words = bodies(line, audit.id)

    assert said == ["accepted"]
    assert {(entry["scope"], entry["record_id"], entry["content_hash"]) for entry in entries} == {
        ("person:TM-01", audit.id, audit.content_hash),
        ("team:NORTH", audit.id, audit.content_hash),
    }
    assert words == {audit.id: audit.body}


def test_a_push_repeated_after_a_lost_reply_adds_nothing(centre):
    audits = [a_record() for _ in range(3)]

    with centre.sign_in("TM-01") as line:
        first = verdicts(line, *audits)
        heads = scopes_of(line)
        again = verdicts(line, *audits)

        assert first == again == ["accepted"] * 3
        assert scopes_of(line) == heads
    assert centre.count() == 3


def test_a_forged_author_is_refused_and_holds_up_nobody_else(centre):
    forged, honest = a_record(author="TM-02"), a_record()

    with centre.sign_in("TM-01") as line:
        said = push(line, forged, honest)

    assert said == [(forged.id, "rejected", "author"), (honest.id, "accepted", "")]
    assert centre.count() == 1


@pytest.mark.parametrize("kind", [Kind.WITHDRAWAL, Kind.ALLOCATION])
def test_withdrawing_and_allocating_audits_is_for_quality_assurance(centre, kind):
    audit = a_record()
    by_manager = a_record(kind, case_id=audit.case_id, about=audit.id)
    about_nothing = a_record(kind)
    by_quality = a_record(kind, author="QA-01", case_id=audit.case_id, about=audit.id)

    with centre.sign_in("TM-01") as line:
        said = push(line, audit, by_manager, about_nothing)
    with centre.sign_in("QA-01") as line:
        allowed = verdicts(line, by_quality)

    assert [(verdict, reason) for _, verdict, reason in said] == [
        ("accepted", ""),
        ("rejected", "not_yours"),
        ("rejected", "not_yours"),
    ]
    assert allowed == ["accepted"]
    assert centre.count("core.record", "kind IN ('withdrawal', 'allocation')") == 1


def test_feedback_is_taken_back_by_whoever_gathered_it_also_in_one_batch(centre):
    feedback = a_record(Kind.FEEDBACK)
    theirs = a_record(Kind.WITHDRAWAL, author="TM-02", case_id=feedback.case_id, about=feedback.id)
    own = a_record(Kind.WITHDRAWAL, case_id=feedback.case_id, about=feedback.id)

    with centre.sign_in("TM-01") as line:
        said = verdicts(line, feedback, own)
    with centre.sign_in("TM-02") as line:
        refused = push(line, theirs)

    assert said == ["accepted", "accepted"]
    assert refused == [(theirs.id, "rejected", "not_yours")]


def test_a_withdrawal_of_what_has_not_come_yet_is_offered_again_and_then_taken(centre):
    feedback = a_record(Kind.FEEDBACK)
    own = a_record(Kind.WITHDRAWAL, case_id=feedback.case_id, about=feedback.id)

    with centre.sign_in("TM-01") as line:
        early = verdicts(line, own)
        later = verdicts(line, feedback, own)

    assert (early, later) == (["too_new"], ["accepted", "accepted"])


def test_who_may_seal_what_follows_the_councils_own_table(centre):
    centre.office().execute("UPDATE core.writer SET roles = roles || '{TM}' WHERE kind = 'allocation'")

    with centre.sign_in("TM-01") as line:
        assert verdicts(line, a_record(Kind.ALLOCATION)) == ["accepted"]


def test_time_council_and_login_are_set_by_the_centre(centre):
    audit = a_record()

    with centre.sign_in("TM-01") as line:
        push(line, audit)

    row = centre.office().execute(
        "SELECT author_login, council, received_at > now() - interval '1 minute' FROM core.record WHERE id = %s",
        (audit.id,),
    )
    assert row.fetchone() == (centre.login("TM-01"), "Demo Council", True)


def test_the_same_id_with_other_words_is_never_taken(centre):
    first = a_record()
    second = a_record(id=first.id)

    with centre.sign_in("TM-01") as line:
        push(line, first)
        said = push(line, second)

    assert said == [(first.id, "id_taken", "")]


def test_a_poisoned_record_holds_back_only_itself(centre):
    good = [a_record() for _ in range(4)]
    broken = {"id": new_record_id(), "hash": hashlib.sha256(b"{").hexdigest(), "body": "{"}
    rotten = a_record()
    rotten = {"id": rotten.id, "hash": rotten.content_hash, "body": rotten.body.replace("plan", "plum")}
    nul = a_record(content={"note": "before\u0000after"})
    no_moment = _with(a_record(), claimed_at="last Tuesday")
    not_an_id = {"id": "not-an-id", "hash": "00", "body": "{}"}
    huge = a_record(content={"words": "x" * 1_000_001})

    with centre.sign_in("TM-01") as line:
        said = push(line, good[0], broken, rotten, good[1], nul, no_moment, good[2], not_an_id, huge, good[3])

    assert {id for id, verdict, _ in said if verdict == "accepted"} == {record.id for record in good}
    assert {id: reason for id, verdict, reason in said if verdict == "rejected"} == {
        broken["id"]: "malformed",
        rotten["id"]: "hash",
        nul.id: "malformed",
        no_moment["id"]: "malformed",
        "not-an-id": "malformed",
        huge.id: "too_big",
    }
    assert centre.count() == 4


def _with(record, **fields):
    body = json.dumps(json.loads(record.body) | fields)
    return {"id": record.id, "hash": hashlib.sha256(body.encode()).hexdigest(), "body": body}


@pytest.mark.parametrize("fields", [{"kind": "prophecy"}, {"schema": 99}, {"team": "EAST"}])
def test_what_the_centre_does_not_know_yet_waits(centre, fields):
    record = _with(a_record(), **fields)

    with centre.sign_in("TM-01") as line:
        assert push(line, record) == [(record["id"], "too_new", "too_new")]


def test_a_person_cannot_publish_a_form_or_a_directory(centre):
    forged = a_record(Kind.DIRECTORY, team=None)

    with centre.sign_in("TM-01") as line:
        assert push(line, forged) == [(forged.id, "rejected", "centre_only")]


def test_a_closed_account_is_turned_away_and_condemns_nothing(centre):
    people.deactivate(centre.office(), "TM-01")

    with centre.sign_in("TM-01") as line:
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
            push(line, a_record())
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
            scopes_of(line)
    assert centre.count() == 0


def test_a_read_only_centre_takes_nothing_and_condemns_nothing(centre):
    set_read_only(centre.office(), True)

    with centre.sign_in("TM-01") as line:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            push(line, a_record())
        assert scopes_of(line)
        set_read_only(centre.office(), False)

        assert verdicts(line, a_record()) == ["accepted"]


def test_more_than_25_records_are_not_taken_at_once(centre):
    with centre.sign_in("TM-01") as line, pytest.raises(psycopg.errors.ProgramLimitExceeded):
        push(line, *(a_record() for _ in range(26)))


def test_each_log_is_gapless_and_its_chain_can_be_recomputed(centre):
    with centre.sign_in("TM-01") as line:
        for _ in range(3):
            push(line, a_record(), a_record())
        entries = pulled(line, own_papers=False)

    for scope in {entry["scope"] for entry in entries}:
        running = hashlib.sha256(scope.encode()).digest()
        log = [entry for entry in entries if entry["scope"] == scope]
        assert [entry["seq"] for entry in log] == list(range(1, len(log) + 1))
        for entry in log:
            id_bytes = bytes.fromhex(entry["record_id"].replace("-", ""))
            running = hashlib.sha256(
                running + entry["op"].encode() + id_bytes + bytes.fromhex(entry["content_hash"])
            ).digest()
            assert entry["chain"] == running.hex()


def test_many_people_pushing_at_once_leave_no_gap_and_no_deadlock(centre):
    failures = []

    def push_ten(code):
        try:
            with centre.sign_in(code) as line:
                for _ in range(10):
                    assert verdicts(line, *(a_record(author=code) for _ in range(3))) == ["accepted"] * 3
        except Exception as error:  # noqa: BLE001 - told by the test itself
            failures.append(error)

    threads = [threading.Thread(target=push_ten, args=(code,)) for code in ("TM-01", "TM-02", "SW-01", "SM-01")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    gaps = centre.office().execute(
        "SELECT count(*) FROM core.scope s"
        " WHERE head_seq <> (SELECT count(*) FROM core.feed f WHERE f.scope_id = s.scope_id)"
    )
    assert gaps.fetchone() == (0,)
    assert centre.count("core.feed f JOIN core.scope s USING (scope_id)", "s.key = 'team:NORTH'") == 120


def test_pages_are_bounded_and_go_on_where_they_stopped(centre):
    audits = [a_record() for _ in range(7)]
    with centre.sign_in("TM-01") as line:
        push(line, *audits)
        seen, after = [], 0
        while page := line.execute(
            "SELECT seq, record_id FROM api.pull(%s, 3)", (json.dumps([{"scope": "team:NORTH", "after": after}]),)
        ).fetchall():
            assert len(page) <= 3
            after = page[-1][0]
            seen += [id for _, id in page]
        one = line.execute(
            "SELECT seq FROM api.pull(%s, 500, 1)", ('[{"scope": "team:NORTH", "after": 0}]',)
        ).fetchall()

    assert seen == [audit.id for audit in audits]
    assert one == [(1,)]


def test_hello_tells_the_chain_at_my_pin_and_who_i_am(centre):
    with centre.sign_in("TM-01") as line:
        push(line, a_record())
        (first,) = line.execute("SELECT api.hello('0.1.0', '[]')").fetchone()
        own = next(log for log in first["logs"] if log["scope"] == "person:TM-01")
        push(line, a_record())
        pins = json.dumps([{"scope": "person:TM-01", "seq": 1}, {"scope": "team:NORTH", "seq": 77}])
        (second,) = line.execute("SELECT api.hello('0.1.0', %s)", (pins,)).fetchone()
        later = {log["scope"]: log for log in second["logs"]}

    assert first["me"] == {"login": centre.login("TM-01"), "code": "TM-01", "name": "Team manager north"} | {
        "role": "TM",
        "team": "NORTH",
    }
    assert (own["head"], later["person:TM-01"]["head"]) == (1, 2)
    assert later["person:TM-01"]["at_pin"] == own["chain"]
    assert later["team:NORTH"]["at_pin"] is None
    assert first["council"] == "Demo Council"
    assert first["read_only"] is False


def test_the_projection_of_an_audit_is_filled_with_it(centre):
    audit = a_record(
        summary={"overall": "RI", "areas": {"dm": "RI"}, "held_on": "2026-02-29", "non_negotiables": {"nn_1": "no"}}
    )

    with centre.sign_in("TM-01") as line:
        push(line, audit)

    row = centre.office().execute("SELECT overall, areas, held_on, non_negotiables, team FROM core.audit").fetchall()
    assert row == [("RI", {"dm": "RI"}, None, {"nn_1": "no"}, "NORTH")]


def test_pictures_travel_in_pieces_and_go_on_where_they_stopped(centre):
    picture = bytes(range(256)) * 1200
    sha256 = hashlib.sha256(picture).hexdigest()
    put = "SELECT api.put_blob(%s, 'image/png', %s, %s, %s)"

    with centre.sign_in("TM-01") as line:
        held = line.execute(put, (sha256, len(picture), 0, picture[:200_000])).fetchone()[0]
        lost_reply = line.execute(put, (sha256, len(picture), 0, picture[:200_000])).fetchone()[0]
        done = line.execute(put, (sha256, len(picture), held, picture[held:])).fetchone()[0]
    with centre.sign_in("TM-02") as line:
        rows = [line.execute("SELECT * FROM api.get_blob(%s, %s)", (sha256, at)).fetchone() for at in (0, 262_144)]

    assert (held, lost_reply, done) == (200_000, 200_000, len(picture))
    assert b"".join(row[2] for row in rows) == picture
    assert rows[0][:2] == ("image/png", len(picture))


def test_a_picture_that_is_not_what_its_hash_says_is_not_kept(centre):
    with centre.sign_in("TM-01") as line:
        held = line.execute("SELECT api.put_blob(%s, 'image/png', 3, 0, 'abc')", ("00" * 32,)).fetchone()[0]

    assert held == 0
    assert centre.count("core.blob", "true") == 0
