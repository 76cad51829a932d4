"""Every shipped form can be filled in to its end, whatever is answered on the way."""

from __future__ import annotations

import os
from datetime import datetime

import pytest

from tests.resources.random_person import RandomPerson
from tests.resources.shipped import FORM_IDS, begin

TIMES = 200 if os.environ.get("QAF_FULL_COUNTS") else 25
NOW = datetime.fromisoformat("2026-05-14T09:30:00+01:00")


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_random_valid_answers_always_reach_the_end_of_a_form(form_id: str) -> None:
    for seed in range(TIMES):
        filling = begin(form_id, NOW)

        RandomPerson(filling, seed, NOW.date()).fill_in()

        assert filling.problems() == []
