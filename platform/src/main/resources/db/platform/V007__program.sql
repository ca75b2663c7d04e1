-- Other systems that act for an organisation: known by a public key, and allowed what their scopes say.
-- A program is also an account with the role "program", so that what it did bears its name; nobody can sign in as it.

CREATE TABLE platform.program (
  organisation_id uuid NOT NULL REFERENCES platform.organisation (id),
  id              uuid NOT NULL UNIQUE REFERENCES platform.account (id),
  name            text NOT NULL CHECK (name <> ''),
  jwk             jsonb NOT NULL,
  scopes          text[] NOT NULL CHECK (cardinality(scopes) > 0),
  registered_by   uuid NOT NULL REFERENCES platform.account (id),
  registered_at   timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL CHECK (expires_at > registered_at),
  used_at         timestamptz,
  revoked_at      timestamptz,
  revoked_by      uuid REFERENCES platform.account (id),
  PRIMARY KEY (organisation_id, id),
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);

-- An assertion (RFC 7523) is good once; its name is kept until it would have ended anyway.
CREATE TABLE platform.program_assertion (
  program_id uuid NOT NULL REFERENCES platform.program (id),
  jti        text NOT NULL CHECK (length(jti) BETWEEN 1 AND 200),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (program_id, jti)
);
CREATE INDEX program_assertion_age ON platform.program_assertion (expires_at);

ALTER TABLE platform.program ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.program FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON platform.program TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY app ON platform.program TO consilium_app
  USING (organisation_id = platform.current_organisation())
  WITH CHECK (organisation_id = platform.current_organisation());

GRANT SELECT, INSERT, UPDATE (revoked_at, revoked_by) ON platform.program TO consilium_app;
GRANT SELECT, INSERT, UPDATE (used_at) ON platform.program TO consilium_worker;
GRANT SELECT, INSERT, DELETE ON platform.program_assertion TO consilium_worker;
