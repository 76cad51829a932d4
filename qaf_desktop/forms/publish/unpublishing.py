"""A published form is turned back into the rows of a workbook, for a council that only has what the centre sent."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

from qaf_desktop.forms.lint.sheets import Row, Sheets
from qaf_desktop.forms.publish.words_back import Texts
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.forms.xml_safely import attribute, elements, first, local, parse_xml

_TYPES: Final = {"string": "text", "int": "integer", "decimal": "decimal", "date": "date", "time": "time",
                 "dateTime": "datetime"}  # fmt: skip
_PRELOADS: Final = {"start": "start", "end": "end", "today": "today", "username": "username"}
_CONTROLS: Final = {"input", "select1", "select", "upload", "trigger", "range", "group", "repeat"}
_ITEMS: Final = re.compile(r"instance\('([^']+)'\)/root/item(?:\[(.*)\])?\Z", re.DOTALL)
_RULES: Final = {
    "relevant": "relevant", "required": "required", "requiredMsg": "required_message", "constraint": "constraint",
    "constraintMsg": "constraint_message", "calculate": "calculation", "readonly": "readonly",
}  # fmt: skip
_SURVEY_ORDER: Final = (
    "type", "name", "label", "hint", "guidance_hint", "media::image", "relevant", "required", "required_message",
    "constraint", "constraint_message", "calculation", "readonly", "default", "appearance", "choice_filter",
    "repeat_count", "parameters",
)  # fmt: skip
_CHOICES_ORDER: Final = ("list_name", "name", "label", "media::image")


def sheets_of(form: PublishedForm) -> Sheets:
    """The sheets of a form that this program published. Whether they make the same form is for the caller to see."""
    reading = _Reading(parse_xml(form.xml))
    sheets = Sheets(media=dict(form.media))
    sheets.survey = [Row("survey", number, cells) for number, cells in enumerate(reading.survey(), start=2)]
    sheets.choices = [Row("choices", number, cells) for number, cells in enumerate(reading.choices(), start=2)]
    settings = {
        "form_title": form.title, "form_id": form.form_id, "version": form.version, **reading.settings(),
        **_profile(form),
    }  # fmt: skip
    sheets.settings = [Row("settings", 2, {name: text for name, text in settings.items() if text})]
    for name, order in (("survey", reading.columns()), ("choices", reading.choice_columns()), ("settings", ())):
        headings = sheets.headings[name] = _headings(sheets.of(name), order)
        rows = sheets.of(name)
        rows[:] = [
            Row(name, row.number, {heading: row.cells[heading] for heading in headings if heading in row.cells})
            for row in rows
        ]
    return sheets


def _profile(form: PublishedForm) -> dict[str, str]:
    cells = {}
    for name, value in form.profile.to_content().items():
        text = (
            " ".join(value)
            if isinstance(value, list)
            else ("yes" if value else "")
            if value in (True, False)
            else value
        )
        cells["area_prefix" if name == "areas" else name] = text
    return cells


def _headings(rows: list[Row], order: tuple[str, ...]) -> list[str]:
    """The columns that are used, in the usual order, each with its languages together."""
    used = dict.fromkeys(heading for row in rows for heading in row.cells)

    def place(heading: str) -> int:
        column = next((name for name in order if heading == name or heading.startswith(f"{name}::")), "")
        return order.index(column) if column else len(order)

    return sorted(used, key=place)


class _Reading:
    def __init__(self, document: ET.Element) -> None:
        named = {local(element): element for element in document.iter() if local(element) in ("model", "body")}
        self.model, self.body = named["model"], named["body"]
        instances = [element for element in elements(self.model) if local(element) == "instance"]
        self.data = next(elements(instances[0]))
        self.lists = {element.get("id") or "": element for element in instances[1:] if not element.get("src")}
        self.files = {
            element.get("id") or "": (element.get("src") or "").rpartition("/")[2]
            for element in instances[1:]
            if element.get("src")
        }
        self.root = f"/{local(self.data)}"
        self.binds = {element.get("nodeset") or "": element for element in elements(self.model) if _is_bind(element)}
        self.values = {
            element.get("ref") or "": element.get("value") or ""
            for element in self.model.iter()
            if local(element) == "setvalue"
        }
        self.controls: dict[str, list[ET.Element]] = {}
        for element in self.body.iter():
            if local(element) in _CONTROLS:
                path = element.get("ref") or element.get("nodeset") or ""
                self.controls.setdefault(path, []).append(element)
        self.texts = Texts(first(self.model, "itext"), self.data, self.root)

    def settings(self) -> dict[str, str]:
        name = self.binds.get(f"{self.root}/meta/instanceName")
        return {
            "default_language": self.texts.default,
            "instance_name": self.texts.rule(name.get("calculate") or "", self.root) if name is not None else "",
            "style": self.body.get("class") or "",
        }

    def columns(self) -> tuple[str, ...]:
        """The columns of the survey sheet in the author's order, which the attributes of each rule still have."""
        used = [
            [_RULES[key] for key in map(_local_name, bind.keys()) if key in _RULES]
            for path, bind in self.binds.items()
            if not path.startswith(f"{self.root}/meta/")
        ]
        coming = iter(_in_author_order([column for column in _SURVEY_ORDER if column in _RULES.values()], used))
        return tuple(next(coming) if column in _RULES.values() else column for column in _SURVEY_ORDER)

    def choice_columns(self) -> tuple[str, ...]:
        """The columns of the choices sheet, the author's own in the author's order."""
        items = [
            [local(cell) for cell in elements(item) if local(cell) not in ("name", "label", "itextId")]
            for instance in self.lists.values()
            for item in instance.iter()
            if local(item) == "item"
        ]
        own = list(dict.fromkeys(column for item in items for column in item))
        return (*_CHOICES_ORDER, *_in_author_order(own, items))

    def survey(self) -> Iterator[dict[str, str]]:
        yield from self._inside(self.data, self.root)

    def choices(self) -> Iterator[dict[str, str]]:
        for name, instance in self.lists.items():
            for item in instance.iter():
                if local(item) == "item":
                    cells = {"list_name": name}
                    for cell in elements(item):
                        if local(cell) == "itextId":
                            cells.update(self.texts.columns(cell.text or "", "label", f"{self.root}/x"))
                        elif cell.text:
                            cells[local(cell)] = cell.text
                    yield cells

    def _inside(self, around: ET.Element, path: str) -> Iterator[dict[str, str]]:
        seen: set[str] = set()
        for element in elements(around):
            name, below = local(element), f"{path}/{local(element)}"
            if name in seen or below == f"{self.root}/meta":
                continue
            seen.add(name)
            kinds = [local(control) for control in self.controls.get(below, [])]
            if "repeat" in kinds or "group" in kinds or len(element):
                what = "repeat" if "repeat" in kinds else "group"
                yield {"type": f"begin_{what}", "name": name, **self._block(below)}
                yield from self._inside(element, below)
                yield {"type": f"end_{what}"}
            elif not self._counts_rows(below):
                yield self._question(element, below)

    def _counts_rows(self, path: str) -> bool:
        """Whether a row was made by the compiler for a repeat whose count is worked out."""
        repeats = self.controls.get(path.removesuffix("_count"), [])
        return path.endswith("_count") and any(_count(one) == path for one in repeats)

    def _block(self, path: str) -> dict[str, str]:
        cells = self._rules(path)
        for control in self.controls.get(path, []):
            cells.update(self.texts.label(control, path))
            cells.update({"appearance": appearance} if (appearance := control.get("appearance")) else {})
            if count := _count(control):
                bind = self.binds.get(f"{path}_count")
                made = bind is not None and count == f"{path}_count"
                written = (bind.get("calculate") or "") if made and bind is not None else f" {count} "
                cells["repeat_count"] = self.texts.rule(written, f"{path}_count" if made else path)
        return cells

    def _rules(self, path: str) -> dict[str, str]:
        bind = self.binds.get(path)
        if bind is None:
            return {}
        cells = {}
        for column, name in (
            ("relevant", "relevant"), ("required", "required"), ("constraint", "constraint"),
            ("calculation", "calculate"), ("readonly", "readonly"),
        ):  # fmt: skip
            text = self.texts.rule(bind.get(name) or "", path)
            if text:
                cells[column] = "yes" if text == "true()" else text
        for column, name in (("required_message", "requiredMsg"), ("constraint_message", "constraintMsg")):
            cells.update(self.texts.message(attribute(bind, name), column, path))
        return cells

    def _question(self, element: ET.Element, path: str) -> dict[str, str]:
        control = next(iter(self.controls.get(path, [])), None)
        bind = self.binds.get(path)
        cells = {"type": "text", "name": local(element), **self._rules(path)}
        cells["type"] = self._type(control, bind, cells)
        if path in self.values:
            cells["default"] = self.texts.rule(self.values[path], path)
        elif element.text:
            cells["default"] = element.text
        if control is not None:
            cells.update(self.texts.label(control, path))
            if control.get("appearance"):
                cells["appearance"] = control.get("appearance") or ""
            self._choosing(control, path, cells)
        parameters = self._parameters(control, bind, cells.pop("parameters", ""))
        return {**cells, "parameters": parameters} if parameters else cells

    def _type(self, control: ET.Element | None, bind: ET.Element | None, cells: dict[str, str]) -> str:
        given = bind.get("type") or "string" if bind is not None else "string"
        if control is None:
            if bind is not None and attribute(bind, "preload"):
                return _PRELOADS.get(attribute(bind, "preloadParams"), "hidden")
            return "calculate" if "calculation" in cells else "hidden"
        kind = local(control)
        if kind == "input" and given == "string" and bind is not None:
            keys = list(bind.keys())
            # The compiler writes a note's readonly before its type, and an author's after it.
            if "readonly" in keys and keys.index("readonly") < keys.index("type"):
                cells.pop("readonly", None)
                return "note"
        plain = {"upload": "image", "trigger": "acknowledge", "range": "range"}
        return plain.get(kind) or _TYPES.get(given, "text")

    def _choosing(self, control: ET.Element, path: str, cells: dict[str, str]) -> None:
        itemset = first(control, "itemset")
        if itemset is None:
            return
        match = _ITEMS.match(itemset.get("nodeset") or "")
        if match is None:
            return
        name, chosen = match.group(1), "select_one" if local(control) == "select1" else "select_multiple"
        cells["type"] = f"{chosen}_from_file {self.files[name]}" if name in self.files else f"{chosen} {name}"
        if match.group(2):
            cells["choice_filter"] = self.texts.rule(match.group(2), path)
        if name in self.files:
            ends = {local(child): child.get("ref") or "" for child in elements(itemset)}
            cells["parameters"] = " ".join(f"{k}={ends[k]}" for k in ("value", "label") if ends[k] not in ("name", k))

    def _parameters(self, control: ET.Element | None, bind: ET.Element | None, given: str) -> str:
        found = [given] if given else []
        for source, names in ((control, ("rows", "start", "end", "step")), (bind, ("max-pixels",))):
            for name in names if source is not None else ():
                value = attribute(source, name) if source is not None else ""
                found.extend([f"{name}={value}"] if value else [])
        return " ".join(found)


def _in_author_order(columns: list[str], used: Iterable[list[str]]) -> list[str]:
    """Columns in an order that agrees with every row that used some of them; otherwise as they come."""
    before: dict[str, set[str]] = {column: set() for column in columns}
    for row in used:
        for one, other in pairwise(row):
            before[other].add(one)
    left, ordered = list(columns), []
    while left:
        ordered.append(next((column for column in left if not before[column] & set(left)), left[0]))
        left.remove(ordered[-1])
    return ordered


def _local_name(key: str) -> str:
    return key.rpartition("}")[2]


def _is_bind(element: Any) -> bool:
    return local(element) == "bind"


def _count(control: ET.Element) -> str:
    return attribute(control, "count").strip() if local(control) == "repeat" else ""
