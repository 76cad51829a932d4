-- Who there is at the centre. Tables belong to core_owner, the door belongs to core_api, and people belong to app_user:
-- nobody can sign in as the first two, and the third may only knock.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['core_owner', 'core_api', 'app_user', 'app_erasure'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', wanted);
    END IF;
  END LOOP;
END
$$;

CREATE SCHEMA core AUTHORIZATION core_owner;
CREATE SCHEMA api AUTHORIZATION core_api;
GRANT USAGE ON SCHEMA core TO core_api;
GRANT USAGE ON SCHEMA api TO app_user, app_erasure;
GRANT USAGE ON LANGUAGE plpgsql TO core_owner, core_api;

-- Functions are closed until they are opened by name.
ALTER DEFAULT PRIVILEGES FOR ROLE core_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE core_api REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
