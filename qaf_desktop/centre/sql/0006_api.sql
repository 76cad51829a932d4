-- The door: the only functions a person may call. They run as core_api, which owns no table and sees what the caller may.
SET ROLE core_owner;

-- One verdict per record, computed apart from what the caller may read: whoever may write gets an answer.
CREATE FUNCTION core.receipts(records jsonb, failures jsonb) RETURNS TABLE (id text, verdict text, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.id,
         CASE WHEN t.id IS NOT NULL THEN 'erased'
              WHEN k.id IS NOT NULL AND k.author_login = core.me() AND encode(k.content_hash, 'hex') = lower(o.hash)
                THEN 'accepted'
              WHEN k.id IS NOT NULL THEN 'id_taken'
              WHEN failures ->> o.id = 'too_new' THEN 'too_new'
              ELSE 'rejected' END,
         CASE WHEN t.id IS NULL AND k.id IS NULL THEN coalesce(failures ->> o.id, 'malformed') ELSE '' END
    FROM (SELECT r.value ->> 'id' AS id, r.value ->> 'hash' AS hash, r.place,
                 CASE WHEN r.value ->> 'id' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                      THEN (r.value ->> 'id')::uuid END AS key
            FROM jsonb_array_elements(records) WITH ORDINALITY AS r (value, place)) AS o
    LEFT JOIN core.record AS k ON k.id = o.key
    LEFT JOIN core.tombstone AS t ON t.id = o.key
   ORDER BY o.place
$$;
GRANT EXECUTE ON FUNCTION core.receipts(jsonb, jsonb) TO core_api;

RESET ROLE;
SET ROLE core_api;

CREATE FUNCTION api.hello(client_version text, pins jsonb DEFAULT '[]') RETURNS jsonb LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who core.principal := core.caller();
  logs jsonb;
BEGIN
  SELECT coalesce(jsonb_agg(jsonb_build_object(
           'scope', s.key, 'head', s.head_seq, 'chain', encode(s.head_chain, 'hex'), 'backed_up', s.backed_up_seq,
           'at_pin', encode(CASE WHEN p.seq = 0 THEN core.genesis(s.key) ELSE f.chain END, 'hex')) ORDER BY s.key), '[]')
    INTO logs
    FROM core.scope AS s
    LEFT JOIN jsonb_to_recordset(pins) AS p (scope text, seq bigint) ON p.scope = s.key
    LEFT JOIN core.feed AS f ON f.scope_id = s.scope_id AND f.seq = p.seq;
  RETURN (
    SELECT jsonb_build_object(
      'server_time', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"'),
      'council', g.council, 'min_client', g.min_client, 'read_only', g.read_only,
      'me', jsonb_build_object('login', who.login, 'code', who.code, 'name', who.name, 'role', who.role, 'team', who.team),
      'logs', logs)
      FROM core.setting AS g);
END
$$;

CREATE FUNCTION api.chain_at(probes jsonb) RETURNS TABLE (scope text, seq bigint, chain text) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM core.caller();
  RETURN QUERY
    SELECT s.key, p.seq, encode(CASE WHEN p.seq = 0 THEN core.genesis(s.key) ELSE f.chain END, 'hex')
      FROM (SELECT * FROM jsonb_to_recordset(probes) AS p (scope text, seq bigint) LIMIT 65) AS p
      JOIN core.scope AS s ON s.key = p.scope
      LEFT JOIN core.feed AS f ON f.scope_id = s.scope_id AND f.seq = p.seq;
END
$$;

-- At most 25 records. Only an error in the data itself (class 22, 23 or our own) is answered record by record;
-- any other error condemns nothing and ends the call.
CREATE FUNCTION api.push(records jsonb) RETURNS TABLE (id text, verdict text, reason text) LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  one jsonb;
  failures jsonb := '{}';
  broken text;
BEGIN
  PERFORM core.caller();
  IF jsonb_typeof(records) <> 'array' OR jsonb_array_length(records) > 25 THEN
    RAISE EXCEPTION 'a batch holds at most 25 records' USING ERRCODE = '54000';
  END IF;
  BEGIN
    INSERT INTO core.record (id, content_hash, body)
    SELECT (r.value ->> 'id')::uuid, decode(r.value ->> 'hash', 'hex'), r.value ->> 'body'
      FROM jsonb_array_elements(records) WITH ORDINALITY AS r (value, place)
     WHERE NOT EXISTS (SELECT FROM core.record AS k WHERE k.id = (r.value ->> 'id')::uuid)  -- a repeat costs little
     ORDER BY r.place
    ON CONFLICT (id) DO NOTHING;
  EXCEPTION WHEN OTHERS THEN
    IF left(SQLSTATE, 2) NOT IN ('22', '23', 'QA') THEN
      RAISE;
    END IF;
    FOR one IN SELECT value FROM jsonb_array_elements(records) LOOP
      BEGIN
        INSERT INTO core.record (id, content_hash, body)
        VALUES ((one ->> 'id')::uuid, decode(one ->> 'hash', 'hex'), one ->> 'body') ON CONFLICT (id) DO NOTHING;
      EXCEPTION WHEN OTHERS THEN
        IF left(SQLSTATE, 2) NOT IN ('22', '23', 'QA') THEN
          RAISE;
        END IF;
        GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
        failures := failures || jsonb_build_object(coalesce(one ->> 'id', ''), CASE
          WHEN SQLSTATE = 'QA001' THEN 'too_new'
          WHEN SQLSTATE = 'QA002' THEN 'centre_only'
          WHEN SQLSTATE = 'QA003' THEN 'author'
          WHEN broken IN ('hash', 'too_big') THEN broken
          ELSE 'malformed' END);
      END;
    END LOOP;
  END;
  RETURN QUERY SELECT * FROM core.receipts(records, failures);
END
$$;

-- Log entries after each cursor, with envelope and summary; the words only on demand (api.bodies).
CREATE FUNCTION api.pull(cursors jsonb, max_rows integer DEFAULT 500, max_bytes integer DEFAULT 4000000)
RETURNS TABLE (
  scope text, seq bigint, op text, record_id text, content_hash text, chain text, kind text, case_id text, about text,
  based_on text[], form_id text, form_version text, form_hash text, child_ref text, team text, author text,
  spoken_by jsonb, device text, device_seq bigint, claimed_at text, summary jsonb, size integer,
  received_at timestamptz, received_seq bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  rows_wanted integer := greatest(1, least(max_rows, 500));
BEGIN
  PERFORM core.caller();
  RETURN QUERY
    WITH page AS (
      SELECT s.key, e.*
        FROM jsonb_to_recordset(cursors) AS c (scope text, after bigint)
        JOIN core.scope AS s ON s.key = c.scope
        CROSS JOIN LATERAL (
          SELECT f.scope_id, f.seq, f.op, f.record_id, f.content_hash, f.chain FROM core.feed AS f
           WHERE f.scope_id = s.scope_id AND f.seq > c.after ORDER BY f.seq LIMIT rows_wanted) AS e
       ORDER BY e.scope_id, e.seq LIMIT rows_wanted
    ), sized AS (
      SELECT p.key, p.seq, p.op, p.record_id, p.content_hash AS entry_hash, p.chain, r.*, p.scope_id,
             row_number() OVER w AS place, sum(600 + coalesce(octet_length(r.summary::text), 0)) OVER w AS running
        FROM page AS p LEFT JOIN core.record AS r ON r.id = p.record_id AND p.op = 'p'
      WINDOW w AS (ORDER BY p.scope_id, p.seq)
    )
    SELECT z.key, z.seq, z.op::text, z.record_id::text, encode(z.entry_hash, 'hex'), encode(z.chain, 'hex'),
           z.kind, z.case_id::text, z.about::text, z.based_on::text[], z.form_id, z.form_version, z.form_hash,
           z.child_ref, z.team, z.author, z.spoken_by, z.device::text, z.device_seq, z.claimed_at, z.summary,
           octet_length(z.body), z.received_at, z.received_seq
      FROM sized AS z WHERE z.place = 1 OR z.running <= least(max_bytes, 4000000) ORDER BY z.scope_id, z.seq;
END
$$;

-- The words of up to 100 records or 4 MB; who read whose is written down. What does not fit is asked for again.
CREATE FUNCTION api.bodies(ids text[]) RETURNS TABLE (id text, content_hash text, body text) LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  chosen uuid[];
BEGIN
  PERFORM core.caller();
  SELECT array_agg(w.id) INTO chosen FROM (
    SELECT r.id, row_number() OVER v AS place, sum(octet_length(r.body)) OVER v AS running
      FROM core.record AS r WHERE r.id = ANY (ids[1:100]::uuid[])
    WINDOW v AS (ORDER BY r.received_seq)) AS w
   WHERE w.place = 1 OR w.running <= 4000000;
  INSERT INTO core.access (login, record_id)
  SELECT core.me(), r.id FROM core.record AS r WHERE r.id = ANY (chosen) AND r.author NOT IN ('centre', (core.caller()).code);
  RETURN QUERY SELECT r.id::text, encode(r.content_hash, 'hex'), r.body FROM core.record AS r WHERE r.id = ANY (chosen);
END
$$;

CREATE FUNCTION api.erase(id text, why text) RETURNS boolean LANGUAGE sql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT core.erase(id::uuid, why) $$;

GRANT EXECUTE ON FUNCTION api.hello(text, jsonb), api.chain_at(jsonb), api.push(jsonb), api.pull(jsonb, integer, integer),
  api.bodies(text[]) TO app_user;
GRANT EXECUTE ON FUNCTION api.erase(text, text) TO app_erasure;

RESET ROLE;
