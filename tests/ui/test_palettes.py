import re
from pathlib import Path

import pytest

from qaf_desktop.ui.palettes import PALETTES, SHAPE_PAIRS, TEXT_PAIRS

RESOURCES = Path(__file__).parents[2] / "resources"


def luminance(colour: str) -> float:
    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("look", PALETTES)
@pytest.mark.parametrize(("words", "ground"), TEXT_PAIRS)
def test_words_can_be_read_on_their_ground(look, words, ground):
    palette = PALETTES[look]

    assert contrast(palette[words], palette[ground]) >= 4.5


@pytest.mark.parametrize("look", PALETTES)
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_lines_and_icons_can_be_seen_on_their_ground(look, shape, ground):
    palette = PALETTES[look]

    assert contrast(palette[shape], palette[ground]) >= 3.0


def test_every_look_has_the_same_colours():
    names = {frozenset(palette) for palette in PALETTES.values()}

    assert len(names) == 1


def test_the_style_sheet_names_only_colours_and_drawings_that_exist():
    sheet = re.sub(r"/\*.*?\*/", "", (RESOURCES / "styles" / "app.qss").read_text("utf-8"), flags=re.DOTALL)

    tokens = set(re.findall(r"@(\w+)", sheet))
    drawings = {
        name.replace("%look%", look) for name in re.findall(r"%icons%/([\w/%.-]+)\)", sheet) for look in PALETTES
    }

    assert tokens <= set(PALETTES["light"])
    assert all((RESOURCES / "icons" / drawing).is_file() for drawing in drawings)
