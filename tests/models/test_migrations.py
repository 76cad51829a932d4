"""Tables move on with people's work in them, and a copy is taken before they do."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import qaf_desktop.models.store as store_module
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.keys import StoreKey
from qaf_desktop.models.copies import backups_of
from qaf_desktop.models.drafts import Save
from qaf_desktop.models.migrations import moving
from qaf_desktop.models.schema import HEAD, metadata
from qaf_desktop.models.store import Store
from tests.stores import StoppedClock

_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "tried"
down_revision = "{before}"


def upgrade():
    with op.batch_alter_table("draft", recreate="always") as draft:
        draft.add_column(sa.Column("mood", sa.Text(), nullable=False, server_default="calm"))
    {last}
"""


def _next_step(monkeypatch: pytest.MonkeyPatch, folder: Path, *, last: str = "pass") -> None:
    """A version of the program that is one step further than today's."""
    folder.mkdir()
    (folder / "tried_step.py").write_text(_STEP.format(before=HEAD, last=last))
    here = Path(moving.__file__).parent
    directory = ScriptDirectory(str(here), version_locations=[str(here / "versions"), str(folder)])
    monkeypatch.setattr(moving, "scripts", lambda: directory)
    monkeypatch.setattr(store_module, "HEAD", "tried")


def test_the_mark_compared_at_every_opening_is_the_newest_step() -> None:
    assert moving.scripts().get_current_head() == HEAD


def test_todays_tables_are_the_migrated_ones(store: Store) -> None:
    with store.work() as work:
        context = MigrationContext.configure(work.connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_todays_tables_are_the_migrated_ones_to_the_letter(store: Store, tmp_path: Path, store_key: StoreKey) -> None:
    def made(work_connection: object) -> dict[str, str]:
        rows = work_connection.exec_driver_sql(  # type: ignore[attr-defined]
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
        )
        return {name: " ".join(sql.replace("\t", " ").split()) for name, sql in rows if name != "alembic_version"}

    engine = store_module.engine_for(tmp_path / "by-metadata.store", store_key)
    with engine.begin() as connection:
        metadata.create_all(connection)
        by_metadata = made(connection)
    engine.dispose()

    with store.look() as work:
        assert made(work.connection) == by_metadata


def test_a_step_keeps_every_answer_and_takes_a_copy_first(
    store: Store, store_key: StoreKey, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with store.work() as work:
        draft = work.drafts.start(kind=Kind.AUDIT, form_id="f", form_version="1")
        work.drafts.save(draft.id, [Save("/data/a", "kept")], by="TM-02")
    store.close()
    _next_step(monkeypatch, tmp_path / "steps")

    newer = Store.open(store.path, store_key, clock=clock)

    with newer.look() as work:
        assert work.drafts.saved(draft.id)[0] == {"/data/a": "kept"}
        assert work.connection.exec_driver_sql("SELECT mood FROM draft").scalar() == "calm"
        assert work.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "tried"
    newer.close()
    assert [backup.before_update for backup in backups_of(store.path)] == [True]


def test_a_step_that_fails_leaves_the_store_as_it_was(
    store: Store, store_key: StoreKey, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with store.work() as work:
        draft = work.drafts.start(kind=Kind.AUDIT, form_id="f", form_version="1")
        work.drafts.save(draft.id, [Save("/data/a", "kept")], by="TM-02")
    store.close()
    with monkeypatch.context() as newer_program:
        _next_step(newer_program, tmp_path / "steps", last='raise ValueError("a bug in a step")')

        with pytest.raises(ValueError, match="a bug in a step"):
            Store.open(store.path, store_key, clock=clock)

    again = Store.open(store.path, store_key, clock=clock)
    with again.look() as work:
        assert work.drafts.saved(draft.id)[0] == {"/data/a": "kept"}
        assert work.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == HEAD
    again.close()


def test_an_ordinary_opening_does_not_import_alembic(store: Store, store_key: StoreKey) -> None:
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    store.close()
    program = (
        "import sys; from datetime import datetime, UTC; from pathlib import Path\n"
        "from qaf_desktop.models.store import Store\n"
        f"Store.open(Path({str(store.path)!r}), bytes.fromhex({store_key.hex()!r}), "
        "clock=lambda: datetime.now(UTC)).close()\n"
        "print([name for name in ('alembic', 'sqlalchemy.orm', 'keyring', 'pyxform') if name in sys.modules])\n"
    )

    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert printed.strip() == "[]"
