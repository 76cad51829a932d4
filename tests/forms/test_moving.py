"""What becomes of answers in another version of their form: a table of forms, one mistake of memory each."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.moving import CHOICE_GONE, GONE, NOT_ASKED, OTHER_KIND, OTHER_PLACE, Move, move
from qaf_desktop.forms.publish.workbook import publish

CHOICES = "list_name,name,label\nplan,cp,Child protection plan\nplan,cin,Child in need plan\n"
FEWER = "list_name,name,label\nplan,cin,Child in need plan\nplan,none,No plan\n"
HEAD = "type,name,label,relevant,required,constraint,default\n"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def moved(tmp_path: Path):
    def it(
        before: str, after: str, answers: dict[str, str], *, rows=(), choices: str = CHOICES
    ) -> tuple[Move, Filling]:
        old_form = made(tmp_path / "old", before, CHOICES, "1")
        new_form = made(tmp_path / "new", after, choices, "2")
        old = Filling(old_form, now=lambda: NOW)
        for ref in rows:
            old.add(ref)
        for ref, value in answers.items():
            old.set(ref, value)
        found = move(old, old.saved(), new_form, now=lambda: NOW)
        return found, Filling.restore(new_form, found.saved, now=lambda: NOW)

    return it


def made(folder: Path, survey: str, choices: str, version: str):
    folder.mkdir()
    (folder / "survey.csv").write_text(HEAD + survey, "utf-8")
    (folder / "choices.csv").write_text(choices, "utf-8")
    (folder / "settings.csv").write_text(f"form_title,form_id,version\nSmall,small,{version}\n", "utf-8")
    return read_form(publish(folder).xml)


def test_a_question_that_moved_to_another_section_takes_its_answer_along(moved) -> None:
    before = "begin_group,a,A,,,,\ntext,why,Why?,,,,\nend_group,,,,,,\n"
    after = "begin_group,b,B,,,,\ntext,why,Why now?,,,,\nend_group,,,,,,\n"

    found, filling = moved(before, after, {"/data/a/why": "because"})

    assert filling.answer("why") == "because"
    assert found.slots == {"/data/a/why": "/data/b/why"}
    assert (found.carried, found.aside, found.new) == (1, (), ())


def test_a_question_that_is_gone_is_kept_aside_in_words(moved) -> None:
    found, _ = moved("select_one plan,p,Plan now,,,,\n", "text,q,Other,,,,\n", {"/data/p": "cp"})

    (aside,) = found.aside
    assert (aside.label, aside.words, aside.why) == ("Plan now", "Child protection plan", GONE)


def test_a_choice_no_longer_offered_is_kept_aside(moved) -> None:
    same = "select_one plan,p,Plan now,,,,\n"

    found, filling = moved(same, same, {"/data/p": "cp"}, choices=FEWER)

    assert [aside.why for aside in found.aside] == [CHOICE_GONE]
    assert filling.answer("p") == ""


def test_of_several_choices_those_still_offered_come_along(moved) -> None:
    same = "select_multiple plan,p,Plans,,,,\n"

    found, filling = moved(same, same, {"/data/p": "cp cin"}, choices=FEWER)

    assert filling.answer("p") == "cin"
    assert [aside.words for aside in found.aside] == ["Child protection plan"]


def test_another_kind_of_question_does_not_swallow_an_answer(moved) -> None:
    found, _ = moved("text,n,How many?,,,,\n", "integer,n,How many?,,,,\n", {"/data/n": "a few"})

    assert [aside.why for aside in found.aside] == [OTHER_KIND]


def test_a_whole_number_fits_where_any_number_fits(moved) -> None:
    found, filling = moved("integer,n,How many?,,,,\n", "decimal,n,How many?,,,,\n", {"/data/n": "3"})

    assert (filling.answer("n"), found.aside) == ("3", ())


def test_rows_come_along_one_by_one(moved) -> None:
    table = "begin_repeat,act,Action,,,,\ntext,what,What?,,,,\n{}end_repeat,,,,,,\n"
    refs = {"/data/act[1]/what": "one", "/data/act[2]/what": "two"}

    found, filling = moved(
        table.format(""), table.format("text,who,Who?,,yes,,\n"), refs, rows=("/data/act", "/data/act")
    )

    assert filling.content()["act"] == [{"what": "one"}, {"what": "two"}]
    assert [new.ref for new in found.new] == ["/data/act[1]/who", "/data/act[2]/who"]


def test_what_was_asked_for_each_row_and_is_asked_once_now_is_kept_aside(moved) -> None:
    table = "begin_repeat,act,Action,,,,\ntext,what,What?,,,,\nend_repeat,,,,,,\n"

    found, _ = moved(table, "text,what,What?,,,,\n", {"/data/act[1]/what": "one"}, rows=("/data/act",))

    assert [(aside.label, aside.words, aside.why) for aside in found.aside] == [("What? (row 1)", "one", OTHER_PLACE)]


def test_an_answer_the_new_version_does_not_ask_for_rests_in_its_place(moved) -> None:
    before = "select_one plan,p,Plan,,,,\ntext,why,Why?,,,,\n"
    after = "select_one plan,p,Plan,,,,\ntext,why,Why?,${p} = 'cin',,,\n"

    found, filling = moved(before, after, {"/data/p": "cp", "/data/why": "because"})
    filling.set("/data/p", "cin")

    assert [(rest.label, rest.why) for rest in found.resting] == [("Why?", NOT_ASKED)]
    assert filling.answer("why") == "because"


def test_an_answer_the_new_version_does_not_accept_comes_along_to_be_looked_at(moved) -> None:
    found, filling = moved("integer,n,Months,,,,\n", "integer,n,Months,,,. < 12,\n", {"/data/n": "40"})

    assert [look.label for look in found.look_again] == ["Months"]
    assert filling.look("/data/n").value == "40"


def test_new_questions_get_their_defaults_and_old_ones_keep_being_empty(moved) -> None:
    found, filling = moved(
        "text,old,Old,,,,\n", "text,old,Old,,,,given\ntext,new,New,,,,given\ntext,open,Open,,yes,,\n", {"/data/old": ""}
    )

    assert (filling.answer("old"), filling.answer("new")) == ("", "given")
    assert [(new.label, new.required) for new in found.new] == [("Open", True)]
