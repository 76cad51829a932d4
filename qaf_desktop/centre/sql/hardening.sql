-- What PostgreSQL allows everybody by default and a centre must not. Repeated at every `init`: a restored dump brings
-- some of it back.
DO $$
DECLARE
  each_function regprocedure;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO app_user, app_erasure', current_database());
  FOR each_function IN
    SELECT p.oid::regprocedure FROM pg_proc AS p
     WHERE p.pronamespace = 'pg_catalog'::regnamespace
       AND p.prokind = 'f'
       AND (p.proname ~ '^(lo_|loread$|lowrite$|pg_advisory|pg_try_advisory|pg_sleep|pg_logical_emit_message$)')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', each_function);
  END LOOP;
END
$$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO core_owner, core_api;
