"""Is the centre closed where it must be, whole where it counts, and reachable by nobody it should not be?"""

from __future__ import annotations

from dataclasses import dataclass

from qaf_desktop.centre.migrate import upgrade_needed
from qaf_desktop.centre.office import Office, setting


@dataclass(frozen=True)
class Finding:
    """One thing looked at: ``good``, and a plain sentence that says what was found."""

    name: str
    good: bool
    words: str


_FUNCTIONS_LEFT_OPEN = """
  SELECT count(*) FROM pg_proc AS p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
   WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND a.grantee = 0
     AND p.proname ~ '^(lo_|loread$|lowrite$|pg_advisory|pg_try_advisory|pg_sleep|pg_logical_emit_message$)'"""

_DATABASE_LEFT_OPEN = """
  SELECT count(*) FROM pg_database AS d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a
   WHERE d.datname = current_database() AND a.grantee = 0"""

_OTHER_DATABASES_OPEN = """
  SELECT count(*) FROM pg_database AS d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a
   WHERE d.datname <> current_database() AND d.datallowconn AND a.grantee = 0 AND a.privilege_type = 'CONNECT'"""

_LANGUAGE_LEFT_OPEN = """
  SELECT count(*) FROM pg_language AS l, aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) AS a
   WHERE l.lanname = 'plpgsql' AND a.grantee = 0"""

_TABLES_WITHOUT_SECURITY = """
  SELECT count(*) FROM pg_class WHERE relnamespace = 'core'::regnamespace AND relkind = 'r'
     AND NOT (relrowsecurity AND relforcerowsecurity)"""

_TABLES_OPEN_TO_PEOPLE = """
  SELECT count(*) FROM pg_class AS c, aclexplode(c.relacl) AS a
   WHERE c.relnamespace = 'core'::regnamespace AND a.grantee IN (0, 'app_user'::regrole, 'app_erasure'::regrole)"""

_OVERPOWERED_LOGINS = """
  SELECT count(*) FROM core.principal AS p JOIN pg_roles AS r ON r.rolname = p.login
   WHERE r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolconnlimit NOT BETWEEN 1 AND 10"""

_LOGINS_MISSING = """
  SELECT count(*) FROM core.principal AS p WHERE p.active
     AND NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = p.login AND r.rolcanlogin)"""

_ENVELOPES_UNLIKE_BODIES = """
  SELECT count(*) FROM core.record AS r, LATERAL (SELECT r.body::jsonb AS j) AS b
   WHERE r.content_hash <> sha256(convert_to(r.body, 'UTF8'))
      OR (r.id::text, r.kind, r.case_id::text, r.author)
         IS DISTINCT FROM (j ->> 'id', j ->> 'kind', j ->> 'case_id', j ->> 'author')
      OR (r.claimed_at, r.device::text) IS DISTINCT FROM (j ->> 'claimed_at', j ->> 'device')
      OR (r.device_seq::text, r.schema_version::text) IS DISTINCT FROM (j ->> 'device_seq', j ->> 'schema')
      OR (r.about::text, r.team, r.child_ref) IS DISTINCT FROM (j ->> 'about', j ->> 'team', j ->> 'child_ref')
      OR (r.form_id, r.form_version, r.form_hash)
         IS DISTINCT FROM (j ->> 'form_id', j ->> 'form_version', j ->> 'form_hash')
      OR r.summary <> j -> 'summary' OR r.spoken_by IS DISTINCT FROM nullif(j -> 'spoken_by', 'null')"""

_BROKEN_LINKS = """
  SELECT count(*) FROM (
    SELECT f.*, lag(f.chain, 1, core.genesis(s.key)) OVER w AS before, row_number() OVER w AS place
      FROM core.feed AS f JOIN core.scope AS s USING (scope_id)
    WINDOW w AS (PARTITION BY f.scope_id ORDER BY f.seq)) AS f
   WHERE f.seq <> f.place OR f.chain <> core.link(f.before, f.op, f.record_id, f.content_hash)"""

