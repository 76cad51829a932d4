"""An auditor's own login used with psql: through the functions his own papers, and nothing else at all."""

from __future__ import annotations

import psycopg
import pytest

from tests.centre.papers import a_record, push

REFUSED = psycopg.errors.InsufficientPrivilege


def tables(centre) -> list[str]:
    rows = centre.office().execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'core'::regnamespace AND relkind IN ('r', 'v', 'm')"
    )
    return sorted(name for (name,) in rows)


@pytest.fixture
def hand(centre):
    """TM-01 with a bare connection, after somebody else has pushed something worth reading."""
    with centre.sign_in("TM-02") as line:
        push(line, a_record(author="TM-02", team="SOUTH"))
    with centre.sign_in("TM-01") as line:
        push(line, a_record())
        yield line


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM core.{}",
        "INSERT INTO core.{} DEFAULT VALUES",
        "DELETE FROM core.{}",
        "TRUNCATE core.{}",
        "COPY core.{} TO STDOUT",
        "COPY core.{} FROM STDIN",
        "BEGIN; LOCK core.{}",
        "CREATE TRIGGER t BEFORE INSERT ON core.{} EXECUTE FUNCTION core.refuse_change()",
    ],
)
def test_every_table_is_refused(centre, hand, statement):
    found = tables(centre)

    for table in found:
        with pytest.raises(REFUSED):
            hand.execute(statement.format(table))
        hand.execute("ROLLBACK")

    assert "record" in found
    assert len(found) >= 17


def test_no_column_of_any_table_can_be_changed(centre, hand):
    columns = centre.office().execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'core'"
    )

    for table, column in columns.fetchall():
        with pytest.raises(REFUSED):
            hand.execute(f"UPDATE core.{table} SET {column} = NULL")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMP TABLE filler AS SELECT 1",
        "CREATE TABLE public.filler (x int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DO $$ BEGIN END $$",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_creat(-1)",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_try_advisory_xact_lock(1)",
        "SELECT pg_sleep(1)",
        "SELECT pg_logical_emit_message(false, 'a', 'b')",
        "SELECT pg_read_file('/etc/hostname')",
        "SELECT pg_ls_dir('.')",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
        "COPY (SELECT 1) TO '/tmp/out'",
        "SET ROLE core_api",
        "SET ROLE core_owner",
        "SET SESSION AUTHORIZATION core_owner",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "ALTER ROLE CURRENT_USER CONNECTION LIMIT 100",
        "ALTER TABLE core.record DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE core.record DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> session_user",
        "SELECT core.enter('{}', '00')",
        "SELECT core.erase('00000000-0000-0000-0000-000000000000', 'why')",
        "SELECT api.erase('00000000-0000-0000-0000-000000000000', 'why')",
        "SELECT core.append(NULL)",
        "SELECT core.receipts('[]', '{}')",
        "SELECT core.keep_blob('image/png', 'x')",
        "SELECT core.me()",
        "SET temp_file_limit = -1",
        "CREATE EXTENSION pgcrypto",
        "CREATE PUBLICATION p FOR ALL TABLES",
    ],
)
def test_what_postgresql_would_allow_or_an_intruder_would_try_is_refused(hand, statement):
    with pytest.raises(REFUSED):
        hand.execute(statement)


def test_row_security_cannot_be_switched_off_to_see_more(hand):
    hand.execute("SET row_security = off")

    with pytest.raises(REFUSED):
        hand.execute("SELECT count(*) FROM core.record")


def test_a_search_path_of_ones_own_changes_nothing(hand):
    hand.execute("SET search_path = public, core")

    assert push(hand, a_record())[0][1] == "accepted"


def test_every_function_behind_the_door_is_closed_to_people(centre, hand):
    open_ones = hand.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname IN ('core', 'api') AND has_function_privilege(session_user, p.oid, 'EXECUTE')"
    )

    assert {str(name).partition("(")[0] for (name,) in open_ones} == {
        f"api.{name}" for name in ("hello", "chain_at", "push", "pull", "bodies", "put_blob", "get_blob")
    }


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_another_database_of_the_server_is_closed(centre, database):
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        centre.sign_in("TM-01", dbname=database)


def test_a_line_without_tls_is_refused(centre):
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        centre.sign_in("TM-01", sslmode="disable", channel_binding="disable")


def test_old_tls_is_refused(centre):
    with pytest.raises(psycopg.OperationalError, match="protocol"):
        centre.sign_in("TM-01", ssl_max_protocol_version="TLSv1.2")


def test_a_fifth_connection_of_one_person_is_refused(centre):
    lines = [centre.sign_in("TM-01") for _ in range(4)]

    try:
        with pytest.raises(psycopg.OperationalError, match="too many connections"):
            centre.sign_in("TM-01")
    finally:
        for line in lines:
            line.close()
