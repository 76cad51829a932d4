"""What may be known of a record without reading its words: grades, checks, dates and counts, never free text."""

from __future__ import annotations

from typing import Any

from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.published import PublishedForm


def summary_of(form: PublishedForm, filling: Filling) -> dict[str, Any]:
    """The summary sealed with a filling, made from what the form's profile says its questions mean.

    Lists, projections and report views are built from it, so that nobody needs the prose to see the state.
    """
    profile = form.profile
    graded = {prefix: grade for prefix in profile.areas if (grade := filling.answer(f"{prefix}_grade"))}
    checks = {name: answer for name in profile.non_negotiables if (answer := filling.answer(name))}
    counts = {
        meaning: _rows(filling, repeat)
        for meaning, repeat in (
            ("actions", profile.actions_repeat),
            ("strengths", profile.strengths_repeat),
            ("improvements", profile.improvements_repeat),
        )
        if repeat
    }
    facts = {
        "title": form.title,
        "overall": filling.answer(profile.overall_question) if profile.overall_question else "",
        "areas": graded,
        "non_negotiables": checks,
        "held_on": filling.answer(profile.date_question) if profile.date_question else "",
        "worker": filling.answer(profile.worker_question) if profile.worker_question else "",
        "worker_present": filling.answer(profile.worker_present_question) if profile.worker_present_question else "",
        "may_share": filling.answer(profile.share_question) if profile.share_question else "",
        "audience": profile.audience,
        "counts": counts,
    }
    return {name: fact for name, fact in facts.items() if fact not in ("", {})}


def _rows(filling: Filling, repeat: str) -> int:
    spot = filling.definition.named(repeat)
    return len(filling.children(spot.path)) if spot is not None else 0
