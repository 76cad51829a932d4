"""Forms, people, pictures and small facts are kept as they came."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qaf_desktop.domain.people import Person, Role, Team
from qaf_desktop.models.forms import FormConflict, FormMissing
from qaf_desktop.models.pictures import PictureMissing
from qaf_desktop.models.store import Store
from tests.builders import a_form
from tests.stores import COLLEAGUE, ME, TEAMS, StoppedClock

FACE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def test_a_form_comes_back_with_its_pictures_as_it_was_kept(store: Store) -> None:
    form = a_form(media={"face_1.svg": FACE})
    with store.work() as work:
        assert work.forms.keep(form)

    with store.look() as work:
        kept = work.forms.get(form.form_id, form.version)

    assert kept == form
    assert kept.sha256 == form.sha256


def test_keeping_the_same_form_twice_keeps_it_once(store: Store) -> None:
    with store.work() as work:
        assert work.forms.keep(a_form())
        assert not work.forms.keep(a_form())

        assert len(work.forms.offered()) == 1


def test_another_form_under_the_same_name_is_refused_and_the_first_stays(store: Store) -> None:
    with store.work() as work:
        work.forms.keep(a_form(title="First"))

    with pytest.raises(FormConflict), store.work() as work:
        work.forms.keep(a_form(title="Second"))

    with store.look() as work:
        assert work.forms.get("child_practice_audit", "2026.1").title == "First"


def test_the_newest_version_that_is_not_withdrawn_is_offered(store: Store, clock: StoppedClock) -> None:
    with store.work() as work:
        work.forms.keep(a_form(version="2026.2"), clock.now)
        # Published later, though it came first by name and is kept in the same moment:
        work.forms.keep(a_form(version="2026.10"), clock.now + timedelta(days=1))
        work.forms.keep(a_form(version="2026.1"), clock.now - timedelta(days=9))
        work.forms.keep(a_form(form_id="feedback", title="A feedback", kind="feedback", audience="child"))

        assert [(one.form_id, one.version, one.kind, one.audience) for one in work.forms.offered()] == [
            ("feedback", "2026.1", "feedback", "child"),
            ("child_practice_audit", "2026.10", "audit", "auditor"),
        ]

        work.forms.withdraw("child_practice_audit", "2026.10")

        assert work.forms.newest("child_practice_audit").version == "2026.2"
        assert work.forms.get("child_practice_audit", "2026.10").version == "2026.10"


def test_a_form_that_is_not_here_says_so(store: Store) -> None:
    with store.look() as work:
        with pytest.raises(FormMissing):
            work.forms.get("nothing", "1")
        with pytest.raises(FormMissing):
            work.forms.newest("nothing")
        assert work.forms.title("nothing", "1") == "nothing"


def test_pictures_that_have_not_come_yet_are_named_and_fit_in_when_they_come(store: Store) -> None:
    form = a_form(media={"face_1.svg": FACE})
    with store.work() as work:
        work.forms.keep(form)
        work.connection.exec_driver_sql("DELETE FROM picture")

        assert work.forms.missing_pictures() == set(form.pictures.values())
        without = work.forms.get(form.form_id, form.version)
        assert (without.media, without.sha256) == ({}, form.sha256)

        work.pictures.keep(FACE, "image/svg+xml")

        assert work.forms.missing_pictures() == frozenset()
        assert work.forms.get(form.form_id, form.version) == form


def test_a_picture_is_kept_once_by_what_it_is(store: Store) -> None:
    with store.work() as work:
        first, second = work.pictures.keep(FACE, "image/svg+xml"), work.pictures.keep(FACE, "image/png")

        assert first == second
        assert work.pictures.get(first) == FACE
        assert work.pictures.media_type(first) == "image/svg+xml"
        assert work.pictures.missing([first, "f" * 64]) == {"f" * 64}
        with pytest.raises(PictureMissing):
            work.pictures.get("f" * 64)
        with pytest.raises(PictureMissing):
            work.pictures.media_type("f" * 64)


def test_the_directory_is_replaced_whole(store: Store) -> None:
    with store.work() as work:
        assert work.people.all() == (COLLEAGUE, ME)
        assert work.people.teams() == TEAMS

        gone = Person("SW-12", "u99", "Once Here", Role.SW, None, active=False)
        closed = Team("OLD", "Old team", "Care", active=False)
        work.people.replace([ME, gone], [closed, TEAMS[0]])

        assert work.people.all() == (gone, ME)
        assert work.people.all(active_only=True) == (ME,)
        assert work.people.teams(active_only=True) == (TEAMS[0],)
        assert work.people.person(COLLEAGUE.code) is None


def test_i_am_who_the_newest_directory_says_and_stay_myself_without_one(store: Store) -> None:
    promoted = Person(ME.code, ME.login, ME.name, Role.SM, ME.team)
    with store.work() as work:
        work.people.replace([promoted], TEAMS)
        assert work.people.me() == promoted

        work.people.replace([], [])
        assert work.people.me() == ME
        assert work.my_code == ME.code


def test_bank_holidays_are_replaced_whole(store: Store) -> None:
    with store.work() as work:
        work.people.replace_bank_holidays({date(2026, 12, 25): "Christmas Day"})
        work.people.replace_bank_holidays({date(2027, 1, 1): "New Year's Day"})

        assert work.people.bank_holidays() == {date(2027, 1, 1): "New Year's Day"}


def test_small_facts_are_kept_and_forgotten(store: Store) -> None:
    with store.work() as work:
        meta = work.meta
        assert (meta.enrolment, meta.centre_password, meta.skew_seconds) == (None, None, None)

        meta.enrolment = {"council": "Exampleshire"}
        meta.centre_password = "not a real one"
        meta.skew_seconds = -1.5

        assert (meta.enrolment, meta.centre_password, meta.skew_seconds) == (
            {"council": "Exampleshire"},
            "not a real one",
            -1.5,
        )
        meta.centre_password = None
        assert meta.centre_password is None


def test_another_device_begins_to_count_again(store: Store) -> None:
    with store.work() as work:
        before = work.meta.device
        work.meta.next_device_seq()

        assert work.meta.new_device() != before
        assert work.meta.next_device_seq() == 1
