"""A sealed record is written once, canonically, and its hash means something."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_desktop.domain.canonical import canonical_json, content_hash
from qaf_desktop.domain.envelope import Kind, NotARecord, Record, read, seal
from qaf_desktop.domain.ids import DeviceId, new_case_id, new_record_id

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


def _sealed(**changes: object) -> Record:
    given_fields: dict[str, object] = {
        "id": new_record_id(),
        "kind": Kind.AUDIT,
        "case_id": new_case_id(),
        "author": "TM-02",
        "device": DeviceId("5d0b6d2a-8f0e-4c77-9a41-0f7b2c9d1e11"),
        "device_seq": 7,
        "claimed_at": datetime(2026, 5, 14, 9, 30, tzinfo=UTC),
        "content": {"cf": {"cf_story": "Loves trains and cooking; finds change hard."}},
        "summary": {"overall": "G"},
    }
    return seal(**(given_fields | changes))  # type: ignore[arg-type]


def test_a_sealed_record_reads_back_the_same() -> None:
    record = _sealed(child_ref="CH-2WX9D", spoken_by={"who": "child"})

    again = read(record.body, record.content_hash)

    assert again == record


def test_two_records_with_the_same_words_have_different_hashes() -> None:
    identity = new_record_id()

    first, second = _sealed(id=identity), _sealed(id=identity)

    assert first.content_hash != second.content_hash  # a short text could be guessed from its hash without the salt


def test_a_changed_body_is_noticed() -> None:
    record = _sealed()
    tampered = record.body.replace("trains", "planes")

    with pytest.raises(NotARecord, match="fingerprint"):
        read(tampered, record.content_hash)


def test_a_body_written_another_way_is_not_a_record() -> None:
    record = _sealed()

    with pytest.raises(NotARecord):
        read(json.dumps(json.loads(record.body), indent=1))


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        _sealed(claimed_at=datetime(2026, 5, 14, 9, 30))  # noqa: DTZ001


def test_the_words_of_a_record_never_reach_a_traceback() -> None:
    assert "trains" not in repr(_sealed())


def test_composed_and_decomposed_letters_are_the_same_words() -> None:
    word = "Zoë is safe"

    assert canonical_json({"a": unicodedata.normalize("NFD", word)}) == canonical_json({"a": word})


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), JSON_VALUES, max_size=6))
def test_canonical_json_is_stable_and_reads_back(value: dict[str, object]) -> None:
    once = canonical_json(value)

    again = canonical_json(json.loads(once))

    assert again == once
    assert content_hash(again) == content_hash(once)


@pytest.mark.parametrize("beyond", [float("nan"), 2**60, "\ud800"])
def test_what_json_cannot_hold_is_refused(beyond: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical_json({"a": beyond})


def test_names_made_later_sort_later_and_never_repeat() -> None:
    made = [new_record_id() for _ in range(2000)]

    assert len(set(made)) == len(made)
    assert all(name[14] == "7" and name[19] in "89ab" for name in made)
