"""Takes a store from the tables it has to the tables of today. Imports alembic, so it is entered only when needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

_HERE = Path(__file__).parent


def scripts() -> ScriptDirectory:
    """The steps, found beside this file, wherever the program was installed."""
    # No alembic.ini: the places are known, and a packaged program has no working folder of its own.
    return ScriptDirectory(str(_HERE), version_locations=[str(_HERE / "versions")])


def knows(version: str) -> bool:
    """Whether a store with this mark was made by this program or an older one."""
    return version in {step.revision for step in scripts().walk_revisions()}


def upgrade(connection: Connection, to: str = "head") -> None:
    """Move the store on, in the caller's transaction."""
    steps = scripts()

    def revisions(rev: Any, _context: Any) -> Sequence[Any]:
        return steps._upgrade_revs(to, rev)

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    with EnvironmentContext(config, steps, fn=revisions, destination_rev=to) as environment:
        environment.configure(connection=connection, render_as_batch=True, transaction_per_migration=False)
        environment.run_migrations()
