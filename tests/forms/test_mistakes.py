"""The slips authors make, one after another: each is told where it is, and what to write instead."""

# ruff: noqa: E501 - a form is a table, one row a question

from __future__ import annotations

import pytest

from qaf_desktop.forms.lint.mistakes import Mistake
from tests.forms.tables import GRADES, SETTINGS, findings_of

HEAD = "| type | name | label | guidance_hint |"
ASKED = """
    | type              | name  | label | guidance_hint | relevant |
    | select_one grade  | grade | Grade | Look twice.   |          |
    | select_multiple flag | flags | Flags | Look twice. |          |
    | integer           | age   | Age   | Look twice.   |          |
    | date              | seen  | Seen  | Look twice.   |          |
    | text              | why   | Why   | Look twice.   |          |
    | note              | n     | Hello |               |          |
"""
LISTS = """
    | list_name | name        | label       | score | area |
    | grade     | outstanding | Outstanding | 4     |      |
    | grade     | good        | Good        | 3     |      |
    | flag      | court       | Court       |       | n    |
    | flag      | closing     | Closing     |       | s    |
"""


def _rule(column: str, rule: str, kind: str = "text") -> str:
    """The usual questions, and one more with a rule in row 8."""
    rule = rule.replace("|", "\\|")
    others = {"constraint": "constraint_message"}.get(column)
    head = f"| type | name | label | guidance_hint | {column} |" + (f" {others} |" if others else "")
    rows = [line.strip().rsplit("|", 2)[0] for line in ASKED.strip().splitlines()[1:]]
    tail = " | |" if others else " |"
    last = f"| {kind} | more | More | Look twice. | {rule} |" + (" Try again. |" if others else "")
    return "\n".join([head, *(f"{row}|{tail}" for row in rows), last])


