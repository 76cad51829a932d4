"""The words of a form: labels, hints, guidance and messages, in each language, with answers quoted in them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from qaf_desktop.forms.expressions.grammar import parse
from qaf_desktop.forms.expressions.syntax import Call, Expression
from qaf_desktop.forms.xml_safely import elements, local

Words: TypeAlias = tuple["str | Expression", ...]
"""Text with answers quoted in it: each expression is worked out and put in its place."""

NOT_TRANSLATED = "-"  # what pyxform writes where a translation is missing

_OUTPUT = re.compile(r"jr:itext\(\s*(['\"])(.*?)\1\s*\)\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Label:
    """Where some words come from: a text of the form by its id, words in place, or an expression that gives text."""

    text_id: str = ""
    words: Words = ()
    expression: Expression | None = None


@dataclass(slots=True)
class Wordings:
    """Every text of a form, by language, id and use ("" to read, ``guidance``, ``image`` …)."""

    languages: tuple[str, ...] = ()
    default: str = ""
    texts: dict[str, dict[str, dict[str, Words]]] = field(default_factory=dict)

    def find(self, text_id: str, use: str, language: str) -> Words:
        """The words in a language; where that language has none, or a lone dash, those of the default language."""
        for one in dict.fromkeys((language, self.default)):
            words = self.texts.get(one, {}).get(text_id, {}).get(use)
            if words and words != (NOT_TRANSLATED,):
                return words
        return ()

    def uses(self, text_id: str) -> Iterable[Words]:
        """All words of one text, in every language and use."""
        for one in self.texts.values():
            yield from one.get(text_id, {}).values()


def words_of(element: ET.Element) -> Words:
    """The words an element holds, with each ``<output value=…/>`` as an expression; outer white space is dropped."""
    parts: list[str | Expression] = [element.text or ""]
    for child in elements(element):
        if local(child) == "output":
            parts.append(parse(child.get("value") or child.get("ref") or "''"))
        else:
            parts.extend(words_of(child))
        parts.append(child.tail or "")
    if isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(part for part in parts if part != "")


def label_of(element: ET.Element | None) -> Label | None:
    """The label an element stands for: by reference, or with its words in place."""
    if element is None:
        return None
    reference = element.get("ref")
    if not reference:
        return Label(words=words_of(element))
    return label_from_rule(reference)


def label_from_rule(reference: str) -> Label:
    """The label a reference such as ``jr:itext('/data/q:label')`` or ``itextId`` stands for."""
    # Asked first with a pattern: ids are plain text and there is one for every label of a form.
    match = _OUTPUT.match(reference.strip())
    if match is not None:
        return Label(text_id=match.group(2))
    return Label(expression=parse(reference))


def message_of(text: str) -> Label | None:
    """The label a message attribute stands for: a text by id, or the message itself."""
    if not text:
        return None
    match = _OUTPUT.match(text.strip())
    return Label(text_id=match.group(2)) if match is not None else Label(words=(text,))


def read_wordings(itext: ET.Element | None) -> Wordings:
    """Read the translations of a form. The default language is the one marked so, or the first."""
    wordings = Wordings()
    if itext is None:
        return wordings
    for translation in elements(itext):
        if local(translation) != "translation":
            continue
        language = translation.get("lang") or ""
        wordings.languages += (language,)
        if translation.get("default") is not None and translation.get("default") not in ("false()", "false"):
            wordings.default = language
        table = wordings.texts.setdefault(language, {})
        for text in elements(translation):
            uses = table.setdefault(text.get("id") or "", {})
            for value in elements(text):
                uses.setdefault(value.get("form") or "", words_of(value))
    if not wordings.default and wordings.languages:
        wordings.default = wordings.languages[0]
    return wordings


def is_itext(expression: Expression) -> Expression | None:
    """The id a ``jr:itext(…)`` call asks for, as an expression; None for anything else."""
    return expression.arguments[0] if isinstance(expression, Call) and expression.name == "jr:itext" else None


def plain(words: Words) -> str:
    """Words without the answers quoted in them."""
    return "".join(part if isinstance(part, str) else "…" for part in words).strip()
