"""The program without a window: enrol, sync and doctor, for the IT service and for a scheduled task."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from qaf_desktop.app.centre_line import Ask, CentreLine, PasswordNeeded, lock_beside, vault_for
from qaf_desktop.app.surroundings import now, paths_for, program_version
from qaf_desktop.models.store import Store
from qaf_desktop.paths import shipped
from qaf_desktop.problems import Problem
from qaf_desktop.security.vault import Vault, VaultUnusable
from qaf_desktop.services import setting_up
from qaf_desktop.services.doctor import examine
from qaf_desktop.services.doctor import lines as told
from qaf_desktop.services.forms import shipped_forms
from qaf_desktop.services.locked import how_locked
from qaf_desktop.sync.check import check_line
from qaf_desktop.sync.conversation import Progress, SyncOutcome
from qaf_desktop.sync.enrolment import read_enrolment
from qaf_desktop.sync.receipts import receipt
from qaf_desktop.ui.doctor import examine_qt


class NoStoreYet(Problem):
    """A deed needs the store, and this computer has none."""

    def __init__(self) -> None:
        super().__init__(
            "There is no store on this computer yet.",
            next_step="Open the program once, or enrol it: qaf-desktop enrol FILE.",
        )


@dataclass(frozen=True)
class Synced:
    """How a sync went, and the receipt in lines."""

    outcome: SyncOutcome
    lines: tuple[str, ...]


@contextmanager
def opened_store(folder: Path | None, ask: Ask) -> Iterator[Store]:
    """The store of this computer, opened with the keyring or with the passphrase that is asked for."""
    path = paths_for(folder).store
    match how_locked(path):
        case "none":
            raise NoStoreYet
        case "passphrase":
            store = setting_up.open_with_passphrase(path, ask("Passphrase"), now)
        case _:
            store = setting_up.open_with_keyring(path, Vault(), now)
    with closing(store):
        yield store


def enrol(folder: Path | None, file: Path, ask: Ask) -> str:
    """Take up an enrolment file; makes the store when there is none yet. Returns a sentence about it."""
    enrolment = read_enrolment(file)
    path = paths_for(folder).store
    new = how_locked(path) == "none"
    with closing(_new_store(path, ask)) if new else opened_store(folder, ask) as store:
        line = CentreLine(store, vault_for(path))
        line.take_up(enrolment)
        if enrolment.centre.sign_in == "password":
            line.keep_password(ask("Password for the centre"))
    return f"This computer belongs to {enrolment.person.code} at {enrolment.council} now. Run: qaf-desktop sync"


def _new_store(path: Path, ask: Ask) -> Store:
    try:
        store = setting_up.create_with_keyring(path, Vault(), now)
    except VaultUnusable:
        store = setting_up.create_with_passphrase(path, ask("New passphrase for this computer"), now)
    store.do(setting_up.keep_forms, shipped_forms(shipped("forms")))
    return store


def doctor(folder: Path | None, ask: Ask, say: Callable[[str], None]) -> int:
    """Try everything this computer needs and say it line by line; 1 when something does not work."""
    with ExitStack() as open_things:
        line = _line_to_check(folder, ask, open_things)
        findings = examine(
            vault=Vault(),
            dictionaries=shipped("dictionaries"),
            now=now,
            check_centre=None if line is None else lambda: check_line(line.open(), program_version(), now),
        )
    found = [*findings, *examine_qt()]
    for words in told(found):
        say(words)
    return 1 if any(finding.works is False for finding in found) else 0


def _line_to_check(folder: Path | None, ask: Ask, open_things: ExitStack) -> CentreLine | None:
    """The line of an enrolled store; a passphrase is asked for once, and without one the centre is left out."""
    path = paths_for(folder).store
    locked = how_locked(path)
    passphrase = ask("Passphrase, to try the centre too (empty: leave it out)") if locked == "passphrase" else ""
    if locked == "none" or (locked == "passphrase" and not passphrase):
        return None
    store = open_things.enter_context(opened_store(folder, lambda _: passphrase))
    line = CentreLine(store, vault_for(path))
    open_things.callback(line.forget)
    return line if line.enrolment() is not None else None


def sync_once(folder: Path | None, ask: Ask, say: Callable[[str], None]) -> Synced:
    """Send and fetch once, saying each step."""
    with opened_store(folder, ask) as store:
        line = CentreLine(store, vault_for(store.path))
        try:
            line.open()
        except PasswordNeeded:
            line.keep_password(ask("Password for the centre"))
        said: list[str] = []

        def progress(step: Progress) -> None:
            if step.words not in said:
                said.append(step.words)
                say(step.words)

        outcome = line.conversation(lock_beside(store.path)).run(progress)
        line.forget()
        with store.look() as work:
            proof = receipt(work)
        lines = tuple(
            f"{one.state.words:<14} {one.kind.value:<12} {one.child_ref or '–':<9} {one.content_hash[:12]}"
            for one in proof.lines
        )
    return Synced(outcome, lines)