RULES = [
    (Mistake.UNKNOWN_CHOICE, "relevant", "${grade} = 'goood'", "text", "Is good meant?"),
    (Mistake.UNKNOWN_CHOICE, "relevant", "selected(${flags}, 'cuort')", "text", "Is court meant?"),
    (
        Mistake.UNKNOWN_CHOICE,
        "calculation",
        "instance('grade')/root/item[name = 'best']/score",
        "calculate",
        "not its label",
    ),
    (
        Mistake.UNKNOWN_CHOICE,
        "calculation",
        "if(selected-at(${flags}, 0) = 'tribunal', 1, 0)",
        "calculate",
        "Its choices are closing, court",
    ),
    (Mistake.EQUALS_ON_SEVERAL, "relevant", "${flags} = 'court'", "text", "Write selected(${flags}, 'court')."),
    (Mistake.READS_ITSELF, "relevant", "${more} = 'x'", "text", "Name the question it hangs on."),
    (Mistake.READS_ITSELF, "relevant", ". != ''", "text", "Name the question it hangs on."),
    (Mistake.LOOKS_AT_ITSELF, "readonly", "${more} != ''", "text", "use a constraint"),
    (Mistake.WRONG_KIND, "constraint", ". > 18", "date", "Compare it with a date"),
    (Mistake.WRONG_KIND, "constraint", ". <= today()", "integer", "Make it a date"),
    (Mistake.WRONG_KIND, "constraint", "count-selected(.) < 3", "integer", "Change the type"),
    (Mistake.WRONG_KIND, "constraint", "regex(., '^x$')", "date", "Change the type"),
    (Mistake.WRONG_KIND, "relevant", "selected(${age}, '3')", "text", "Change the type"),
    (Mistake.DOUBTFUL_KIND, "relevant", "${grade} > 2", "text", "Look the score up"),
    (Mistake.DOUBTFUL_KIND, "relevant", "${why} > 2", "text", "Make it an integer"),
    (Mistake.NOT_A_DATE, "relevant", "${seen} > '23/11/2026'", "text", "Write it as '2026-11-23'"),
    (Mistake.NOT_A_NUMBER, "relevant", "${age} = 'seven'", "text", "Write a number."),
    (Mistake.ANSWER_AS_TRUTH, "relevant", "${grade}", "text", "Write ${grade} = 'yes', or ${grade} != ''"),
    (Mistake.ANSWER_AS_TRUTH, "relevant", "not(${age})", "text", "${age} != ''"),
    (Mistake.NO_ANSWER_TO_READ, "relevant", "${n} = 'x'", "text", "Name a question."),
    (Mistake.BAD_RULE, "relevant", "${age} == 3", "text", "Write one = to compare, not ==."),
    (Mistake.BAD_RULE, "relevant", "${age} <> 3", "text", "Write != for 'is not', not <>."),
    (Mistake.BAD_RULE, "relevant", "${age} => 3", "text", "Write >= for 'at least', not =>."),
    (Mistake.BAD_RULE, "relevant", "${age} ≥ 3", "text", "Write >= for 'at least'."),
    (Mistake.BAD_RULE, "relevant", "${age} = 3 AND ${why} = ''", "text", "Write and in small letters."),
    (Mistake.BAD_RULE, "relevant", "${age} = 3 OR ${why} = ''", "text", "Write or in small letters."),
    (Mistake.BAD_RULE, "relevant", "${age} = 3 && ${why} = ''", "text", "Write and, not &&."),
    (Mistake.BAD_RULE, "relevant", "${age} = 3 || ${why} = ''", "text", "Write or, not ||."),
    (Mistake.BAD_RULE, "relevant", "!(${age} = 3)", "text", "Write not(…)"),
    (Mistake.BAD_RULE, "calculation", "${age} / 2", "calculate", "Write div to divide."),
    (Mistake.BAD_RULE, "calculation", "${age} % 2", "calculate", "Write mod for the remainder."),
    (Mistake.BAD_RULE, "relevant", "(${age} = 3", "text", "1 opening brackets and 0 closing"),
    (Mistake.BAD_RULE, "relevant", "${age} = 3)", "text", "Take the bracket away"),
    (Mistake.BAD_RULE, "relevant", "${why} = 'x", "text", "Close the text with another '."),
    (Mistake.BAD_RULE, "relevant", "${age} is 3", "text", "Write = to compare."),
    (Mistake.BAD_RULE, "relevant", "not ${age} = 3", "text", "Write not(…) with brackets"),
    (Mistake.BAD_RULE, "calculation", "if(${age} > 3; 1; 2)", "calculate", "Write a comma between"),
    (Mistake.BAD_RULE, "relevant", "{age} = 3", "text", "Write a question as ${name}."),
    (Mistake.OPEN_REFERENCE, "relevant", "${age = 3", "text", "Write ${age}."),
    (Mistake.OPEN_REFERENCE, "relevant", "$(age) = 3", "text", "Write ${age}."),
    (Mistake.OPEN_REFERENCE, "relevant", "${ age } = 3", "text", "Write ${age}."),
    (Mistake.SMART_QUOTES, "relevant", "${why} = “x”", "text", "Word and some telephones bend them"),
    (Mistake.UNKNOWN_FUNCTION, "calculation", "SUM(${age}, 1)", "calculate", "Write sum in small letters."),
    (Mistake.UNKNOWN_FUNCTION, "relevant", "slected(${flags}, 'court')", "text", "Is selected meant?"),
    (Mistake.UNKNOWN_FUNCTION, "calculation", "vlookup(${age}, 1)", "calculate", "The authoring guide lists"),
    (Mistake.FUNCTION_NOT_USED_HERE, "calculation", "random()", "calculate", "nothing is random"),
    (Mistake.FUNCTION_NOT_USED_HERE, "calculation", "cht:distance(${age})", "calculate", "other programs"),
    (Mistake.FUNCTION_NOT_USED_HERE, "default", "${last-saved#why}", "text", "Write a default instead"),
    (Mistake.WRONG_ARGUMENTS, "calculation", "if(${age} > 3, 1)", "calculate", "Check the commas"),
    (Mistake.UNKNOWN_QUESTION, "relevant", "${agee} = 3", "text", "Is ${age} meant?"),
    (Mistake.UNKNOWN_QUESTION, "relevant", "${Age} = 3", "text", "Is ${age} meant?"),
    (Mistake.LOOSE_WORD, "relevant", "${why} != ill", "text", "For the text write 'ill'."),
    (Mistake.LOOSE_WORD, "relevant", "${why} = null", "text", "Write '' for no answer."),
    (Mistake.LOOSE_WORD, "relevant", "age = 3", "text", "Write ${age} for the question."),
    (Mistake.LOOSE_WORD, "relevant", "${seen} < today", "text", "Write today()."),
    (Mistake.LOOSE_WORD, "relevant", "selected('flags', 'court')", "text", "Write ${flags}"),
    (Mistake.NEITHER_YES_NOR_NO, "required", "ye", "text", "Write yes or no"),
    (Mistake.NEITHER_YES_NOR_NO, "required", "yEs", "text", "Write yes or no"),
    (Mistake.PATTERN_NOT_ANCHORED, "constraint", "regex(., 'CH-[0-9]{5}')", "text", "Write '^CH-[0-9]{5}$'."),
    (Mistake.BAD_PATTERN, "constraint", "regex(., '^CH-([0-9]$')", "text", "Try it with a short example"),
    (Mistake.SLOW_PATTERN, "constraint", "regex(., '^([a-z]+)+$')", "text", "Repeat only one of the two"),
    (
        Mistake.UNKNOWN_LOOKUP_LIST,
        "calculation",
        "instance('grades')/root/item[name = 'x']/score",
        "calculate",
        "Is grade meant?",
    ),
    (
        Mistake.UNKNOWN_LOOKUP_COLUMN,
        "calculation",
        "instance('grade')/root/item[name = ${grade}]/scores",
        "calculate",
        "Is score meant?",
    ),
    (
        Mistake.UNKNOWN_LOOKUP_COLUMN,
        "calculation",
        "pulldata('staff', 'rank', 'name', ${why})",
        "calculate",
        "Add a column rank",
    ),
    (Mistake.UNKNOWN_LOOKUP_COLUMN, "choice_filter", "aera = ${why}", "select_one flag", "Is area meant?"),
    (Mistake.EMPTY_FILTER_COLUMN, "choice_filter", "area = ${why}", "select_one grade", "Fill it in"),
    (Mistake.LONG_RULE, "relevant", " or ".join(f"${{age}} = {n}" for n in range(40)), "text", "calculate rows"),
    (Mistake.BAD_DEFAULT, "default", "23/11/2026", "date", "Write the date as 2026-11-23"),
    (Mistake.BAD_DEFAULT, "default", "today", "date", "Write today()."),
    (Mistake.BAD_DEFAULT, "default", "many", "integer", "Write a whole number"),
    (Mistake.BAD_DEFAULT, "default", "Good", "select_one grade", "Is good meant?"),
    (Mistake.BAD_DEFAULT, "default", "court cort", "select_multiple flag", "Is court meant?"),
    (Mistake.CALCULATION_OF_VISIBLE, "calculation", "${age} + 1", "integer", "Write yes under readonly"),
    (Mistake.RULE_NOT_USED, "choice_filter", "area = 'n'", "text", "Empty the cell"),
    (Mistake.RULE_NOT_USED, "constraint", ". = 'x'", "note", "Empty the cell"),
    (Mistake.REQUIRED_NEVER_ANSWERED, "required", "yes", "note", "Empty the cell."),
    (Mistake.UNKNOWN_APPEARANCE, "appearance", "multilne", "text", "Is multiline meant?"),
    (Mistake.APPEARANCE_OF_OTHER_TYPE, "appearance", "likert", "text", "change the type"),
    (Mistake.APPEARANCE_NOT_USED_HERE, "appearance", "ex:org.council.app(x)", "text", "Leave it out."),
    (Mistake.UNKNOWN_PARAMETER, "parameters", "max-pixel=500", "image", "Is max-pixels meant?"),
    (Mistake.UNKNOWN_PARAMETER, "parameters", "rows=5", "integer", "Leave it out."),
    (Mistake.BAD_PARAMETER, "parameters", "start=5 end=1", "range", "start=1 end=10"),
    (Mistake.BAD_PARAMETER, "parameters", "rows=many", "text", "Write rows=5"),
    (Mistake.RANDOM_ORDER, "parameters", "randomize=true", "select_one grade", "Leave randomize out."),
    (Mistake.MISSING_PICTURE, "media::image", "Face.png", "text", "capital letters count"),
    (Mistake.NO_CALCULATION, "calculation", "", "calculate", "Write what it works out"),
    (Mistake.MESSAGE_WITHOUT_RULE, "required_message", "Please answer.", "text", "Write the required"),
]


