"""Whatever people type is printed as they typed it, and never as an instruction to the printer."""

from __future__ import annotations

import pytest

from qaf_desktop.reports import audit, fonts, look, shaping
from qaf_desktop.reports.audit import Fact, Item, Point, Section
from qaf_desktop.reports.text import printable
from tests.reports.reading import Drawn, Node, Paper
from tests.reports.samples import BENGALI, URDU, an_audit, an_imprint


def printed(text: str) -> tuple[Paper, Node]:
    """A paper with this answer, and the paragraph it became."""
    paper = Paper(audit.render(an_audit(sections=(Section("Typed", (Item("What was typed?", f"{text}\n·"),)),))))
    nodes = list(paper.document.all())
    asked = next(index for index, node in enumerate(nodes) if node.text == "What was typed?")
    return paper, nodes[asked + 1]


def letters_of(paper: Paper, node: Node) -> list[Drawn]:
    """The words drawn for one element, in the order of drawing."""
    marks = [index for index, number in enumerate(paper.stated_parents()[node.pages[0]]) if number == node.number]
    return [drawn for drawn in paper.drawn[node.pages[0]] if drawn.mark in marks and drawn.text.strip()]


@pytest.mark.parametrize(
    "text",
    [
        "R&D",
        "R&D;",
        "&amp; &lt; &#65; &nbsp",
        "<b>&",
        "<unclosed",
        "</para><para>",
        "<img src='/etc/passwd' width='10'/>",
        '<img src="http://example.invalid/x.png"/>',
        "<font size=90>big</font>",
        "<a href='file:///etc/passwd'>x</a>",
        "<br/><seq id='x'/><onDraw name='x'/>",
        "]]> <!-- x --> <?php ?>",
        "(a) \\n \\( %PDF endstream endobj",
        "%s {0} ${x} $(id)",
        "Zażółć gęślą jaźń – Ёлка, Ελληνικά, Tiếng Việt",
        "“quotes” – dash … £5 €6",
    ],
)
def test_a_text_prints_exactly_as_typed(text: str) -> None:
    _, answer = printed(text)

    assert answer.text == f"{text} ·"


def test_hostile_words_are_harmless_wherever_they_stand() -> None:
    nasty = "<img src='/etc/passwd'/>R&D <b>"
    contents = an_audit(
        imprint=an_imprint(title=nasty, reference=nasty, purpose=nasty, council=nasty, edition=nasty),
        facts=(Fact(nasty, nasty),),
        sections=(Section(nasty, (Item(nasty, "Yes", nasty, "yes"),), audit.Judgement("G", nasty), nasty),),
        strengths=(Point(nasty, nasty),),
        overall_why=nasty,
        declaration=nasty,
    )

    paper = Paper(audit.render(contents))

    assert paper.sentence().count(nasty) == 16
    assert b"/Subtype /Image" not in b"".join(paper.objects.values())


def test_control_characters_go_and_the_words_around_them_stay() -> None:
    assert printable("a\x00b\x07c\x1b[31m d\ufeffe\u202eevil\u202c f\ud800") == "abc[31m deevil f"


def test_line_breaks_are_kept_and_blanks_tidied() -> None:
    assert printable("  one\r\ntwo\rthree\u2028four\t five \n\n six ") == "one\ntwo\nthree\nfour five\n\nsix"


def test_a_line_break_moves_the_words_down() -> None:
    paper, answer = printed("first\nsecond")

    assert [drawn.text.strip() for drawn in letters_of(paper, answer)] == ["first", "second", "·"]


def test_a_face_or_foreign_letter_we_cannot_draw_is_put_into_words() -> None:
    assert printable("Great 😊👍🏽") == "Great [smiling face with smiling eyes] [thumbs up sign]"
    assert printable("I ❤️ it") == "I [heavy black heart] it"
    assert printable("हिन्दी") == "[6 letters in Devanagari: read them on the screen]"
    assert printable("漢字") == "[2 letters in Chinese or Japanese: read them on the screen]"


