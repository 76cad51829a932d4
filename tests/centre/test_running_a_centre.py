"""What the administrator does: make a centre, add people, publish, enrol, check."""

from __future__ import annotations

import json
import re
import traceback
from datetime import date

import psycopg
import pytest

from qaf_desktop.centre import calendar, check, enrol, migrate, people, publishing, references, teams
from qaf_desktop.centre.embedded import ADMINISTRATOR
from qaf_desktop.centre.office import NoCentre, OfficeClosed, open_office
from qaf_desktop.domain.people import Role, Team
from qaf_desktop.forms.published import Profile, PublishedForm
from tests.centre.papers import a_record, push, scopes_of


@pytest.fixture
def bare(centre_server):
    """A database in which nothing has been made yet."""
    centre_server.create_database("bare")
    with centre_server.office("bare") as office:
        yield office
    centre_server.drop_database("bare")


def a_form(version: str = "1", xml: str = "<h:html/>", media=None) -> PublishedForm:
    return PublishedForm("demo", version, "Demo form", xml, Profile(kind="audit"), media or {"face.svg": b"<svg/>"})


def test_init_makes_a_centre_and_a_second_time_does_nothing(bare):
    first = migrate.init(bare, council="Demo Council")
    second = migrate.init(bare, council="Demo Council")

    assert len(first.ran) == first.at
    assert second.ran == ()


def test_a_council_is_renamed_only_when_that_is_said(bare):
    migrate.init(bare, council="Demo Council")

    with pytest.raises(migrate.CannotInitialise, match="already the centre of “Demo Council”"):
        migrate.init(bare, council="New Name")

    assert bare.execute("SELECT council FROM core.setting").fetchone() == ("Demo Council",)
    migrate.init(bare, council="New Name", rename=True)
    assert bare.execute("SELECT council FROM core.setting").fetchone() == ("New Name",)


def test_init_upgrades_a_centre_with_records_in_it(bare):
    known = migrate.steps()
    migrate.init(bare, council="Demo Council", wanted=known[:-1])
    teams.add(bare, Team("NORTH", "North", "Safeguarding"))

    upgraded = migrate.init(bare, council="Demo Council")

    assert upgraded.ran == (f"{known[-1].number:04d} {known[-1].name}",)
    assert [team.code for team in teams.everything(bare)] == ["NORTH"]


def test_a_newer_centre_is_left_alone(bare):
    migrate.init(bare, council="Demo Council")
    bare.execute("INSERT INTO centre_migration.step (number, name, sha256) VALUES (9999, 'later', '')")

    with pytest.raises(migrate.CannotInitialise, match="newer"):
        migrate.init(bare, council="Demo Council")


def test_a_step_that_fails_leaves_nothing_behind(bare):
    broken = [*migrate.steps()[:1], migrate.Step(2, "broken", "CREATE TABLE core.half (x int); SELECT 1/0", "")]

    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate.init(bare, council="Demo Council", wanted=broken)

    assert bare.execute(
        "SELECT count(*) FROM pg_namespace WHERE nspname IN ('core', 'centre_migration')"
    ).fetchone() == (0,)


def test_only_the_administrator_makes_a_centre(centre):
    with centre.sign_in("QA-01") as office, pytest.raises(migrate.CannotInitialise, match="administrator"):
        migrate.init(office, council="Mine")


def test_commands_in_a_database_that_is_no_centre_say_so(bare):
    with pytest.raises(NoCentre):
        teams.add(bare, Team("NORTH", "North", "Safeguarding"))
    with pytest.raises(NoCentre):
        check.check(bare)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("{right} port=1", "Nobody answers"),
        ("{right} host=no-such-host.invalid", "is not known on this network"),
        ("postgresql://me:se@cret-word@no-such-host.invalid/x", "is not known on this network"),
        ("{right} password=cret-word", "does not accept this login or its password"),
        ("{right} user=nobody password=cret-word", "does not accept this login or its password"),
        ("{right} dbname=no_such_place", "no database of that name"),
        ("{right} sslrootcert=/no/such/file", "No safe line"),
        ("{right} host=a..b", "was not understood"),
        ("cret-word", "was not understood"),
        ("{right} sslmode=cret-word", "was not understood"),
        ("{right} port=cret-word", "was not understood"),
        ("service=no-such-service", "was not understood"),
    ],
)
def test_a_database_that_cannot_be_opened_is_told_why_and_never_the_password(centre_server, address, says):
    right = f"{centre_server.address('postgres')} password={centre_server.administrator_password}"

    with pytest.raises(OfficeClosed, match=says) as told:
        open_office(address.format(right=right))

    shown = "".join(traceback.format_exception(told.value, limit=0))
    assert "cret-word" not in shown
    assert centre_server.administrator_password not in shown


