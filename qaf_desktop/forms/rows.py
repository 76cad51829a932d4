"""Lists that lie beside a form as CSV files: a council's schools, or the staff the program fills in itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from qaf_desktop.problems import Problem

Rows = Mapping[str, Sequence[Mapping[str, str]]]
"""External lists by file name, such as ``{"staff.csv": [{"name": "S1", "label": "…"}]}``."""


class NotAList(Problem):
    """A CSV file beside a form cannot be read."""


def rows_of_csv(name: str, data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file; headings are the first row.

    Raises:
        NotAList: it is not UTF-8 text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAList(f"The list {name} is not saved as UTF-8.", next_step='Save it as "CSV UTF-8".') from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    return [{key.strip(): (value or "").strip() for key, value in row.items() if key} for row in reader]


def rows_in(files: Mapping[str, bytes], wanted: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """The lists among some files that a form asks for. Lists the form asks for and that are not there stay empty."""
    return {name: rows_of_csv(name, files[name]) for name in wanted if name in files and name.lower().endswith(".csv")}
