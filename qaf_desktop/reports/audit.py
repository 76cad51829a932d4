"""The practice audit as a document a director can read in one sitting: the child's story, the evidence, the grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qaf_desktop.reports import look
from qaf_desktop.reports.marks import grade_mark, tone_mark
from qaf_desktop.reports.page import Imprint, british_date, british_moment, build, grouped
from qaf_desktop.reports.story import Cell, Story

KEPT_PRIVATE = "Kept private at the child's request."
_NOT_GRADED = "Not graded"
_SHORT_NOTE = 32
"""Longer notes on a check stand below it, shorter ones in a column of their own."""


@dataclass(frozen=True)
class Fact:
    """A short labelled fact; a person is always a role."""

    label: str
    value: str


@dataclass(frozen=True)
class Judgement:
    """A grade: its code (O, G, RI, I, NG) picks shape and colour, ``words`` is what is read."""

    code: str
    words: str


@dataclass(frozen=True)
class Item:
    """A question with its answer as the form words it, and the evidence given for it."""

    question: str
    answer: str = ""
    evidence: str = ""
    tone: str = ""
    """``yes``, ``partly``, ``no``, ``na`` or ``unknown`` draws a shape before the answer; empty draws none."""


@dataclass(frozen=True)
class Section:
    """A section or area of the form; only an area has a grade and its rationale."""

    title: str
    items: tuple[Item, ...] = ()
    grade: Judgement | None = None
    rationale: str = ""
    parts: tuple[Section, ...] = ()
    """Smaller sections inside, for groups within groups and the rows of a repeat."""


@dataclass(frozen=True)
class Check:
    """One of the non-negotiables [§4]: a check, not a grade."""

    check: str
    answer: str
    tone: str
    note: str = ""


@dataclass(frozen=True)
class Voice:
    """One feedback record of the same case. Without permission to share, none of its answers is printed [§8.5]."""

    who: str
    """For example ``Young person, 13 to 17``; never a name."""
    shared: bool
    heard: str = ""
    """When, and by which role it was gathered."""
    answers: tuple[Item, ...] = ()
    kept_private: str = KEPT_PRIVATE
    """What stands in place of the answers when they may not be shared."""


@dataclass(frozen=True)
class Point:
    """Something that went well, or must be better; ``detail`` holds area and cause."""

    text: str
    detail: str = ""


@dataclass(frozen=True)
class Action:
    """What will be done, why for this child, by which role and when, and how we will know."""

    action: str
    why: str
    owner: str
    due: date | None
    success: str
    reference: str = ""
    urgency: str = ""


@dataclass(frozen=True, kw_only=True)
class AuditContents:
    """Everything an audit prints, in the order it prints it. Holds no name, no case number, no staff code."""

    imprint: Imprint
    facts: tuple[Fact, ...] = ()
    """Cover block: form, cycle, team and service, plan type, age band, dates, auditor and worker as roles."""
    overall: Judgement | None = None
    overall_why: str = ""
    overall_items: tuple[Item, ...] = ()
    checks: tuple[Check, ...] = ()
    checks_title: str = "The five non-negotiables"
    checks_reason: str = ""
    sections: tuple[Section, ...] = ()
    family: Section | None = None
    """What the family said, as the auditor recorded it."""
    voices: tuple[Voice, ...] = ()
    strengths: tuple[Point, ...] = ()
    improvements: tuple[Point, ...] = ()
    actions: tuple[Action, ...] = ()
    actions_items: tuple[Item, ...] = ()
    took_part: tuple[Fact, ...] = ()
    """Role, and how it took part."""
    declaration: str = ""
    declared_by: str = ""
    declared_at: datetime | None = None

    @property
    def sealed(self) -> bool:
        """Whether this is a copy of a sealed record; if not, every page says that it is a draft."""
        return bool(self.imprint.content_hash)


def render(contents: AuditContents) -> bytes:
    """The audit as a tagged PDF, A4.

    Raises:
        FontsMissing: the shipped fonts are not there.
    """
    story = Story()
    _cover(story, contents)
    for section in contents.sections:
        with story.part():
            _section(story, section, 2)
    _feedback(story, contents)
    _points(story, "What went well", contents.strengths)
    _points(story, "What needs to be better", contents.improvements)
    _actions(story, contents)
    if contents.took_part:
        with story.part():
            story.heading(2, "Who took part")
            story.facts([(fact.label, fact.value) for fact in contents.took_part])
    _overall(story, contents)
    _sealing(story, contents)
    return build(story, contents.imprint, draft=not contents.sealed)


def _cover(story: Story, contents: AuditContents) -> None:
    imprint = contents.imprint
    with story.part():
        story.heading(1, imprint.title)
        council = f"  ·  {imprint.council}" if imprint.council else ""
        story.say(f"Reference {imprint.reference}{council}", "subtitle", keep=True)
        story.rule(strong=True, before=6, after=8)
        story.facts([(fact.label, fact.value) for fact in contents.facts], columns=3)
        if contents.sealed:
            story.space(4)
            story.say(f"Record hash {grouped(imprint.content_hash, 8)}", "quiet")
    if contents.overall is not None:
        with story.part():
            grade = contents.overall
            story.heading(2, "Overall grade", mark=grade_mark(grade.code), word=grade.words, size=14, caption="")
            story.rule(before=2, after=0)
    if contents.checks:
        with story.part():
            story.heading(2, contents.checks_title)
            _checks(story, contents)
    graded = [section for section in contents.sections if section.grade is not None]
    if graded:
        with story.part():
            story.heading(2, "Grades by area")
            _grades(story, graded)
    story.break_page(unless_left=0.6 * look.PAGE_HEIGHT)


def _checks(story: Story, contents: AuditContents) -> None:
    checks = contents.checks
    answers = [Cell(check.answer, tone_mark(check.tone), strong=True) for check in checks]
    if any(len(check.note) > _SHORT_NOTE for check in checks):
        texts = [Cell(check.check, tail=check.note) for check in checks]
        rows = [[text, answer] for text, answer in zip(texts, answers, strict=True)]
        story.table(("Check", "Answer"), rows, (15, 5), row_heads=True, padding=3)
    else:
        rows = [[Cell(check.check), answer, Cell(check.note)] for check, answer in zip(checks, answers, strict=True)]
        story.table(("Check", "Answer", "Note"), rows, (14, 3.6, 5), row_heads=True, padding=3)
    if contents.checks_reason:
        story.space(4)
        story.say(contents.checks_reason, lead="Reason and what happens next:")


def _grades(story: Story, graded: list[Section]) -> None:
    cells = [
        [Cell(section.title), Cell(section.grade.words, grade_mark(section.grade.code), strong=True)]
        for section in graded
        if section.grade is not None
    ]
    if len(cells) <= 4:
        story.table(("Area", "Grade"), cells, (12, 7), row_heads=True, padding=2.5, whole=True)
        return
    half = (len(cells) + 1) // 2
    blank = [Cell(""), Cell("")]
    pairs = [left + (cells[half + row] if half + row < len(cells) else blank) for row, left in enumerate(cells[:half])]
    story.table(("Area", "Grade", "Area", "Grade"), pairs, (13, 9, 13, 9), padding=2.5, whole=True)


def _section(story: Story, section: Section, level: int) -> None:
    if section.grade is not None:
        story.heading(level, section.title, mark=grade_mark(section.grade.code), word=section.grade.words)
    else:
        story.heading(level, section.title)
    if level == 2:
        story.rule()
    _items(story, section.items)
    for part in section.parts:
        with story.part():
            _section(story, part, min(level + 1, 3))
    if section.rationale:
        story.heading(3, "Why this grade")
        story.say(section.rationale)


def _items(story: Story, items: tuple[Item, ...]) -> None:
    for item in items:
        story.answer(item.question, item.answer or "Not answered", mark=tone_mark(item.tone))
        if item.evidence:
            story.say(item.evidence, "indented", lead="Evidence:")


def _feedback(story: Story, contents: AuditContents) -> None:
    if contents.family is None and not contents.voices:
        return
    with story.part():
        if contents.family is not None:
            _section(story, contents.family, 2)
        else:
            story.heading(2, "What the family said")
            story.rule()
        for voice in contents.voices:
            with story.part():
                _voice(story, voice)


def _voice(story: Story, voice: Voice) -> None:
    story.heading(3, f"Feedback: {voice.who}")
    if voice.heard:
        story.say(voice.heard, "quiet", keep=voice.shared)
    if not voice.shared:
        story.say(voice.kept_private)
        return
    _items(story, voice.answers)
    if not voice.answers:
        story.say("No question was answered.")


def _points(story: Story, title: str, points: tuple[Point, ...]) -> None:
    if not points:
        return
    with story.part():
        story.heading(2, title)
        story.rule()
        story.points([(point.text, point.detail) for point in points])


def _actions(story: Story, contents: AuditContents) -> None:
    if not contents.actions and not contents.actions_items:
        return
    with story.part():
        story.heading(2, "Actions")
        if contents.actions:
            rows = [_action_row(number, action) for number, action in enumerate(contents.actions, start=1)]
            story.table(("Action", "Why for this child", "Owner", "Due", "Success"), rows, (13, 12, 8, 8.5, 9.5))
        else:
            story.say("No action was agreed.")
        story.space(4)
        _items(story, contents.actions_items)


def _action_row(number: int, action: Action) -> list[Cell]:
    due = british_date(action.due) if action.due is not None else "No date"
    when = f"{due}\n{action.urgency}" if action.urgency else due
    label = action.reference or f"{number}"
    return [Cell(f"{label}. {action.action}"), Cell(action.why), Cell(action.owner), Cell(when), Cell(action.success)]


def _overall(story: Story, contents: AuditContents) -> None:
    if contents.overall is None and not contents.overall_why:
        return
    with story.part():
        grade = contents.overall or Judgement("NG", _NOT_GRADED)
        story.heading(2, "Overall grade and rationale", mark=grade_mark(grade.code), word=grade.words)
        story.rule()
        if contents.overall_why:
            story.say(contents.overall_why)
        _items(story, contents.overall_items)


def _sealing(story: Story, contents: AuditContents) -> None:
    imprint = contents.imprint
    with story.part():
        story.heading(2, "Declaration and seal")
        story.rule()
        if contents.declaration:
            story.say(contents.declaration)
        if contents.declared_at is not None:
            by = f" by {contents.declared_by}" if contents.declared_by else ""
            story.say(f"Declared {british_moment(contents.declared_at)}{by}.")
        facts = [("Form and version", f"{imprint.form_id}, version {imprint.form_version}")] if imprint.form_id else []
        if contents.sealed:
            facts.append(("Record hash (SHA-256)", grouped(imprint.content_hash, 8)))
        else:
            facts.append(("Record hash", "None yet: this is a draft and can still change."))
        story.facts(facts, columns=1)
