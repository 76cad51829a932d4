"""The settings sheet: what the form is called, and in which version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.sheets import Row, Sheets

_FORM_ID = re.compile(r"[A-Za-z_][\w.\-]*\Z")


def check_settings(sheets: Sheets) -> Iterator[Finding]:
    """Findings about title, id and version."""
    settings = sheets.settings[0] if sheets.settings else Row("settings", 2, {})
    title, form_id = settings.get("form_title", "title"), settings.get("form_id", "id_string")
    version = settings.get("version")
    if not title:
        text = "The form has no title."
        yield settings.at("form_title").found(Mistake.NO_SETTING, text, "Write the title people will see.")
    if not form_id:
        text = "The form has no id."
        yield settings.at("form_id").found(Mistake.NO_SETTING, text, "Write one such as child_audit.")
    elif not _FORM_ID.match(form_id) or len(form_id) > 100:
        text = f"The id {form_id!r} cannot be used."
        yield settings.at("form_id").found(Mistake.BAD_FORM_ID, text, "Use letters, digits and _ only.")
    if not version:
        text = "The form has no version."
        yield settings.at("version").found(Mistake.NO_SETTING, text, "Write one such as 2026.1, as text.")
    for row in sheets.settings[1:]:
        text = "There is a second row of settings."
        yield row.at("form_title").found(Mistake.SEVERAL_SETTINGS, text, "Put everything in one row.")
