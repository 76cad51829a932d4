-- References handed out for children, so that none is handed out twice. Which child has which is known at the office only.
SET ROLE core_owner;

CREATE TABLE core.child_ref (
  ref text PRIMARY KEY CHECK (ref ~ '^CH-[0-9A-HJKMNP-TV-Z]{5}$'),
  handed_out_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE core.child_ref ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.child_ref FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON core.child_ref TO core_owner USING (true) WITH CHECK (true);
CREATE INDEX record_child_ref ON core.record (child_ref) WHERE child_ref IS NOT NULL;

RESET ROLE;
