-- A person's calendar out of the house and into it: a secret feed, and the busy times of their own.

CREATE TABLE scheduling.calendar_feed (
  account_id    uuid PRIMARY KEY REFERENCES platform.account (id),
  secret_sha256 bytea NOT NULL UNIQUE,
  made_at       timestamptz NOT NULL,
  read_at       timestamptz
);

CREATE TABLE scheduling.calendar_import (
  account_id   uuid PRIMARY KEY REFERENCES platform.account (id),
  -- Whoever knows it can read the person's calendar: shown to nobody else.
  url          text NOT NULL CHECK (length(url) <= 2000),
  next_due     timestamptz NOT NULL,
  fetched_at   timestamptz,
  busy_count   integer,
  problem      text,
  saved_at     timestamptz NOT NULL
);
CREATE INDEX calendar_import_due ON scheduling.calendar_import (next_due);

CREATE TABLE scheduling.external_busy (
  account_id uuid NOT NULL REFERENCES scheduling.calendar_import (account_id) ON DELETE CASCADE,
  during     tstzrange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during))
);
CREATE INDEX external_busy_during ON scheduling.external_busy USING gist (account_id, during);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['calendar_feed', 'calendar_import', 'external_busy'] LOOP
    EXECUTE format('ALTER TABLE scheduling.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE scheduling.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY worker ON scheduling.%I TO consilium_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY app ON scheduling.%I TO consilium_app
      USING (account_id = platform.current_account()) WITH CHECK (account_id = platform.current_account())', t);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON scheduling.calendar_feed, scheduling.calendar_import TO consilium_app;
GRANT SELECT ON scheduling.external_busy TO consilium_app;
GRANT SELECT, UPDATE ON scheduling.calendar_feed, scheduling.calendar_import TO consilium_worker;
GRANT SELECT, INSERT, DELETE ON scheduling.external_busy TO consilium_worker;
