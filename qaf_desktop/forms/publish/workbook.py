"""A workbook or CSV folder is checked, compiled by pyxform, and comes out as a form that never changes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.dom import minidom

from qaf_desktop.forms.definition import read_form
from qaf_desktop.forms.graph import CircularRules
from qaf_desktop.forms.lint.checking import check_sheets
from qaf_desktop.forms.lint.findings import Finding, FormRefused
from qaf_desktop.forms.lint.headings import languages_of
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.opening import read_sheets
from qaf_desktop.forms.lint.outline import Outline
from qaf_desktop.forms.lint.sheets import Row, Sheets
from qaf_desktop.forms.lint.vocabulary import PROFILE_COLUMNS, RULE_COLUMNS
from qaf_desktop.forms.publish.profile_columns import profile_from
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.forms.xml_safely import NotAForm


def publish(source: Path) -> PublishedForm:
    """Publish a folder (survey.csv, choices.csv, settings.csv, media/) or an .xlsx workbook.

    The same source gives the same form, byte for byte.

    Raises:
        FormRefused: with a finding for each thing that is wrong.
    """
    form, findings = publish_with_advice(source)
    if form is None:
        raise FormRefused(findings)
    return form


@dataclass(frozen=True)
class Checked:
    """What came of checking a workbook: the form, unless something serious was found, and every finding."""

    form: PublishedForm | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings stop the form."""
        return sum(finding.serious for finding in self.findings)


def check(source: Path) -> Checked:
    """Check a folder or workbook as if it were to be published. Whatever it is, the answer is findings."""
    try:
        form, findings = publish_with_advice(source)
    except FormRefused as problem:
        return Checked(None, problem.findings)
    return Checked(form, findings)


def publish_with_advice(source: Path) -> tuple[PublishedForm | None, tuple[Finding, ...]]:
    """Publish if possible, with every finding, the harmless ones too.

    Raises:
        FormRefused: the source cannot be opened at all.
    """
    return published_from(read_sheets(source))


def published_from(sheets: Sheets) -> tuple[PublishedForm | None, tuple[Finding, ...]]:
    """The form that some sheets make, if they make one, with every finding."""
    outline, findings = check_sheets(sheets)
    if any(finding.serious for finding in findings):
        return None, findings
    try:
        xml = without_first_rows(_compiled(sheets, outline))
        definition = read_form(xml)
    except FormRefused as refused:
        return None, (*findings, *refused.findings)
    except CircularRules as problem:
        return None, (*findings, _circle(outline, problem))
    except NotAForm as problem:
        return None, (*findings, _not_made(Mistake.NOT_COMPILED, 0, problem.happened, problem.next_step))
    form = PublishedForm(
        form_id=definition.form_id,
        version=definition.version,
        title=definition.title,
        xml=xml,
        profile=profile_from(sheets.settings[0]),
        media=sheets.media,
    )
    return form, findings


def _circle(outline: Outline, problem: CircularRules) -> Finding:
    """The finding about rules that wait for each other, at the first cell that names another of them."""
    asked = [one for one in outline.rows if one.name in problem.names]
    for one in asked:
        for heading, text in one.row.cells.items():
            if heading in RULE_COLUMNS and any(f"${{{name}}}" in text for name in problem.names):
                return one.row.at(heading).found(Mistake.CIRCLE, problem.happened, problem.next_step)
    return _not_made(Mistake.CIRCLE, asked[0].row.number if asked else 0, problem.happened, problem.next_step)


def _not_made(mistake: Mistake, row: int, text: str, advice: str) -> Finding:
    return Finding(mistake, "survey", row, "", text, advice)


def _compiled(sheets: Sheets, outline: Outline) -> str:
    """The workbook as XForm XML. pyxform takes 40 MB and half a second to import, so only publishing imports it."""
    from pyxform.errors import PyXFormError  # noqa: PLC0415
    from pyxform.xls2xform import convert  # noqa: PLC0415

    settings = {name: text for name, text in sheets.settings[0].cells.items() if name not in PROFILE_COLUMNS}
    languages = languages_of(sheets)
    if languages and not settings.get("default_language"):
        settings["default_language"] = languages[0]
    book: dict[str, Any] = {
        "survey": _plain(sheets.survey),
        "choices": _plain(sheets.choices),
        "settings": [settings],
        # Without it, pyxform takes the first choice's columns for all there are, and stops at the next.
        "choices_header": [dict.fromkeys(filter(None, sheets.headings.get("choices", [])))],
    }
    try:
        return str(convert(xlsform=book, warnings=[], validate=False, form_name="data").xform)
    except PyXFormError as error:
        raise FormRefused([_from_pyxform(str(error), sheets, outline)]) from error
    except Exception as error:
        text = f"The form could not be compiled ({type(error).__name__})."
        raise FormRefused(
            [_not_made(Mistake.NOT_COMPILED, 0, text, "Look for unusual cells; take rows out to find which.")]
        ) from error


def _plain(rows: Sequence[Row]) -> list[dict[str, str]]:
    return [dict(row.cells) for row in rows]


def _from_pyxform(message: str, sheets: Sheets, outline: Outline) -> Finding:
    """pyxform counts rows without the empty ones, so its message is kept and the row found by the name it mentions."""
    text = " ".join(message.split())
    named = next((name for name in sorted(outline.names, key=len, reverse=True) if f"'{name}'" in text), "")
    return _not_made(Mistake.NOT_COMPILED, outline.row_of(named), f"The form cannot be compiled: {text}", "")


def without_first_rows(xml: str) -> str:
    """Take the first row out of every repeat that has a template, so that a repeat starts with none."""
    document: Any = minidom.parseString(xml)  # noqa: S318 - this XML was made by pyxform a moment ago
    try:
        _drop_rows(document.documentElement)
        return str(document.documentElement.toxml())
    finally:
        document.unlink()


def _drop_rows(element: Any) -> None:
    children = [child for child in element.childNodes if child.nodeType == child.ELEMENT_NODE]
    templates = {child.tagName for child in children if child.hasAttribute("jr:template")}
    for child in children:
        if child.tagName in templates and not child.hasAttribute("jr:template"):
            element.removeChild(child)
        else:
            _drop_rows(child)
