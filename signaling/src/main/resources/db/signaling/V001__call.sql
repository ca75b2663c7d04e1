-- Calls of consults, who sits in them, the tickets that let people in, and the guests who came by link.

CREATE TABLE signaling.call (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL UNIQUE,
  consult_id      uuid NOT NULL,
  opened_at       timestamptz NOT NULL,
  started_at      timestamptz,
  ended_at        timestamptz,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES platform.consult (organisation_id, id)
);
-- Two people who start a call at once meet in one.
CREATE UNIQUE INDEX call_open ON signaling.call (consult_id) WHERE ended_at IS NULL;

CREATE TABLE signaling.seat (
  organisation_id uuid NOT NULL,
  call_id         uuid NOT NULL,
  person          text NOT NULL,
  name            text NOT NULL,
  role            text NOT NULL,
  state           text NOT NULL CHECK (state IN ('waiting', 'present', 'away')),
  since           timestamptz NOT NULL,
  PRIMARY KEY (call_id, person),
  FOREIGN KEY (organisation_id, call_id) REFERENCES signaling.call (organisation_id, id)
);

-- What happened in the call, for the record. Insert only.
CREATE TABLE signaling.call_event (
  organisation_id uuid NOT NULL,
  call_id         uuid NOT NULL,
  at              timestamptz NOT NULL,
  kind            text NOT NULL,
  person          text,
  detail          text,
  FOREIGN KEY (organisation_id, call_id) REFERENCES signaling.call (organisation_id, id)
);
CREATE INDEX call_event_call ON signaling.call_event (call_id, at);

CREATE TABLE signaling.guest (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL UNIQUE,
  consult_id      uuid NOT NULL,
  name            text NOT NULL CHECK (name <> ''),
  role            text NOT NULL CHECK (role IN ('patient', 'guardian', 'interpreter')),
  language        text,
  token_sha256    bytea NOT NULL UNIQUE,
  cookie_sha256   bytea UNIQUE,
  invited_by      uuid NOT NULL,
  invited_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  entered_at      timestamptz,
  revoked_at      timestamptz,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES platform.consult (organisation_id, id)
);
CREATE INDEX guest_consult ON signaling.guest (consult_id, invited_at);

CREATE TABLE signaling.ticket (
  ticket_sha256   bytea PRIMARY KEY,
  organisation_id uuid NOT NULL,
  call_id         uuid NOT NULL,
  consult_id      uuid NOT NULL,
  person          text NOT NULL,
  guest_id        uuid REFERENCES signaling.guest (id),
  name            text NOT NULL,
  role            text NOT NULL,
  mode            text NOT NULL,
  seat_until      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  used_at         timestamptz,
  FOREIGN KEY (organisation_id, call_id) REFERENCES signaling.call (organisation_id, id)
);
CREATE INDEX ticket_age ON signaling.ticket (expires_at);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['call', 'seat', 'call_event', 'guest', 'ticket'] LOOP
    EXECUTE format('ALTER TABLE signaling.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE signaling.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY worker ON signaling.%I TO consilium_worker USING (true) WITH CHECK (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['call', 'guest', 'ticket'] LOOP
    EXECUTE format('CREATE POLICY app ON signaling.%I TO consilium_app
      USING (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id))
      WITH CHECK (organisation_id = platform.owner_of(consult_id)
        AND (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id)))', t);
  END LOOP;
END $$;
CREATE POLICY app ON signaling.seat TO consilium_app
  USING (EXISTS (SELECT FROM signaling.call c WHERE c.id = call_id));

GRANT SELECT, INSERT ON signaling.call, signaling.guest TO consilium_app;
GRANT UPDATE (revoked_at) ON signaling.guest TO consilium_app;
GRANT SELECT ON signaling.seat TO consilium_app;
GRANT INSERT ON signaling.ticket TO consilium_app;
GRANT SELECT, INSERT, UPDATE ON signaling.call, signaling.guest TO consilium_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON signaling.seat, signaling.ticket TO consilium_worker;
GRANT SELECT, INSERT ON signaling.call_event TO consilium_worker;
