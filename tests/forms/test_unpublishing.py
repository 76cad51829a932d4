"""A form of which only the published version is left comes back as rows that make the same form."""

# ruff: noqa: E501 - a form is a table, one row a question

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qaf_desktop.forms.publish.exporting import CannotExport, export_published
from qaf_desktop.forms.publish.unpublishing import sheets_of
from qaf_desktop.forms.publish.workbook import publish, published_from
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.models.store import Store
from qaf_desktop.services.forms import export_form
from tests.forms.tables import GRADES, SETTINGS, a_form

FORMS = Path(__file__).parents[2] / "resources" / "forms"
EVERYTHING = """
    | type                           | name | label::English (en) | label::Polski (pl) | guidance_hint::English (en) | hint::English (en) | relevant            | required | required_message | constraint | constraint_message::English (en) | calculation                        | default | appearance | repeat_count | choice_filter | parameters            | readonly |
    | integer                        | n    | How many            | Ile                | Look                        | In words           |                     | yes      | Needed           | . > 1      | More than ${n}                   |                                    | 3       |            |              |               |                       |          |
    | begin_group                    | g    | Group               | Grupa              |                             |                    | ${n} = 1            |          |                  |            |                                  |                                    |         | field-list |              |               |                       |          |
    | select_one grade               | q    | (${n}) or so        |                    | Look                        |                    |                     |          |                  |            |                                  |                                    |         | minimal    |              | score > ${n}  |                       |          |
    | select_multiple yes_no         | m    | Some                | Kilka              |                             |                    |                     | ${n} > 3 |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | date                           | d    | Day                 | Dzień              |                             |                    |                     |          |                  |            |                                  |                                    | today() |            |              |               |                       | yes      |
    | end_group                      |      |                     |                    |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | begin_repeat                   | r    | Rows                | Wiersze            |                             |                    |                     |          |                  |            |                                  |                                    |         |            | ${n} + 1     |               |                       |          |
    | text                           | t    | Text                | Tekst              |                             |                    | ${n} = 1 and ${u} = 1 |        |                  |            |                                  |                                    |         | multiline  |              |               | rows=4                |          |
    | text                           | u    | More                | Jeszcze            |                             |                    |                     |          |                  |            |                                  |                                    | now()   |            |              |               |                       |          |
    | select_one_from_file staff.csv | w    | Who                 | Kto                |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              | team = ${t}   | value=role label=team |          |
    | end_repeat                     |      |                     |                    |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | begin_repeat                   | s    | Others              | Inne               |                             |                    |                     |          |                  |            |                                  |                                    |         |            | ${n}         |               |                       |          |
    | decimal                        | v    | Number              | Liczba             |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | end_repeat                     |      |                     |                    |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | calculate                      | c    |                     |                    |                             |                    |                     |          |                  |            |                                  | count(${r}[u = 1]) + sum(${v})     |         |            |              |               |                       |          |
    | calculate                      | e    |                     |                    |                             |                    |                     |          |                  |            |                                  | jr:choice-name(${q}, '${q}')       |         |            |              |               |                       |          |
    | range                          | a    | Range               | Zakres             |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               | start=1 end=5 step=1  |          |
    | image                          | i    | Draw                | Rysuj              |                             |                    |                     |          |                  |            |                                  |                                    |         | draw       |              |               | max-pixels=500        |          |
    | acknowledge                    | k    | Seen                | OK                 |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | note                           | o    | Note                | Uwaga              |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | text                           | p    | Fixed               | Stałe              |                             |                    |                     |          |                  |            |                                  |                                    | x       |            |              |               |                       | yes      |
    | time                           | h    | Time                | Czas               |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | datetime                       | j    | Both                | Razem              |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | hidden                         | l    |                     |                    |                             |                    |                     |          |                  |            |                                  |                                    | y       |            |              |               |                       |          |
    | username                       | x    |                     |                    |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | start                          | y    |                     |                    |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | end                            | z    |                     |                    |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
    | today                          | b    |                     |                    |                             |                    |                     |          |                  |            |                                  |                                    |         |            |              |               |                       |          |
"""
PLAIN = """
    | type                      | name | label     | hint | guidance_hint |
    | select_one grade or_other | a    | A         |      |               |
    | text                      | b    | B ${a} !  | h    | Two\\nlines   |
    | begin_group               | g    | G         |      |               |
    | begin_group               | f    | F         |      |               |
    | text                      | same | Same      |      |               |
    | end_group                 |      |           |      |               |
    | text                      | t    | T         |      |               |
    | end_group                 |      |           |      |               |
"""
LANGUAGES = """
    | list_name | name | label::English (en) | label::Polski (pl) | score |
    | grade     | good | Good                | Dobra              | 3     |
    | grade     | poor | Poor                |                    | 1     |
    | yes_no    | yes  | Yes                 | Tak                |       |
    | yes_no    | no   | No                  | Nie                |       |
"""
NAMED = """
    | form_title | form_id | version | kind  | instance_name     | print_groups | child_view |
    | A & B      | a_form  | 2026.10 | audit | concat(${n}, 'x') | g r s        | yes        |
"""


def _again(form: PublishedForm) -> PublishedForm:
    made, findings = published_from(sheets_of(form))
    assert made is not None, [str(one) for one in findings if one.serious]
    return made


@pytest.mark.parametrize("source", sorted(FORMS.iterdir()), ids=lambda path: path.name)
def test_a_shipped_form_comes_back_from_what_was_published(source: Path) -> None:
    form = publish(source)

    assert _again(form) == form


@pytest.mark.parametrize(("survey", "choices", "settings"), [(EVERYTHING, LANGUAGES, NAMED), (PLAIN, GRADES, SETTINGS)])
def test_every_type_and_column_comes_back(survey: str, choices: str, settings: str) -> None:
    form = a_form(survey, choices, settings)

    again = _again(form)

    assert again.xml == form.xml
    assert again == form


def test_rules_come_back_with_the_names_of_questions() -> None:
    rows = {row.get("name"): row for row in sheets_of(a_form(EVERYTHING, LANGUAGES, NAMED)).survey}

    assert rows["t"].get("relevant") == "${n} = 1 and ${u} = 1"
    assert rows["r"].get("repeat_count") == "${n} + 1"
    assert rows["w"].get("choice_filter") == "team = ${t}"
    assert rows["n"].get("constraint_message::English (en)") == "More than ${n}"
    assert rows["e"].get("calculation") == "jr:choice-name(${q}, '${q}')"


def test_a_form_from_the_store_is_exported_in_the_version_asked_for(store: Store, tmp_path: Path) -> None:
    form = a_form(EVERYTHING, LANGUAGES, NAMED)
    with store.work() as work:
        work.forms.keep(form)

    with store.look() as work:
        exported = export_form(work, "a_form", "2026.10", tmp_path / "a.xlsx")

    assert publish(exported.workbook) == form


def test_a_form_this_program_did_not_publish_is_not_half_exported(tmp_path: Path) -> None:
    form = a_form(PLAIN)
    strange = replace(form, xml=form.xml.replace("<h:body>", "<h:body><!-- by another program -->"))

    with pytest.raises(CannotExport, match="would not make the same form"):
        export_published(strange, tmp_path / "a.xlsx")

    assert list(tmp_path.iterdir()) == []


def test_a_form_whose_pictures_have_not_come_yet_says_so(tmp_path: Path) -> None:
    form = replace(a_form(PLAIN), pictures={"face.svg": "0" * 64})

    with pytest.raises(CannotExport, match=r"The picture face\.svg"):
        export_published(form, tmp_path / "a.xlsx")
