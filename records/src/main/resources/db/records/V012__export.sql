-- Exports of all that an organisation owns in FHIR, made in pages away from the request. A page and how far the export has
-- come are one transaction, so that it goes on after a restart where it stood. Gone after a day.

CREATE TABLE records.export (
  organisation_id uuid NOT NULL REFERENCES platform.organisation (id),
  id              uuid NOT NULL,
  asked_by        uuid NOT NULL REFERENCES platform.account (id),
  asked_name      text NOT NULL,
  asked_role      text NOT NULL,
  request         text NOT NULL,
  types           text[] NOT NULL CHECK (cardinality(types) > 0),
  since           timestamptz,
  asked_at        timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  state           text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
  -- Types that are done, and where the page after the last one begins.
  types_done      integer NOT NULL DEFAULT 0,
  page_from       text,
  resources       bigint NOT NULL DEFAULT 0,
  -- The worker that makes it, until when it is believed to live, and how often in a row it failed.
  claim           uuid,
  claimed_until   timestamptz,
  failures        integer NOT NULL DEFAULT 0,
  ended_at        timestamptz,
  PRIMARY KEY (organisation_id, id),
  CHECK ((state = 'running') = (ended_at IS NULL))
);
CREATE INDEX export_due ON records.export (asked_at) WHERE state = 'running';
CREATE INDEX export_expiry ON records.export (expires_at);

CREATE TABLE records.export_file (
  organisation_id uuid NOT NULL,
  export_id       uuid NOT NULL,
  number          integer NOT NULL,
  type            text NOT NULL,
  resources       integer NOT NULL CHECK (resources > 0),
  data            bytea NOT NULL,
  PRIMARY KEY (organisation_id, export_id, number),
  FOREIGN KEY (organisation_id, export_id)
    REFERENCES records.export (organisation_id, id) ON DELETE CASCADE
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['export', 'export_file'] LOOP
    EXECUTE format('ALTER TABLE records.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE records.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY app ON records.%I TO consilium_app
         USING (organisation_id = platform.current_organisation())
         WITH CHECK (organisation_id = platform.current_organisation())', name);
    EXECUTE format('CREATE POLICY worker ON records.%I TO consilium_worker USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON records.%I TO consilium_app, consilium_worker', name);
  END LOOP;
END $$;
GRANT DELETE ON records.export TO consilium_app, consilium_worker;
GRANT UPDATE (state, types_done, page_from, resources, claimed_until, failures, ended_at)
  ON records.export TO consilium_app;
GRANT UPDATE (state, claim, claimed_until, failures, ended_at) ON records.export TO consilium_worker;
