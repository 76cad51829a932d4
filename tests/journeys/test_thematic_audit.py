"""A thematic audit written in Excel: checked, published by the centre, filled in, printed and synced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qaf_desktop.__main__ import main
from qaf_desktop.centre import publishing
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.sending import SendState
from qaf_desktop.forms.publish.exporting import export
from qaf_desktop.forms.publish.workbook import publish
from qaf_desktop.models.drafts import DraftIndex, Save
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.services import audits
from qaf_desktop.services.printing import print_record
from tests.centres import Centre
from tests.resources.random_person import RandomPerson
from tests.sync.laptops import Laptop, new_laptop

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "thematic_young_carers"

__all__ = ["new_laptop"]


def test_a_thematic_audit_goes_from_excel_to_the_centres_log(
    centre: Centre, new_laptop: Callable[[str], Laptop], tmp_path: Path
) -> None:
    workbook = tmp_path / "young carers.xlsx"
    export(EXAMPLE, workbook)
    assert main(["forms", "check", str(workbook)]) == 0
    form = publish(workbook)
    assert form.sha256 == publish(EXAMPLE).sha256
    publishing.publish_form(centre.office(), form)
    laptop = new_laptop("TM-01")
    assert laptop.sync().problem is None

    def fill_in(work: UnitOfWork) -> None:
        opened = audits.open_draft(work, draft)
        RandomPerson(opened.filling, 4, work.now.date()).fill_in()
        saved = opened.filling.saved()
        for repeat, numbers in saved.instances.items():
            for number in numbers:
                audits.add_row(work, draft, repeat, number)
        saves = [Save(slot, value) for slot, value in saved.answers.items() if value]
        audits.save_answers(work, draft, saves, caret="", index=DraftIndex())

    assert form.form_id in {offered.form_id for offered in laptop.store.do(audits.offered_forms, Kind.AUDIT)}
    (draft,) = laptop.store.do(audits.start_audit, form.form_id).drafts
    laptop.store.do(fill_in)
    (record,) = laptop.store.do(audits.complete_draft, draft).records
    paper = laptop.store.do(print_record, record)
    outcome = laptop.sync()

    assert paper.title == "Thematic audit: young carers"
    assert paper.pdf.startswith(b"%PDF")
    assert outcome.problem is None
    assert laptop.state(record) is SendState.CONFIRMED