def test_a_person_gets_an_opaque_login_a_password_and_the_next_code(centre):
    office = centre.office()

    admitted = people.add(office, name="Second reviewing officer", role=Role.TM, team="CARE")

    assert re.fullmatch(r"u[0-9a-f]{8}", admitted.person.login)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}", admitted.password)
    assert admitted.person.code == "TM-03"
    assert admitted.password not in repr(admitted)
    centre.people["TM-03"] = admitted
    with centre.sign_in("TM-03") as line:
        assert push(line, a_record(author="TM-03", team="CARE"))[0][1] == "accepted"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"team": "NOWHERE"}, "no team"),
        ({"team": None}, "needs a team"),
        ({"team": None, "role": Role.ATM}, "needs a team"),
        ({"team": None, "role": Role.SW}, "needs a team"),
        ({"name": ""}, "needs a name"),
        ({"name": " \t"}, "needs a name"),
        ({"code": "TM-01"}, "already in use"),
        ({"code": "centre"}, "cannot be used"),
        ({"code": "a b"}, "cannot be used"),
        ({"login": "pg_mine"}, "cannot be used"),
        ({"login": "app_user"}, "already in use"),
        ({"login": ""}, "cannot be used"),
        ({"login": "x" * 64}, "cannot be used"),
        ({"login": "postgres"}, "administrator"),
        ({"login": ADMINISTRATOR}, "administrator"),
        ({"also": ["rubbish"]}, "“rubbish”"),
        ({"also": ["role:safeguarding", "role:qa"]}, "“role:qa”"),
        ({"also": ["person:TM-01"]}, "“person:TM-01”"),
        ({"also": ["all"]}, "“all”"),
        ({"also": ["panel:"]}, "“panel:”"),
        ({"also": ["service:Nowhere"]}, "“service:Nowhere”"),
    ],
)
def test_a_person_who_cannot_be_added_leaves_no_login_behind(centre, more, says):
    office = centre.office()
    before = office.execute("SELECT count(*) FROM pg_roles").fetchone()

    with pytest.raises(people.PersonRefused, match=says):
        people.add(office, **{"name": "Somebody", "role": Role.TM, "team": "CARE"} | more)

    assert office.execute("SELECT count(*) FROM pg_roles").fetchone() == before


def test_scopes_beyond_the_role_are_given_by_name(centre):
    scopes = ("role:safeguarding", "panel:Health", "service:Permanence")

    centre.people["SM-02"] = people.add(centre.office(), name=" Some  body ", role=Role.SM, code="SM-02", also=scopes)

    with centre.sign_in("SM-02") as line:
        assert set(scopes) <= set(scopes_of(line))
    assert people.find(centre.office(), "SM-02").name == "Some body"


def test_a_code_nobody_has_is_answered_with_the_nearest_ones(centre):
    with pytest.raises(people.PersonRefused) as told:
        people.find(centre.office(), "tm-1")

    assert told.value.next_step.startswith("The nearest codes in use are TM-01, ")


def test_in_an_empty_centre_there_is_no_nearest_code(bare):
    migrate.init(bare, council="Demo Council")

    with pytest.raises(people.PersonRefused, match="Add the person first"):
        people.find(bare, "TM-01")


def test_a_deactivated_persons_open_session_ends_and_reactivating_lets_them_in(centre):
    office = centre.office()
    with centre.sign_in("TM-01") as line:
        people.deactivate(office, "TM-01")
        with pytest.raises(psycopg.OperationalError):
            line.execute("SELECT 1")

    people.reactivate(office, "TM-01")

    with centre.sign_in("TM-01") as line:
        assert push(line, a_record())[0][1] == "accepted"


def test_a_lost_password_is_replaced(centre_server, centre):
    added = people.add(centre.office(), name="Somebody", role=Role.TM, team="CARE")

    renewed = people.set_password(centre.office(), added.person.code)

    centre.people[added.person.code] = renewed
    with centre.sign_in(added.person.code) as line:
        assert line.execute("SELECT 1").fetchone() == (1,)


def test_a_team_with_an_impossible_code_is_refused(centre):
    with pytest.raises(teams.TeamRefused):
        teams.add(centre.office(), Team("", "Nameless", "Safeguarding"))


def test_a_form_is_published_once_with_its_pictures(centre):
    office = centre.office()

    first = publishing.publish_form(office, a_form())
    again = publishing.publish_form(office, a_form())

    assert (first.already, again.already, first.record_id) == (False, True, again.record_id)
    assert centre.count("core.blob", "true") == 1
    with pytest.raises(publishing.FormNotPublished, match="other questions"):
        publishing.publish_form(office, a_form(xml="<h:html>new</h:html>"))


def test_a_form_is_withdrawn_in_one_version_or_in_all(centre):
    office = centre.office()
    for version in ("2026.1", "2026.2"):
        publishing.publish_form(office, a_form(version=version))

    one = publishing.withdraw_form(office, a_form().form_id, "2026.1")
    rest = publishing.withdraw_form(office, a_form().form_id)
    again = publishing.withdraw_form(office, a_form().form_id)

    assert (one, rest, again) == (("2026.1",), ("2026.2",), ())
    assert publishing.publish_form(office, a_form(version="2026.2")).already
    with pytest.raises(publishing.FormNotPublished, match="never published"):
        publishing.withdraw_form(office, "nothing")