@pytest.mark.parametrize(("mistake", "column", "rule", "kind", "instead"), RULES)
def test_a_slip_in_a_cell_is_told_with_what_to_write_instead(
    mistake: Mistake, column: str, rule: str, kind: str, instead: str
) -> None:
    found = [one for one in findings_of(_rule(column, rule, kind), LISTS) if one.row == 8]

    assert [(one.mistake, one.sheet, one.column) for one in found] == [(mistake, "survey", column)]
    assert instead in found[0].advice
    assert found[0].offending[:100] == rule[:100]
    assert found[0].text.endswith(".")
    assert found[0].why.endswith(".")


ROWS = [
    (Mistake.UNKNOWN_COLUMN, "1 relevent", "Is relevant meant?", "| type | name | label | relevent |\n| text | a | A | 1 = 1 |"),
    (Mistake.UNKNOWN_COLUMN, "1 Label", "Is label meant?", "| type | name | Label |\n| text | a | A |"),
    (Mistake.UNKNOWN_COLUMN, "1 trigger", "Use a calculation.", "| type | name | label | trigger |\n| text | a | A | |"),
    (Mistake.MISSING_COLUMN, "1 name", "Add it", "| type | label |\n| text | A |"),
    (Mistake.DOUBLE_COLUMN, "1 label", "Delete or rename", "| type | name | label | label |\n| text | a | A | B |"),
    (Mistake.DOUBLE_COLUMN, "1 relevance", "Keep one", "| type | name | label | relevant | relevance |\n| text | a | A | | |"),
    (Mistake.STRAY_CELL, "2 ", "needs quotation marks", "| type | name | label |\n| text | a | One, | two |"),
    (Mistake.NO_TYPE, "2 type", "Write a type", "| type | name | label |\n| | a | A |"),
    (Mistake.NO_NAME, "2 name", "notes too", "| type | name | label |\n| note | | A |"),
    (Mistake.BAD_NAME, "2 name", "for example my_q", "| type | name | label |\n| text | my q | A |"),
    (Mistake.BAD_NAME, "2 name", "for example q_1st", "| type | name | label |\n| text | 1st | A |"),
    (Mistake.BAD_NAME, "2 name", "letters from a to z", "| type | name | label |\n| text | größe | A |"),
    (Mistake.NAME_TWICE, "3 name", "its own name", "| type | name | label |\n| text | a | A |\n| text | A | B |"),
    (Mistake.NAME_KEPT, "2 name", "another name", "| type | name | label |\n| text | meta | A |"),
    (Mistake.NAME_IN_TWO_GROUPS, "5 name", "its own name", "| type | name | label |\n| begin_group | g | G |\n| text | a | A |\n| end_group | | |\n| text | a | A |"),
    (Mistake.AMBIGUOUS_NAME, "6 label", "Give each its own name", "| type | name | label |\n| begin_group | g | G |\n| text | a | A |\n| end_group | | |\n| text | a | A |\n| note | n | You said ${a} |"),
    (Mistake.UNKNOWN_TYPE, "2 type", "Is integer meant?", "| type | name | label |\n| intger | a | A |"),
    (Mistake.UNKNOWN_TYPE, "2 type", "Write text.", "| type | name | label |\n| Text | a | A |"),
    (Mistake.UNKNOWN_TYPE, "2 type", "Write select_one.", "| type | name | label |\n| Select_One grade | a | A |"),
    (Mistake.UNKNOWN_TYPE, "2 type", "Write select_multiple", "| type | name | label |\n| select multiple grade | a | A |"),
    (Mistake.UNKNOWN_TYPE, "2 type", "Write select_one", "| type | name | label |\n| select one from grade | a | A |"),
    (Mistake.TYPE_NOT_USED_HERE, "2 type", "address as text", "| type | name | label |\n| geopoint | a | A |"),
    (Mistake.TYPE_NOT_USED_HERE, "2 type", "number as text", "| type | name | label |\n| barcode | a | A |"),
    (Mistake.TYPE_NOT_USED_HERE, "2 type", "list of choices", "| type | name | label |\n| db:patient | a | A |"),
    (Mistake.TYPE_NOT_USED_HERE, "2 type", "CSV UTF-8", "| type | name | label |\n| select_one_from_file team.xml | a | A |"),
    (Mistake.NO_LIST, "2 type", "name of a list", "| type | name | label |\n| select_one | a | A |"),
    (Mistake.UNKNOWN_LIST, "2 type", "Is grade meant?", "| type | name | label |\n| select_one grades | a | A |"),
    (Mistake.WORDS_AFTER_LIST, "2 type", "no spaces", "| type | name | label |\n| select_one grade list | a | A |"),
    (Mistake.OTHER_IN_SEVERAL_LANGUAGES, "2 type", "'other'", "| type | name | label::English (en) | label::Polski (pl) |\n| select_one grade or_other | a | A | A |"),
    (Mistake.MISSING_FILE, "2 type", "Is teams.csv meant?", "| type | name | label |\n| select_one_from_file team.csv | a | A |"),
    (Mistake.BLOCK_NOT_ENDED, "2 type", "end_group", "| type | name | label |\n| begin_group | g | G |\n| text | a | A |"),
    (Mistake.BLOCK_NOT_BEGUN, "3 type", "begin and end rows", "| type | name | label |\n| text | a | A |\n| end_group | | |"),
    (Mistake.BLOCK_NOT_BEGUN, "4 type", "begin and end rows", "| type | name | label |\n| begin_group | g | G |\n| text | a | A |\n| end_repeat | | |\n| end_group | | |"),
    (Mistake.REPEAT_IN_REPEAT, "3 type", "End the outer one", "| type | name | label |\n| begin_repeat | r | R |\n| begin_repeat | s | S |\n| text | a | A |\n| end_repeat | | |\n| end_repeat | | |"),
    (Mistake.EMPTY_BLOCK, "2 type", "Add questions", "| type | name | label |\n| begin_group | g | G |\n| end_group | | |\n| text | a | A |"),
    (Mistake.NO_LABEL, "2 label", "what is asked", "| type | name | label |\n| text | a | |"),
    (Mistake.LONG_LABEL, "2 label", "guidance_hint", f"| type | name | label |\n| text | a | {'Was it so? ' * 30} |"),
    (Mistake.MARKUP, "2 label", "plain text", "| type | name | label |\n| text | a | Was it <b>so</b>? |"),
    (Mistake.MARKUP, "2 label", "plain text", "| type | name | label |\n| text | a | Was it **so**? |"),
    (Mistake.NO_GUIDANCE, "1 guidance_hint", "Add the column", "| type | name | label |\n| text | a | A |"),
    (Mistake.NO_GUIDANCE, "3 guidance_hint", "what to look for", "| type | name | label | guidance_hint |\n| text | a | A | Look. |\n| text | b | B | |"),
    (Mistake.OPEN_REFERENCE, "3 label", "Write ${a}.", "| type | name | label |\n| text | a | A |\n| note | n | You said ${a |"),
    (Mistake.UNKNOWN_QUESTION, "3 label", "Is ${why} meant?", "| type | name | label |\n| text | why | A |\n| note | n | You said ${whi} |"),
    (Mistake.READS_ITS_OWN_GROUP, "2 relevant", "before the group", "| type | name | label | relevant |\n| begin_group | g | G | ${a} = 'x' |\n| text | a | A | |\n| end_group | | | |"),
    (Mistake.CIRCLE, "2 relevant", "no longer reads", "| type | name | label | relevant |\n| text | a | A | ${b} = 'x' |\n| text | b | B | ${a} = 'x' |"),
    (Mistake.FIRST_ROW_ONLY, "5 calculation", "sum(${m})", "| type | name | label | calculation |\n| begin_repeat | r | R | |\n| integer | m | M | |\n| end_repeat | | | |\n| calculate | t | | ${m} + 1 |"),
    (Mistake.NO_ANSWER_TO_READ, "5 relevant", "count(${r})", "| type | name | label | relevant |\n| begin_repeat | r | R | |\n| integer | m | M | |\n| end_repeat | | | |\n| text | t | T | ${r} > 1 |"),
    (Mistake.UNKNOWN_CHOICE, "5 calculation", "Is good meant?", "| type | name | label | calculation |\n| begin_repeat | r | R | |\n| select_one grade | m | M | |\n| end_repeat | | | |\n| calculate | t | | count(${r}[m = 'goood']) |"),
    (Mistake.RULE_NOT_USED, "2 required", "row of a question", "| type | name | label | required |\n| begin_group | g | G | yes |\n| text | a | A | |\n| end_group | | | |"),
    (Mistake.REQUIRED_STOPS, "3 required", "Empty the cell", "| type | name | label | required | relevant |\n| text | a | A | | |\n| note | n | Stop | yes | ${a} = 'x' |"),
    (Mistake.REQUIRED_READ_ONLY, "2 required", "Empty required or readonly", "| type | name | label | required | readonly |\n| text | a | A | yes | yes |"),
    (Mistake.RULE_WITHOUT_MESSAGE, "2 constraint", "what a right answer looks like", "| type | name | label | constraint |\n| integer | a | A | . > 1 |"),
    (Mistake.LANGUAGE_WITHOUT_CODE, "1 label::Polish", "Write label::Polish (pl).", "| type | name | label::Polish |\n| text | a | A |"),
    (Mistake.LANGUAGE_TWICE, "1 hint::Polish (pl)", "Write Polski (pl).", "| type | name | label::Polski (pl) | hint::Polish (pl) |\n| text | a | A | B |"),
    (Mistake.LANGUAGE_INCOMPLETE, "1 hint::English (en)", "hint::Polski (pl)", "| type | name | label::English (en) | label::Polski (pl) | hint::English (en) |\n| text | a | A | A | B |"),
    (Mistake.LANGUAGE_INCOMPLETE, "1 label::Polski (pl)", "Fill it in", "| type | name | label::English (en) | label::Polski (pl) |\n| text | a | A | |"),
    (Mistake.COLUMN_WITHOUT_LANGUAGE, "1 hint", "hint::English (en)", "| type | name | label::English (en) | hint |\n| text | a | A | H |"),
    (Mistake.INVISIBLE_LETTER, "2 name", "Type the text again", "| type | name | label |\n| text | a\u200bb | A |"),
    (Mistake.FAILED_FORMULA, "2 label", "the text itself", "| type | name | label |\n| text | a | #REF! |"),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "where", "instead", "survey"), ROWS)
