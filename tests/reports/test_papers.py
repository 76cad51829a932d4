"""What is on each paper, what never is, and that the same contents are the same bytes."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from qaf_desktop.reports import audit, feedback, fonts, receipt
from qaf_desktop.reports.audit import KEPT_PRIVATE, Check, Item, Judgement, Section, Voice
from qaf_desktop.reports.page import DRAFT_WORDS, british_date, british_moment
from tests.reports.reading import Paper
from tests.reports.samples import CONTENT_HASH, URDU, a_feedback, a_receipt, an_audit, an_imprint

ROOT = Path(__file__).parents[2]


def test_the_same_audit_is_the_same_bytes_whatever_was_printed_between() -> None:
    first = audit.render(an_audit())
    urdu = an_audit(sections=(Section("Urdu", (Item("What was said?", URDU),)),))

    before = audit.render(urdu)
    audit.render(an_audit(overall_why=URDU[::-1] + "غ"))

    assert audit.render(an_audit()) == first
    assert audit.render(urdu) == before


def test_another_run_of_the_program_prints_the_same_bytes() -> None:
    here = hashlib.sha256(audit.render(an_audit(overall_why=URDU))).hexdigest()
    script = (
        "import hashlib; from qaf_desktop.reports import audit; from tests.reports.samples import URDU, an_audit;"
        "print(hashlib.sha256(audit.render(an_audit(overall_why=URDU))).hexdigest())"
    )

    there = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)

    assert there.stdout.strip() == here


def test_every_page_carries_reference_form_short_hash_and_its_number() -> None:
    paper = Paper(audit.render(an_audit()))

    for page in range(len(paper.pages)):
        words = paper.page_words(page)
        assert "CH-2WX9D" in words
        assert "child_practice_audit, version 2026.1" in words
        assert "3f9a 12bc 88d0" in words
        assert f"Page {page + 1} of" in words
        assert "Printed 14 May 2026, 09:45 by Quality assurance and reviewing officer" in words
        assert "Confidential waste by 14 August 2026" in words


def test_the_number_of_pages_is_the_real_one() -> None:
    paper = Paper(audit.render(an_audit()))

    form = next(number for number, body in paper.objects.items() if b"/Subtype /Form" in body)

    assert f"({len(paper.pages)}) Tj".encode() in paper.stream(form)


def test_cover_and_seal_carry_the_whole_hash() -> None:
    paper = Paper(audit.render(an_audit()))

    assert paper.sentence().replace(" ", "").count(CONTENT_HASH) == 2
    assert CONTENT_HASH in paper.page_words(0).replace(" ", "")


def test_an_unsealed_audit_says_so_on_every_page_and_a_sealed_one_never() -> None:
    draft = Paper(audit.render(an_audit(imprint=an_imprint(content_hash=""))))
    sealed = Paper(audit.render(an_audit()))

    assert all(draft.page_words(page).count(DRAFT_WORDS) == 2 for page in range(len(draft.pages)))
    assert not any(DRAFT_WORDS in sealed.page_words(page) for page in range(len(sealed.pages)))


def test_answers_that_may_not_be_shared_are_not_in_the_audit() -> None:
    voice = Voice("A child of 8 to 12", shared=False, answers=(Item("Secret question", "Secret answer"),))

    data = audit.render(an_audit(voices=(voice,)))

    paper = Paper(data)
    assert KEPT_PRIVATE in paper.sentence()
    assert "Secret" not in paper.sentence()
    assert "Secret" not in "".join(paper.page_words(page) for page in range(len(paper.pages)))
    assert b"Secret" not in data


def test_a_feedback_without_permission_prints_none_of_its_answers() -> None:
    paper = Paper(feedback.render(a_feedback(shared=False)))

    assert feedback.KEPT_PRIVATE in paper.sentence()
    assert "She makes me laugh" not in paper.sentence()
    assert "Is your worker kind" not in paper.sentence()


def test_a_skipped_question_is_shown_as_skipped() -> None:
    paper = Paper(feedback.render(a_feedback()))

    said = [text for _, text in paper.said()]

    assert said[said.index("Do you know who to tell if you are not happy with us?") + 1] == feedback.SKIPPED


def test_a_grade_is_always_a_word_too() -> None:
    sections = tuple(
        Section(f"Area {code}", grade=Judgement(code, words))
        for code, words in (("O", "Outstanding"), ("RI", "Requires improvement"), ("I", "Inadequate"), ("X", "Novel"))
    )

    paper = Paper(audit.render(an_audit(sections=sections)))

    said = [text for _, text in paper.said()]
    for section in sections:
        assert section.grade is not None
        assert said[said.index(section.title) + 1] == section.grade.words
        assert f"Grade {section.grade.words}" in said


def test_a_non_negotiable_prints_its_answer_and_note() -> None:
    checks = (Check("Seen alone", "No", "no", "Last 2 March 2026"),)

    paper = Paper(audit.render(an_audit(checks=checks, checks_reason="Refused twice")))

    assert "Seen alone No Last 2 March 2026" in paper.sentence()
    assert "Reason and what happens next: Refused twice" in paper.sentence()


def test_an_audit_with_next_to_nothing_in_it_still_prints() -> None:
    paper = Paper(audit.render(audit.AuditContents(imprint=an_imprint(form_id="", council="", waste_by=None))))

    assert len(paper.pages) >= 1
    assert "Declaration and seal" in paper.sentence()


def test_a_receipt_lists_every_record_with_its_state() -> None:
    paper = Paper(receipt.render(a_receipt()))

    assert "Audit CH-2WX9D Confirmed 3f9a 12bc 88d0 14 May 2026, 09:45" in paper.sentence()
    assert "Audit CH-5RT3H Ready to send" in paper.sentence()
    assert "Children in Care 1 88" in paper.sentence()


def test_a_receipt_for_nothing_says_so() -> None:
    paper = Paper(receipt.render(a_receipt(lines=(), heads=(), checked_at=None)))

    assert "Nothing has been sealed on this computer yet." in paper.sentence()
    assert "not yet" in paper.sentence()


def test_dates_are_british() -> None:
    assert british_date(date(2026, 5, 4)) == "4 May 2026"
    assert british_moment(datetime(2026, 12, 31, 9, 5)) == "31 December 2026, 09:05"  # noqa: DTZ001


def test_a_missing_font_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "folder", lambda: tmp_path)
    fonts._loaded.cache_clear()

    with pytest.raises(fonts.FontsMissing, match="install the program again"):
        fonts.face()

    fonts._loaded.cache_clear()
