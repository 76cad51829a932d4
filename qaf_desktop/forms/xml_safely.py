"""A form from elsewhere is read without letting it reach for files or grow without end."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from qaf_desktop.problems import Problem

MAX_XML_CHARACTERS = 30_000_000

XFORMS = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JAVAROSA = "{http://openrosa.org/javarosa}"
OPENROSA = "{http://openrosa.org/xforms}"


class NotAForm(Problem):
    """A file is not a form this program can show: not XML, not an XForm, or with rules that cannot be followed."""


def parse_xml(xml: str) -> ET.Element:
    """Read XML that may come from anywhere.

    Raises:
        NotAForm: it is not well-formed, is too large, or declares a document type (which could name files).
    """
    if len(xml) > MAX_XML_CHARACTERS:
        raise NotAForm("This form is too large to be read.", next_step="Split it into several forms.")
    if "<!DOCTYPE" in xml or "<!ENTITY" in xml:
        raise NotAForm(
            "This form declares a document type, which forms do not need and which can be used to read other files.",
            next_step="Ask whoever made the form for one without a DOCTYPE line.",
        )
    try:
        return ET.fromstring(xml)  # noqa: S314 - document types and entities were turned away just above
    except ET.ParseError as error:
        line = error.position[0]
        raise NotAForm(f"This file is not a form: it cannot be read as XML (line {line}).") from error


def local(element: ET.Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(parent: ET.Element) -> Iterator[ET.Element]:
    """The elements in a parent, passing over comments and processing instructions."""
    return (child for child in parent if isinstance(child.tag, str))


def first(parent: ET.Element, name: str) -> ET.Element | None:
    """The first child of that local name."""
    return next((child for child in elements(parent) if local(child) == name), None)


def attribute(element: ET.Element, name: str) -> str:
    """An attribute by its local name, whatever its namespace; "" if it is not there."""
    direct = element.get(name)
    if direct is not None:
        return direct
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")
