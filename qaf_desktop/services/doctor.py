"""What works on this computer: tried out for real, told in plain lines, each with what to do about it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from qaf_desktop.domain.keys import new_store_key
from qaf_desktop.models.store import Store
from qaf_desktop.problems import Problem
from qaf_desktop.reports.fonts import Cut, Script, face
from qaf_desktop.security.vault import Vault

_LANGUAGE = "en_GB"
_BRITISH, _NOT_BRITISH = "colour", "colur"
_NEEDLE = "needle-in-clear-text"
_ASK_IT = "Ask your IT service to install the program again."


NOT_ENROLLED = "This computer has not been told where the centre is; the enrolment file from your IT service does that."


@dataclass(frozen=True)
class Finding:
    """One thing that was tried. ``works`` is None when there was nothing to try, such as a centre before enrolment."""

    name: str
    works: bool | None
    words: str
    remedy: str = ""
    essential: bool = True
    """Whether the work suffers without it. A keyring and a voice are good to have; there is another way without."""


class Step(Protocol):
    """One step on the way to the centre, as the sync checks it; ``good`` is None when it was not reached."""

    @property
    def name(self) -> str:
        """name, line, certificate, sign-in, version, clock."""

    @property
    def good(self) -> bool | None:
        """Whether it went well."""

    @property
    def words(self) -> str:
        """A plain line about it."""


def examine(
    *,
    vault: Vault,
    dictionaries: Path,
    now: Callable[[], datetime],
    check_centre: Callable[[], Sequence[Step]] | None = None,
    without_centre: str = NOT_ENROLLED,
) -> list[Finding]:
    """Try keyring, store, fonts, dictionary, centre and certificate; takes seconds, changes nothing that lasts.

    ``check_centre`` walks to the centre; it is None where that cannot be tried, and ``without_centre`` says why.
    May wait for the keyring and the network: keep it off the window's thread.
    """
    return [
        _keyring(vault),
        _store(now),
        _fonts(),
        _dictionary(dictionaries),
        *_centre(check_centre, without_centre),
    ]


def lines(findings: Iterable[Finding]) -> list[str]:
    """The findings for a terminal or a message to IT: a word, the line, and the remedy below it."""
    told: list[str] = []
    for finding in findings:
        verdict = {True: "works", False: "DOES NOT WORK", None: "not tried"}[finding.works]
        told.append(f"{finding.name}: {verdict}. {finding.words}")
        if finding.remedy:
            told.append(f"    {finding.remedy}")
    return told


def _keyring(vault: Vault) -> Finding:
    report = vault.available()
    remedy = "" if report.usable else "The program asks for a passphrase instead; your work is just as safe."
    return Finding("Keyring", report.usable, report.sentence, remedy, essential=False)


def _store(now: Callable[[], datetime]) -> Finding:
    """A small encrypted store in a folder of its own: written, opened again, searched for clear text."""
    with tempfile.TemporaryDirectory(prefix="qaf-doctor-", ignore_cleanup_errors=True) as folder:
        path, key = Path(folder) / "try-out.qaf", new_store_key()
        try:
            with closing(Store.create(path, key, clock=now)) as store, store.work() as work:
                work.meta.set("try-out", _NEEDLE)
            with closing(Store.open(path, key, clock=now)) as store, store.work() as work:
                kept = work.meta.get("try-out")
        except Problem as problem:
            return Finding("Store", False, problem.happened, problem.next_step)
        except OSError as error:
            return Finding("Store", False, f"No file can be written here ({error.strerror}).", "Make room on the disk.")
        clear = any(_NEEDLE.encode() in file.read_bytes() for file in Path(folder).iterdir() if file.is_file())
    if kept != _NEEDLE or clear:
        return Finding("Store", False, "The encrypted store did not keep what it was given, or not secretly.", _ASK_IT)
    return Finding("Store", True, "An encrypted store can be written, closed and opened again.")


def _fonts() -> Finding:
    try:
        faces = {face(script, cut) for script in Script for cut in Cut}
    except Problem as problem:
        return Finding("Fonts", False, problem.happened, problem.next_step)
    return Finding("Fonts", True, f"Paper can be set in Latin, Arabic and Bengali letters ({len(faces)} faces).")


def _dictionary(folder: Path) -> Finding:
    try:
        # Imported here: a damaged installation must not stop the rest of the examination.
        from hunspell import Hunspell  # noqa: PLC0415

        speller = Hunspell(_LANGUAGE, hunspell_data_dir=str(folder))
    except (ImportError, OSError):
        return Finding("Dictionary", False, "The British spelling dictionary cannot be read.", _ASK_IT)
    if not speller.spell(_BRITISH) or speller.spell(_NOT_BRITISH):
        return Finding("Dictionary", False, "The spelling dictionary does not know British English.", _ASK_IT)
    return Finding("Dictionary", True, "The British dictionary can be read.")


def _centre(check: Callable[[], Sequence[Step]] | None, without: str) -> list[Finding]:
    if check is None:
        return [Finding("Centre", None, without), Finding("Certificate", None, without)]
    try:
        steps = check()
    except Problem as problem:
        return [
            Finding("Centre", False, problem.happened, problem.next_step),
            Finding("Certificate", None, "Not reached."),
        ]
    certificate = [Finding("Certificate", step.good, step.words) for step in steps if step.name == "certificate"]
    stopped = next((step for step in steps if not step.good), None)
    if stopped is None:
        told = "The centre answers, lets you in and agrees about version and time."
        return [Finding("Centre", True, told), *certificate]
    remedy = "Your work is kept on this computer and will be sent when the centre can be reached."
    return [Finding("Centre", False, f"Stopped at {stopped.name}: {stopped.words}", remedy), *certificate]