def test_a_slip_in_the_rows_is_told_where_it_is(mistake: Mistake, where: str, instead: str, survey: str) -> None:
    row, _, column = where.partition(" ")

    found = [one for one in findings_of(survey) if one.mistake is mistake and one.sheet == "survey"]

    assert [(one.sheet, one.row, one.column) for one in found] == [("survey", int(row), column)]
    assert instead in found[0].advice


CHOICES = [
    (Mistake.CHOICE_WITHOUT_LIST, "2 list_name", "in every row", "| list_name | name | label |\n| | good | Good |"),
    (Mistake.CHOICE_WITHOUT_NAME, "2 name", "short name", "| list_name | name | label |\n| flag | | Good |"),
    (Mistake.CHOICE_WITH_SPACES, "2 name", "Write in_court.", "| list_name | name | label |\n| flag | in court | Good |"),
    (Mistake.CHOICE_WITH_SPACE, "2 name", "Write in_court.", "| list_name | name | label |\n| one | in court | Good |"),
    (Mistake.CHOICE_TWICE, "3 name", "its own name", "| list_name | name | label |\n| flag | a | A |\n| flag | a | B |"),
    (Mistake.SAME_LABEL, "3 label", "its own words", "| list_name | name | label |\n| flag | a | Yes |\n| flag | b | yes |"),
    (Mistake.CHOICE_WITHOUT_LABEL, "2 label", "its words", "| list_name | name | label |\n| flag | a | |"),
    (Mistake.UNUSED_LIST, "2 list_name", "Delete it", "| list_name | name | label |\n| flags | a | A |"),
    (Mistake.UNKNOWN_COLUMN, "1 lable", "Is label meant?", "| list_name | name | lable |\n| flag | a | A |"),
    (Mistake.BAD_COLUMN_NAME, "1 my score", "letters, digits and _", "| list_name | name | label | my score |\n| flag | a | A | 1 |"),
    (Mistake.MISSING_COLUMN, "1 list_name", "Add it", "| list | name | label |\n| flag | a | A |"),
    (Mistake.MISSING_PICTURE, "2 image", "capital letters count", "| list_name | name | label | image |\n| flag | a | A | a.png |"),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "where", "instead", "choices"), CHOICES)
