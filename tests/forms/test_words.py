"""Labels, hints, guidance and messages: in each language, with answers quoted, pictures named."""

# ruff: noqa: E501 - a form is a table, one row a question

from __future__ import annotations

from tests.forms.tables import a_filling, a_raw_filling

TWO_LANGUAGES = """
    | type             | name  | label::English (en) | label::Polski (pl) | hint::English (en) | guidance_hint::English (en) | calculation                          |
    | text             | name  | First name          | Imię               | As they use it     | Ask first.\\nNever guess.    |                                      |
    | select_one grade | grade | Grade for ${name}   |                    |                    |                             |                                      |
    | calculate        | said  |                     |                    |                    |                             | jr:choice-name(${grade}, '${grade}') |
"""
GRADES = """
    | list_name | name | label::English (en) | label::Polski (pl) |
    | grade     | good | Good                | Dobra              |
    | grade     | poor | Poor                |                    |
"""


def test_the_default_language_comes_first_and_others_can_be_read() -> None:
    filling = a_filling(TWO_LANGUAGES, GRADES)

    english = filling.look("/data/name")
    filling.language = "Polski (pl)"
    polish = filling.look("/data/name")

    assert filling.languages == ("English (en)", "Polski (pl)")
    assert (english.label, english.hint, english.guidance) == (
        "First name",
        "As they use it",
        "Ask first.\nNever guess.",
    )
    assert polish.label == "Imię"


def test_a_missing_translation_falls_back_to_the_default_language() -> None:
    filling = a_filling(TWO_LANGUAGES, GRADES)
    filling.language = "Polski (pl)"

    item = filling.look("/data/grade")

    assert item.label == "Grade for"
    assert [choice.label for choice in item.choices] == ["Dobra", "Poor"]
    assert filling.look("/data/name").guidance == "Ask first.\nNever guess."


def test_a_label_quotes_an_answer_and_changes_with_it() -> None:
    filling = a_filling(TWO_LANGUAGES, GRADES)

    changed = filling.set("/data/name", "Sam & <b>Ali</b>")

    assert "/data/grade" in changed
    assert filling.look("/data/grade").label == "Grade for Sam & <b>Ali</b>"


def test_a_calculation_that_quotes_a_choice_follows_the_language() -> None:
    filling = a_filling(TWO_LANGUAGES, GRADES)
    filling.set("/data/grade", "good")
    english = filling.answer("said")

    filling.language = "Polski (pl)"

    assert (english, filling.answer("said")) == ("Good", "Dobra")


def test_a_form_in_one_language_offers_no_choice_of_languages() -> None:
    filling = a_filling("""
        | type | name | label | guidance_hint |
        | note | n    | Hello | Read it out.  |
    """)

    item = filling.look("/data/n")

    assert filling.languages == ()
    assert (item.type, item.label, item.guidance, item.readonly) == ("note", "Hello", "Read it out.", True)


def test_a_message_may_be_a_text_of_the_form_or_stand_in_place() -> None:
    filling = a_raw_filling(
        "<a>x</a><b>y</b>",
        '<bind nodeset="/data/a" constraint="false()" jr:constraintMsg="jr:itext(\'msg\')"/>'
        '<bind nodeset="/data/b" constraint=". = \'z\'" jr:constraintMsg="Only z."/>',
        '<input ref="/data/a"/><input ref="/data/b"/>',
        model='<itext><translation lang="en"><text id="msg"><value>Not <output value="/data/b"/>.</value></text>'
        "</translation></itext>",
    )

    assert [problem.message for problem in filling.problems()] == ["Not y.", "Only z."]


def test_pictures_of_questions_and_choices_are_named_by_file() -> None:
    filling = a_raw_filling(
        "<face/>",
        "",
        '<select1 ref="/data/face"><label ref="jr:itext(\'q\')"/><item><label ref="jr:itext(\'c\')"/><value>1</value></item></select1>',
        model='<itext><translation lang="en"><text id="q"><value>How?</value><value form="image">jr://images/all.png</value>'
        '</text><text id="c"><value>Happy</value><value form="image">jr://images/face_1.svg</value></text></translation></itext>',
    )

    item = filling.look("/data/face")

    assert (item.image, item.choices[0].image, item.choices[0].label) == ("all.png", "face_1.svg", "Happy")


def test_types_appearances_and_parameters_reach_the_screen() -> None:
    filling = a_filling("""
        | type                  | name | label | appearance | parameters         |
        | select_one grade      | a    | A     | likert     |                    |
        | select_multiple grade | b    | B     | columns-2  |                    |
        | range                 | c    | C     |            | start=1 end=5 step=1 |
        | image                 | d    | D     | draw       |                    |
        | acknowledge           | e    | E     |            |                    |
        | text                  | f    | F     | multiline  | rows=5             |
        | datetime              | g    | G     |            |                    |
    """)

    items = [filling.look(ref) for ref in filling.children()]

    assert [item.type for item in items] == [
        "select_one",
        "select_multiple",
        "range",
        "image",
        "acknowledge",
        "text",
        "datetime",
    ]
    assert [item.appearance for item in items[:2]] == ["likert", "columns-2"]
    assert items[0].choice_list == "grade"
    assert items[2].parameters == {"start": "1", "end": "5", "step": "1"}
    assert items[5].parameters == {"rows": "5"}


def test_lists_of_the_program_are_looked_up_in_the_rows_it_gives() -> None:
    survey = """
        | type                            | name   | label  | parameters | choice_filter  | calculation                             |
        | text                            | team   | Team   |            |                |                                         |
        | select_one_from_file staff.csv  | worker | Worker |            | team = ${team} |                                         |
        | calculate                       | role   |        |            |                | pulldata('staff', 'role', 'name', ${worker}) |
    """
    staff = [
        {"name": "AB12", "label": "A. B.", "team": "n1", "role": "worker"},
        {"name": "CD34", "label": "C. D.", "team": "s1", "role": "manager"},
    ]
    filling = a_filling(survey, rows={"staff.csv": staff})

    filling.set("/data/team", "s1")
    filling.set("/data/worker", "CD34")

    assert [choice.label for choice in filling.look("/data/worker").choices] == ["C. D."]
    assert filling.answer("role") == "manager"


def test_somebody_who_has_left_the_staff_list_stays_in_an_old_audit() -> None:
    survey = """
        | type                           | name   | label  | choice_filter  |
        | text                           | team   | Team   |                |
        | select_one_from_file staff.csv | worker | Worker | team = ${team} |
    """
    filling = a_filling(survey, rows={"staff.csv": [{"name": "CD34", "label": "C. D.", "team": "s1"}]})
    filling.set("/data/team", "s1")
    filling.set("/data/worker", "CD34")

    later = type(filling).restore(filling.definition, filling.saved(), now=lambda: None, rows={"staff.csv": []})  # type: ignore[arg-type,return-value]

    assert later.answer("worker") == "CD34"


def test_a_calculation_that_quotes_a_choice_follows_what_its_label_quotes() -> None:
    filling = a_raw_filling(
        "<place>Town</place><kind>1</kind><said/>",
        '<bind nodeset="/data/said" calculate="jr:choice-name(/data/kind, \'/data/kind\')"/>',
        '<input ref="/data/place"/><select1 ref="/data/kind"><item><label><output value="/data/place"/> school</label>'
        "<value>1</value></item></select1>",
    )
    before = filling.answer("said")

    filling.set("/data/place", "City")

    assert (before, filling.answer("said")) == ("Town school", "City school")
