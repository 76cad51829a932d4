"""The languages of a form, each in its own name; which of them run from right to left; which are only drafts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

_CODE = re.compile(r"\(([^()]+)\)\s*\Z")
_OWN_NAMES = {"en": "English", "pt": "Português"}
"""Where Qt would name a country as well, as in "American English"."""


def code_of(language: str) -> str:
    """The code of a language as a form writes it: ``ur`` for ``Urdu (ur)``."""
    found = _CODE.search(language)
    return found.group(1).strip() if found else ""


def plain_name(language: str) -> str:
    """What staff call a language: ``Urdu`` for ``Urdu (ur)``."""
    return _CODE.sub("", language).strip() or language


def own_name(language: str) -> str:
    """What its speakers call a language; the form's own word for it where that is not known."""
    code = code_of(language)
    if code in _OWN_NAMES:
        return _OWN_NAMES[code]
    locale = QLocale(code) if code else QLocale.c()
    if locale.language() == QLocale.Language.C:
        return plain_name(language)
    name = locale.nativeLanguageName()
    return f"{name[:1].upper()}{name[1:]}" if name else plain_name(language)


def direction_of(language: str) -> Qt.LayoutDirection:
    """Which way a page in this language is laid out."""
    code = code_of(language)
    return QLocale(code).textDirection() if code else Qt.LayoutDirection.LeftToRight


def lay_out(page: QWidget, language: str) -> None:
    """Lay a page out the way its language runs; a page of which nothing is translated stays as it is written.

    Words that fall back to another language stand on the side the page begins on, with everything else.
    """
    direction = direction_of(language)
    labels = [label for label in page.findChildren(QLabel) if label.wordWrap() and label.text()]
    right_to_left = Qt.LayoutDirection.RightToLeft
    if direction == right_to_left and not any(_runs_right_to_left(label.text()) for label in labels):
        direction = Qt.LayoutDirection.LeftToRight
    page.setLayoutDirection(direction)
    if direction == right_to_left:
        for label in labels:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)


def _runs_right_to_left(words: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)


def draft_translation_words(languages: Sequence[str]) -> str:
    """For staff: which translations nobody fluent has checked; nothing when there is none."""
    if not languages:
        return ""
    return f"{', '.join(map(plain_name, languages))}: draft translation – have it checked"


class LanguagePicker(QComboBox):
    """Each language in its own name, so that whoever reads it finds it; hidden for a form in one language."""

    language_chosen = Signal(str)
    """The language as the form writes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Language")
        self.setToolTip("Language of the questions")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda place: self.language_chosen.emit(self.itemData(place)))
        self.hide()

    def offer(self, languages: Sequence[str], now: str) -> None:
        """Take the languages of a form; ``now`` is the one being read."""
        self.clear()
        for language in languages:
            self.addItem(own_name(language), language)
            place = self.count() - 1
            self.setItemData(place, plain_name(language), Qt.ItemDataRole.AccessibleDescriptionRole)
            self.setItemData(place, plain_name(language), Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(max(0, self.findData(now)))
        self.setVisible(len(languages) > 1)

    def wanted(self) -> bool:
        """Whether there is anything to choose."""
        return self.count() > 1
