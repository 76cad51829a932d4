"""A form from elsewhere is read if it is one, and refused in a sentence if it is not."""

from __future__ import annotations

import pytest

from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.xml_safely import NotAForm
from tests.forms.tables import an_xform


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("", "cannot be read as XML"),
        ("hello", "cannot be read as XML"),
        ("<html><body/></html>", "not a form"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "document type"),
        (an_xform("<a/>", '<bind nodeset="/data/a" relevant="1 +"/>'), "A rule of /data/a cannot be followed"),
        (an_xform("<a/>", '<bind nodeset="/data/a" calculate="nope()"/>'), "no function called nope"),
        (an_xform("<a/>", '<bind nodeset="/data/a" relevant=". = 1"/>'), "circle: a"),
        (
            an_xform(
                "<a/><b/>",
                '<bind nodeset="/data/a" calculate="/data/b"/><bind nodeset="/data/b" relevant="/data/a = 1"/>',
            ),
            "wait for each other",
        ),
    ],
)
def test_what_is_no_form_is_refused_in_a_sentence(xml: str, words: str) -> None:
    with pytest.raises(NotAForm, match=words):
        read_form(xml)


def test_binds_without_questions_and_comments_are_passed_over() -> None:
    definition = read_form(an_xform("<!-- note --><a/>", '<!-- x --><bind nodeset="/data/gone" required="true()"/>'))

    assert [spot.path for spot in definition.questions()] == ["/data/a"]


def test_a_form_knows_its_name_and_version() -> None:
    definition = read_form(an_xform("<a/>"))

    assert (definition.form_id, definition.version, definition.title) == ("raw", "1", "Raw")
