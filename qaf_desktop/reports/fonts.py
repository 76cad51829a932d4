"""The faces paper is set in: Noto Sans, and its Arabic and Bengali sisters for families who write in those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from qaf_desktop.problems import Problem

_UNICODE_LINE = re.compile(r"^(<[0-9A-F]{2}> )<([0-9A-F]{4})>$", re.MULTILINE)


class Face(TTFont):  # type: ignore[misc]
    """A face that also knows, paper by paper, which letters a joined or stacked glyph stands for."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self._spellings: WeakKeyDictionary[Any, dict[int, str]] = WeakKeyDictionary()

    def spell(self, document: Any, code: int, letters: str) -> None:
        """Copying the glyph drawn under this code out of this document gives these letters."""
        self._spellings.setdefault(document, {}).setdefault(code, letters)

    def addObjects(self, document: Any) -> None:
        """Write the face into the document, with its spellings."""
        spelt = self._spellings.get(document, {})
        subsets = range(len(self.state[document].subsets)) if spelt else range(0)
        names = [self.getSubsetInternalName(number, document)[1:] for number in subsets]
        super().addObjects(document)
        for name in names:
            font = document.idToObject["BasicFonts"].dict[name]
            table = document.idToObject[font.ToUnicode.name]
            table.content = _UNICODE_LINE.sub(
                lambda line: f"{line[1]}<{_utf16(spelt.get(int(line[2], 16), chr(int(line[2], 16))))}>", table.content
            )


class FontsMissing(Problem):
    """The fonts shipped with the program are not where they should be, so no paper can be made."""


class Cut(StrEnum):
    """How heavy or slanted a face is."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


class Script(StrEnum):
    """A family of letters we ship a face for; the value is the family's name."""

    LATIN = "NotoSans"
    ARABIC = "NotoSansArabic"
    BENGALI = "NotoSansBengali"


_SHIPPED = {
    Script.LATIN: frozenset(Cut),
    Script.ARABIC: frozenset({Cut.REGULAR, Cut.BOLD}),
    Script.BENGALI: frozenset({Cut.REGULAR, Cut.BOLD}),
}
_UPRIGHT = {Cut.ITALIC: Cut.REGULAR, Cut.BOLD_ITALIC: Cut.BOLD}
"""Arabic and Bengali have no slanted cut; emphasis is then carried by weight alone."""


def folder() -> Path:
    """Where the shipped fonts are: beside the installed package, or in the source tree."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_resources" / "fonts"
    return installed if installed.is_dir() else package.parent / "resources" / "fonts"


def face(script: Script = Script.LATIN, cut: Cut = Cut.REGULAR) -> str:
    """The name reportlab knows a face by; the face is loaded the first time it is asked for.

    Raises:
        FontsMissing: the file is absent or not a font.
    """
    chosen = cut if cut in _SHIPPED[script] else _UPRIGHT[cut]
    return _loaded(f"{script.value}-{chosen.value}")


@cache
def _loaded(name: str) -> str:
    path = folder() / f"{name}.ttf"
    if not path.is_file():
        raise FontsMissing(
            "A font that paper is set in is missing from this computer.",
            safe="Your audits are safe and can still be filled in and sent.",
            next_step="Ask your IT service to install the program again.",
        )
    pdfmetrics.registerFont(Face(name, str(path)))
    return name


def cut_of(font_name: str) -> Cut:
    """The cut a face's name stands for: ``NotoSans-Bold`` is bold."""
    return Cut(font_name.rpartition("-")[2])


@cache
def letters(script: Script) -> frozenset[int]:
    """The code points a script's regular face can draw."""
    known = pdfmetrics.getFont(face(script)).face.charToGlyph
    return frozenset(code for code in known if not 0xE000 <= code <= 0xF8FF)  # private codes are ours, for shaping


def script_of(character: str) -> Script | None:
    """Which shipped face draws a character, Latin first; None when none does."""
    code = ord(character)
    for script in Script:
        if code in letters(script):
            return script
    return None


def runs(text: str) -> Iterator[tuple[Script, str]]:
    """A text cut where its face changes.

    Spaces, digits, marks and joiners stay with the letters around them, so that a word is never torn.
    Characters nobody can draw must have been put into words before (``text.printable``).
    """
    start, current = 0, None
    for index, character in enumerate(text):
        if current is not None and _belongs(character, current):
            continue
        script = script_of(character) or Script.LATIN
        if current is None:
            current = script
        elif script is not current:
            yield current, text[start:index]
            start, current = index, script
    if current is not None:
        yield current, text[start:]


def _utf16(letters: str) -> str:
    return letters.encode("utf-16-be").hex().upper()


def _belongs(character: str, script: Script) -> bool:
    if ord(character) not in letters(script):
        return False
    # A full stop after an Urdu word is drawn by the Urdu face; a Latin letter inside Urdu is not.
    return script is Script.LATIN or not (character.isascii() and character.isalpha())
