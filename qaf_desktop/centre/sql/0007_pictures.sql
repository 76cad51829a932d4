-- Pictures, kept once by their hash and sent in pieces, so that a broken line goes on where it stopped.
SET ROLE core_owner;

CREATE TABLE core.blob (
  sha256 bytea PRIMARY KEY CHECK (sha256 = pg_catalog.sha256(bytes)),
  media_type text NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/svg+xml')),
  bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 4194304),
  kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  kept_by name NOT NULL DEFAULT session_user
);

CREATE TABLE core.blob_part (
  sha256 bytea NOT NULL,
  login name NOT NULL DEFAULT session_user,
  media_type text NOT NULL,
  bytes bytea NOT NULL CHECK (octet_length(bytes) <= 4194304),
  begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (login, sha256)
);

ALTER TABLE core.blob ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.blob FORCE ROW LEVEL SECURITY;
ALTER TABLE core.blob_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.blob_part FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON core.blob TO core_owner USING (true) WITH CHECK (true);
CREATE POLICY owner ON core.blob_part TO core_owner USING (true) WITH CHECK (true);

CREATE FUNCTION core.keep_blob(media_type text, picture bytea) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO core.blob (sha256, media_type, bytes) VALUES (sha256(picture), media_type, picture) ON CONFLICT (sha256) DO NOTHING
$$;

-- How many bytes of the picture are here now. A piece that does not begin there is ignored: the answer says where to go on.
CREATE FUNCTION core.add_part(hash bytea, media_type text, size integer, start integer, part bytea) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  held bytea;
BEGIN
  IF (SELECT s.read_only FROM core.setting AS s) THEN
    RAISE EXCEPTION 'the centre takes no pictures at the moment' USING ERRCODE = '25006';
  END IF;
  IF EXISTS (SELECT FROM core.blob AS b WHERE b.sha256 = hash) THEN
    RETURN size;
  END IF;
  IF size NOT BETWEEN 1 AND 4194304 OR octet_length(part) > 262144 OR octet_length(hash) <> 32
     OR media_type NOT IN ('image/png', 'image/jpeg', 'image/svg+xml') THEN
    RAISE EXCEPTION 'not a picture the centre takes' USING ERRCODE = 'QA005';
  END IF;
  -- Unfinished pictures of yesterday go; twenty at a time are enough for anybody.
  DELETE FROM core.blob_part AS p WHERE p.login = core.me() AND p.begun_at < clock_timestamp() - interval '1 day';
  IF (SELECT count(*) FROM core.blob_part AS p WHERE p.login = core.me() AND p.sha256 <> hash) >= 20 THEN
    RAISE EXCEPTION 'too many unfinished pictures' USING ERRCODE = 'QA005';
  END IF;
  INSERT INTO core.blob_part AS p (sha256, media_type, bytes) VALUES (hash, media_type, '')
  ON CONFLICT (login, sha256) DO NOTHING;
  SELECT p.bytes INTO held FROM core.blob_part AS p WHERE p.login = core.me() AND p.sha256 = hash FOR UPDATE;
  IF octet_length(held) <> start OR start + octet_length(part) > size THEN
    RETURN octet_length(held);
  END IF;
  held := held || part;
  IF octet_length(held) < size THEN
    UPDATE core.blob_part AS p SET bytes = held WHERE p.login = core.me() AND p.sha256 = hash;
    RETURN octet_length(held);
  END IF;
  DELETE FROM core.blob_part AS p WHERE p.login = core.me() AND p.sha256 = hash;
  IF sha256(held) <> hash THEN
    RETURN 0;
  END IF;
  PERFORM core.keep_blob(media_type, held);
  RETURN size;
END
$$;

CREATE FUNCTION core.blob_piece(hash bytea, start integer, length integer)
RETURNS TABLE (media_type text, size integer, piece bytea) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT b.media_type, octet_length(b.bytes), substr(b.bytes, start + 1, least(length, 262144))
    FROM core.blob AS b WHERE b.sha256 = hash
$$;

GRANT EXECUTE ON FUNCTION core.add_part(bytea, text, integer, integer, bytea), core.blob_piece(bytea, integer, integer)
  TO core_api;
RESET ROLE;
SET ROLE core_api;

CREATE FUNCTION api.put_blob(hash text, media_type text, size integer, start integer, part bytea) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM core.caller();
  RETURN core.add_part(decode(hash, 'hex'), media_type, size, start, part);
END
$$;

-- Whoever knows a picture's hash has read it in a record he may see, or in a form everybody has.
CREATE FUNCTION api.get_blob(hash text, start integer, length integer DEFAULT 262144)
RETURNS TABLE (media_type text, size integer, piece bytea) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM core.caller();
  RETURN QUERY SELECT * FROM core.blob_piece(decode(hash, 'hex'), start, length);
END
$$;

GRANT EXECUTE ON FUNCTION api.put_blob(text, text, integer, integer, bytea), api.get_blob(text, integer, integer)
  TO app_user;
RESET ROLE;
