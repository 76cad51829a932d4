"""What the check of a form says, for people on a terminal and for tools."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qaf_desktop.forms.lint.findings import printable
from qaf_desktop.forms.publish.workbook import Checked

_WIDTH = 9


def lines_of(name: str, checked: Checked) -> Iterator[str]:
    """The findings about one form as lines to read."""
    warnings = len(checked.findings) - checked.errors
    if checked.form is not None:
        name = f"{name} ({checked.form.form_id} {checked.form.version})"
    yield f"{name}: {_times(checked.errors, 'error')}, {_times(warnings, 'warning')}"
    for finding in checked.findings:
        severity = "error" if finding.serious else "warning"
        offending = f": {printable(finding.offending)}" if finding.offending else ""
        yield f"  {severity:<{_WIDTH}}{finding.where or 'The file'}{offending}"
        for part in filter(None, (finding.text, finding.why, finding.advice)):
            yield f"  {'':{_WIDTH}}{printable(part)}"


def json_of(name: str, checked: Checked) -> dict[str, Any]:
    """The findings about one form for tools. ``instead`` is what to write, ``why`` why it matters."""
    form = checked.form
    return {
        "form": name,
        "form_id": form.form_id if form is not None else None,
        "version": form.version if form is not None else None,
        "sha256": form.sha256 if form is not None else None,
        "errors": checked.errors,
        "warnings": len(checked.findings) - checked.errors,
        "findings": [finding.to_json() for finding in checked.findings],
    }


def _times(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}" if number else f"no {what}s"
