"""A filled-in form as paper tells it: questions with their answers in words, and people as roles, never as names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from qaf_desktop.domain.grades import Grade
from qaf_desktop.domain.people import Role
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.items import Item
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.reports import audit as paper
from qaf_desktop.reports.page import british_date

_TONES = {"yes": "yes", "partly": "partly", "no": "no", "na": "na", "cant": "unknown"}
_GRADED_TONE = "partly"
"""A choice list with this answer is a check, and its answers are drawn with a shape."""
_SILENT = frozenset({"note", "calculate", "hidden", "image", "start", "end", "today", "username"})
_NOT_IN_ROWS = frozenset({"note", "image"})
"""A row's calculated number (``ac_id``) is printed; elsewhere calculations are the form's own business."""
_EVIDENCE = "_ev"


class OnPaper:
    """Reads one filling for the printed page, guided by what the form's profile says its questions mean."""

    def __init__(self, form: PublishedForm, filling: Filling) -> None:
        self.form = form
        self.filling = filling

    def groups(self) -> list[Item]:
        """The relevant top-level groups, in the order the form asks to be printed."""
        shown = [
            item
            for ref in self.filling.children()
            if (item := self.filling.look(ref)).relevant and item.kind == "group"
        ]
        order = self.form.profile.print_groups
        if not order:
            return shown
        place = {name: number for number, name in enumerate(order)}
        return sorted((item for item in shown if item.name in place), key=lambda item: place[item.name])

    def questions(self, ref: str, *, silent: frozenset[str] = _SILENT) -> Iterator[Item]:
        """The relevant questions below a group or a row, in order; rows of repeats are not entered."""
        for below in self.filling.children(ref):
            item = self.filling.look(below)
            if not item.relevant or item.type in silent:
                continue
            if item.kind == "group":
                yield from self.questions(below, silent=silent)
            elif item.kind == "question":
                yield item

    def rows(self, repeat: str) -> list[dict[str, Item]]:
        """The rows of a repeat, each as its questions by the last word of their name (``due`` for ``ac_due``)."""
        found = self._repeat("", repeat)
        if found is None:
            return []
        prefix = f"{repeat.split('_', maxsplit=1)[0]}_"
        return [
            {item.name.removeprefix(prefix): item for item in self.questions(row, silent=_NOT_IN_ROWS)}
            for row in self.filling.children(found)
        ]

    def items(self, ref: str, *, without: frozenset[str] = frozenset()) -> tuple[paper.Item, ...]:
        """The answered questions below a group, each with the evidence given for it."""
        asked = {item.name: item for item in self.questions(ref)}
        return tuple(
            paper.Item(
                question=item.label,
                answer=said(item),
                evidence=said(asked[name + _EVIDENCE]) if name + _EVIDENCE in asked else "",
                tone=tone(item),
            )
            for name, item in asked.items()
            if name not in without and not _is_evidence(name, asked) and item.value
        )

    def facts(self, ref: str, *, without: frozenset[str] = frozenset()) -> tuple[paper.Fact, ...]:
        """The answered questions below a group as short labelled facts."""
        return tuple(
            paper.Fact(item.label, said(item))
            for item in self.questions(ref)
            if item.value and item.name not in without
        )

    def section(self, group: Item) -> paper.Section:
        """A group with its answers; an area also with its grade and why."""
        prefix = group.name
        if prefix not in self.form.profile.areas:
            return paper.Section(title=group.label, items=self.items(group.ref))
        grade = judgement(self.filling.answer(f"{prefix}_grade"))
        told = frozenset({f"{prefix}_grade", f"{prefix}_why"})
        return paper.Section(
            title=group.label,
            items=self.items(group.ref, without=told),
            grade=grade,
            rationale=self.filling.answer(f"{prefix}_why") if grade else "",
        )

    def action(self, row: Mapping[str, Item]) -> paper.Action:
        """A row of the actions; its questions are known by the last word of their names."""
        due = row["due"].value if "due" in row else ""
        return paper.Action(
            action=_cell(row, "text"),
            why=_cell(row, "why"),
            owner=_cell(row, "owner_role") or _cell(row, "owner"),
            due=date.fromisoformat(due[:10]) if due else None,
            success=_cell(row, "success"),
            reference=_cell(row, "id"),
            urgency=_cell(row, "urgency"),
        )

    def point(self, row: Mapping[str, Item]) -> paper.Point:
        """A row of the strengths or improvements, with its area and cause."""
        return paper.Point(_cell(row, "text"), " · ".join(filter(None, (_cell(row, "area"), _cell(row, "cause")))))

    def note(self, item: Item) -> str:
        """What belongs to a check, as one sentence: a text as it stands, anything else after its label."""
        return item.value if item.type == "text" else f"{item.label}: {said(item)}."

    def question(self, name: str) -> Item | None:
        """One relevant question by its name."""
        return next((item for group in self.groups() for item in self.questions(group.ref) if item.name == name), None)

    def group_of(self, name: str) -> Item | None:
        """The top-level group a question or a repeat stands in, when that group is printed."""
        if not name:
            return None
        for group in self.groups():
            if self._repeat(group.ref, name) or any(item.name == name for item in self.questions(group.ref)):
                return group
        return None

    def _repeat(self, ref: str, name: str) -> str | None:
        for below in self.filling.children(ref):
            item = self.filling.look(below)
            if item.kind == "repeat" and item.name == name:
                return below
            if item.kind == "group" and (inside := self._repeat(below, name)):
                return inside
        return None


def said(item: Item) -> str:
    """An answer in words: the labels of choices, British dates, a person's role instead of a code."""
    if not item.value:
        return ""
    if item.choices:
        chosen = item.value.split() if item.type == "select_multiple" else [item.value]
        by_value = {choice.value: choice for choice in item.choices}
        words = [_role_or_label(by_value[value].extra, by_value[value].label) for value in chosen if value in by_value]
        return "; ".join(words) or item.value
    if item.type == "date":
        return british_date(date.fromisoformat(item.value[:10]))
    if item.type == "acknowledge":
        return "Yes"
    return item.value


def tone(item: Item) -> str:
    """Which shape is drawn before an answer: only checks that can be answered *partly* have one."""
    if not any(choice.value == _GRADED_TONE for choice in item.choices):
        return ""
    return _TONES.get(item.value, "")


def judgement(code: str) -> paper.Judgement | None:
    """A grade for the page, from its code."""
    return paper.Judgement(code, Grade(code).words) if code in set(Grade) else None


def _role_or_label(extra: Mapping[str, str], label: str) -> str:
    role = extra.get("role", "")
    return Role(role).words if role in set(Role) else label


def _cell(row: Mapping[str, Item], part: str) -> str:
    return said(row[part]) if part in row else ""


def _is_evidence(name: str, asked: dict[str, Item]) -> bool:
    return name.endswith(_EVIDENCE) and name.removesuffix(_EVIDENCE) in asked
