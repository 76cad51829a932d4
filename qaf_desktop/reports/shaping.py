"""Urdu from the right, Bengali with its joined letters: text that must be shaped before it can be printed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import uharfbuzz
from bidi import algorithm as bidi
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from qaf_desktop.reports import fonts
from qaf_desktop.reports.fonts import Script

_PRIVATE = 0xE000
"""Glyphs without a character of their own are drawn under this private code plus their number in the face."""


@dataclass(frozen=True)
class Line:
    """One line as it was typed (logical order) and which way its paragraph runs."""

    text: str
    base: int
    """0 from the left, 1 from the right."""


@dataclass(frozen=True)
class Glyph:
    """One drawn shape: the code it is drawn under, the letters it stands for, and where (points from the start)."""

    code: int
    letters: str
    across: float
    up: float


@dataclass(frozen=True)
class Run:
    """A stretch of one face and one direction, its glyphs in reading order; ``advance`` in points."""

    face: str
    glyphs: tuple[Glyph, ...]
    advance: float


class ShapedText(Flowable):  # type: ignore[misc]
    """A paragraph whose lines are broken, reordered and shaped one by one; flows over pages like any other."""

    def __init__(self, text: str, style: ParagraphStyle, *, lines: tuple[Line, ...] | None = None) -> None:
        super().__init__()
        self.style = style
        self.text = text
        """In reading order, for what cannot see the page."""
        self._lines = lines
        self._broken_for: float | None = None

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """Break the text for this width; points wide and high."""
        inner = avail_width - self.style.leftIndent - self.style.rightIndent
        if self._lines is None or (self._broken_for is not None and self._broken_for != inner):
            self._lines = tuple(_broken(self.text, self.style, inner))
        self._broken_for = inner
        self.width = avail_width
        self.height = len(self._lines) * self.style.leading
        return self.width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        """As many whole lines as fit, and the rest; never one line alone at either end."""
        self.wrap(avail_width, avail_height)
        lines = self._lines or ()
        fit = min(int(avail_height // self.style.leading), len(lines))
        if fit == len(lines):
            return [self]
        if len(lines) - fit == 1 and fit > 2:
            fit -= 1
        if fit < min(2, len(lines)):
            return []
        return [_part(lines[:fit], self.style), _part(lines[fit:], self.style)]

    def getSpaceBefore(self) -> float:
        """Points above, from the style."""
        return float(self.style.spaceBefore)

    def getSpaceAfter(self) -> float:
        """Points below, from the style."""
        return float(self.style.spaceAfter)

    def minWidth(self) -> float:
        """Any width will do: a word that is too long is broken."""
        return float(self.style.fontSize) * 4

    def draw(self) -> None:
        """Draw line by line from the top."""
        y = self.height - self.style.fontSize
        for line in self._lines or ():
            self._draw_line(line, y)
            y -= self.style.leading

    def _draw_line(self, line: Line, y: float) -> None:
        runs = [shape(text, script, self.style, level) for text, script, level in _visual_runs(line)]
        room = self.width - self.style.leftIndent - self.style.rightIndent - sum(run.advance for run in runs)
        right = line.base == 1 or self.style.alignment == TA_RIGHT
        share = 0.5 if self.style.alignment == TA_CENTER else 1.0 if right else 0.0
        x = self.style.leftIndent + share * room
        placed: list[tuple[float, Run]] = []
        for run in runs:
            placed.append((x, run))
            x += run.advance
        # Drawn in the order it is read, so that programs which take the words from the page get them in order.
        for start, run in sorted(placed, key=lambda place: place[0], reverse=line.base == 1):
            self._draw_run(run, start, y)
        # A blank ends the line, so that its last word is not joined to the next line's first.
        self.canv.drawString(x, y, " ")

    def _draw_run(self, run: Run, x: float, y: float) -> None:
        canvas = self.canv
        face = pdfmetrics.getFont(run.face)
        pen = canvas.beginText(x, y)
        pen.setFillColor(self.style.textColor)
        pen.setFont(run.face, self.style.fontSize)
        for glyph in run.glyphs:
            face.spell(canvas._doc, glyph.code, glyph.letters)
            pen.setTextOrigin(x + glyph.across, y + glyph.up)
            pen.textOut(chr(glyph.code))
        canvas.drawText(pen)


def _part(lines: tuple[Line, ...], style: ParagraphStyle) -> ShapedText:
    # Lines of one typed paragraph are joined by a blank again, should the next page be of another width.
    return ShapedText(" ".join(line.text for line in lines), style, lines=lines)


def _broken(text: str, style: ParagraphStyle, width: float) -> list[Line]:
    lines: list[Line] = []
    for typed in text.split("\n"):
        base = bidi.get_base_level(typed)
        current = ""
        for word in _fitting_words(typed, style, width):
            wider = f"{current} {word}" if current else word
            if current and _width(wider, style) > width:
                lines.append(Line(current, base))
                current = word
            else:
                current = wider
        lines.append(Line(current, base))
    return lines


def _fitting_words(typed: str, style: ParagraphStyle, width: float) -> list[str]:
    words: list[str] = []
    for word in typed.split(" "):
        rest = word
        while len(rest) > 1 and _width(rest, style) > width:
            cut = max(1, int(len(rest) * width / _width(rest, style)))
            while cut > 1 and _width(rest[:cut], style) > width:
                cut -= 1
            words.append(rest[:cut])
            rest = rest[cut:]
        words.append(rest)
    return words


def _width(text: str, style: ParagraphStyle) -> float:
    return sum(_word_width(part, style.fontName, style.fontSize) for part in _with_blanks(text))


def _with_blanks(text: str) -> list[str]:
    return [piece for word in text.split(" ") for piece in (word, " ")][:-1]


@cache
def _word_width(word: str, font_name: str, size: float) -> float:
    style = ParagraphStyle("measure", fontName=font_name, fontSize=size)
    return sum(shape(text, script, style, 0).advance for script, text in fonts.runs(word))


def _visual_runs(line: Line) -> list[tuple[str, Script, int]]:
    """The line cut into runs of one face and one direction, left to right on the page (UAX 9, L2)."""
    pieces: list[tuple[str, Script, int]] = []
    position = 0
    levels = _levels(line)
    for script, text in fonts.runs(line.text):
        stretch = levels[position : position + len(text)]
        position += len(text)
        start = 0
        for level, members in groupby(stretch):
            length = len(list(members))
            pieces.append((text[start : start + length], script, level))
            start += length
    for threshold in range(max(levels, default=0), 0, -1):
        pieces = _reversed_from(pieces, threshold)
    return pieces


def _reversed_from(pieces: list[tuple[str, Script, int]], threshold: int) -> list[tuple[str, Script, int]]:
    result: list[tuple[str, Script, int]] = []
    for at_least, members in groupby(pieces, key=lambda piece: piece[2] >= threshold):
        group = list(members)
        result.extend(reversed(group) if at_least else group)
    return result


def _levels(line: Line) -> list[int]:
    """The embedding level of every character; odd runs from the right."""
    kept = [index for index, character in enumerate(line.text) if unicodedata.bidirectional(character) != "BN"]
    storage = bidi.get_empty_storage()
    storage["base_level"] = line.base
    storage["base_dir"] = ("L", "R")[line.base]
    bidi.get_embedding_levels("".join(line.text[index] for index in kept), storage)
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    known = dict(zip(kept, (character["level"] for character in storage["chars"]), strict=True))
    levels: list[int] = []
    for index in range(len(line.text)):
        # A joiner has no direction of its own: it goes with the letter before it.
        levels.append(known.get(index, levels[-1] if levels else line.base))
    return levels


@cache
def _shaper(font_name: str) -> Any:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(pdfmetrics.getFont(font_name).face._ttf_data)))


def shape(text: str, script: Script, style: ParagraphStyle, level: int) -> Run:
    """Join and stack the letters of one run."""
    name = fonts.face(script, fonts.cut_of(style.fontName))
    from_right = level % 2 == 1
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if from_right else "ltr"
    uharfbuzz.shape(_shaper(name), buffer)
    scale = pdfmetrics.getFont(name).pdfScale
    size = style.fontSize / 1000
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    glyphs: list[Glyph] = []
    x = 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        code, own = _code(name, info.codepoint)
        letters = unicodedata.normalize("NFKC", chr(code)) if own else text[info.cluster : ends[info.cluster]]
        across, up = scale(position.x_offset) * size, scale(position.y_offset) * size
        glyphs.append(Glyph(code, letters, x + across, up))
        x += scale(position.x_advance) * size
    return Run(name, tuple(reversed(glyphs) if from_right else glyphs), x)


def _code(name: str, glyph: int) -> tuple[int, bool]:
    """A code reportlab draws this glyph under, and whether that is the glyph's own character.

    Fixed by the glyph's number in the face, so that the same paper has the same bytes whatever was printed before.
    """
    font = pdfmetrics.getFont(name)
    own = font.face.glyphToChar.get(glyph)
    if own:
        return int(own[0]), True
    code = _PRIVATE + glyph
    if code not in font.face.charToGlyph:
        font.face.charToGlyph[code] = glyph
        font.face.charWidths[code] = font.pdfScale(_shaper(name).get_glyph_h_advance(glyph))
    return code, False
