-- Who can be reached now, and the rings that call people to a consult's call or to an offer.

-- One row for each node that holds a presence socket of the person; refreshed while it does.
CREATE TABLE signaling.presence (
  account_id uuid NOT NULL REFERENCES platform.account (id),
  node       uuid NOT NULL,
  seen_at    timestamptz NOT NULL,
  PRIMARY KEY (account_id, node)
);
CREATE INDEX presence_age ON signaling.presence (seen_at);

CREATE TABLE signaling.presence_ticket (
  ticket_sha256 bytea PRIMARY KEY,
  account_id    uuid NOT NULL REFERENCES platform.account (id),
  membership_id uuid NOT NULL REFERENCES platform.membership (id),
  sign_in       uuid NOT NULL,
  expires_at    timestamptz NOT NULL,
  used_at       timestamptz
);
CREATE INDEX presence_ticket_age ON signaling.presence_ticket (expires_at);

-- A ring is its own timer: ringing past expires_at it is claimed and becomes missed.
CREATE TABLE signaling.ring (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL UNIQUE,
  consult_id      uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('call', 'offer')),
  offer_id        uuid,
  caller_id       uuid REFERENCES platform.account (id),
  callee_id       uuid NOT NULL REFERENCES platform.account (id),
  urgency         text,
  specialty       text,
  state           text NOT NULL
    CHECK (state IN ('ringing', 'answered', 'declined', 'cancelled', 'missed', 'busy')),
  reason          text CHECK (reason IN ('busy', 'not-now')),
  rung_at         timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  ended_at        timestamptz,
  answered_by     uuid,
  seen_at         timestamptz,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES platform.consult (organisation_id, id),
  CHECK ((kind = 'offer') = (offer_id IS NOT NULL)),
  CHECK ((state = 'ringing') = (ended_at IS NULL)),
  CHECK (expires_at > rung_at)
);
-- A person's devices ring once for a consult, however many press the button.
CREATE UNIQUE INDEX ring_once ON signaling.ring (consult_id, callee_id) WHERE state = 'ringing';
CREATE INDEX ring_due ON signaling.ring (expires_at) WHERE state = 'ringing';
CREATE INDEX ring_callee ON signaling.ring (callee_id, rung_at DESC);
CREATE INDEX ring_caller ON signaling.ring (caller_id, rung_at DESC);
CREATE INDEX ring_consult ON signaling.ring (consult_id, rung_at DESC);
CREATE INDEX ring_offer ON signaling.ring (offer_id) WHERE offer_id IS NOT NULL;

ALTER TABLE signaling.ring ENABLE ROW LEVEL SECURITY;
ALTER TABLE signaling.ring FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON signaling.ring TO consilium_worker USING (true) WITH CHECK (true);
-- Rings are written by the server only, after it has looked whether the caller may.
CREATE POLICY app ON signaling.ring FOR SELECT TO consilium_app
  USING (callee_id = platform.current_account() OR caller_id = platform.current_account()
    OR organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id));

GRANT SELECT ON signaling.presence, signaling.ring TO consilium_app;
GRANT INSERT ON signaling.presence_ticket TO consilium_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON signaling.presence, signaling.presence_ticket TO consilium_worker;
GRANT SELECT, INSERT, UPDATE ON signaling.ring TO consilium_worker;
