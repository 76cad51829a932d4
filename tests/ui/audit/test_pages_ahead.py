"""A page is made a little at a time, before it is needed, and is never missed by who needs it earlier."""

from qaf_desktop.ui.audit.section_page import SectionPage

from .desk import Bench


def refs(page):
    return [question.item.ref for question in page.questions()]


def in_pieces(bench, tools, section="/data/cf"):
    return SectionPage(section, bench.opened().filling, tools, at_once=False)


def real(store, real_form, background, qtbot):
    return Bench(store, real_form, background, qtbot)


def test_the_next_section_is_ready_before_it_is_asked_for_and_those_farther_away_are_not(workspace, qtbot):
    qtbot.waitUntil(lambda: (page := workspace.page("/data/dm")) is not None and page.whole)
    qtbot.wait(100)

    farther = [line.ref for line in workspace.sections.lines()][2:]
    assert all(workspace.page(ref) is None for ref in farther)
    assert workspace.current_section() == "/data/cd"


def test_a_page_made_in_pieces_is_the_page_made_at_once(store, real_form, background, qtbot, tools):
    bench = real(store, real_form, background, qtbot)
    pieces, at_once = in_pieces(bench, tools), SectionPage("/data/cf", bench.opened().filling, tools)
    qtbot.addWidget(pieces)
    qtbot.addWidget(at_once)

    steps = 0
    while not pieces.build(0):
        steps += 1

    assert steps > 5
    assert refs(pieces) == refs(at_once)


def test_a_question_that_is_not_made_yet_is_made_when_somebody_jumps_to_it(store, real_form, background, qtbot, tools):
    page = in_pieces(real(store, real_form, background, qtbot), tools)
    qtbot.addWidget(page)
    page.build(0)
    whole_before = page.whole

    found = page.question("/data/cf/cf_story")

    assert not whole_before
    assert found is not None
    assert found.item.name == "cf_story"


def test_the_first_question_does_not_wait_for_the_last(store, real_form, background, qtbot, tools):
    page = in_pieces(real(store, real_form, background, qtbot), tools)
    qtbot.addWidget(page)

    first = page.first_question()

    assert not page.whole
    assert first is page.questions()[0]


def test_a_row_added_while_a_page_is_unfinished_is_on_it_once(bench, tools, qtbot):
    filling = bench.opened().filling
    page = SectionPage("/data/ac", filling, tools, at_once=False)
    qtbot.addWidget(page)
    repeat = next(ref for ref in filling.children("/data/ac") if filling.look(ref).kind == "repeat")
    before = len(filling.children(repeat))

    filling.add(repeat)
    page.rebuild_list(repeat)
    page.refresh()
    page.build()

    assert len(page.row_list(repeat).cards) == before + 1
