-- Records: kept once, never changed, entered into the log of every scope that may read them.
SET ROLE core_owner;

CREATE TABLE core.kind (
  kind text PRIMARY KEY,
  min_schema integer NOT NULL DEFAULT 1,
  max_schema integer NOT NULL DEFAULT 1,
  by_centre boolean NOT NULL DEFAULT false
);
COMMENT ON COLUMN core.kind.by_centre IS 'true = made by the administrator here, never taken from a laptop';

-- Only id, content_hash and body are ever given; every other column is read out of the body when the row is entered.
CREATE TABLE core.record (
  id uuid PRIMARY KEY,
  schema_version integer NOT NULL,
  kind text NOT NULL REFERENCES core.kind (kind),
  case_id uuid NOT NULL,
  about uuid,
  based_on uuid[] NOT NULL,
  form_id text,
  form_version text,
  form_hash text,
  child_ref text,
  team text REFERENCES core.team (code),
  author text NOT NULL,
  spoken_by jsonb CHECK (jsonb_typeof(spoken_by) = 'object'),
  device uuid NOT NULL,
  device_seq bigint NOT NULL,
  claimed_at text NOT NULL,
  salt text NOT NULL CHECK (length(salt) >= 32),
  summary jsonb NOT NULL CHECK (jsonb_typeof(summary) = 'object'),
  content_hash bytea NOT NULL,
  body text NOT NULL,
  author_login name NOT NULL,
  council text NOT NULL,
  received_at timestamptz NOT NULL,
  received_seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  CONSTRAINT hash CHECK (content_hash = sha256(convert_to(body, 'UTF8'))),
  CONSTRAINT too_big CHECK (octet_length(body) <= 1000000)
);
CREATE INDEX record_case ON core.record (case_id);

-- Prose packs faster with lz4; a server built without it packs as it always did.
DO $$
BEGIN
  ALTER TABLE core.record ALTER COLUMN body SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
  NULL;
END
$$;
COMMENT ON COLUMN core.record.body IS 'exact text: jsonb would not keep it, and its hash could not be checked';
COMMENT ON COLUMN core.record.claimed_at IS 'what the laptop''s clock said, with its offset; a hint, never an order';

CREATE TABLE core.record_scope (
  record_id uuid NOT NULL REFERENCES core.record (id) ON DELETE CASCADE,
  scope_id integer NOT NULL REFERENCES core.scope (scope_id),
  PRIMARY KEY (record_id, scope_id)
);

-- op: p = put, r = withdrawn from this scope, e = erased
CREATE TABLE core.feed (
  scope_id integer NOT NULL REFERENCES core.scope (scope_id),
  seq bigint NOT NULL,
  op "char" NOT NULL CHECK (op IN ('p', 'r', 'e')),
  record_id uuid NOT NULL,
  content_hash bytea NOT NULL,
  chain bytea NOT NULL,
  PRIMARY KEY (scope_id, seq)
);

CREATE TABLE core.tombstone (
  id uuid PRIMARY KEY,
  content_hash bytea NOT NULL,
  why text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  by_whom name NOT NULL DEFAULT session_user
);

-- Locked while a record of the case is entered, so that two people adding to one case see each other's paper.
CREATE TABLE core.case_file (
  case_id uuid PRIMARY KEY,
  opened_by text NOT NULL
);

CREATE TABLE core.participation (
  case_id uuid NOT NULL,
  person text NOT NULL,
  part text NOT NULL,
  ended boolean NOT NULL,
  record_id uuid NOT NULL,
  PRIMARY KEY (case_id, person)
);

-- What reports count, filled from the summary in the transaction that enters the record.
CREATE TABLE core.audit (
  id uuid PRIMARY KEY REFERENCES core.record (id) ON DELETE CASCADE,
  case_id uuid NOT NULL,
  form_id text,
  form_version text,
  child_ref text,
  team text,
  team_scope integer,
  service_scope integer,
  person_scope integer,
  held_on date,
  overall text,
  areas jsonb NOT NULL,
  non_negotiables jsonb NOT NULL,
  received_at timestamptz NOT NULL
);
CREATE INDEX audit_received ON core.audit (received_at) INCLUDE (team, overall);

