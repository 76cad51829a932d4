-- Rights: who sees what, from one table; and row-level security on every table, the owner's included.
SET ROLE core_owner;

INSERT INTO core.kind (kind, by_centre) VALUES
  ('audit', false), ('feedback', false), ('worker_part', false), ('moderation', false), ('observation', false),
  ('review_qa', false), ('agency_return', false), ('complaint', false), ('compliment', false),
  ('learning_review', false), ('other_voice', false), ('safeguarding_note', false), ('allocation', false),
  ('acceptance', false), ('participation', false), ('conflict_override', false), ('notice', false),
  ('acknowledgement', false), ('sign_off', false), ('action_update', false), ('tracker_review', false),
  ('concern_closure', false), ('second_agreement', false), ('correction', false), ('withdrawal', false),
  ('print_log', false), ('form_version', true), ('directory', true), ('calendar', true);

-- Audit work = everything about practice; a safeguarding note never goes to the team, a moderation never to the worker.
WITH words AS (
  SELECT ARRAY['audit', 'feedback', 'worker_part', 'observation', 'review_qa', 'other_voice', 'complaint', 'compliment',
               'learning_review', 'allocation', 'acceptance', 'participation', 'conflict_override', 'notice',
               'acknowledgement', 'sign_off', 'action_update', 'tracker_review', 'concern_closure', 'second_agreement',
               'correction', 'withdrawal'] AS practice
)
INSERT INTO core.audience (scope_kind, kinds, participants, roles)
SELECT 'person', practice || ARRAY['moderation', 'agency_return', 'safeguarding_note', 'print_log'], practice, ARRAY['*']
  FROM words
UNION ALL SELECT 'team', practice || ARRAY['moderation'], '{}', ARRAY['TM', 'ATM'] FROM words
UNION ALL SELECT 'service', practice || ARRAY['moderation'], '{}', ARRAY['SM', 'HOS'] FROM words
UNION ALL SELECT 'role:qa', practice || ARRAY['moderation', 'agency_return', 'print_log'], '{}', ARRAY['QA'] FROM words
UNION ALL SELECT 'role:leaders', practice || ARRAY['moderation'], '{}', ARRAY['DIR', 'DCS', 'PSW'] FROM words
UNION ALL SELECT 'role:safeguarding', ARRAY['safeguarding_note'], '{}', '{}' FROM words
UNION ALL SELECT 'head', ARRAY['safeguarding_note'], '{}', ARRAY['HOS'] FROM words
UNION ALL SELECT 'panel', ARRAY['agency_return'], '{}', '{}' FROM words
UNION ALL SELECT 'all', ARRAY['form_version', 'directory', 'calendar'], '{}', ARRAY['*'] FROM words;

DO $$
DECLARE
  each_table name;
BEGIN
  FOR each_table IN SELECT relname FROM pg_class WHERE relnamespace = 'core'::regnamespace AND relkind = 'r' LOOP
    EXECUTE format('ALTER TABLE core.%I ENABLE ROW LEVEL SECURITY', each_table);
    EXECUTE format('ALTER TABLE core.%I FORCE ROW LEVEL SECURITY', each_table);
    EXECUTE format('CREATE POLICY owner ON core.%I TO core_owner USING (true) WITH CHECK (true)', each_table);
  END LOOP;
END
$$;

-- What the door itself may do, always in the name of the person who knocks.
GRANT EXECUTE ON FUNCTION core.me(), core.my_scopes(), core.caller(), core.genesis(text),
  core.gate(uuid, text, integer, text, text, boolean), core.erase(uuid, text) TO core_api;

GRANT SELECT, INSERT (id, content_hash, body) ON core.record TO core_api;
CREATE POLICY mine ON core.record FOR INSERT TO core_api WITH CHECK (author_login = core.me());
CREATE POLICY readable ON core.record FOR SELECT TO core_api USING (
  (author_login = (SELECT core.me()) AND (SELECT core.my_scopes()) <> '{}')
  OR EXISTS (SELECT FROM core.record_scope AS rs
              WHERE rs.record_id = id AND rs.scope_id = ANY ((SELECT core.my_scopes())::integer[])));

GRANT SELECT ON core.record_scope, core.scope, core.feed TO core_api;
CREATE POLICY readable ON core.record_scope FOR SELECT TO core_api
  USING (scope_id = ANY ((SELECT core.my_scopes())::integer[]));
CREATE POLICY readable ON core.scope FOR SELECT TO core_api USING (scope_id = ANY ((SELECT core.my_scopes())::integer[]));
CREATE POLICY readable ON core.feed FOR SELECT TO core_api USING (scope_id = ANY ((SELECT core.my_scopes())::integer[]));

GRANT SELECT ON core.setting TO core_api;
CREATE POLICY readable ON core.setting FOR SELECT TO core_api USING (true);

GRANT INSERT (login, record_id) ON core.access TO core_api;
CREATE POLICY mine ON core.access FOR INSERT TO core_api WITH CHECK (login = core.me());

RESET ROLE;
