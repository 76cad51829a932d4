"""Every shipped form can be filled in to its end, whatever is answered on the way."""

from __future__ import annotations

import os
from datetime import datetime

import pytest

from tests.resources.random_person import RandomPerson
from tests.resources.shipped import FORM_IDS, begin, survey

FULL_COUNTS = bool(os.environ.get("QAF_FULL_COUNTS"))
TIMES = 200 if FULL_COUNTS else 25
SOFT_LIMITS = {f"gr_{rule}_why" for rule in ("l5", "l6", "l8", "l10", "l12", "ng")}
"""Reasons that are asked for only where a council has made a limit firmer than it is shipped."""
NOW = datetime.fromisoformat("2026-05-14T09:30:00+01:00")


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_random_valid_answers_always_reach_the_end_of_a_form(form_id: str) -> None:
    asked: set[str] = set()
    for seed in range(TIMES):
        filling = begin(form_id, NOW)

        RandomPerson(filling, seed, NOW.date()).fill_in()

        assert filling.problems() == []
        asked |= {node.ref.rsplit("/", 1)[-1] for node in filling.snapshot() if node.relevant}

    required = {row["name"] for row in survey(form_id) if row["required"]} - SOFT_LIMITS
    never = required - asked
    # Twenty-five people do not come by every corner of a form of three hundred questions; two hundred do.
    assert never == set() if FULL_COUNTS else len(never) <= len(required) / 20
