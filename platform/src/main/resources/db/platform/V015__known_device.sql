-- Browsers in which somebody has signed in before, each known by the hash of a cookie. Who guesses a password has none: what
-- slows them down does not slow down the account's own people. A new one is told to the account's owner.

CREATE TABLE platform.known_device (
  account_id   uuid NOT NULL REFERENCES platform.account (id),
  token_sha256 bytea NOT NULL CHECK (length(token_sha256) = 32),
  first_at     timestamptz NOT NULL,
  last_at      timestamptz NOT NULL,
  PRIMARY KEY (account_id, token_sha256)
);

ALTER TABLE platform.known_device ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.known_device FORCE ROW LEVEL SECURITY;
CREATE POLICY server ON platform.known_device TO consilium_worker USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.known_device TO consilium_worker;

-- Wrong tries are forgotten one after the other, whatever comes meanwhile: up to when that was reckoned.
ALTER TABLE platform.sign_in_failure ADD COLUMN forgotten_until timestamptz;
