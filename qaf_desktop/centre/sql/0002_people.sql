-- People, teams and scopes: who may sign in, and whose records they read.
SET ROLE core_owner;

CREATE TABLE core.setting (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  council text NOT NULL,
  min_client text NOT NULL DEFAULT '0.1.0',
  read_only boolean NOT NULL DEFAULT false
);

CREATE TABLE core.team (
  code text PRIMARY KEY CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  name text NOT NULL,
  service text NOT NULL CHECK (service <> ''),
  active boolean NOT NULL DEFAULT true
);

-- The login says nothing about the person: everybody with a login can list logins.
CREATE TABLE core.principal (
  login name PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$' AND code <> 'centre'),
  name text NOT NULL,
  role text NOT NULL,
  team text REFERENCES core.team (code),
  also text[] NOT NULL DEFAULT '{}',
  active boolean NOT NULL DEFAULT true
);
COMMENT ON COLUMN core.principal.also IS 'scopes beyond those of the role, by name: role:safeguarding, panel:…, service:…';

-- One log per scope. The head is locked while entries are added, so that the log has no gap and no cursor misses one.
CREATE TABLE core.scope (
  scope_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL UNIQUE,
  head_seq bigint NOT NULL DEFAULT 0,
  head_chain bytea NOT NULL,
  backed_up_seq bigint NOT NULL DEFAULT 0
);

CREATE TABLE core.member (
  login name NOT NULL REFERENCES core.principal (login) ON DELETE CASCADE,
  scope_id integer NOT NULL REFERENCES core.scope (scope_id),
  PRIMARY KEY (login, scope_id)
);

-- The one table that says who sees what: which kinds of record enter a scope, and which roles read that scope.
-- In 'person', `kinds` are what an author reads again and `participants` what anybody reads who takes part in the case.
CREATE TABLE core.audience (
  scope_kind text PRIMARY KEY,
  kinds text[] NOT NULL,
  participants text[] NOT NULL DEFAULT '{}',
  roles text[] NOT NULL
);
COMMENT ON COLUMN core.audience.roles IS '{*} = everybody; empty = only people named in principal.also';

CREATE FUNCTION core.me() RETURNS name LANGUAGE sql STABLE AS 'SELECT session_user';
COMMENT ON FUNCTION core.me() IS 'The only place that says who is calling.';

CREATE FUNCTION core.genesis(scope_key text) RETURNS bytea LANGUAGE sql IMMUTABLE
  AS $$ SELECT sha256(convert_to(scope_key, 'UTF8')) $$;

CREATE FUNCTION core.scope_key(scope_kind text, person text, team text, service text, panel text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE scope_kind
    WHEN 'person' THEN 'person:' || person
    WHEN 'team' THEN 'team:' || team
    WHEN 'service' THEN 'service:' || service
    WHEN 'head' THEN 'head:' || service
    WHEN 'panel' THEN 'panel:' || panel
    ELSE scope_kind
  END
$$;

-- Logs never disappear, so a scope once made stays.
CREATE FUNCTION core.make_scopes(keys text[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO core.scope (key, head_chain)
  SELECT wanted, core.genesis(wanted) FROM (SELECT DISTINCT unnest(keys) AS wanted) AS w
   WHERE NOT EXISTS (SELECT FROM core.scope AS s WHERE s.key = wanted)
   ORDER BY wanted
  ON CONFLICT (key) DO NOTHING
$$;

-- Called after people, teams or the audience table changed: rights follow at the next hello.
CREATE FUNCTION core.refresh_members() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  wanted_logins name[];
  wanted_keys text[];
BEGIN
  SELECT array_agg(w.login ORDER BY w.login, w.key), array_agg(w.key ORDER BY w.login, w.key)
    INTO wanted_logins, wanted_keys
    FROM (
      SELECT p.login, core.scope_key(a.scope_kind, p.code, p.team, t.service, NULL) AS key
        FROM core.principal AS p
        LEFT JOIN core.team AS t ON t.code = p.team
        JOIN core.audience AS a ON p.role = ANY (a.roles) OR a.roles = '{*}'
      UNION
      SELECT p.login, unnest(p.also) FROM core.principal AS p
    ) AS w
   WHERE w.key IS NOT NULL;
  PERFORM core.make_scopes(wanted_keys);
  DELETE FROM core.member AS m
   WHERE NOT EXISTS (
     SELECT FROM unnest(wanted_logins, wanted_keys) AS w (login, key) JOIN core.scope AS s ON s.key = w.key
      WHERE w.login = m.login AND s.scope_id = m.scope_id);
  INSERT INTO core.member (login, scope_id)
  SELECT w.login, s.scope_id FROM unnest(wanted_logins, wanted_keys) AS w (login, key) JOIN core.scope AS s ON s.key = w.key
  ON CONFLICT DO NOTHING;
END
$$;

-- Whoever calls, if the account is open. Nothing behind the door happens for anybody else.
CREATE FUNCTION core.caller() RETURNS core.principal LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found_one core.principal;
BEGIN
  SELECT * INTO found_one FROM core.principal WHERE login = core.me() AND active;
  IF found_one.login IS NULL THEN
    RAISE EXCEPTION 'this account is not open at the centre' USING ERRCODE = '28000';
  END IF;
  RETURN found_one;
END
$$;

CREATE FUNCTION core.my_scopes() RETURNS integer[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(m.scope_id), '{}')
    FROM core.member AS m JOIN core.principal AS p USING (login)
   WHERE m.login = core.me() AND p.active
$$;

RESET ROLE;
