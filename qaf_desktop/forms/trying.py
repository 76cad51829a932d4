"""An author tries a form out step by step, without a window, and sees why something is hidden or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qaf_desktop.forms.definition import FormDefinition, read_form
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.lint.findings import FormRefused
from qaf_desktop.forms.publish.workbook import publish
from qaf_desktop.forms.rows import Rows, rows_in
from qaf_desktop.forms.xml_safely import MAX_XML_CHARACTERS, NotAForm
from qaf_desktop.problems import Problem


class BadStep(Problem):
    """A step of a trial cannot be carried out."""


def try_form(source: Path, steps: Sequence[Mapping[str, Any]], now: datetime) -> dict[str, Any]:
    """Open a form, carry out steps, and take a snapshot after loading and after each step.

    Args:
        source: a CSV folder, an .xlsx workbook, or an XForm .xml file.
        steps: each ``{"op": "set" | "add" | "remove", "ref": …, "value": …}``.
        now: the moment the form believes it is; without an offset it is taken as UTC.

    Returns:
        ``form``, ``status`` and ``snapshots``. A form that cannot be used has the status ``refused``, a step that
        cannot be carried out the status ``error``; both come with a ``message``, and with the snapshots until then.
    """
    form = str(source)
    moment = now if now.tzinfo is not None else now.replace(tzinfo=UTC)
    snapshots: list[list[dict[str, Any]]] = []
    try:
        definition, rows = _open(source)
        filling = Filling(definition, now=lambda: moment, rows=rows)
    except FormRefused as problem:
        said = [str(finding) for finding in problem.findings if finding.serious]
        return {"form": form, "status": "refused", "message": str(problem), "findings": said}
    except Problem as problem:
        return {"form": form, "status": "refused", "message": str(problem)}
    snapshots.append(_snapshot(filling))
    for number, step in enumerate(steps, start=1):
        try:
            _carry_out(filling, step)
        except Problem as problem:
            message = f"Step {number} cannot be carried out. {problem}"
            return {"form": form, "status": "error", "message": message, "snapshots": snapshots}
        snapshots.append(_snapshot(filling))
    return {"form": form, "status": "success", "snapshots": snapshots}


def _open(source: Path) -> tuple[FormDefinition, Rows]:
    if source.is_dir() or source.suffix.lower() != ".xml":
        published = publish(source)
        definition = read_form(published.xml)
        return definition, rows_in(published.media, definition.files.values())
    definition = read_form(_text_of(source))
    beside = (source.parent, source.parent / "media", source.with_name(f"{source.stem}-media"))
    files = {
        name: (folder / name).read_bytes()
        for name in definition.files.values()
        for folder in beside
        if (folder / name).is_file()
    }
    return definition, rows_in(files, definition.files.values())


def _text_of(source: Path) -> str:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise NotAForm(f"The file {source.name} cannot be opened.", next_step="Check its name and place.") from error
    if len(data) > MAX_XML_CHARACTERS:
        raise NotAForm("This form is too large to be read.", next_step="Split it into several forms.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAForm(f"The file {source.name} is not a form: it is not text in UTF-8.") from error


def _carry_out(filling: Filling, step: Mapping[str, Any]) -> None:
    if not isinstance(step, Mapping):
        raise BadStep("A step is written as {…} with op, ref and value.")
    ref = str(step.get("ref", ""))
    match step.get("op"):
        case "set":
            value = step.get("value", "")
            filling.set(ref, value if isinstance(value, str) else _as_text(value))
        case "add":
            filling.add(ref)
        case "remove":
            filling.remove(ref)
        case other:
            raise BadStep(f"There is no step called {other!r}; there are set, add and remove.")


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _snapshot(filling: Filling) -> list[dict[str, Any]]:
    return [asdict(state) for state in filling.snapshot()]