@pytest.mark.parametrize("text", [URDU, BENGALI, "She said بہت شکریہ (thank you)", "q\u0301 Yorùbá ẹ̀kọ́", "ہاں"])
def test_joined_and_turned_letters_are_stated_in_reading_order(text: str) -> None:
    _, answer = printed(text)

    assert answer.actual == f"{printable(text)}\n·"


def test_urdu_runs_from_right_to_left_word_after_word() -> None:
    paper, answer = printed("وہ میری بات")

    letters = letters_of(paper, answer)[:-1]

    assert "".join(drawn.text for drawn in letters) == "وہمیریبات"
    assert [drawn.x for drawn in letters] == sorted((drawn.x for drawn in letters), reverse=True)


def test_a_number_inside_urdu_still_reads_from_the_left() -> None:
    paper, answer = printed("وہ 12 مئی")

    places = {drawn.text: drawn.x for drawn in letters_of(paper, answer)}

    assert places["م"] < places["1"] < places["2"] < places["و"]


def test_the_first_line_of_long_urdu_holds_the_first_words() -> None:
    paper, answer = printed(" ".join([URDU] * 6) + " آخر")

    lines: dict[float, str] = {}
    for drawn in letters_of(paper, answer):
        lines.setdefault(round(drawn.y / 15), "")
        lines[round(drawn.y / 15)] += drawn.text
    in_order = [lines[y] for y in sorted(lines, reverse=True)]

    assert len(in_order) >= 4
    assert in_order[0].startswith("وہمیری")
    assert "آخر" in in_order[-2]


def test_urdu_letters_are_joined() -> None:
    style = look.styles().body

    alone = shaping.shape("ب", fonts.Script.ARABIC, style, 1).glyphs
    joined = shaping.shape("ببب", fonts.Script.ARABIC, style, 1).glyphs

    assert [glyph.letters for glyph in joined] == ["ب", "ب", "ب"]
    assert len({glyph.code for glyph in (*alone, *joined)}) == 4


def test_bengali_vowels_stand_before_their_consonant() -> None:
    glyphs = shaping.shape("কি", fonts.Script.BENGALI, look.styles().body, 0).glyphs

    assert glyphs[0].letters != "ক"


@pytest.mark.parametrize("word", ["x" * 2000, "ب" * 900, "😊" * 60])
def test_a_word_wider_than_the_paper_is_broken_and_whole(word: str) -> None:
    paper, answer = printed(word)

    said = (answer.actual or "".join(answer.words)).replace(" ", "").replace("\n", "")

    assert said == printable(word).replace(" ", "") + "·"
    edge = look.SIDE + look.TEXT_WIDTH
    assert all(drawn.x < edge for page in paper.drawn for drawn in page)


def test_nothing_is_too_long_for_any_place_on_the_audit() -> None:
    words = " ".join(f"w{number}" for number in range(1200))
    contents = an_audit(
        imprint=an_imprint(title=words[:400], reference=words[:200], purpose=words),
        facts=(Fact("a", "b"), Fact(words, words)),
        overall=audit.Judgement("O", words[:200]),
        checks=(audit.Check(words, "Yes", "yes", words),),
        sections=(Section(words, (Item(words, words, words, "no"),), audit.Judgement("G", words), words),),
        voices=(audit.Voice(words, shared=True, heard=words, answers=(Item(words, "Yes"),)),),
        strengths=(Point(words, words),),
        actions=(audit.Action(words, words, words, None, words),),
        took_part=(Fact(words, words),),
        declaration=words,
        declared_by=words,
    )

    paper = Paper(audit.render(contents))

    # 25 places hold the whole text: nothing is cut but the furniture and the title.
    assert paper.sentence().count("w1198 w1199") == 25
    edge = look.SIDE + look.TEXT_WIDTH
    assert all(drawn.x < edge for page in paper.drawn for drawn in page)