def test_a_form_larger_than_the_centre_takes_is_refused(centre):
    with pytest.raises(publishing.FormNotPublished, match="one megabyte"):
        publishing.publish_form(centre.office(), a_form(xml="x" * 1_000_001))

    assert centre.count("core.record", "kind = 'form_version'") == 0


def test_references_are_unique_and_never_handed_out_twice(centre):
    office = centre.office()

    handed_out = references.new_references(office, 300) + references.new_references(office, 300)

    assert len(set(handed_out)) == 600
    assert all(re.fullmatch(r"CH-[0-9A-HJKMNP-TV-Z]{5}", reference) for reference in handed_out)
    with pytest.raises(references.TooManyReferences):
        references.new_references(office, 0)


def test_a_calendar_is_read_and_published(centre, tmp_path):
    file = tmp_path / "holidays.csv"
    file.write_text("date,name\n2026-12-25,Christmas Day\n2026-12-28,Boxing Day (substitute)\n", encoding="utf-8")

    days = calendar.read_calendar(file)
    record = publishing.publish_calendar(centre.office(), days)

    assert days == {date(2026, 12, 25): "Christmas Day", date(2026, 12, 28): "Boxing Day (substitute)"}
    assert record.content == {"bank_holidays": {"2026-12-25": "Christmas Day", "2026-12-28": "Boxing Day (substitute)"}}


@pytest.mark.parametrize("words", ["", "day,what\n1,2\n", "date,name\n2026-13-01,x\n", "date,name\n2026-12-25,\n"])
def test_a_file_that_is_no_calendar_is_refused(tmp_path, words):
    file = tmp_path / "holidays.csv"
    file.write_text(words, encoding="utf-8")

    with pytest.raises(calendar.NotACalendar):
        calendar.read_calendar(file)


def test_an_enrolment_file_tells_where_and_who_but_never_the_password(centre, tmp_path):
    path = enrol.write_enrolment(
        centre.office(), tmp_path / "tm01.json", code="TM-01", host="localhost", port=5432, ca_pem=centre.server.ca_pem
    )

    told = json.loads(path.read_text(encoding="utf-8"))

    assert told["person"]["login"] == centre.login("TM-01")
    assert told["centre"]["database"] == centre.database
    assert centre.password("TM-01") not in path.read_text(encoding="utf-8")


def test_an_enrolment_without_an_authority_is_refused(centre, tmp_path):
    with pytest.raises(enrol.CannotEnrol):
        enrol.write_enrolment(
            centre.office(), tmp_path / "x.json", code="TM-01", host="localhost", port=5432, ca_pem="trust me"
        )


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("", 5432),
        (" ", 5432),
        ("a b", 5432),
        ("https://centre.example/", 5432),
        ("localhost", 0),
        ("localhost", 99_999),
    ],
)
def test_an_enrolment_that_leads_nowhere_is_refused(centre, tmp_path, host, port):
    path = tmp_path / "x.json"

    with pytest.raises(enrol.CannotEnrol, match="cannot be an address"):
        enrol.write_enrolment(centre.office(), path, code="TM-01", host=host, port=port, ca_pem=centre.server.ca_pem)

    assert not path.exists()


def test_a_healthy_centre_passes_its_check(centre):
    with centre.sign_in("TM-01") as line:
        push(line, a_record(), a_record())

    findings = check.check(centre.office())

    assert [finding.words for finding in findings if not finding.good] == []
    assert len(findings) >= 12


@pytest.mark.parametrize(
    ("damage", "noticed_by"),
    [
        ("GRANT TEMP ON DATABASE {database} TO PUBLIC", "database"),
        ("GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC", "language"),
        ("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC", "functions"),
        ("ALTER TABLE core.record NO FORCE ROW LEVEL SECURITY", "row security"),
        ("GRANT SELECT ON core.record TO app_user", "tables"),
        (
            "ALTER TABLE core.record DISABLE TRIGGER ALL; UPDATE core.record SET summary = '{{}}' WHERE kind = 'audit'",
            "records",
        ),
        (
            "ALTER TABLE core.feed DISABLE TRIGGER ALL; UPDATE core.feed SET content_hash = sha256('') WHERE seq = 1",
            "logs",
        ),
        ("ALTER TABLE core.feed DISABLE TRIGGER ALL; DELETE FROM core.feed WHERE seq = 1", "logs"),
        ("UPDATE core.scope SET head_chain = sha256('') WHERE key = 'all'", "heads"),
    ],
)
def test_what_must_not_be_is_noticed(centre, damage, noticed_by):
    with centre.sign_in("TM-01") as line:
        push(line, a_record())
    office = centre.office()

    office.execute(damage.format(database=centre.database).encode())

    assert noticed_by in {finding.name for finding in check.check(office) if not finding.good}


def test_a_session_that_holds_a_transaction_is_ended_and_named(centre):
    with centre.sign_in("TM-01") as line:
        line.execute("BEGIN")
        push(line, a_record())

        ended = check.end_idle_sessions(centre.office(), seconds=0)

        assert ended == [centre.login("TM-01")]
        with pytest.raises(psycopg.OperationalError):
            line.execute("SELECT 1")
    assert centre.count() == 0