_HEADS_OFF = """
  SELECT count(*) FROM core.scope AS s LEFT JOIN core.feed AS f ON f.scope_id = s.scope_id AND f.seq = s.head_seq
   WHERE s.head_chain <> coalesce(f.chain, core.genesis(s.key))"""

_IDLE_IN_TRANSACTION = """
  SELECT count(*) FROM pg_stat_activity AS a JOIN core.principal AS p ON p.login = a.usename
   WHERE a.state LIKE 'idle in transaction%' AND a.state_change < clock_timestamp() - interval '10 seconds'"""

# name, what is counted (must be 0), what it means when it is 0, and when not
_LOOKS = (
    (
        "database",
        _DATABASE_LEFT_OPEN,
        "Only people with an account may connect.",
        "Everybody may connect or make temporary tables.",
    ),
    ("language", _LANGUAGE_LEFT_OPEN, "Nobody may run code blocks.", "Everybody may run code blocks."),
    (
        "functions",
        _FUNCTIONS_LEFT_OPEN,
        "Functions that fill disks or hold locks are closed.",
        "Functions that fill disks or hold locks are open.",
    ),
    (
        "row security",
        _TABLES_WITHOUT_SECURITY,
        "Row-level security is forced on every table.",
        "A table is without forced row-level security.",
    ),
    ("tables", _TABLES_OPEN_TO_PEOPLE, "People have no rights on any table.", "People have rights on a table."),
    (
        "logins",
        _OVERPOWERED_LOGINS,
        "No person’s login can do more than it should.",
        "A person’s login can do more than it should.",
    ),
    (
        "missing logins",
        _LOGINS_MISSING,
        "Every open account can sign in.",
        "An open account has no login: roles are not in a dump.",
    ),
    (
        "records",
        _ENVELOPES_UNLIKE_BODIES,
        "Every record matches its fingerprint and its envelope.",
        "A record does not match its fingerprint or envelope.",
    ),
    (
        "logs",
        _BROKEN_LINKS,
        "Every log is whole, from its first entry to its last.",
        "A log has a gap or a changed entry.",
    ),
    ("heads", _HEADS_OFF, "Every log ends where its head says.", "A log’s head does not match its last entry."),
    (
        "sessions",
        _IDLE_IN_TRANSACTION,
        "Nobody holds a transaction open.",
        "Somebody’s session has held a transaction open for over ten seconds.",
    ),
)


def check(office: Office) -> list[Finding]:
    """Look at everything that must hold before laptops are let in, above all after a restore.

    Raises:
        NoCentre: this database is not a centre.
    """
    council, _, read_only = setting(office)
    findings = [
        Finding("centre", good=True, words=f"This is the centre of {council}."),
        Finding("writing", not read_only, "Records are taken." if not read_only else "The centre is read-only."),
    ]
    if upgrade_needed(office):
        findings.append(Finding("version", good=False, words="This program is newer: run “centre init” again."))
    for name, query, well, badly in _LOOKS:
        found = office.execute(query.encode()).fetchone()
        count = int(found[0]) if found else 0
        findings.append(Finding(name, count == 0, well if count == 0 else f"{badly} ({count})"))
    return findings


def end_idle_sessions(office: Office, *, seconds: int = 10) -> list[str]:
    """End people's sessions that hold a transaction open, and say which logins they were.

    Run by a timer on the server: such a session holds up everybody's sync in its scope, and a person can switch off the
    server's own time limit for himself.
    """
    rows = office.execute(
        "SELECT a.usename, pg_terminate_backend(a.pid) FROM pg_stat_activity AS a JOIN core.principal AS p"
        " ON p.login = a.usename WHERE a.state LIKE 'idle in transaction%%'"
        " AND a.state_change < clock_timestamp() - make_interval(secs => %s)",
        (seconds,),
    )
    return [str(login) for login, _ in rows]
