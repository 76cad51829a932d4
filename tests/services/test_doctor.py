"""The doctor tries things for real, and says in plain lines what works and what to do."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as FailKeyring

from qaf_desktop.models.store import Store
from qaf_desktop.models.store_problems import StoreUnwritable
from qaf_desktop.paths import shipped
from qaf_desktop.problems import Problem
from qaf_desktop.reports import fonts
from qaf_desktop.security.vault import Vault
from qaf_desktop.services.doctor import Finding, Step, examine, lines
from qaf_desktop.ui.doctor import examine_qt, told
from tests.stores import MemoryKeyring, StoppedClock


@dataclass(frozen=True)
class AStep:
    """A step towards a centre, as the sync reports it."""

    name: str
    good: bool | None
    words: str = "A line about it."


@pytest.fixture(autouse=True)
def safe() -> Iterator[MemoryKeyring]:
    """A keyring of this test only."""
    before = keyring.get_keyring()
    mine = MemoryKeyring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


def findings(*steps: Step, dictionaries: Path | None = None, enrolled: bool = True) -> dict[str, Finding]:
    """What the doctor finds, by name."""

    def walk() -> Sequence[Step]:
        return steps

    found = examine(
        vault=Vault(),
        dictionaries=dictionaries or shipped("dictionaries"),
        now=StoppedClock(),
        check_centre=walk if enrolled else None,
    )
    return {finding.name: finding for finding in found}


def test_a_healthy_computer_works_in_every_part() -> None:
    found = findings(*(AStep(name, True) for name in ("name", "line", "certificate", "sign-in", "version", "clock")))

    assert {name: finding.works for name, finding in found.items()} == dict.fromkeys(
        ("Keyring", "Store", "Fonts", "Dictionary", "Centre", "Certificate"), True
    )
    assert all(finding.words.endswith(".") and not finding.remedy for finding in found.values())


def test_without_a_keyring_the_passphrase_is_named_as_the_way() -> None:
    keyring.set_keyring(FailKeyring())

    finding = findings()["Keyring"]

    assert finding.works is False
    assert "passphrase" in finding.remedy


def test_a_store_that_cannot_be_written_is_told_in_the_words_of_its_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> Store:
        raise StoreUnwritable

    monkeypatch.setattr(Store, "create", refuse)

    finding = findings()["Store"]

    assert finding.works is False
    assert finding.words == StoreUnwritable().happened
    assert finding.remedy == StoreUnwritable().next_step


def test_the_try_out_store_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    finding = findings()["Store"]

    assert finding.works is True
    assert list(tmp_path.iterdir()) == []


def test_a_dictionary_that_is_missing_is_found_out(tmp_path: Path) -> None:
    finding = findings(dictionaries=tmp_path)["Dictionary"]

    assert finding.works is False
    assert "install the program again" in finding.remedy


def test_an_american_dictionary_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "en_GB.aff").write_text("SET UTF-8\n", encoding="utf-8")
    (tmp_path / "en_GB.dic").write_text("1\ncolor\n", encoding="utf-8")

    finding = findings(dictionaries=tmp_path)["Dictionary"]

    assert finding.works is False
    assert "British" in finding.words


def test_missing_fonts_are_found_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "folder", lambda: tmp_path)
    fonts._loaded.cache_clear()

    finding = findings()["Fonts"]

    fonts._loaded.cache_clear()
    assert finding.works is False
    assert finding.remedy


def test_a_computer_that_is_not_enrolled_has_tried_no_centre() -> None:
    found = findings(enrolled=False)

    assert (found["Centre"].works, found["Certificate"].works) == (None, None)
    assert "enrolment file" in found["Centre"].words


def test_the_walk_to_the_centre_stops_where_it_stopped() -> None:
    found = findings(
        AStep("name", True), AStep("line", True), AStep("certificate", False, "Not signed by the council."),
        AStep("sign-in", None, "Not reached."),
    )  # fmt: skip

    assert found["Centre"].works is False
    assert "certificate: Not signed by the council." in found["Centre"].words
    assert found["Certificate"] == Finding("Certificate", False, "Not signed by the council.")


def test_a_certificate_is_good_even_when_the_login_is_not() -> None:
    found = findings(AStep("certificate", True, "Signed."), AStep("sign-in", False, "The login is not known."))

    assert found["Certificate"].works is True
    assert "sign-in: The login is not known." in found["Centre"].words


def test_a_problem_on_the_way_to_the_centre_is_a_finding_too() -> None:
    def fail() -> Sequence[Step]:
        raise Problem("The centre's address is not complete.", next_step="Ask your IT service.")

    found = examine(vault=Vault(), dictionaries=shipped("dictionaries"), now=StoppedClock(), check_centre=fail)

    centre = next(finding for finding in found if finding.name == "Centre")
    assert centre == Finding("Centre", False, "The centre's address is not complete.", "Ask your IT service.")


def test_the_lines_say_what_works_and_put_the_remedy_below() -> None:
    told_lines = lines([Finding("Store", True, "Good."), Finding("Keyring", False, "None.", "Use a passphrase.")])

    assert told_lines == ["Store: works. Good.", "Keyring: DOES NOT WORK. None.", "    Use a passphrase."]


def test_qt_tells_its_version_its_screen_and_its_voices(qapp: object) -> None:
    found = {finding.name: finding for finding in examine_qt()}

    assert found["Qt"].works is True
    assert "no screen is used" in found["Qt"].words
    assert found["PDF viewer"].works is True
    assert isinstance(found["Read aloud"].works, bool)


def test_everything_is_told_in_one_list(qapp: object) -> None:
    all_lines = told([Finding("Store", True, "Good.")])

    assert all_lines[0] == "Store: works. Good."
    assert any(line.startswith("Qt: works.") for line in all_lines)
