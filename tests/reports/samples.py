"""A believable audit (invented: a young person in long-term foster care, graded Good) to print and look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from qaf_desktop.reports.audit import (
    Action,
    AuditContents,
    Check,
    Fact,
    Item,
    Judgement,
    Point,
    Section,
    Voice,
)
from qaf_desktop.reports.feedback import FeedbackAnswer, FeedbackContents
from qaf_desktop.reports.page import Imprint
from qaf_desktop.reports.receipt import LogHead, ReceiptContents, ReceiptLine

BRITISH_SUMMER_TIME = timezone(timedelta(hours=1))
GOOD = Judgement("G", "Good")
OUTSTANDING = Judgement("O", "Outstanding")
CONTENT_HASH = "3f9a12bc88d0417e9c55d2a60be7f4130a8c6e21d97b54ef60a3c2d1b8e97f45"
URDU = "وہ میری بات سنتی ہے اور وقت پر آتی ہے۔"
BENGALI = "সে আমার কথা শোনে এবং সময়মতো আসে।"


def an_imprint(**changes: object) -> Imprint:
    """The imprint of the sample, with what the test names."""
    imprint = Imprint(
        title="Child practice audit",
        reference="CH-2WX9D",
        printed_at=datetime(2026, 5, 14, 9, 45, tzinfo=BRITISH_SUMMER_TIME),
        printed_by="Quality assurance and reviewing officer",
        form_id="child_practice_audit",
        form_version="2026.1",
        content_hash=CONTENT_HASH,
        council="Demonstration Council",
        purpose="supervision",
        edition="full copy",
        copy_number=1,
        waste_by=date(2026, 8, 14),
    )
    return replace(imprint, **changes)  # type: ignore[arg-type]


def _yes(*questions: str) -> tuple[Item, ...]:
    return tuple(Item(question, "Yes", tone="yes") for question in questions)


def an_audit(**changes: object) -> AuditContents:
    """The sample audit, with what the test names."""
    contents = AuditContents(
        imprint=an_imprint(),
        facts=_FACTS,
        overall=GOOD,
        overall_why=(
            "Voice is outstanding and the rest is good. It is not Outstanding overall, because the work with the "
            "father and the life-story letter are still to land. Two sources say that life is better: the young person "
            "himself, and the school’s attendance data. Against it: the therapy wait of fourteen weeks was noticed "
            "late."
        ),
        overall_items=(
            Item("How sure are you?", "High"),
            Item("Nominate for good-practice sharing?", "Yes", tone="yes"),
            Item("Limiting rules that fired", "None"),
        ),
        checks=_CHECKS,
        sections=(*_CONTEXT, _DECISIONS, *_MIDDLE, _VOICE, *_REST),
        family=_FAMILY,
        voices=(_YOUNG_PERSON, Voice("Parent or carer", shared=False, heard="Heard on 12 May 2026.")),
        strengths=(
            Point("A relationship he trusts: never late, knows about trains, comes back after rows.", "Participation"),
            Point(
                "Permanence was gripped early; the match was made with him and has held for two years.", "Permanence"
            ),
            Point("School, carer and nurse act between meetings and tell each other.", "Working together"),
        ),
        improvements=(
            Point("Two actions in the plan have no date.", "Planning and review · cause: time"),
            Point("The life-story letter was drafted but has not been given.", "Permanence · cause: skill"),
        ),
        actions=_ACTIONS,
        actions_items=(Item("Supervision where the actions will be reviewed", "26 May 2026"),),
        took_part=(
            Fact("Quality assurance and reviewing officer", "Auditor"),
            Fact("Social worker", "Together with the auditor, 13 May 2026"),
            Fact("Young person, 13 to 15", "Feedback through the participation worker"),
            Fact("Foster carer", "Feedback by telephone"),
        ),
        declaration="I have read the record fairly, discussed this audit with the worker, and stand by these grades.",
        declared_by="Quality assurance and reviewing officer",
        declared_at=datetime(2026, 5, 14, 9, 30, tzinfo=BRITISH_SUMMER_TIME),
    )
    return replace(contents, **changes)  # type: ignore[arg-type]


_FACTS = (
    Fact("Form", "Child practice audit, version 2026.1"),
    Fact("Cycle", "May 2026"),
    Fact("Audit type", "Full, stratified sample"),
    Fact("Team and service", "Children in Care 1"),
    Fact("Current plan", "Looked after (care order)"),
    Fact("Age band", "13 to 15"),
    Fact("Audit conversation", "13 May 2026"),
    Fact("Completed", "14 May 2026, 09:30"),
    Fact("Auditor", "Quality assurance and reviewing officer"),
    Fact("Worker", "Social worker"),
)
_CHECKS = (
    Check("The child is seen on their own and we know what daily life is like", "Yes", "yes", "Last alone 1 May 2026"),
    Check("The child’s views were obtained and shaped the plan or decision", "Yes", "yes"),
    Check("Current assessment of needs, and a plan saying who does what by when", "Partly", "partly", "Two undated"),
    Check("Supervision or management oversight at least monthly", "Yes", "yes", "Last 28 April 2026"),
    Check("The child knows and is seen by their QARO, who oversees safety and acts in time", "Yes", "yes"),
)
_CONTEXT = (
    Section(
        "Context and focus",
        (
            Item("How was this child chosen?", "Stratified"),
            Item("Do you manage, hold or review this child?", "No"),
            Item(
                "In a few sentences: why are we involved and what is life like now?",
                "Mid-teen in long-term foster home for two years after neglect. Loves trains and cooking; finds change "
                "hard. School attendance up from 71% to 96%. Wants more time with sister.",
            ),
            Item("Was the worker part of this audit?", "Yes, together"),
            Item("Is there anything today suggesting the child is not safe?", "No"),
        ),
    ),
)
_DECISIONS = Section(
    "Decision making",
    (
        *_yes(
            "Was help offered at the right level, and changed when things changed?",
            "Were key decisions made in time for this child?",
            "Can I see who decided, why, and what else was considered?",
            "Did decisions use history and earlier involvement?",
        ),
        Item(
            "Has there been drift or delay?",
            "Some, explained",
            "Contact with the sister was asked for in January and agreed in April, after an assessment that needed the "
            "sister’s own social worker. The reason and the dates are on file.",
        ),
        Item(
            "If closing or stepping down: is it safe and does the family know who to call?", "Not applicable", "", "na"
        ),
    ),
    GOOD,
    "Court and permanence on time; sister contact asked for in January, agreed in April after assessment. Not "
    "Outstanding because the wait was not explained to him while it lasted.",
)
_MIDDLE = (
    Section(
        "Risk management and safety",
        (
            *_yes(
                "Are the main worries for this child named clearly?", "Does the risk picture reflect the last weeks?"
            ),
            Item("Missing episodes: return conversation offered in 72 hours and used?", "Not applicable", "", "na"),
        ),
        GOOD,
        "Online risk plan written with the carer and the young person; rehearsed twice.",
    ),
    Section(
        "Planning and review",
        (
            *_yes("Does the plan say what will be different for the child?"),
            Item("Are actions specific with owner and date?", "Partly", "Two of nine actions have no date.", "partly"),
            *_yes("Does it say what we will do if change does not come?"),
        ),
        GOOD,
        "Carer and child know it. They could both say what happens next and who does it.",
    ),
)
_VOICE = Section(
    "Participation, voice and lived experience",
    (
        *_yes(
            "Is the child visited often enough and in a way that suits them?",
            "Seen alone, bedroom or home seen, quality time",
            "Can I describe a weekday and a weekend day for this child?",
            "Are the child’s own words or behaviour recorded and understood?",
            "Is there purposeful direct work?",
        ),
        Item(
            "Name one decision the child’s view changed",
            "Contact moved to the cooking afternoon, because the noise of the contact centre was too much.",
        ),
    ),
    OUTSTANDING,
    "The worker’s picture cards are used in every visit; he led his own review; a vivid day is told by three people: "
    "himself, the carer and the school. Others should copy this.",
)
_REST = (
    Section(
        "Supervision and management oversight",
        (
            *_yes("Monthly or more, as need requires?", "Clear actions with dates, checked next time?"),
            Item("Does it help thinking, not only tasks?", "Yes", "Led to the decision about the sister.", "yes"),
            Item("Workload and emotional impact attended to", "Can’t tell from the record", tone="unknown"),
        ),
        GOOD,
        "Monthly, led to the decision about the sister.",
    ),
    Section(
        "Impact and outcomes",
        (
            Item("What is better for this child because of our work?", "Sleeps, cooks, 96% school, three friends."),
            Item("How do we know?", "The child said so; school or health; tool score"),
            Item("Is anything worse or unchanged that matters?", "Waits for therapy, 14 weeks"),
            Item("Direction over six months", "Better"),
        ),
        GOOD,
        "Young person, carer and school all say life is better, and the school data agrees.",
    ),
)
_FAMILY = Section(
    "What the family said",
    (
        Item("Whose feedback was sought?", "Young person, carer"),
        Item("What they told us, in their words", "She listens, she is not late, she knows about trains."),
        Item("Does feedback agree with file and worker?", "Agrees"),
    ),
)
_YOUNG_PERSON = Voice(
    "Young person, 13 to 17",
    shared=True,
    heard="Heard by the participation worker on 12 May 2026; agreed to share it with the worker.",
    answers=(
        Item("I understand why I have a worker", "Agree"),
        Item("My worker listens to me", "Strongly agree"),
        Item("My worker does what they say they will", "Strongly agree"),
        Item("How many workers in the last year, and what was that like?", "1. Annoying at first."),
        Item("One thing that helped, one thing to change", "Pictures.\nMore time with sister."),
    ),
)
_ACTIONS = (
    Action(
        "Put a date on every open action in the care plan",
        "So that he can see what happens when, and hold us to it",
        "Social worker",
        date(2026, 5, 27),
        "All nine actions dated",
        "B1",
        "within 20 working days",
    ),
    Action(
        "Finish the life-story letter and read it with him",
        "He asks why he came into care and deserves an answer he can keep",
        "Social worker",
        date(2026, 7, 8),
        "He keeps the letter",
        "B2",
        "within 40 working days",
    ),
    Action(
        "Escalate the wait for therapy",
        "Fourteen weeks is long when sleep has only just returned",
        "Team manager",
        date(2026, 6, 11),
        "A start date is given",
        "B3",
        "within 20 working days",
    ),
)


def a_feedback(**changes: object) -> FeedbackContents:
    """A child's feedback, with what the test names."""
    contents = FeedbackContents(
        imprint=an_imprint(
            title="What I think about my worker",
            reference="Feedback 3f9a 12bc",
            form_id="feedback_child_8_12",
            purpose="the child",
            edition="",
            waste_by=None,
        ),
        who="A child of 8 to 12",
        shared=True,
        heard_on=date(2026, 5, 12),
        heard_by="Feedback gatherer",
        opening="There were no right or wrong answers. Skipping was always allowed.",
        answers=(
            FeedbackAnswer("How are you feeling right now?", "OK", face=3),
            FeedbackAnswer("Do you know why your worker comes to see you?", "A bit"),
            FeedbackAnswer("Is your worker kind to you?", "A lot", face=4),
            FeedbackAnswer("Does your worker listen to you?", "Quite a lot", face=3),
            FeedbackAnswer("Do you get time with just you and your worker?", "Sometimes"),
            FeedbackAnswer("Do grown-ups ask what you think before they decide big things?", "A little", face=2),
            FeedbackAnswer("Does anything at school make you worried?", "Not at all", face=1),
            FeedbackAnswer("Since your worker came, have things got…", "A bit better"),
            FeedbackAnswer(
                "Who or what helps you feel safe?", "My cousin and football", note="In the child’s own words"
            ),
            FeedbackAnswer("What is the best thing your worker does?", "She makes me laugh"),
            FeedbackAnswer("If you had a magic wand, what would you change?", "Someone else does mornings"),
            FeedbackAnswer("Do you know who to tell if you are not happy with us?"),
            FeedbackAnswer("Is it OK if your worker hears about this?", "Yes"),
            FeedbackAnswer("How do you feel now?", "Happy", face=4),
        ),
    )
    return replace(contents, **changes)  # type: ignore[arg-type]


def a_receipt(**changes: object) -> ReceiptContents:
    """A receipt over three records in different states, with what the test names."""
    contents = ReceiptContents(
        imprint=an_imprint(title="Receipt", reference="This computer", form_id="", content_hash="", purpose=""),
        centre="Demonstration Council",
        checked_at=datetime(2026, 5, 14, 17, 40, tzinfo=BRITISH_SUMMER_TIME),
        lines=(
            ReceiptLine("Audit", "CH-2WX9D", "Confirmed", CONTENT_HASH, an_imprint().printed_at),
            ReceiptLine("Feedback", "CH-2WX9D", "Received", CONTENT_HASH[::-1], an_imprint().printed_at),
            ReceiptLine("Audit", "CH-5RT3H", "Ready to send", CONTENT_HASH[5:] + "00000", an_imprint().printed_at),
        ),
        heads=(LogHead("My own records", 1204, CONTENT_HASH), LogHead("Children in Care 1", 88, CONTENT_HASH[::-1])),
    )
    return replace(contents, **changes)  # type: ignore[arg-type]