def test_a_slip_in_the_choices_is_told_where_it_is(mistake: Mistake, where: str, instead: str, choices: str) -> None:
    row, _, column = where.partition(" ")
    survey = f"{HEAD}\n| select_multiple flag | a | A | Look. |\n| select_one one | b | B | Look. |"

    found = [one for one in findings_of(survey, choices) if one.mistake is mistake]

    assert [(one.sheet, one.row, one.column) for one in found] == [("choices", int(row), column)]
    assert instead in found[0].advice


NAMED = """
    | type             | name     | label   | guidance_hint |
    | begin_group      | dm       | DM      |               |
    | select_one grade | dm_grade | Grade   | Look.         |
    | text             | dm_why   | Why     | Look.         |
    | end_group        |          |         |               |
    | begin_repeat     | actions  | Actions |               |
    | text             | what     | What    | Look.         |
    | end_repeat       |          |         |               |
"""
NAMES = [
    (Mistake.NO_SETTING, "form_title", "title people will see", {"form_title": ""}),
    (Mistake.NO_SETTING, "form_id", "child_audit", {"form_id": ""}),
    (Mistake.NO_SETTING, "version", "as text", {"version": ""}),
    (Mistake.BAD_FORM_ID, "form_id", "letters, digits and _", {"form_id": "my audit"}),
    (Mistake.NO_KIND, "kind", "Write audit", {"kind": ""}),
    (Mistake.UNKNOWN_KIND, "kind", "Is audit meant?", {"kind": "audti"}),
    (Mistake.UNKNOWN_AUDIENCE, "audience", "Is child meant?", {"audience": "chidl"}),
    (Mistake.PROFILE_NAME, "overall_question", "Is dm_grade meant?", {"overall_question": "dm_grad"}),
    (Mistake.PROFILE_NAME, "area_prefix", "Add the question", {"area_prefix": "dm pv"}),
    (Mistake.PROFILE_NAME, "print_groups", "stands in the workbook", {"print_groups": "dm actions cd"}),
    (Mistake.PROFILE_NAME, "actions_repeat", "Is actions meant?", {"actions_repeat": "action"}),
    (Mistake.PROFILE_NAME, "grade_list", "Is grade meant?", {"grade_list": "grades"}),
    (
        Mistake.PROFILE_TYPE,
        "overall_question",
        "select_one grade",
        {"overall_question": "dm_why", "grade_list": "grade"},
    ),
    (Mistake.PROFILE_TYPE, "area_prefix", "select_one yes_no", {"area_prefix": "dm", "grade_list": "yes_no"}),
    (Mistake.PROFILE_TYPE, "non_negotiables", "select_one and a list", {"non_negotiables": "dm_why"}),
    (Mistake.PROFILE_TYPE, "date_question", "Give it the type date", {"date_question": "dm_why"}),
    (Mistake.GROUP_NOT_PRINTED, "print_groups", "Add actions.", {"print_groups": "dm"}),
    (Mistake.NEITHER_YES_NOR_NO, "child_view", "Write yes or no", {"child_view": "maybe"}),
    (Mistake.UNKNOWN_COLUMN, "overal_question", "Is overall_question meant?", {"overal_question": "dm_grade"}),
    (Mistake.BAD_RULE, "instance_name", "Write one =", {"instance_name": "${dm_why} == 'x'"}),
    (Mistake.LANGUAGE_WITHOUT_CODE, "draft_translations", "Urdu (ur)", {"draft_translations": "Urdu"}),
]


