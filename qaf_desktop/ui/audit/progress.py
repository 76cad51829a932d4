"""How far each section of an audit has got, for the list on the left."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.published import Profile
from qaf_desktop.ui.questions.kinds import is_shown


class SectionState(StrEnum):
    """What a person sees beside a section."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    DONE = "done"
    NEEDS_ATTENTION = "needs attention"


@dataclass(frozen=True)
class SectionLine:
    """One line of the list: the section, how far it is, and the grade given in it (a code, or nothing)."""

    ref: str
    title: str
    state: SectionState
    answered: int
    asked: int
    grade: str = ""

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        count = f", {self.answered} of {self.asked} answered" if self.asked else ""
        return f"{self.title}, {self.state.value}{count}"


class Sections:
    """The sections of one form: which there are, which question grades which, and how far each is."""

    def __init__(self, filling: Filling, profile: Profile) -> None:
        self._filling = filling
        graded = {f"{area}_grade" for area in profile.areas} | {profile.overall_question or ""}
        self._graded: dict[str, str] = {}
        self._silent: set[str] = set()
        for section in filling.children():
            self._walk(section, section, graded - {""})

    def refs(self) -> tuple[str, ...]:
        """The sections that apply, in the order of the form. A form without groups is one section."""
        return tuple(ref for ref in self._filling.children() if self._shown(ref))

    def of(self, ref: str) -> str:
        """The section a question stands in."""
        return "/".join(ref.split("/")[:3]).partition("[")[0]

    def lines(self, *, insisting: bool = False) -> tuple[SectionLine, ...]:
        """Every section with its state; once ``insisting``, a missing answer needs attention, too."""
        asked: dict[str, int] = {}
        answered: dict[str, int] = {}
        started: set[str] = set()
        wrong: set[str] = set()
        for node in self._filling.snapshot():
            if not node.relevant or node.ref.rpartition("/")[2].partition("[")[0] in self._silent:
                continue
            section = self.of(node.ref)
            if node.value:
                started.add(section)
                if not node.valid:
                    wrong.add(section)
            if node.required:
                asked[section] = asked.get(section, 0) + 1
                answered[section] = answered.get(section, 0) + bool(node.value)
        lines = []
        for ref in self.refs():
            title = self._filling.look(ref).label or ref.rpartition("/")[2]
            of, done = asked.get(ref, 0), answered.get(ref, 0)
            attention = ref in wrong or (insisting and done < of)
            full = done == of and (of > 0 or ref in started)
            state = (
                SectionState.NEEDS_ATTENTION
                if attention
                else SectionState.DONE
                if full
                else SectionState.IN_PROGRESS
                if ref in started
                else SectionState.NOT_STARTED
            )
            grade = self._filling.answer(self._graded[ref]) if ref in self._graded else ""
            lines.append(SectionLine(ref, title, state, done, of, grade))
        return tuple(lines)

    def _shown(self, ref: str) -> bool:
        item = self._filling.look(ref)
        return item.relevant and (item.kind != "question" or is_shown(item))

    def _walk(self, ref: str, section: str, graded: set[str]) -> None:
        item = self._filling.look(ref)
        if item.kind == "question":
            if not is_shown(item) or item.type == "note":
                self._silent.add(item.name)
            if item.name in graded:
                self._graded[section] = item.name
            return
        for child in self._filling.children(ref):
            self._walk(child, section, graded)


def next_unanswered(filling: Filling, after: str) -> str | None:
    """The next question that needs an answer, in the order of the form, round to the beginning; None when none does."""
    nodes = filling.snapshot()
    here = next((place for place, node in enumerate(nodes) if node.ref == after), -1)
    for node in (*nodes[here + 1 :], *nodes[: here + 1]):
        if node.relevant and node.required and not node.value:
            return node.ref
    return None