CREATE TABLE core.access (
  login name NOT NULL,
  record_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX access_record ON core.access (record_id);
COMMENT ON TABLE core.access IS 'who fetched whose words, and when';

CREATE FUNCTION core.link(previous bytea, op "char", record_id uuid, content_hash bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(previous || convert_to(op::text, 'UTF8') || uuid_send(record_id) || content_hash)
$$;

-- A date that is none must never cost a record: the projection stays empty there.
CREATE FUNCTION core.date_or_null(words text) RETURNS date LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE WHEN words ~ '^\d{4}-\d{2}-\d{2}' THEN left(words, 10)::date END;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
  RETURN NULL;
END
$$;

-- May this record be entered? Gives the council's name; null = it was erased; raises QA00x where it may not.
CREATE FUNCTION core.gate(record_id uuid, kind text, schema_version integer, author text, team text, by_centre boolean)
RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  here core.setting;
  rule core.kind;
BEGIN
  SELECT * INTO STRICT here FROM core.setting;
  IF here.read_only THEN
    RAISE EXCEPTION 'the centre takes no records at the moment' USING ERRCODE = '25006';
  END IF;
  IF EXISTS (SELECT FROM core.tombstone AS t WHERE t.id = record_id) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO rule FROM core.kind AS k WHERE k.kind = gate.kind;
  IF rule.kind IS NULL OR schema_version NOT BETWEEN rule.min_schema AND rule.max_schema
     OR (team IS NOT NULL AND NOT EXISTS (SELECT FROM core.team AS t WHERE t.code = team)) THEN
    RAISE EXCEPTION 'not known here yet' USING ERRCODE = 'QA001';
  END IF;
  IF rule.by_centre <> by_centre THEN
    RAISE EXCEPTION 'made by the centre only' USING ERRCODE = 'QA002';
  END IF;
  IF author IS DISTINCT FROM (CASE WHEN by_centre THEN 'centre' ELSE (core.caller()).code END) THEN
    RAISE EXCEPTION 'another author' USING ERRCODE = 'QA003';
  END IF;
  RETURN here.council;
END
$$;

-- Runs as whoever inserts: the door (core_api) or the administrator's own function (core_owner). A laptop cannot pretend.
CREATE FUNCTION core.read_envelope() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  fields jsonb := NEW.body::jsonb;
BEGIN
  IF jsonb_typeof(fields) <> 'object' OR NEW.id IS DISTINCT FROM (fields ->> 'id')::uuid THEN
    RAISE EXCEPTION 'not a record' USING ERRCODE = 'QA004';
  END IF;
  NEW.schema_version := (fields ->> 'schema')::integer;
  NEW.kind := fields ->> 'kind';
  NEW.case_id := (fields ->> 'case_id')::uuid;
  NEW.about := (fields ->> 'about')::uuid;
  NEW.based_on := ARRAY(SELECT seen::uuid FROM jsonb_array_elements_text(fields -> 'based_on') AS seen);
  NEW.form_id := fields ->> 'form_id';
  NEW.form_version := fields ->> 'form_version';
  NEW.form_hash := fields ->> 'form_hash';
  NEW.child_ref := fields ->> 'child_ref';
  NEW.team := fields ->> 'team';
  NEW.author := fields ->> 'author';
  NEW.spoken_by := nullif(fields -> 'spoken_by', 'null');
  NEW.device := (fields ->> 'device')::uuid;
  NEW.device_seq := (fields ->> 'device_seq')::bigint;
  NEW.claimed_at := fields ->> 'claimed_at';
  PERFORM NEW.claimed_at::timestamptz;
  NEW.salt := fields ->> 'salt';
  NEW.summary := fields -> 'summary';
  NEW.author_login := core.me();
  NEW.received_at := clock_timestamp();
  NEW.council := core.gate(NEW.id, NEW.kind, NEW.schema_version, NEW.author, NEW.team, current_user = 'core_owner');
  IF NEW.council IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER read_envelope BEFORE INSERT ON core.record FOR EACH ROW EXECUTE FUNCTION core.read_envelope();

CREATE FUNCTION core.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a record is never changed' USING ERRCODE = '42501';
END
$$;

CREATE TRIGGER never_changed BEFORE UPDATE ON core.record FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON core.record FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER log_never_changed BEFORE UPDATE OR DELETE ON core.feed
  FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();
CREATE TRIGGER log_never_emptied BEFORE TRUNCATE ON core.feed FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_change();

RESET ROLE;