@pytest.mark.parametrize(("mistake", "column", "instead", "changed"), NAMES)
def test_a_slip_in_the_settings_is_told(mistake: Mistake, column: str, instead: str, changed: dict[str, str]) -> None:
    cells = {"form_title": "A", "form_id": "a", "version": "1", "kind": "audit", **changed}
    settings = f"| {' | '.join(cells)} |\n| {' | '.join(cells.values())} |"

    found = [one for one in findings_of(NAMED, settings=settings) if one.mistake is mistake]

    assert [(one.sheet, one.column) for one in found] in ([("settings", column)], [("settings", column)] * 2)
    assert instead in found[0].advice


def test_the_default_language_must_be_one_of_the_form() -> None:
    survey = "| type | name | label::English (en) |\n| text | a | A |"
    settings = "| form_title | form_id | version | default_language |\n| A | a | 1 | English |"

    found = [one for one in findings_of(survey, settings=settings) if one.mistake is Mistake.DEFAULT_LANGUAGE]

    assert [(one.column, one.advice) for one in found] == [("default_language", "Is English (en) meant?")]


def test_a_second_row_of_settings_is_told() -> None:
    found = findings_of(NAMED, settings=f"{SETTINGS.rstrip()}\n| B | b | 2 | audit |")

    assert Mistake.SEVERAL_SETTINGS in {one.mistake for one in found}


