from qaf_desktop.ui.audit.progress import SectionLine, SectionState
from qaf_desktop.ui.audit.sections_pane import SectionsPane

TITLES = ("The child", "Decision making and purposeful visits", "Planning, reviewing and recording with families")


def test_the_section_in_front_is_seen_whole(theme, qtbot):
    pane = SectionsPane(theme)
    qtbot.addWidget(pane)
    lines = [
        SectionLine(f"/data/s{number}", TITLES[number % 3], SectionState.NOT_STARTED, 0, 4) for number in range(14)
    ]
    pane.setMinimumSize(120, 100)
    pane.resize(230, 600)
    pane.show()
    pane.show_lines(lines, "/data/s0")

    pane.show_current("/data/s10")
    pane.resize(180, 260)

    qtbot.waitUntil(lambda: pane.viewport().rect().contains(pane.visualRect(pane.currentIndex())))
