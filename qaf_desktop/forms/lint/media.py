"""Pictures and lists that lie beside the workbook: whether they are there and can be used."""

from __future__ import annotations

from collections.abc import Iterator

from qaf_desktop.forms.lint.findings import Finding
from qaf_desktop.forms.lint.lookups import first_row
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Outline, Question
from qaf_desktop.forms.lint.sheets import Sheets
from qaf_desktop.forms.lint.vocabulary import PROGRAM_LISTS, meant, without_language

_FORMATS = (".svg", ".png", ".jpg", ".jpeg")


def check_media(sheets: Sheets, outline: Outline) -> Iterator[Finding]:
    """Findings about pictures and list files."""
    for sheet in ("survey", "choices"):
        for row in sheets.of(sheet):
            for heading, name in row.cells.items():
                if without_language(heading)[0] not in ("image", "media::image"):
                    continue
                if name not in sheets.media:
                    otherwise = "Put the file there, or correct its name; capital letters count."
                    advice = meant(name.rpartition("/")[2], sheets.media, otherwise)
                    text = f"The picture {name} is not in the media folder."
                    yield row.at(heading).found(Mistake.MISSING_PICTURE, text, advice)
                elif not name.lower().endswith(_FORMATS):
                    text = f"The picture {name} is of a kind that not every computer can show."
                    yield row.at(heading).found(Mistake.PICTURE_FORMAT, text, "Save it as PNG, JPEG or SVG.")
    for question in outline.questions.values():
        if question.kind == "select_one_from_file" and question.list_name.lower().endswith(".csv"):
            yield from _check_file(question, sheets)


def _check_file(question: Question, sheets: Sheets) -> Iterator[Finding]:
    file, place = question.list_name, question.row.at("type")
    data = sheets.media.get(file)
    if data is None:
        if file not in PROGRAM_LISTS:
            own = f"Put the file there, or use one the program fills in: {', '.join(PROGRAM_LISTS)}."
            advice = meant(file, (*sheets.media, *PROGRAM_LISTS), own)
            yield place.found(Mistake.MISSING_FILE, f"The list {file} is not in the media folder.", advice)
        return
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield place.found(Mistake.NOT_UTF8, f"The list {file} is not saved as UTF-8.", 'Save it as "CSV UTF-8".')
        return
    named = dict(pair.split("=", 1) for pair in question.row.get("parameters").split() if "=" in pair)
    columns = first_row(data)
    for needed in (named.get("value", "name"), named.get("label", "label")):
        if needed not in columns:
            text = f"The list {file} has no column called {needed}."
            advice = meant(needed, columns, f"Add a column {needed}, or say which one it is under parameters.")
            yield place.found(Mistake.BAD_FILE, text, advice)
