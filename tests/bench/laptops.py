"""A laptop as it is on an ordinary morning: a store with the shipped forms and one audit half filled in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qaf_desktop import paths
from qaf_desktop.app.surroundings import now
from qaf_desktop.domain.ids import DraftId
from qaf_desktop.domain.keys import StoreKey
from qaf_desktop.domain.people import Person, Role, Team
from qaf_desktop.models.drafts import Save
from qaf_desktop.models.store import Store
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.security.vault import Vault
from qaf_desktop.services import audits, setting_up
from qaf_desktop.services.forms import shipped_forms
from tests.bench.safe import FILE, FileSafe

PASSPHRASE = "seven quiet boats on the grey water"
FORM = "child_practice_audit"
SENTENCE = "The worker visited within timescales and the child was seen alone and spoken with. "


@dataclass(frozen=True)
class Laptop:
    """``environment`` is what a process needs to be this laptop."""

    folder: Path
    draft: DraftId
    environment: Mapping[str, str]

    @property
    def store(self) -> Path:
        return paths.below(self.folder).store


def with_passphrase(folder: Path) -> Laptop:
    """A laptop whose key is wrapped by ``PASSPHRASE``."""
    store = setting_up.create_with_passphrase(paths.below(folder).store, PASSPHRASE, now)
    return Laptop(folder, _lived_in(store), dict(os.environ))


def with_keyring(folder: Path) -> Laptop:
    """A laptop whose key is in the computer's keyring: opening it stretches no passphrase."""
    wanted = {FILE: str(folder / "safe.json"), "PYTHON_KEYRING_BACKEND": f"{FileSafe.__module__}.FileSafe"}
    os.environ.update(wanted)
    store = setting_up.create_with_keyring(paths.below(folder).store, Vault(), now)
    return Laptop(folder, _lived_in(store), dict(os.environ))


def key_of(laptop: Laptop) -> StoreKey:
    """The key of a laptop behind ``PASSPHRASE``."""
    return setting_up.key_from_passphrase(laptop.store, PASSPHRASE)


def _lived_in(store: Store) -> DraftId:
    me = Person("TM-02", "", "Team manager", Role.TM, "FSE")
    store.do(setting_up.say_who_works_here, me, None, [Team("FSE", "East", "Family Safeguarding")])
    store.do(setting_up.keep_forms, shipped_forms(paths.shipped("forms")))
    (draft,) = store.do(audits.start_audit, FORM).drafts
    for _ in range(2):  # answers bring up further questions
        store.do(_answer_what_is_asked, draft)
    store.back_up()
    store.close()
    return draft


def _answer_what_is_asked(work: UnitOfWork, draft: DraftId) -> None:
    filling = audits.open_draft(work, draft).filling
    saves = []
    for node in filling.snapshot():
        item = filling.look(node.ref)
        if item.kind != "question" or not node.relevant or node.readonly or node.value:
            continue
        if item.type == "text" and item.required:
            saves.append(Save(item.slot, SENTENCE * 3))
        elif item.type == "select_one" and item.choices:
            saves.append(Save(item.slot, item.choices[0].value))
    work.drafts.save(draft, saves, by="TM-02")
    audits.leave_draft(work, draft)
