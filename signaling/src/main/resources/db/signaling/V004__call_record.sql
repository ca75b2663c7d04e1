-- What became of each attempt to call, who was there, and how the links did.

ALTER TABLE signaling.call
  ADD COLUMN outcome    text CHECK (outcome IN ('nobody-came', 'not-let-in', 'only-one-came', 'connected')),
  ADD COLUMN end_reason text CHECK (end_reason IN ('unused', 'host', 'empty', 'lost', 'closed', 'drain'));
CREATE INDEX call_consult ON signaling.call (consult_id, opened_at DESC, id DESC);
CREATE INDEX call_unused ON signaling.call (opened_at) WHERE ended_at IS NULL AND started_at IS NULL;

ALTER TABLE signaling.call_event
  ADD COLUMN seat      integer,
  ADD COLUMN name      text,
  ADD COLUMN role      text,
  ADD COLUMN by_person text;
CREATE INDEX call_event_age ON signaling.call_event (at);

-- One row for each time a person came: from coming to going, over any number of connections.
CREATE TABLE signaling.attendance (
  organisation_id uuid NOT NULL,
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  call_id         uuid NOT NULL,
  person          text NOT NULL,
  seat            integer NOT NULL,
  name            text NOT NULL,
  role            text NOT NULL,
  came_at         timestamptz NOT NULL,
  joined_at       timestamptz,
  left_at         timestamptz,
  left_reason     text CHECK (left_reason IN ('left', 'timeout', 'removed', 'refused', 'revoked', 'ended', 'drain', 'lost')),
  losses          integer NOT NULL DEFAULT 0,
  returns         integer NOT NULL DEFAULT 0,
  restarts        integer NOT NULL DEFAULT 0,
  CHECK ((left_at IS NULL) = (left_reason IS NULL)),
  FOREIGN KEY (organisation_id, call_id) REFERENCES signaling.call (organisation_id, id)
);
CREATE UNIQUE INDEX attendance_open ON signaling.attendance (call_id, person) WHERE left_at IS NULL;
CREATE INDEX attendance_call ON signaling.attendance (call_id, came_at);

-- How one person's link did while they were there; null where their client said nothing.
CREATE TABLE signaling.link_summary (
  organisation_id uuid NOT NULL,
  attendance_id   bigint PRIMARY KEY REFERENCES signaling.attendance (id) ON DELETE CASCADE,
  call_id         uuid NOT NULL,
  written_at      timestamptz NOT NULL,
  samples         integer NOT NULL CHECK (samples > 0),
  up_kbps         integer[] CHECK (cardinality(up_kbps) = 3),      -- least, median, most
  down_kbps       integer[] CHECK (cardinality(down_kbps) = 3),
  round_trip_ms   integer[] CHECK (cardinality(round_trip_ms) = 3),
  loss_permille   integer[] CHECK (cardinality(loss_permille) = 3),
  FOREIGN KEY (organisation_id, call_id) REFERENCES signaling.call (organisation_id, id)
);
CREATE INDEX link_summary_call ON signaling.link_summary (call_id);
CREATE INDEX link_summary_age ON signaling.link_summary (written_at);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['attendance', 'link_summary'] LOOP
    EXECUTE format('ALTER TABLE signaling.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE signaling.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY worker ON signaling.%I TO consilium_worker USING (true) WITH CHECK (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['attendance', 'link_summary', 'call_event'] LOOP
    EXECUTE format('CREATE POLICY app ON signaling.%I TO consilium_app
      USING (EXISTS (SELECT FROM signaling.call c WHERE c.id = call_id))
      WITH CHECK (EXISTS (SELECT FROM signaling.call c
                           WHERE c.id = call_id AND c.organisation_id = %I.organisation_id))', t, t);
  END LOOP;
END $$;

GRANT SELECT ON signaling.attendance, signaling.link_summary TO consilium_app;
GRANT SELECT, INSERT ON signaling.call_event TO consilium_app;
GRANT SELECT, INSERT, UPDATE ON signaling.attendance TO consilium_worker;
GRANT SELECT, INSERT, DELETE ON signaling.link_summary TO consilium_worker;
GRANT DELETE ON signaling.call_event TO consilium_worker;
