-- What a browser needs of the server to open the things it keeps sealed for an account, and the PIN by which that person
-- takes a turn there. The id is made by the browser and known to nobody else; the PIN itself never comes here.

CREATE TABLE platform.device_vault (
  id            uuid PRIMARY KEY,
  account_id    uuid NOT NULL REFERENCES platform.account (id),
  membership_id uuid NOT NULL REFERENCES platform.membership (id),
  secret        bytea NOT NULL CHECK (length(secret) = 32),
  -- When the password was last typed there.
  vouched_at    timestamptz,
  proof_sha256  bytea CHECK (length(proof_sha256) = 32),
  wrong_tries   integer NOT NULL DEFAULT 0 CHECK (wrong_tries BETWEEN 0 AND 5),
  made_at       timestamptz NOT NULL,
  seen_at       timestamptz NOT NULL
);
CREATE INDEX device_vault_account ON platform.device_vault (account_id);

ALTER TABLE platform.device_vault ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.device_vault FORCE ROW LEVEL SECURITY;
CREATE POLICY own_vaults ON platform.device_vault TO consilium_app
  USING (account_id = platform.current_account());
CREATE POLICY server ON platform.device_vault TO consilium_worker USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.device_vault TO consilium_app, consilium_worker;

-- A session that a PIN has opened rests less long, and vouches for no further PIN.
ALTER TABLE platform.session
  ADD COLUMN by_pin boolean NOT NULL DEFAULT false,
  ADD COLUMN idle_seconds_max integer NOT NULL DEFAULT 28800 CHECK (idle_seconds_max > 0);
