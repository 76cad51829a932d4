"""The words and rules of a published form as their author wrote them: ${name} again instead of a path."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from typing import Final

from qaf_desktop.forms.xml_safely import attribute, elements, first, local

_PADDED: Final = re.compile(r" ((?:current\(\)/)?(?:\.\./)+[\w.\-/]+|(?:/[\w.\-]+)+) ")
_TEXT: Final = re.compile(r"jr:itext\(\s*'(.*)'\s*\)\Z", re.DOTALL)
_PICTURES: Final = "jr://images/"


class Texts:
    """Finds the texts of a form by reference, and turns paths back into the names of questions."""

    def __init__(self, itext: ET.Element | None, data: ET.Element, root: str) -> None:
        self._languages: dict[str, dict[str, ET.Element]] = {}
        self.default = ""
        for translation in elements(itext) if itext is not None else ():
            language = translation.get("lang") or ""
            self._languages[language] = {text.get("id") or "": text for text in elements(translation)}
            if translation.get("default") and language != "default":
                self.default = language
        paths: dict[str, None] = {}
        _paths_below(data, root, paths)
        times = Counter(path.rpartition("/")[2] for path in paths)
        self._names = {path: path.rpartition("/")[2] for path in paths if times[path.rpartition("/")[2]] == 1}

    def rule(self, text: str, at: str) -> str:
        """A rule of the question at a path, as it was written. The compiler puts spaces around what it replaces."""

        def named(match: re.Match[str]) -> str:
            path = match.group(1)
            if not path.startswith("/"):
                path = _followed(path.removeprefix("current()/"), at)
            name = self._names.get(path)
            return f"${{{name}}}" if name else match.group()

        return _PADDED.sub(named, text).strip()

    def label(self, control: ET.Element, at: str) -> dict[str, str]:
        """The label, hint, guidance and picture columns of a control."""
        cells: dict[str, str] = {}
        for column in ("label", "hint"):
            element = first(control, column)
            match = _TEXT.match(element.get("ref") or "") if element is not None else None
            if match is not None:
                cells.update(self.columns(match.group(1), column, at))
            elif element is not None and (words := self._words(element, at)):
                cells[column] = words
        return cells

    def message(self, text: str, column: str, at: str) -> dict[str, str]:
        """The columns of a message."""
        match = _TEXT.match(text)
        if match is not None:
            return self.columns(match.group(1), column, at)
        return {column: self.rule(text, at)} if text else {}

    def columns(self, text_id: str, column: str, at: str) -> dict[str, str]:
        """One text in all its languages and uses, by heading."""
        cells: dict[str, str] = {}
        for language, texts in self._languages.items():
            suffix = "" if language == "default" else f"::{language}"
            for value in elements(texts[text_id]) if text_id in texts else ():
                words, use = self._words(value, at), attribute(value, "form")
                if words in ("", "-"):  # what the compiler writes where a translation is missing
                    continue
                if use == "image":
                    cells[f"media::image{suffix}"] = words.removeprefix(_PICTURES)
                else:
                    cells[f"{'guidance_hint' if use == 'guidance' else column}{suffix}"] = words
        return cells

    def _words(self, element: ET.Element, at: str) -> str:
        words = element.text or ""
        for child in elements(element):
            if local(child) == "output":
                words += self.rule(child.get("value") or "", at)
            words += child.tail or ""
        return words.strip()


def _paths_below(element: ET.Element, path: str, paths: dict[str, None]) -> None:
    for child in elements(element):
        below = f"{path}/{local(child)}"
        paths[below] = None
        _paths_below(child, below, paths)


def _followed(relative: str, at: str) -> str:
    """The path that a relative one leads to from a question."""
    steps = at.split("/")
    for step in relative.split("/"):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)
