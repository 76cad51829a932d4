"""Rules in words, as a table: what the author wrote, and what the program says it means."""

from datetime import UTC, datetime

import pytest

from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.explaining import RuleWords, as_written
from qaf_desktop.forms.expressions.grammar import parse
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.publish.workbook import publish
from qaf_desktop.forms.why import hidden, why

SURVEY = """\
type,name,label,relevant,required,constraint,constraint_message,calculation,choice_filter
select_one plan,plan,Current plan,,,,,,
select_multiple flag,flags,Does any of this apply?,,,,,,
integer,months,Months open,,,. >= 0 and . <= 300,Whole months please.,,
date,seen,Date seen,,,,,,
calculate,fact_cp,,,,,,"if(${plan} = 'cp', 'yes', 'no')",
calculate,copy,,,,,,${plan},
begin_group,more,More about it,${months} > 6,,,,,
text,why,Why so long?,${plan} = 'cp' or ${plan} = 'cla',"selected(${flags}, 'court')",,,,
end_group,,,,,,,,
begin_repeat,act,Action,,,,,,
text,what,What?,,yes,,,,
text,who,Who?,${what} != '',,,,,
end_repeat,,,,,,,,
select_one plan,next,Plan next,,,,,,name != ${plan}
"""
CHOICES = """\
list_name,name,label
plan,cp,Child protection plan
plan,cla,Looked after
flag,court,In court
flag,closing,About to close
"""
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

CONDITIONS = {
    "/data/plan = 'cp'": "“Current plan” is Child protection plan",
    "/data/plan = 'cp' or /data/plan = 'cla'": "“Current plan” is Child protection plan or Looked after",
    "/data/plan != ''": "“Current plan” has an answer",
    "/data/plan = ''": "“Current plan” has no answer",
    "not(/data/plan = 'cp')": "“Current plan” is not Child protection plan",
    "selected(/data/flags, 'court')": "“Does any of this apply?” includes In court",
    "not(selected(/data/flags, 'court'))": "“Does any of this apply?” does not include In court",
    "selected(/data/plan, 'cp')": "“Current plan” is Child protection plan",
    "/data/months >= 6": "“Months open” is at least 6",
    "6 > /data/months": "“Months open” is less than 6",
    "/data/seen <= today()": "“Date seen” is on or before today",
    "/data/seen < date('2026-01-01')": "“Date seen” is before ‘2026-01-01’",
    "/data/fact_cp = 'yes'": "“Current plan” is Child protection plan",
    "/data/fact_cp = 'no'": "“Current plan” is not Child protection plan",
    "/data/copy = 'cla'": "“Current plan” is Looked after",
    "/data/plan = 'cp' and /data/months > 2": "“Current plan” is Child protection plan and “Months open” is more than 2",  # noqa: E501
    "/data/months > 2 and (/data/plan = 'cp' or /data/seen != '')": (
        "“Months open” is more than 2, and (“Current plan” is Child protection plan or “Date seen” has an answer)"
    ),
    "count(/data/act) > 0": "there is at least one row in “Action”",
    "count(/data/act) >= 3": "the number of rows in “Action” is at least 3",
    "count-selected(/data/flags) = 1": "the number of choices ticked in “Does any of this apply?” is 1",
    "(if(/data/plan = 'cp', 1, 0) + if(/data/months > 6, 1, 0)) >= 2": (
        "the number of these that are so [“Current plan” is Child protection plan; “Months open” is more than 6]"
        " is at least 2"
    ),
    "not(/data/months > 2 and /data/seen = '')": (
        "it is not so that (“Months open” is more than 2 and “Date seen” has no answer)"
    ),
    "string-length(/data/plan) + 1 > 3": "the number of characters in “Current plan” plus 1 is more than 3",
    "regex(., '^[A-Z]$')": "this answer has the form ‘^[A-Z]$’",
    ". >= 0 and . <= 300": "this answer is at least 0 and this answer is at most 300",
    "true()": "always",
}
WRITTEN = {
    "/data/plan = 'cp' or /data/plan = 'cla'": "${plan} = 'cp' or ${plan} = 'cla'",
    "(/data/months + 1) * 2 > 3 - (2 - 1)": "(${months} + 1) * 2 > 3 - (2 - 1)",
    "not(selected(/data/flags,'court'))": "not(selected(${flags}, 'court'))",
    "instance('plan')/root/item[name = /data/plan]/label": "instance('plan')/root/item[name = ${plan}]/label",
    "/data/act[position() = 1]/what": "/data/act[position() = 1]/what",
    ". > -1": ". > -1",
}


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    (folder / "survey.csv").write_text(SURVEY, "utf-8")
    (folder / "choices.csv").write_text(CHOICES, "utf-8")
    (folder / "settings.csv").write_text("form_title,form_id,version\nRules,rules,1\n", "utf-8")
    return read_form(publish(folder).xml)


