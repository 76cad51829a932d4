"""A form moves on; what was begun with an earlier version stays with it, and can be finished and read."""

from __future__ import annotations

import pytest

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.models.forms import FormConflict
from qaf_desktop.models.store import Store
from qaf_desktop.services import audits
from tests.forms.tables import a_form

FIRST = """
    | type        | name      | label           | guidance_hint | required |
    | begin_group | cd        | The child       |               |          |
    | text        | child_ref | Child reference | Copy it.      | yes      |
    | text        | why       | Why?            | Say why.      | yes      |
    | end_group   |           |                 |               |          |
"""
SECOND = FIRST.replace("Why?", "Why, in one sentence?").replace(
    "| end_group ", "| text | more | And what else? | Say what. | yes |\n    | end_group ", 1
)


def _published(survey: str, version: str) -> PublishedForm:
    return a_form(
        survey,
        settings=f"""
        | form_title | form_id | version   | kind  | child_ref_question |
        | A form     | a_form  | {version} | audit | child_ref          |
        """,
    )


def test_the_same_version_with_other_questions_is_refused_and_the_first_is_kept(store: Store) -> None:
    with store.work() as work:
        work.forms.keep(_published(FIRST, "2026.1"))
        again = work.forms.keep(_published(FIRST, "2026.1"))

    with store.work() as work, pytest.raises(FormConflict) as refused:
        work.forms.keep(_published(SECOND, "2026.1"))

    assert again is False
    assert "a_form, version 2026.1" in refused.value.happened
    assert "under a new version" in refused.value.next_step
    with store.look() as work:
        assert work.forms.get("a_form", "2026.1") == _published(FIRST, "2026.1")


def test_a_draft_stays_on_its_version_and_can_be_finished_there(store: Store) -> None:
    with store.work() as work:
        work.forms.keep(_published(FIRST, "2026.1"))
        (draft_id,) = audits.start_audit(work, "a_form").drafts
    with store.work() as work:
        work.forms.keep(_published(SECOND, "2026.2"))
        work.forms.withdraw("a_form", "2026.1")

    with store.work() as work:
        opened = audits.open_draft(work, draft_id)
        for question, answer in (("child_ref", "CH-7K4QM"), ("why", "Because.")):
            opened.filling.set(f"/data/cd/{question}", answer)
        problems = opened.filling.problems()
        offered = audits.offered_forms(work, Kind.AUDIT)

    assert (opened.form.version, opened.filling.look("/data/cd/why").label) == ("2026.1", "Why?")
    assert problems == []
    assert [form.version for form in offered] == ["2026.2"]


def test_a_form_whose_every_version_is_withdrawn_is_offered_no_more_and_strands_nobody(store: Store) -> None:
    with store.work() as work:
        for version, survey in (("2026.1", FIRST), ("2026.2", SECOND)):
            work.forms.keep(_published(survey, version))
        (draft_id,) = audits.start_audit(work, "a_form").drafts
        for version in ("2026.1", "2026.2"):
            work.forms.withdraw("a_form", version)

    with store.work() as work:
        opened = audits.open_draft(work, draft_id)
        offered = audits.offered_forms(work, Kind.AUDIT)

    assert (opened.form.version, offered) == ("2026.2", ())


def test_a_version_published_from_other_rows_has_another_hash_and_the_same_rows_the_same() -> None:
    assert _published(FIRST, "1").sha256 == _published(FIRST, "1").sha256
    assert len({_published(FIRST, "1").sha256, _published(FIRST, "2").sha256, _published(SECOND, "1").sha256}) == 3
