"""What people typed, put on paper exactly as they typed it, whatever it is."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from qaf_desktop.reports import fonts
from qaf_desktop.reports.shaping import ShapedText

_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_JOINERS = frozenset("\u200c\u200d\u200e\u200f")
"""Invisible, but spelling: Urdu and Bengali words are written with them."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_SHAPED = re.compile("[\u0590-\u08ff\u0980-\u09ff\ufb1d-\ufdff\ufe70-\ufefc]")


def paragraph(text: str, style: ParagraphStyle, *, lead: str = "") -> Flowable:
    """The one way a text becomes a paragraph: every character is data, none is markup.

    ``R&D``, ``<b>`` and ``<img src=…>`` print as they were typed. Line breaks are kept, control characters go,
    characters that no shipped face can draw are put into words, and right-to-left text prints in reading order.
    ``lead`` is a label in bold before it, on a line of its own where the text must be shaped.
    """
    clean, label = printable(text), printable(lead)
    if needs_shaping(clean) or needs_shaping(label):
        return ShapedText("\n".join(part for part in (label, clean) if part), style)
    marked = html.escape(clean, quote=False).replace("\n", "<br/>")
    if label:
        marked = f'<font name="{fonts.face(cut=fonts.Cut.BOLD)}">{html.escape(label, quote=False)}</font> {marked}'
    return Paragraph(marked, style)


def printable(text: str) -> str:
    """A text as it can be drawn: composed, without control characters, one kind of line end, outer blanks gone."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text).strip()
    lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    drawn = "".join(character if character == "\n" else _drawn(character) for character in lines)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in drawn.split("\n")).strip()


def needs_shaping(text: str) -> bool:
    """Whether letters join, stack or run from the right, so that plain setting would garble them."""
    return _SHAPED.search(text) is not None or any(unicodedata.combining(character) for character in text)


@lru_cache(maxsize=4096)
def _drawn(character: str) -> str:
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category in _UNSEEN or "\ufe00" <= character <= "\ufe0f" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return ""
    if category == "Zs":
        return " " if character != "\u00a0" else character
    if fonts.script_of(character) is not None:
        return character
    return _in_words(character)


def _in_words(character: str) -> str:
    """A face, a flag or a foreign letter by name, in brackets: losing it silently would change what was said."""
    name = unicodedata.name(character, "")
    if not name or "IDEOGRAPH" in name:
        return f"[character {ord(character):04X}]"
    return f"[{name.lower()}]"
