"""The laptops of the made-up council: audits as people really make them, each sealed by its own author and synced."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from qaf_desktop import paths
from qaf_desktop.app.centre_line import CentreLine, lock_beside
from qaf_desktop.app.surroundings import now
from qaf_desktop.demo.council import Council
from qaf_desktop.demo.filling_in import fill_in
from qaf_desktop.domain.ids import CaseId, DraftId
from qaf_desktop.domain.keys import new_store_key
from qaf_desktop.models.drafts import DraftIndex, Save
from qaf_desktop.models.store import Store
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.paths import shipped
from qaf_desktop.services import audits, feedback, setting_up
from qaf_desktop.sync.conversation import SyncOutcome
from qaf_desktop.sync.enrolment import read_enrolment

ME = "TM-02"
"""Whose laptop the demonstration shows."""


_STATES = ("synced", "completed", "draft")


class Calendar:
    """A clock that can be set back to the day an audit was made, and then runs on as usual."""

    def __init__(self) -> None:
        self.day: datetime | None = None

    def __call__(self) -> datetime:
        """The day it was set to, otherwise now."""
        return self.day or now()


@dataclass
class Laptop:
    """One person's store and line, with a clock that can be set."""

    store: Store
    line: CentreLine
    calendar: Calendar

    def sync(self) -> SyncOutcome:
        """Sync once; what the centre refuses ends the demonstration with its sentence."""
        outcome = self.line.conversation(lock_beside(self.store.path)).run()
        if outcome.problem is not None:
            raise outcome.problem
        return outcome

    def close(self) -> None:
        """Hang up and close the store."""
        self.line.forget()
        self.store.close()


def audits_to_tell() -> list[Mapping[str, Any]]:
    """The demonstration's audits: first those that have reached the centre, then those that wait, drafts last."""
    files = sorted(shipped("demo", "audits").glob("*.json"))
    told = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return sorted(told, key=lambda spec: _STATES.index(spec["state"]))


def set_up(council: Council, code: str, folder: Path, passphrase: str = "") -> Laptop:
    """A laptop for one person: encrypted store, enrolment, first sync – as it is done in a council.

    Without a passphrase the key is kept nowhere: such a laptop is needed only until it has synced.
    """
    calendar = Calendar()
    path = paths.below(folder).store
    if passphrase:
        store = setting_up.create_with_passphrase(path, passphrase, calendar)
    else:
        store = Store.create(path, new_store_key(), clock=calendar)
    store.do(setting_up.keep_forms, council.earlier)
    laptop = Laptop(store, CentreLine(store, None), calendar)
    laptop.line.take_up(read_enrolment(council.enrolment_file(code, folder)))
    laptop.line.keep_password(council.people[code].password)
    laptop.sync()
    return laptop


def fill_the_council(council: Council, mine: Laptop, folder: Path) -> None:
    """Every author's audits and feedback, made on their own laptops; mine stay, the others go when they have synced."""
    laptops = {ME: mine}
    try:
        for spec in audits_to_tell():
            laptop = _laptop(council, laptops, spec["author"], folder)
            case = tell(laptop, spec)
            for heard in spec.get("feedback", ()):
                hearing = _laptop(council, laptops, heard["gathered_by"], folder)
                hear(hearing, case, spec, heard)
                hearing.sync()
            if spec["state"] == "synced":
                laptop.sync()
    finally:
        for code, laptop in laptops.items():
            laptop.calendar.day = None
            if code != ME:
                laptop.close()
                shutil.rmtree(folder / code)


def tell(laptop: Laptop, spec: Mapping[str, Any]) -> CaseId:
    """One audit as its author made it: filled in, and completed unless it is still a draft."""
    laptop.calendar.day = datetime.fromisoformat(spec["completed_at"]) if spec.get("completed_at") else None
    change = laptop.store.do(audits.start_audit, spec["form"])
    (draft,), (case,) = change.drafts, change.cases
    _write_down(laptop, draft, spec["answers"], spec.get("repeats", {}))
    if spec["state"] != "draft":
        laptop.store.do(audits.complete_draft, draft)
    return case


def hear(laptop: Laptop, case: CaseId, audit: Mapping[str, Any], spec: Mapping[str, Any]) -> None:
    """What a child said about it, written down by somebody else than the auditor."""
    laptop.calendar.day = datetime.fromisoformat(spec["completed_at"])
    about = audit["answers"]
    started = partial(
        feedback.start_feedback,
        case_id=case,
        form_id=spec["form"],
        child_ref=about["cd_child_ref"],
        team=about["cd_team"],
        worker=about["cd_worker"],
    )
    (draft,) = laptop.store.do(started).drafts
    _write_down(laptop, draft, spec["answers"], spec.get("repeats", {}))
    laptop.store.do(audits.complete_draft, draft)


def _write_down(laptop: Laptop, draft: DraftId, answers: Mapping[str, str], repeats: Mapping[str, Any]) -> None:
    def write(work: UnitOfWork) -> None:
        opened = audits.open_draft(work, draft)
        filling = opened.filling
        fill_in(filling, answers, repeats)
        saved, progress, profile = filling.saved(), filling.progress(), opened.form.profile
        for repeat, numbers in saved.instances.items():
            for number in numbers:
                audits.add_row(work, draft, repeat, number)
        saves = [Save(slot, value) for slot, value in saved.answers.items() if value]
        index = DraftIndex(
            child_ref=filling.answer(profile.child_ref_question) or opened.draft.child_ref,
            team=filling.answer(profile.team_question) or opened.draft.team,
            worker=filling.answer(profile.worker_question) or opened.draft.worker,
            answered=progress.answered,
            asked=progress.asked,
        )
        audits.save_answers(work, draft, saves, caret=_last(saves), index=index)
        audits.leave_draft(work, draft)

    laptop.store.do(write)


def _last(saves: Iterable[Save]) -> str:
    slot = ""
    for save in saves:
        slot = save.slot
    return slot


def _laptop(council: Council, laptops: dict[str, Laptop], code: str, folder: Path) -> Laptop:
    if code not in laptops:
        laptops[code] = set_up(council, code, folder / code)
    return laptops[code]
