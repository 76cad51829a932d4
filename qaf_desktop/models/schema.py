"""The tables of the encrypted store, as they are today; how they came to be is in ``migrations``."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0002"
"""The newest migration: compared with the store's own mark at every opening, so that alembic need not be imported."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)

# --- forms being filled in ---------------------------------------------------------------------------------------

draft = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("form_id", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("about", Text),
    Column("child_ref", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("worker", Text, nullable=False),
    Column("spoken_by", Text),  # JSON
    Column("started_at", Text, nullable=False),
    Column("touched_at", Text, nullable=False),
    Column("caret", Text, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("discarded_at", Text),
    Index("draft_case", "case_id"),
    Index("draft_touched", "touched_at"),
)

# What stands in a slot now, with the burst of typing it came from.
answer = Table(
    "answer",
    metadata,
    Column("draft_id", Text, ForeignKey("draft.id", ondelete="CASCADE"), nullable=False),
    Column("slot", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("author", Text, nullable=False),
    PrimaryKeyConstraint("draft_id", "slot"),
)

# What stood there before: one row for each burst that is over.
answer_history = Table(
    "answer_history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft_id", Text, ForeignKey("draft.id", ondelete="CASCADE"), nullable=False),
    Column("slot", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Index("answer_history_slot", "draft_id", "slot"),
)

instance = Table(
    "instance",
    metadata,
    Column("draft_id", Text, ForeignKey("draft.id", ondelete="CASCADE"), nullable=False),
    Column("repeat_slot", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    PrimaryKeyConstraint("draft_id", "repeat_slot", "number"),
)

# What stood in a draft before it moved to another version of its form, so that it can go back.
draft_move = Table(
    "draft_move",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft_id", Text, ForeignKey("draft.id", ondelete="CASCADE"), nullable=False),
    Column("from_version", Text, nullable=False),
    Column("to_version", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("before", Text, nullable=False),  # JSON: answers with their bursts, rows, caret, progress
    Column("aside", Text, nullable=False),  # JSON list: what found no place, as a person reads it
    Column("undone_at", Text),
    Index("draft_move_draft", "draft_id"),
)

# --- sealed records ----------------------------------------------------------------------------------------------

record = Table(
    "record",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("about", Text),
    Column("based_on", Text, nullable=False),  # JSON list
    Column("form_id", Text),
    Column("form_version", Text),
    Column("form_hash", Text),
    Column("child_ref", Text),
    Column("team", Text),
    Column("author", Text, nullable=False),
    Column("spoken_by", Text),  # JSON
    Column("device", Text, nullable=False),
    Column("device_seq", Integer, nullable=False),
    Column("claimed_at", Text, nullable=False),  # as claimed, with its offset
    Column("content_hash", Text, nullable=False),
    Column("size", Integer, nullable=False),  # bytes of the body
    Column("summary", Text, nullable=False),  # JSON
    Column("received_at", Text),
    Column("received_seq", Integer),
    Index("record_case", "case_id"),
    Index("record_kind", "kind", "received_seq"),
)

# The words apart from the envelope, so that no list ever touches them.
record_body = Table(
    "record_body",
    metadata,
    Column("record_id", Text, ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("body", Text, nullable=False),
)

tombstone = Table(
    "tombstone",
    metadata,
    Column("record_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

line = Table(
    "line",
    metadata,
    Column("record_id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("child_ref", Text, nullable=False),
    Column("child_key", Text, nullable=False),  # what a search compares: lower case
    Column("team", Text, nullable=False),
    Column("form_id", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("form_title", Text, nullable=False),
    Column("title_key", Text, nullable=False),  # lower case
    Column("overall", Text, nullable=False),
    Column("grades", Text, nullable=False),  # JSON
    Column("author", Text, nullable=False),
    Column("completed_at", Text, nullable=False),  # as claimed
    Column("sort_at", Text, nullable=False),  # the same moment in UTC
    Column("feedback_count", Integer, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Index("line_newest", "kind", "sort_at", "record_id"),
    Index("line_author", "author", "kind", "sort_at", "record_id"),
    Index("line_child", "child_key"),
    Index("line_team", "team"),
    Index("line_title", "title_key"),
    Index("line_case", "case_id"),
)

# --- on the way to the centre and back ---------------------------------------------------------------------------

outbox = Table(
    "outbox",
    metadata,
    Column("lseq", Integer, primary_key=True, autoincrement=True),
    Column("record_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("child_ref", Text),
    Column("content_hash", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("rank", Integer, nullable=False),  # 0 = urgent, sent first; 1 = in its turn
    Column("state", Text, nullable=False),
    Column("retry", Boolean, nullable=False),  # held back, but worth offering again at every sync
    Column("reason", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("sealed_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    UniqueConstraint("record_id", name="outbox_record"),
    CheckConstraint("state IN ('ready','received','confirmed','held_back','erased')", name="outbox_state"),
    Index("outbox_by_state", "state", "lseq"),
    sqlite_autoincrement=True,
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("pulled", Integer, nullable=False),
)

pin = Table(
    "pin",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("chain", Text, nullable=False),
)

log_entry = Table(
    "log_entry",
    metadata,
    Column("scope", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("op", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("chain", Text, nullable=False),
    PrimaryKeyConstraint("scope", "seq"),
    Index("log_entry_record", "record_id"),
    sqlite_with_rowid=False,
)

# --- what everybody shares ---------------------------------------------------------------------------------------

form = Table(
    "form",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("form_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON, pictures by their hash
    Column("kept_at", Text, nullable=False),
    Column("withdrawn_at", Text),
    UniqueConstraint("form_id", "version", name="form_version"),
)

picture = Table(
    "picture",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("code", Text, primary_key=True),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("team", Text),
    Column("active", Boolean, nullable=False),
)

team = Table(
    "team",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("active", Boolean, nullable=False),
)

bank_holiday = Table(
    "bank_holiday",
    metadata,
    Column("day", Text, primary_key=True),
    Column("name", Text, nullable=False),
)
