"""A passphrase locks the key away; without it the key is out of reach."""

from __future__ import annotations

import json
import stat
import sys
import unicodedata
from pathlib import Path

import pytest

from qaf_desktop.domain.keys import StoreKey, new_store_key
from qaf_desktop.security.passphrase import (
    COST_LOG2,
    KeyFileDamaged,
    KeyFileExists,
    WeakPassphrase,
    WrongPassphrase,
    generated,
    keep_wrapped,
    kept_wrapped,
    unwrap,
    weakness,
    wrap,
    wrapped_key_path,
)

GOOD = "seven quiet otters swim"
QUICK = 10  # the cost is not what these tests are about


def test_the_passphrase_gives_the_key_back() -> None:
    key = new_store_key()

    assert unwrap(wrap(key, GOOD), GOOD) == key


def test_another_passphrase_does_not() -> None:
    blob = wrap(new_store_key(), GOOD, cost_log2=QUICK)

    with pytest.raises(WrongPassphrase) as wrong:
        unwrap(blob, GOOD + "s")

    assert GOOD not in str(wrong.value)


def test_a_guess_costs_what_it_should() -> None:
    fields = json.loads(wrap(new_store_key(), GOOD))

    assert fields["cost_log2"] == COST_LOG2 == 17


def test_the_same_key_and_passphrase_never_look_the_same_twice() -> None:
    key = new_store_key()

    assert wrap(key, GOOD, cost_log2=QUICK) != wrap(key, GOOD, cost_log2=QUICK)


def test_the_key_is_not_in_the_file(tmp_path: Path) -> None:
    key = StoreKey(bytes(range(32)))
    blob = wrap(key, GOOD, cost_log2=QUICK)

    assert key not in blob
    assert key.hex().encode() not in blob
    assert GOOD.encode() not in blob


def test_a_letter_typed_on_another_keyboard_is_the_same_letter() -> None:
    key = new_store_key()
    blob = wrap(key, "grüne Otter schwimmen", cost_log2=QUICK)

    assert unwrap(blob, unicodedata.normalize("NFD", " grüne Otter schwimmen\n")) == key


@pytest.mark.parametrize(
    ("name", "value"),
    [("sealed", "AAAA"), ("salt", "!"), ("cost_log2", 40), ("cost_log2", "17"), ("nonce", ""), ("qaf_store_key", 2)],
)
def test_a_damaged_key_file_is_not_called_a_wrong_passphrase(name: str, value: object) -> None:
    fields = json.loads(wrap(new_store_key(), GOOD, cost_log2=QUICK))

    with pytest.raises(KeyFileDamaged):
        unwrap(json.dumps(fields | {name: value}).encode(), GOOD)


@pytest.mark.parametrize("blob", [b"", b"[]", b"null", b"{}", b"\xff\xfe", b'{"qaf_store_key": 1}'])
def test_something_that_is_no_key_file_is_refused(blob: bytes) -> None:
    with pytest.raises(KeyFileDamaged):
        unwrap(blob, GOOD)


def test_lowering_the_cost_in_the_file_does_not_open_it() -> None:
    fields = json.loads(wrap(new_store_key(), GOOD, cost_log2=QUICK))

    with pytest.raises(WrongPassphrase):
        unwrap(json.dumps(fields | {"cost_log2": QUICK - 1}).encode(), GOOD)


@pytest.mark.parametrize(
    "passphrase", ["", "short", "elevenchars", "aaaaaaaaaaaaaaaa", "abcdefghijklmno", "121212121212"]
)
def test_a_passphrase_that_would_be_guessed_is_refused_with_a_reason(passphrase: str) -> None:
    with pytest.raises(WeakPassphrase) as weak:
        wrap(new_store_key(), passphrase, cost_log2=QUICK)

    assert weak.value.happened == weakness(passphrase) != ""


def test_a_good_one_and_a_generated_one_have_nothing_against_them() -> None:
    assert weakness(GOOD) == ""
    assert weakness(generated()) == ""
    assert generated() != generated()


def test_the_locked_key_lies_beside_the_store_for_its_person_only(tmp_path: Path) -> None:
    path = tmp_path / "qaf" / "work.store"
    blob = wrap(new_store_key(), GOOD, cost_log2=QUICK)

    keep_wrapped(path, blob)

    assert kept_wrapped(path) == blob
    assert [one.name for one in path.parent.iterdir()] == ["work.store.key.json"]
    if sys.platform != "win32":
        assert stat.S_IMODE(wrapped_key_path(path).stat().st_mode) == 0o600


def test_a_locked_key_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "work.store"
    keep_wrapped(path, b"first")

    with pytest.raises(KeyFileExists):
        keep_wrapped(path, b"second")
    assert kept_wrapped(path) == b"first"

    keep_wrapped(path, b"second", replace=True)
    assert kept_wrapped(path) == b"second"


def test_a_missing_key_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(KeyFileDamaged):
        kept_wrapped(tmp_path / "work.store")
