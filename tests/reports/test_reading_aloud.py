"""A screen reader meets the audit in order, whole, and without the furniture."""

from __future__ import annotations

import pytest

from qaf_desktop.reports import audit, feedback, receipt
from qaf_desktop.reports.audit import Action, Item, Section
from tests.reports.reading import Paper
from tests.reports.samples import a_feedback, a_receipt, an_audit

EVERY_PAPER = [
    pytest.param(lambda: audit.render(an_audit()), id="audit"),
    pytest.param(lambda: feedback.render(a_feedback()), id="feedback"),
    pytest.param(lambda: receipt.render(a_receipt()), id="receipt"),
]


@pytest.mark.parametrize("paper", EVERY_PAPER)
def test_a_paper_says_that_it_is_tagged_and_british_and_shows_its_title(paper) -> None:
    read = Paper(paper())

    flags = b" ".join(read.objects.values())
    assert b"<< /Marked true >>" in flags
    assert b"/Lang (en-GB)" in read.catalog
    assert b"/DisplayDocTitle true" in flags
    assert all(b"/Tabs /S" in read.objects[page] for page in read.pages)


@pytest.mark.parametrize("paper", EVERY_PAPER)
def test_nothing_is_drawn_that_is_neither_said_nor_marked_as_decoration(paper) -> None:
    read = Paper(paper())

    stray = [drawn for page in read.drawn for drawn in page if drawn.mark == -1]

    assert sum(len(page) for page in read.drawn) > 20
    assert stray == []


@pytest.mark.parametrize("paper", EVERY_PAPER)
def test_every_mark_on_a_page_and_its_element_know_each_other(paper) -> None:
    read = Paper(paper())

    told = {node.number for node in read.document.all() if node.words or node.alt}
    for page, drawn in enumerate(read.drawn):
        used = {item.mark for item in drawn if item.mark is not None}
        parents = read.stated_parents()[page]
        assert used <= set(range(len(parents)))
        assert {parents[mark] for mark in used if mark is not None} <= told


@pytest.mark.parametrize("paper", EVERY_PAPER)
def test_every_face_used_is_in_the_file(paper) -> None:
    read = Paper(paper())

    fonts = [body for body in read.objects.values() if b"/Type /Font\n" in body or b"/Type /Font " in body]

    assert fonts
    assert all(b"/FontDescriptor" in font for font in fonts)


def test_the_audit_is_told_from_the_cover_to_the_seal() -> None:
    read = Paper(audit.render(an_audit()))

    headings = [text for role, text in read.said() if role in {"H1", "H2"}]

    assert headings == [
        "Child practice audit",
        "Overall grade",
        "The five non-negotiables",
        "Grades by area",
        "Context and focus",
        "Decision making",
        "Risk management and safety",
        "Planning and review",
        "Participation, voice and lived experience",
        "Supervision and management oversight",
        "Impact and outcomes",
        "What the family said",
        "What went well",
        "What needs to be better",
        "Actions",
        "Who took part",
        "Overall grade and rationale",
        "Declaration and seal",
    ]


def test_an_answer_is_said_after_its_question_and_evidence_after_the_answer() -> None:
    read = Paper(audit.render(an_audit()))

    said = [text for _, text in read.said()]
    at = said.index("Are actions specific with owner and date?")

    assert said[at + 1 : at + 3] == ["Partly", "Evidence: Two of nine actions have no date."]


def test_the_words_of_header_and_footer_are_not_read_aloud() -> None:
    read = Paper(audit.render(an_audit()))

    assert "Page 1 of" in read.page_words(0)
    assert "Page 1 of" not in read.sentence()


def test_the_actions_are_a_table_with_headings_for_its_columns() -> None:
    read = Paper(audit.render(an_audit()))

    table = [node for node in read.document.all() if node.role == "Table"][-1]
    heads, *rows = [list(row.children) for row in table.children]

    assert [cell.scope for cell in heads] == ["Column"] * 5
    assert [" ".join(part.text for part in cell.all()).strip() for cell in heads][-1] == "Success"
    assert [len(row) for row in rows] == [5, 5, 5]
    assert {cell.role for row in rows for cell in row} == {"TD"}


def test_a_heading_row_printed_again_on_the_next_page_is_said_once() -> None:
    action = Action("Visit", "She asked for it " * 12, "Social worker", None, "Seen")

    read = Paper(audit.render(an_audit(actions=(action,) * 30)))

    printed = sum("Why for this child" in read.page_words(page) for page in range(len(read.pages)))
    assert printed >= 3
    assert read.sentence().count("Why for this child") == 1


def test_an_action_longer_than_a_page_is_printed_whole() -> None:
    words = [f"step{number}" for number in range(900)]
    action = Action(" ".join(words), "Why", "Social worker", None, "Seen")

    read = Paper(audit.render(an_audit(actions=(action,))))

    cell = next(node for node in read.document.all() if "step0" in node.text)
    assert cell.text == "1. " + " ".join(words)
    assert len(set(cell.pages)) > 1


def test_an_answer_of_three_thousand_words_is_one_paragraph_over_several_pages() -> None:
    words = [f"word{number}" for number in range(3000)]
    section = Section("Story", (Item("What is life like?", " ".join(words)),))

    read = Paper(audit.render(an_audit(sections=(section,))))

    paragraph = next(node for node in read.document.all() if "word0" in node.text)
    assert paragraph.text.split() == words
    assert len(set(paragraph.pages)) >= 4
    assert paragraph.pages == sorted(paragraph.pages)


def test_no_page_ends_with_a_heading_or_an_unanswered_question() -> None:
    story = "The carer, the school and he himself say so. " * 3
    for lines in range(0, 60, 3):
        filler = Section("Filler", tuple(Item(f"Question {number}", "Short") for number in range(lines)))
        long = Section("Area", (Item("Long question", story * 4),), an_audit().overall, story * 8)

        read = Paper(audit.render(an_audit(sections=(filler, long, long), checks=())))

        by_number = {node.number: node for node in read.document.all()}
        for page in range(len(read.pages) - 1):
            last = by_number[read.stated_parents()[page][-1]]
            assert not last.role.startswith("H"), (lines, page)
            assert last.text not in {"Long question", "Grade Good"}, (lines, page)


def test_a_face_is_a_picture_with_a_description() -> None:
    read = Paper(feedback.render(a_feedback()))

    pictures = [node.alt for node in read.document.all() if node.role == "Figure"]

    assert pictures[:2] == ["A smiling face", "A laughing face"]
    assert all(pictures)


def test_lists_hold_items_and_rows_hold_cells() -> None:
    below = {"L": {"LI"}, "LI": {"Lbl", "LBody"}, "Table": {"TR"}, "TR": {"TH", "TD"}, "Document": {"Sect"}}

    for paper in (audit.render(an_audit()), receipt.render(a_receipt())):
        nodes = list(Paper(paper).document.all())
        wrong = [
            (node.role, child.role)
            for node in nodes
            for child in node.children
            if child.role not in below.get(node.role, {child.role})
        ]

        assert wrong == []