@pytest.fixture
def filling(form):
    return Filling(form, now=lambda: NOW)


@pytest.mark.parametrize(("rule", "words"), CONDITIONS.items(), ids=list(CONDITIONS))
def test_a_condition_is_said_in_words(form, rule, words):
    assert RuleWords(form, form.by_path["/data/more/why"]).test(parse(rule)) == words


@pytest.mark.parametrize(("rule", "written"), WRITTEN.items(), ids=list(WRITTEN))
def test_a_rule_is_shown_as_its_author_writes_it(form, rule, written):
    assert as_written(parse(rule), form.by_path["/data/more/why"]) == written


def test_a_hidden_question_names_the_section_that_hides_it_and_what_its_rule_read(filling):
    filling.set("/data/months", "3")

    told = why(filling, "/data/more/why")

    assert told.verdict == ("Hidden now, because the section “More about it” is hidden.",)
    section, own, required = told.rules
    assert section.words == "The section “More about it” is shown when “Months open” is more than 6."
    assert (section.holds, section.written) == (False, "${months} > 6")
    assert [(read.label, read.name, read.value) for read in section.reads] == [("Months open", "months", "3")]
    assert [read.value for read in own.reads] == ["(empty)"]
    assert required.words == "Needs an answer when “Does any of this apply?” includes In court."


def test_a_refused_answer_says_the_rule_it_breaks_part_by_part(filling):
    filling.set("/data/months", "400")

    told = why(filling, "/data/months")

    (rule,) = told.rules
    assert "Its answer is refused: Whole months please." in told.verdict
    assert [(part.words, part.holds) for part in rule.parts] == [
        ("this answer is at least 0", True),
        ("this answer is at most 300", False),
    ]


def test_in_a_row_the_rule_reads_that_row(filling):
    filling.add("/data/act")
    filling.add("/data/act")
    filling.set("/data/act[2]/what", "Ring the school")

    first, second = why(filling, "/data/act[1]/who"), why(filling, "/data/act[2]/who")

    assert [read.value for read in first.rules[0].reads] == ["(empty)"]
    assert [read.value for read in second.rules[0].reads] == ["Ring the school"]


def test_a_filtered_list_says_what_it_offers(filling):
    filling.set("/data/plan", "cp")

    (rule,) = why(filling, "/data/next").rules

    assert rule.kind == "choices"
    assert rule.written == "name != ${plan}"
    assert [read.value for read in rule.reads] == ["Child protection plan"]


def test_hidden_questions_are_listed_in_the_order_of_the_form(filling):
    assert [one.name for one in hidden(filling)] == ["why"]


def test_every_rule_of_the_shipped_forms_can_be_explained():
    from tests.resources.shipped import FORM_IDS, begin  # noqa: PLC0415

    for form_id in FORM_IDS:
        filled = begin(form_id, NOW)
        for node in filled.snapshot():
            for rule in why(filled, node.ref).rules:
                assert rule.words.endswith("."), (form_id, node.ref)
