"""The part of XLSForm this program fills in: types, columns and appearances, and what to use instead of others."""

from __future__ import annotations

import re
from typing import Final

from qaf_desktop.forms.published import Profile

PLAIN_TYPES: Final = {
    "text": "text", "string": "text", "integer": "integer", "int": "integer", "decimal": "decimal",
    "date": "date", "time": "time", "datetime": "dateTime", "note": "note", "calculate": "calculate",
    "hidden": "hidden", "acknowledge": "acknowledge", "trigger": "acknowledge", "image": "image", "photo": "image",
    "range": "range", "start": "start", "end": "end", "today": "today", "username": "username",
}  # fmt: skip
SELECTS: Final = {
    "select_one": "select_one", "select one": "select_one", "select1": "select_one",
    "select_multiple": "select_multiple", "select multiple": "select_multiple",
    "select_one_from_file": "select_one_from_file",
}  # fmt: skip
BEGIN: Final = {"group": "begin_group", "repeat": "begin_repeat"}
BLOCK: Final = re.compile(r"(begin|end)[ _](group|repeat)\Z", re.IGNORECASE)

REFUSED_TYPES: Final = {
    "geopoint": "Ask for an address as text.", "geotrace": "Ask for a description as text.",
    "geoshape": "Ask for a description as text.", "start-geopoint": "Ask for an address as text.",
    "barcode": "Ask for the number as text.", "audio": "Ask for a note of what was said as text.",
    "background-audio": "Leave it out.", "video": "Leave it out.", "file": "Attach papers to the case instead.",
    "phonenumber": "Leave it out.", "deviceid": "Leave it out: every record names its device.",
    "simserial": "Leave it out.", "subscriberid": "Leave it out.", "imei": "Leave it out.",
    "email": "Use username.", "loop": "Use begin_repeat.", "include": "Copy the questions in.",
    "rank": "Use select_multiple, or a number for each choice.", "audit": "Leave it out: every answer has its history.",
    "xml-external": "Use select_one_from_file with a CSV file.", "csv-external": "Use select_one_from_file.",
    "select_one_external": "Use select_one_from_file.",
    "select_multiple_from_file": "Use select_one_from_file in a repeat.", "entity": "Leave it out.",
}  # fmt: skip

TEXT_COLUMNS: Final = (
    "label",
    "hint",
    "guidance_hint",
    "required_message",
    "constraint_message",
    "image",
    "media::image",
)
RULE_COLUMNS: Final = {
    "relevant": "relevant", "relevance": "relevant", "required": "required", "constraint": "constraint",
    "calculation": "calculation", "calculate": "calculation", "readonly": "readonly", "read_only": "readonly",
    "choice_filter": "choice_filter", "repeat_count": "repeat_count",
}  # fmt: skip
SURVEY_COLUMNS: Final = ("type", "name", "default", "appearance", "parameters", *TEXT_COLUMNS, *RULE_COLUMNS)
CHOICE_COLUMNS: Final = ("list_name", "list name", "name", "value", "label", "image", "media::image")
SETTINGS_COLUMNS: Final = (
    "form_title", "title", "form_id", "id_string", "version", "default_language", "instance_name", "style",
)  # fmt: skip
PROFILE_COLUMNS: Final = (
    *(name for name in Profile.__dataclass_fields__ if name != "areas"),
    "area_prefix",
)
APPEARANCES: Final = {
    "field-list", "minimal", "autocomplete", "multiline", "likert", "faces", "draw", "columns", "columns-pack",
    "horizontal", "horizontal-compact", "table-list", "label", "list-nolabel", "numbers", "year", "month-year",
    "no-calendar",
}  # fmt: skip
PARAMETERS: Final = {"max-pixels", "rows", "start", "end", "step", "value", "label", "randomize"}
PROGRAM_LISTS: Final = ("staff.csv", "teams.csv", "cycles.csv")
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
_LANGUAGE: Final = re.compile(r"(?P<column>[^:]+(?:::image)?)::?\s*(?P<language>(?!image\Z)[^:].*)\Z")


def without_language(heading: str) -> tuple[str, str]:
    """A heading such as ``label::Polski (pl)`` as the column and the language; the language is "" if there is none."""
    match = _LANGUAGE.match(heading)
    if match is None or match.group("column").strip() not in TEXT_COLUMNS:
        return heading, ""
    return match.group("column").strip(), match.group("language").strip()


def known_appearance(word: str) -> bool:
    """Whether an appearance changes anything here; others are shown plain."""
    return word in APPEARANCES or re.match(r"(?:columns|w)-?\d+\Z", word) is not None
