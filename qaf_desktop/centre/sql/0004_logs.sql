-- The logs: which scopes a record enters, and the running hash that lets a laptop prove what the centre holds.
SET ROLE core_owner;

CREATE TYPE core.placement AS (scope_key text, op "char", record_id uuid, content_hash bytea, place bigint);

-- Adds entries to the logs. Scopes are locked in one order, so that two pushes wait for each other and never deadlock.
CREATE FUNCTION core.append(placements core.placement[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  log record;
  entry record;
  seq bigint;
  running bytea;
  scopes integer[] := '{}';
  seqs bigint[] := '{}';
  ops "char"[] := '{}';
  ids uuid[] := '{}';
  hashes bytea[] := '{}';
  chains bytea[] := '{}';
BEGIN
  PERFORM core.make_scopes(ARRAY(SELECT DISTINCT p.scope_key FROM unnest(placements) AS p));
  FOR log IN
    SELECT s.scope_id, s.key, s.head_seq, s.head_chain FROM core.scope AS s
     WHERE s.key IN (SELECT p.scope_key FROM unnest(placements) AS p) ORDER BY s.scope_id FOR UPDATE
  LOOP
    seq := log.head_seq;
    running := log.head_chain;
    FOR entry IN
      SELECT p.op, p.record_id, p.content_hash FROM unnest(placements) AS p WHERE p.scope_key = log.key
       ORDER BY p.place, p.record_id
    LOOP
      seq := seq + 1;
      running := core.link(running, entry.op, entry.record_id, entry.content_hash);
      scopes := scopes || log.scope_id;
      seqs := seqs || seq;
      ops := ops || entry.op;
      ids := ids || entry.record_id;
      hashes := hashes || entry.content_hash;
      chains := chains || running;
    END LOOP;
    UPDATE core.scope SET head_seq = seq, head_chain = running WHERE scope_id = log.scope_id;
  END LOOP;
  INSERT INTO core.feed (scope_id, seq, op, record_id, content_hash, chain)
  SELECT * FROM unnest(scopes, seqs, ops, ids, hashes, chains);
END
$$;

-- Puts every record of these cases where it belongs now, and takes it from where it no longer does.
CREATE FUNCTION core.place_cases(cases uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  placements core.placement[];
BEGIN
  WITH held AS MATERIALIZED (
    SELECT r.id, r.case_id, r.kind, r.author, r.content_hash, r.received_seq, coalesce(r.team, opener.team) AS team,
           CASE WHEN r.kind = 'agency_return' THEN r.summary ->> 'panel' END AS panel
      FROM core.record AS r
      LEFT JOIN LATERAL (
        -- A record without a team belongs to the team of its case: the audit's, else the first that names one.
        SELECT o.team FROM core.record AS o WHERE o.case_id = r.case_id AND o.team IS NOT NULL
         ORDER BY o.kind NOT IN ('audit', 'allocation'), o.received_seq LIMIT 1
      ) AS opener ON r.team IS NULL
     WHERE r.case_id = ANY (cases)
  ), wanted AS (
    SELECT h.id, core.scope_key(a.scope_kind, h.author, h.team, t.service, h.panel) AS key
      FROM held AS h LEFT JOIN core.team AS t ON t.code = h.team
      JOIN core.audience AS a ON h.kind = ANY (a.kinds)
    UNION
    SELECT h.id, 'person:' || p.person
      FROM held AS h JOIN core.participation AS p ON p.case_id = h.case_id AND NOT p.ended
      JOIN core.audience AS a ON a.scope_kind = 'person' AND h.kind = ANY (a.participants)
  ), standing AS (
    SELECT rs.record_id AS id, s.key FROM core.record_scope AS rs JOIN core.scope AS s USING (scope_id)
     WHERE rs.record_id IN (SELECT h.id FROM held AS h)
  ), change AS (
    SELECT 'p'::"char" AS op, w.id, w.key FROM wanted AS w
     WHERE w.key IS NOT NULL AND NOT EXISTS (SELECT FROM standing AS s WHERE s.id = w.id AND s.key = w.key)
    UNION ALL
    SELECT 'r', s.id, s.key FROM standing AS s
     WHERE NOT EXISTS (SELECT FROM wanted AS w WHERE w.id = s.id AND w.key = s.key)
  )
  SELECT array_agg(ROW(c.key, c.op, c.id, h.content_hash, h.received_seq)::core.placement)
    INTO placements FROM change AS c JOIN held AS h ON h.id = c.id;
  IF placements IS NULL THEN
    RETURN;
  END IF;
  PERFORM core.append(placements);
  DELETE FROM core.record_scope AS rs USING unnest(placements) AS p, core.scope AS s
   WHERE p.op = 'r' AND s.key = p.scope_key AND rs.record_id = p.record_id AND rs.scope_id = s.scope_id;
  INSERT INTO core.record_scope (record_id, scope_id)
  SELECT p.record_id, s.scope_id FROM unnest(placements) AS p JOIN core.scope AS s ON s.key = p.scope_key WHERE p.op = 'p';
END
$$;

-- A participation counts when quality assurance made it, or whoever opened the case: nobody lets himself in.
CREATE FUNCTION core.note_participation(record_id uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO core.participation (case_id, person, part, ended, record_id)
  SELECT r.case_id, r.body::jsonb #>> '{content,person}', coalesce(r.body::jsonb #>> '{content,part}', ''),
         coalesce(r.body::jsonb #>> '{content,ended}', 'false') = 'true', r.id
    FROM core.record AS r JOIN core.case_file AS f USING (case_id) JOIN core.principal AS p ON p.login = r.author_login
   WHERE r.id = record_id AND r.body::jsonb #>> '{content,person}' IS NOT NULL
     AND (p.role = 'QA' OR f.opened_by = r.author)
  ON CONFLICT (case_id, person) DO UPDATE SET part = excluded.part, ended = excluded.ended, record_id = excluded.record_id
$$;

CREATE FUNCTION core.records_entered() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  cases uuid[];
BEGIN
  SELECT array_agg(DISTINCT case_id) INTO cases FROM entered;
  IF cases IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO core.case_file (case_id, opened_by)
  SELECT DISTINCT ON (case_id) case_id, author FROM entered ORDER BY case_id, received_seq
  ON CONFLICT (case_id) DO NOTHING;
  PERFORM FROM core.case_file WHERE case_id = ANY (cases) ORDER BY case_id FOR UPDATE;
  PERFORM core.note_participation(id) FROM (SELECT id FROM entered WHERE kind = 'participation' ORDER BY received_seq) AS e;
  PERFORM core.place_cases(cases);
  INSERT INTO core.audit (id, case_id, form_id, form_version, child_ref, team, team_scope, service_scope, person_scope,
                          held_on, overall, areas, non_negotiables, received_at)
  SELECT e.id, e.case_id, e.form_id, e.form_version, e.child_ref, e.team, ts.scope_id, ss.scope_id, ps.scope_id,
         core.date_or_null(e.summary ->> 'held_on'), e.summary ->> 'overall', coalesce(e.summary -> 'areas', '{}'),
         coalesce(e.summary -> 'non_negotiables', '{}'), e.received_at
    FROM entered AS e LEFT JOIN core.team AS t ON t.code = e.team
    LEFT JOIN core.scope AS ts ON ts.key = 'team:' || t.code
    LEFT JOIN core.scope AS ss ON ss.key = 'service:' || t.service
    LEFT JOIN core.scope AS ps ON ps.key = 'person:' || e.author
   WHERE e.kind = 'audit';
  RETURN NULL;
END
$$;

CREATE TRIGGER records_entered AFTER INSERT ON core.record REFERENCING NEW TABLE AS entered
  FOR EACH STATEMENT EXECUTE FUNCTION core.records_entered();

-- For the administrator's commands only: forms, directory and calendar enter by the same trigger, written by "centre".
CREATE FUNCTION core.enter(body text, hash text) RETURNS timestamptz LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO core.record (id, content_hash, body) VALUES ((body::jsonb ->> 'id')::uuid, decode(hash, 'hex'), body)
  RETURNING received_at
$$;

-- What was asked for: content and projections go, the tombstone stays, and every log that showed the record says so.
CREATE FUNCTION core.erase(target uuid, why text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  shown core.placement[];
BEGIN
  SELECT array_agg(DISTINCT ROW(s.key, 'e'::"char", r.id, r.content_hash, r.received_seq)::core.placement) INTO shown
    FROM core.record AS r JOIN core.feed AS f ON f.record_id = r.id JOIN core.scope AS s ON s.scope_id = f.scope_id
   WHERE r.id = target;
  INSERT INTO core.tombstone (id, content_hash, why)
  SELECT id, content_hash, erase.why FROM core.record WHERE id = target ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM core.append(shown);
  DELETE FROM core.record WHERE id = target;
  RETURN true;
END
$$;

RESET ROLE;
