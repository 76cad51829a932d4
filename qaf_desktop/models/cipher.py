"""One connection to the encrypted file, with the settings that make "saved" mean saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import QueuePool

from qaf_desktop.domain.keys import StoreKey

BUSY_TIMEOUT_MILLISECONDS = 5_000
"""How long another program (a virus scanner, a copy) may hold the file before we say so."""


def connect(path: Path, key: StoreKey) -> Any:
    """A driver connection that has proved it can read the file with this key.

    The order matters: silence first (a wrong key is reported, not printed), then memory, then the key, then a read.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: as the driver says it; ``models/store.py`` puts it in words.
    """
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA cipher_memory_security = ON")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def engine_for(path: Path, key: StoreKey, *, reading: bool = False) -> Engine:
    """SQLAlchemy over the encrypted file: the writer begins at once, readers look at one moment and cannot write.

    Values never appear in SQLAlchemy's errors (``hide_parameters``): they are what people wrote.
    """

    def open_db() -> Any:
        connection = connect(path, key)
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if reading:
            connection.execute("PRAGMA query_only = ON")
        return connection

    # The driver's own guess at when a transaction starts comes too late: two writers would meet half-way.
    # Said to the driver itself: SQLAlchemy's way round costs a tenth of saving an answer.
    begin = "BEGIN" if reading else "BEGIN IMMEDIATE"

    def begun(connection: Connection) -> None:
        raw: Any = connection.connection.dbapi_connection
        raw.execute(begin)

    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=open_db,
        poolclass=QueuePool,
        pool_size=4 if reading else 1,
        max_overflow=8 if reading else 0,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "begin", begun)
    return engine
