-- Who may seal what: most papers anybody, but what steers other people's work only those named here.
SET ROLE core_owner;

-- A kind without a row may come from anybody. With rows, one of them must fit: what the paper is about, and who wrote it.
CREATE TABLE core.writer (
  kind text NOT NULL REFERENCES core.kind (kind),
  about_kind text NOT NULL DEFAULT '*',
  roles text[] NOT NULL,
  who_wrote_it boolean NOT NULL DEFAULT false,
  PRIMARY KEY (kind, about_kind)
);
COMMENT ON COLUMN core.writer.about_kind IS 'the kind of the paper it is about; * = any, or none';
COMMENT ON COLUMN core.writer.who_wrote_it IS 'true = also whoever wrote the paper it is about';
ALTER TABLE core.writer ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.writer FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON core.writer TO core_owner USING (true) WITH CHECK (true);

-- Quality assurance allocates and withdraws. A family that takes back its words tells whoever gathered them.
INSERT INTO core.writer (kind, about_kind, roles, who_wrote_it) VALUES
  ('allocation', '*', ARRAY['QA'], false),
  ('withdrawal', '*', ARRAY['QA'], false),
  ('withdrawal', 'feedback', ARRAY['QA'], true);

-- After read_envelope (triggers go by name), so that the author is known to be the caller, or the centre itself.
CREATE FUNCTION core.writer_fits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  written core.record;
  role_here text;
BEGIN
  IF NOT EXISTS (SELECT FROM core.writer AS w WHERE w.kind = NEW.kind) THEN
    RETURN NEW;
  END IF;
  SELECT p.role INTO role_here FROM core.principal AS p WHERE p.login = NEW.author_login;
  SELECT * INTO written FROM core.record AS r WHERE r.id = NEW.about;
  IF EXISTS (
    SELECT FROM core.writer AS w
     WHERE w.kind = NEW.kind AND w.about_kind IN ('*', written.kind)
       AND (role_here = ANY (w.roles) OR (w.who_wrote_it AND written.author_login = NEW.author_login))
  ) THEN
    RETURN NEW;
  END IF;
  -- What it is about may still be on its way, and may be the caller's own: offered again, not condemned.
  IF NEW.about IS NOT NULL AND written.id IS NULL
     AND NOT EXISTS (SELECT FROM core.tombstone AS t WHERE t.id = NEW.about)
     AND EXISTS (SELECT FROM core.writer AS w WHERE w.kind = NEW.kind AND w.who_wrote_it) THEN
    RAISE EXCEPTION 'what it is about is not known here yet' USING ERRCODE = 'QA001';
  END IF;
  RAISE EXCEPTION 'not for this role to write' USING ERRCODE = 'QA006';
END
$$;

CREATE TRIGGER writer_fits BEFORE INSERT ON core.record FOR EACH ROW EXECUTE FUNCTION core.writer_fits();

RESET ROLE;
SET ROLE core_api;

-- As before, and with one reason more.
CREATE OR REPLACE FUNCTION api.push(records jsonb) RETURNS TABLE (id text, verdict text, reason text) LANGUAGE plpgsql VOLATILE
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
          WHEN SQLSTATE = 'QA006' THEN 'not_yours'
          WHEN broken IN ('hash', 'too_big') THEN broken
          ELSE 'malformed' END);
      END;
    END LOOP;
  END;
  RETURN QUERY SELECT * FROM core.receipts(records, failures);
END
$$;

RESET ROLE;
