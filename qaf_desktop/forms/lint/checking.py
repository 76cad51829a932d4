"""Everything found in a workbook, in the order in which an author would meet it."""

from __future__ import annotations

from qaf_desktop.forms.lint.choices import check_choices, names_in_lists
from qaf_desktop.forms.lint.defaults import check_defaults
from qaf_desktop.forms.lint.findings import Finding, in_order
from qaf_desktop.forms.lint.headings import check_headings, check_languages, languages_of
from qaf_desktop.forms.lint.media import check_media
from qaf_desktop.forms.lint.names import check_names
from qaf_desktop.forms.lint.outline import Outline, outline_of
from qaf_desktop.forms.lint.profile import check_profile
from qaf_desktop.forms.lint.questions import check_questions
from qaf_desktop.forms.lint.rules import check_rules
from qaf_desktop.forms.lint.settings import check_settings
from qaf_desktop.forms.lint.sheets import Sheets
from qaf_desktop.forms.lint.texts import check_texts


def check_sheets(sheets: Sheets) -> tuple[Outline, tuple[Finding, ...]]:
    """A workbook's outline, and everything found in it, serious or not."""
    outline = outline_of(sheets)
    choices = names_in_lists(outline)
    found = [
        *sheets.findings,
        *check_headings(sheets),
        *check_languages(sheets),
        *outline.findings,
        *check_names(sheets, outline),
        *check_questions(outline, languages=len(languages_of(sheets))),
        *check_defaults(outline, choices),
        *check_texts(sheets, outline),
        *check_rules(sheets, outline, choices),
        *check_choices(sheets, outline),
        *check_settings(sheets),
        *check_profile(sheets, outline),
        *check_media(sheets, outline),
    ]
    return outline, in_order(found)
