"""What people typed, put on paper exactly as they typed it, whatever it is."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from qaf_desktop.reports import fonts
from qaf_desktop.reports.shaping import ShapedText

_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_JOINERS = frozenset("\u200c\u200d\u200e\u200f")
"""Invisible, but spelling: Urdu and Bengali words are written with them."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_WITHOUT_JOINERS = dict.fromkeys(map(ord, _JOINERS))
_SHAPED = re.compile("[\u0590-\u08ff\u0980-\u09ff\ufb1d-\ufdff\ufe70-\ufefc]")


class TypedText(Paragraph):  # type: ignore[misc]
    """A paragraph whose lines end with a blank, so that whoever takes the words off the page gets them apart."""

    def draw(self) -> None:
        """Add the blanks at the last moment, when the lines are final."""
        lines = self.blPara.lines
        # What platypus has split off goes on overleaf, so its last line is not the end.
        for line in lines if hasattr(self, "_splitpara") else lines[:-1]:
            if isinstance(line, tuple | list):
                if line[1][-1:] != [""]:
                    line[1].append("")  # words are joined by blanks
            elif line.words and not line.words[-1].text.endswith(" "):
                line.words[-1].text += " "
        super().draw()


def paragraph(text: str, style: ParagraphStyle, *, lead: str = "", tail: str = "") -> Flowable:
    """The one way a text becomes a paragraph: every character is data, none is markup.

    ``R&D``, ``<b>`` and ``<img src=…>`` print as they were typed. Line breaks are kept, control characters go,
    characters that no shipped face can draw are put into words, and right-to-left text prints in reading order.
    ``lead`` is a label in bold before it, on a line of its own where the text must be shaped; ``tail`` a quieter
    line after it.
    """
    clean, label, quiet = printable(text), printable(lead), printable(tail)
    if needs_shaping(clean + label + quiet):
        return ShapedText("\n".join(part for part in (label, clean, quiet) if part), style)
    marked = html.escape(clean, quote=False).replace("\n", "<br/>")
    if label:
        marked = f'<font name="{fonts.face(cut=fonts.Cut.BOLD)}">{html.escape(label, quote=False)}</font> {marked}'
    if quiet:
        marked += f'<br/><font size="9.5" color="#55616e">{html.escape(quiet, quote=False)}</font>'
    return TypedText(marked, style)


def printable(text: str) -> str:
    """A text as it can be drawn: composed, without control characters, one kind of line end, outer blanks gone."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text).strip()
    lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    kept = "".join(character for character in lines if character == "\n" or _kept(character))
    drawn = "".join(_in_words(kind, "".join(run)) for kind, run in groupby(kept, key=_stranger))
    if not _SHAPED.search(drawn):
        drawn = drawn.translate(_WITHOUT_JOINERS)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in drawn.split("\n")).strip()


def needs_shaping(text: str) -> bool:
    """Whether letters join, stack or run from the right, so that plain setting would garble them."""
    return _SHAPED.search(text) is not None or any(unicodedata.combining(character) for character in text)


def _kept(character: str) -> bool:
    if character in _JOINERS:
        return True
    # Variation selectors and skin tones only colour the sign before them.
    coloured = "\ufe00" <= character <= "\ufe0f" or "\U0001f3fb" <= character <= "\U0001f3ff"
    return not coloured and unicodedata.category(character) not in _UNSEEN


@lru_cache(maxsize=4096)
def _stranger(character: str) -> str:
    """Empty for what a shipped face draws; else the script of a letter, or ``sign``."""
    if character == "\n" or character.isspace() or character in _JOINERS or fonts.script_of(character) is not None:
        return ""
    name = unicodedata.name(character, "")
    if name and unicodedata.category(character)[0] in "LMN":
        script = name.split()[0]
        return "Chinese or Japanese" if script in {"CJK", "HIRAGANA", "KATAKANA"} else script.capitalize()
    return "sign"


def _in_words(kind: str, run: str) -> str:
    """A face or a letter we cannot draw, in brackets: losing it silently would change what was said."""
    if not kind:
        return run
    if kind != "sign":
        return f"[{len(run)} letters in {kind}: read them on the screen]"
    return " ".join(f"[{unicodedata.name(character, 'unknown sign').lower()}]" for character in run)
