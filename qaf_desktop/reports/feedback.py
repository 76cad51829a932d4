"""What a child, young person or parent told us, large and friendly, on paper they may hold themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qaf_desktop.reports import faces, look
from qaf_desktop.reports.layout import Beside
from qaf_desktop.reports.page import Imprint, british_date, build
from qaf_desktop.reports.story import Story
from qaf_desktop.reports.tagged import Tagged
from qaf_desktop.reports.text import paragraph

KEPT_PRIVATE = "These answers are kept private, because that was asked for. They are not printed."
SKIPPED = "Skipped – and that is fine."
_FACE_SIZE = 40
_BESIDE_A_FACE = 200


@dataclass(frozen=True)
class FeedbackAnswer:
    """One question in the words that were read out, and the answer in the words that were given."""

    question: str
    answer: str = ""
    """Empty when it was skipped."""
    face: int = 0
    """The face that was pointed at, 1 (not at all) to 4 (a lot); 0 for an answer without one."""
    note: str = ""
    """Who said or wrote it, for example ``In the child's own words``."""


@dataclass(frozen=True, kw_only=True)
class FeedbackContents:
    """Everything a feedback paper prints: no name, no case data; ``imprint.reference`` is the record's short hash."""

    imprint: Imprint
    who: str
    """For example ``A child of 8 to 12``."""
    shared: bool
    """Whether the answers may be seen by others; without that none is printed [§8.5]."""
    heard_on: date | None = None
    heard_by: str = ""
    """A role in words."""
    opening: str = ""
    """The words of the form before the first question."""
    answers: tuple[FeedbackAnswer, ...] = ()
    closing: str = "Thank you for telling us what it is like."


def render(contents: FeedbackContents) -> bytes:
    """The feedback as a tagged PDF in large print.

    Raises:
        FontsMissing: the shipped fonts are not there.
    """
    story = Story()
    with story.part():
        story.heading(1, contents.imprint.title)
        story.say(_heard(contents), "subtitle", keep=True)
        story.rule(strong=True, before=6, after=8)
        if contents.opening and contents.shared:
            story.say(contents.opening, "large")
        if not contents.shared:
            story.say(KEPT_PRIVATE, "large")
    if contents.shared:
        for answer in contents.answers:
            with story.part():
                _answer(story, answer)
        with story.part():
            story.space(14)
            story.say(contents.closing, "large")
    return build(story, contents.imprint, draft=not contents.imprint.content_hash)


def _heard(contents: FeedbackContents) -> str:
    on = f"  ·  {british_date(contents.heard_on)}" if contents.heard_on else ""
    by = f"  ·  heard by: {contents.heard_by}" if contents.heard_by else ""
    return f"{contents.who}{on}{by}"


def _answer(story: Story, answer: FeedbackAnswer) -> None:
    story.heading(2, answer.question, style="large_question")
    if not answer.answer:
        story.say(SKIPPED, "quiet_large")
    elif answer.face in range(1, faces.LEVELS + 1) and len(answer.answer) <= _BESIDE_A_FACE:
        face = faces.Face(answer.face, story.element("Figure"), size=_FACE_SIZE)
        words = Tagged(paragraph(answer.answer, look.styles().large_answer), story.element("P"))
        story.place(Beside(face, words, look.TEXT_WIDTH - _FACE_SIZE - 14, gap=14, after=4, centred=True))
    else:
        story.say(answer.answer, "large")
    if answer.note:
        story.say(answer.note, "quiet")