def test_a_form_without_slips_has_no_findings() -> None:
    assert findings_of(NAMED, GRADES.split("| yes_no")[0]) == ()


def test_what_is_right_is_not_remarked_on() -> None:
    survey = """
        | type                           | name   | label  | guidance_hint | relevant                        | constraint                           | constraint_message | calculation                                      | choice_filter  | default    |
        | select_one grade               | grade  | Grade  | Look.         |                                 |                                      |                    |                                                  |                | good       |
        | select_multiple flag           | flags  | Flags  | Look.         | ${grade} = 'good'               | not(selected(., 'court') and count-selected(.) > 1) | Only one. |                                       | area = ${grade} or name = 'court' | |
        | date                           | seen   | Seen   | Look.         | selected(${flags}, 'court')     | . <= today() and . > '2020-01-01'    | Not so.            |                                                  |                | today()    |
        | integer                        | age    | Age    | Look.         |                                 | . >= 0 and . < 26                    | From 0 to 25.      |                                                  |                | 2 + 3      |
        | text                           | ref    | Ref    | Look.         | ${seen} != '' and ${age} != ''  | regex(., '^CH-[0-9]{5}$') and string-length(.) < 20 | CH and digits. |                                   |                |            |
        | select_one_from_file staff.csv | worker | Worker | Look.         |                                 |                                      |                    |                                                  | team = ${ref}  |            |
        | begin_repeat                   | acts   | Acts   |               |                                 |                                      |                    |                                                  |                |            |
        | select_one grade               | rank   | Rank   | Look.         |                                 |                                      |                    |                                                  |                |            |
        | text                           | what   | What   | Look.         | ${rank} = 'good'                |                                      |                    |                                                  |                |            |
        | end_repeat                     |        |        |               |                                 |                                      |                    |                                                  |                |            |
        | calculate                      | score  |        |               |                                 |                                      |                    | instance('grade')/root/item[name = ${grade}]/score |              |            |
        | calculate                      | role   |        |               |                                 |                                      |                    | pulldata('staff', 'role', 'name', ${worker})     |                |            |
        | calculate                      | many   |        |               | count(${acts}[rank = 'good']) > 0 |                                    |                    | join(', ', ${what})                              |                |            |
    """

    assert findings_of(survey, LISTS) == ()


def test_hundreds_of_slips_of_one_kind_are_counted_and_not_all_listed() -> None:
    rows = "\n".join(f"| txt | q{number} | Q {number} | Look. |" for number in range(250))

    found = [one for one in findings_of(f"{HEAD}\n{rows}") if one.mistake is Mistake.UNKNOWN_TYPE]

    assert len(found) == 100
    assert found[-1].text.endswith("There are 150 more findings like this one.")
