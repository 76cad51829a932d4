"""The part of XLSForm this program fills in: types, columns and appearances, and what to use instead of others."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
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
    "phone": "Ask for the number as text.", "gps": "Ask for an address as text.",
    "location": "Ask for an address as text.", "osm": "Leave it out.", "add": "Write select_one and the list.",
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
REFUSED_FUNCTIONS: Final = {
    "random": "A form must give the same result for the same answers, so nothing is random.",
    "randomize": "Choices keep their order, so that everybody reads the same form.",
    "digest": "Leave it out.", "area": "Leave it out.", "distance": "Leave it out.", "geofence": "Leave it out.",
    "search": "Use select_one_from_file and a choice_filter.", "last-saved": "Leave it out.",
    "property": "Use username for the person; every record names its device.",
    "version": "Every record names the version it was written with.", "intersects": "Leave it out.",
    "base64-decode": "Leave it out.", "extract-signed": "Leave it out.",
    "hex-decode": "Leave it out.",
}  # fmt: skip
SURVEY_COLUMNS: Final = ("type", "name", "default", "appearance", "parameters", *TEXT_COLUMNS, *RULE_COLUMNS)
REFUSED_COLUMNS: Final = {
    "trigger": "Use a calculation.",
    **dict.fromkeys(("media::audio", "media::video", "audio", "video", "save_to"), "Leave it out."),
    **dict.fromkeys(("public_key", "submission_url"), "Leave it out: records go to the council's own centre."),
}
SAME_COLUMNS: Final = (
    ("survey", ("relevant", "relevance")), ("survey", ("calculation", "calculate")),
    ("survey", ("readonly", "read_only")), ("survey", ("media::image", "image")),
    ("choices", ("list_name", "list name")), ("choices", ("name", "value")), ("choices", ("media::image", "image")),
    ("settings", ("form_title", "title")), ("settings", ("form_id", "id_string")),
)  # fmt: skip
"""Columns that XLSForm knows by two names, by sheet."""
CHOICE_COLUMNS: Final = ("list_name", "list name", "name", "value", "label", "image", "media::image")
SETTINGS_COLUMNS: Final = (
    "form_title", "title", "form_id", "id_string", "version", "default_language", "instance_name", "style",
)  # fmt: skip
PROFILE_COLUMNS: Final = (
    *(name for name in Profile.__dataclass_fields__ if name != "areas"),
    "area_prefix",
)
_CHOICES: Final = ("select_one", "select_multiple", "select_one_from_file")
_BLOCKS: Final = ("group", "repeat")
APPEARANCES: Final = {
    "field-list": _BLOCKS, "table-list": ("group",), "minimal": _CHOICES, "autocomplete": _CHOICES,
    "likert": ("select_one", "select_one_from_file"), "faces": ("select_one",), "label": _CHOICES,
    "list-nolabel": _CHOICES, "columns": _CHOICES, "columns-pack": _CHOICES, "horizontal": _CHOICES,
    "horizontal-compact": _CHOICES, "multiline": ("text",), "numbers": ("text", "integer", "decimal"),
    "draw": ("image",), "year": ("date",), "month-year": ("date",), "no-calendar": ("date", "dateTime"),
}  # fmt: skip
"""Each appearance with the types it is for."""
PARAMETERS: Final = {
    "max-pixels": ("image",), "rows": ("text",), "start": ("range",), "end": ("range",), "step": ("range",),
    "value": ("select_one_from_file",), "label": ("select_one_from_file",),
    "randomize": ("select_one", "select_multiple", "select_one_from_file"),
}  # fmt: skip
"""Each parameter with the types it is for."""
PROGRAM_LISTS: Final = {
    "staff.csv": ("name", "label", "role", "team", "service"),
    "teams.csv": ("name", "label", "service"),
    "cycles.csv": ("name", "label"),
}
"""Lists the program fills in from the council's directory, with their columns."""
KINDS: Final = (
    "audit", "feedback", "worker_part", "moderation", "observation", "review_qa", "agency_return", "complaint",
    "compliment", "learning_review", "other_voice", "safeguarding_note",
)  # fmt: skip
AUDIENCES: Final = ("auditor", "child", "young_person", "parent_carer", "worker", "moderator", "staff")
UNASKED: Final = ("note", "calculate", "hidden", "start", "end", "today", "username")
"""Types that nobody answers."""
UNSEEN: Final = ("calculate", "hidden", "start", "end", "today", "username")
MAX_WORD: Final = 60
MAX_DIFFERENCE: Final = 6
MAX_COMPARED: Final = 200
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
_LANGUAGE: Final = re.compile(r"(?P<column>[^:]+(?:::image)?)::?\s*(?P<language>(?!image\Z)[^:].*)\Z")


def nearest(word: str, words: Iterable[str], likeness: float = 0.6) -> str:
    """The word that was probably meant, or "". Capitals, and - for _, are forgiven first."""
    if not word or len(word) > MAX_WORD:
        return ""
    plain = word.casefold().replace("-", "_")
    near = [known for known in words if abs(len(known) - len(word)) <= MAX_DIFFERENCE]
    for known in near:
        if known.casefold().replace("-", "_") == plain:
            return known
    if len(near) > MAX_COMPARED:
        # Comparing letter by letter takes its time, so of many names only those that begin or end alike are compared.
        near = [known for known in near if known[:4] == word[:4] and known[-2:] == word[-2:]][:MAX_COMPARED]
    found = difflib.get_close_matches(word, near, n=1, cutoff=likeness)
    return found[0] if found else ""


def meant(word: str, words: Iterable[str], otherwise: str) -> str:
    """What to write instead: the nearest word, or else this advice."""
    near = nearest(word, words)
    return f"Is {near} meant?" if near else otherwise


def right_heading(heading: str, columns: Iterable[str]) -> str:
    """The heading that was probably meant, its language kept; "" if none comes near."""
    base, mark, language = heading.partition("::")
    near = nearest(heading, columns) or nearest(base.strip(), columns)
    return f"{near}{mark}{language}" if near and mark and near != "media::image" else near


def without_language(heading: str) -> tuple[str, str]:
    """A heading such as ``label::Polski (pl)`` as the column and the language; the language is "" if there is none."""
    match = _LANGUAGE.match(heading)
    if match is None or match.group("column").strip() not in TEXT_COLUMNS:
        return heading, ""
    return match.group("column").strip(), match.group("language").strip()


def types_of_appearance(word: str) -> tuple[str, ...]:
    """The types an appearance is for; () for one that changes nothing anywhere here."""
    if re.match(r"columns-?\d+\Z", word):
        return _CHOICES
    if re.match(r"w\d+\Z", word):
        return ("group", "repeat", *PLAIN_TYPES.values(), *_CHOICES)
    return APPEARANCES.get(word, ())


CODES: Final = {
    "english": "en", "welsh": "cy", "cymraeg": "cy", "polish": "pl", "polski": "pl", "urdu": "ur", "bengali": "bn",
    "portuguese": "pt", "romanian": "ro", "spanish": "es", "french": "fr", "german": "de", "arabic": "ar",
    "punjabi": "pa", "gujarati": "gu", "somali": "so", "ukrainian": "uk", "turkish": "tr", "farsi": "fa",
    "pashto": "ps", "chinese": "zh", "italian": "it", "russian": "ru", "lithuanian": "lt", "kurdish": "ku",
}  # fmt: skip


def language_code(language: str) -> str:
    """The code in a language such as ``Polski (pl)``; "" if it has none."""
    match = re.search(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\)\Z", language)
    return match.group(1).lower() if match else ""
