"""Nothing anybody typed is found in clear in any file the store leaves, while it is open and after."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.keys import new_store_key
from qaf_desktop.domain.people import Person, Role
from qaf_desktop.models.drafts import DraftIndex, Save
from qaf_desktop.models.restoring import restore
from qaf_desktop.models.store import Store
from qaf_desktop.security.passphrase import keep_wrapped, wrap
from tests.builders import a_form, an_arrival, an_audit, sealed
from tests.stores import StoppedClock

NEEDLE = "Nadelöhr-needle-7391"
PASSPHRASE = "seven quiet otters swim"


def _needles(key: bytes) -> dict[str, bytes]:
    return {
        "what was typed": NEEDLE.encode(),
        "what was typed, in JSON": b"needle-7391",
        "what was typed, in the memory of Windows": NEEDLE.encode("utf-16-le"),
        "what was typed, as base 64": base64.b64encode(NEEDLE.encode())[4:20],
        "the key": key,
        "the key, in digits": key.hex().encode(),
        "the key, as base 64": base64.b64encode(key),
        "the passphrase": PASSPHRASE.encode(),
    }


def _found(folder: Path, key: bytes) -> list[tuple[str, str]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [
        (path.name, what)
        for path in files
        for what, needle in _needles(key).items()
        if needle.lower() in path.read_bytes().lower()
    ]


def test_a_needle_typed_everywhere_is_found_nowhere(tmp_path: Path, clock: StoppedClock) -> None:
    key, path = new_store_key(), tmp_path / "qaf" / "work.store"
    keep_wrapped(path, wrap(key, PASSPHRASE, cost_log2=10))
    store = Store.create(path, key, clock=clock)
    with store.work() as work:
        work.people.set_me(Person("TM-02", "u7f3a91", NEEDLE, Role.TM, NEEDLE))
        work.meta.centre_password = NEEDLE
        work.meta.enrolment = {"council": NEEDLE}
        work.forms.keep(a_form(title=NEEDLE, media={"face.svg": NEEDLE.encode()}))
        draft = work.drafts.start(kind=Kind.AUDIT, form_id="f", form_version="1", spoken_by={"who": NEEDLE})
        work.drafts.save(draft.id, [Save("/data/a", NEEDLE)], by=NEEDLE, index=DraftIndex(NEEDLE, NEEDLE, NEEDLE, 1, 1))
    for _ in range(3):  # enough bursts and papers that pages move between the file and its log
        clock.move_on(minutes=1)
        with store.work() as work:
            work.drafts.save(draft.id, [Save("/data/a", NEEDLE * 500)], by="TM-02")
            work.records.seal(an_audit(child_ref=NEEDLE, content={"why": NEEDLE * 2000}))
            work.records.receive([an_arrival(sealed(an_audit(content={"why": NEEDLE})))])
            work.outbox.note_attempt(clock.now, "network", NEEDLE, 0, 0)
    backup = store.back_up()

    assert path.with_name(path.name + "-wal").stat().st_size > 0
    assert _found(tmp_path, key) == []

    with store.work() as work:
        work.drafts.discard(draft.id)
        assert work.drafts.clear_discarded(clock.move_on(days=31)) == 1
    assert _found(tmp_path, key) == []

    store.close()
    assert _found(tmp_path, key) == []

    restore(backup, path, key, clock=clock).close()
    assert _found(tmp_path, key) == []


def test_the_search_for_needles_finds_one_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "leak.log").write_text(f"the answer was {NEEDLE}", encoding="utf-8")

    assert ("leak.log", "what was typed") in _found(tmp_path, new_store_key())


@pytest.mark.parametrize("ending", ["-wal", "-shm", ".lock", ""])
def test_files_beside_an_open_store_look_like_noise_or_hold_no_words(store: Store, ending: str) -> None:
    with store.work() as work:
        work.meta.set("needle", NEEDLE)

    data = store.path.with_name(store.path.name + ending).read_bytes()

    assert b"CREATE TABLE" not in data
    assert b"SQLite format 3" not in data
