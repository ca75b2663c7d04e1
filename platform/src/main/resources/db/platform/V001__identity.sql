-- Who there is: organisations, their sites, the people and their roles. No patient data here.

CREATE FUNCTION platform.current_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.organisation', true), '')::uuid $$;

CREATE FUNCTION platform.current_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.account', true), '')::uuid $$;

CREATE TABLE platform.organisation (
  id          uuid PRIMARY KEY,
  name        text NOT NULL CHECK (name <> ''),
  kind        text NOT NULL CHECK (kind IN ('clinic-network', 'volunteer-network')),
  zone        text NOT NULL,
  created_at  timestamptz NOT NULL
);

CREATE TABLE platform.site (
  organisation_id   uuid NOT NULL REFERENCES platform.organisation (id),
  id                uuid NOT NULL UNIQUE,
  name              text NOT NULL CHECK (name <> ''),
  zone              text NOT NULL,
  country           text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  emergency_contact text,
  PRIMARY KEY (organisation_id, id)
);

CREATE TABLE platform.account (
  id            uuid PRIMARY KEY,
  name          text NOT NULL CHECK (name <> ''),
  email         text NOT NULL,
  zone          text NOT NULL,
  language      text NOT NULL,
  password_hash text NOT NULL,
  registration  text,
  country       text CHECK (country ~ '^[A-Z]{2}$'),
  active        boolean NOT NULL DEFAULT true,
  created_at    timestamptz NOT NULL
);
CREATE UNIQUE INDEX account_email ON platform.account (lower(email));

CREATE TABLE platform.membership (
  id              uuid PRIMARY KEY,
  account_id      uuid NOT NULL REFERENCES platform.account (id),
  organisation_id uuid NOT NULL REFERENCES platform.organisation (id),
  role            text NOT NULL,
  site_id         uuid,
  active          boolean NOT NULL DEFAULT true,
  created_at      timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, site_id) REFERENCES platform.site (organisation_id, id),
  UNIQUE (account_id, organisation_id, role)
);
CREATE INDEX membership_organisation ON platform.membership (organisation_id, role);

CREATE TABLE platform.session (
  token_sha256  bytea PRIMARY KEY,
  id            uuid NOT NULL UNIQUE,
  account_id    uuid NOT NULL REFERENCES platform.account (id),
  membership_id uuid NOT NULL REFERENCES platform.membership (id),
  created_at    timestamptz NOT NULL,
  seen_at       timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  ended_at      timestamptz
);
CREATE INDEX session_account ON platform.session (account_id) WHERE ended_at IS NULL;

-- A refresh token is used once; its successor belongs to the same family, and a reuse ends the family.
CREATE TABLE platform.refresh_token (
  token_sha256  bytea PRIMARY KEY,
  family        uuid NOT NULL,
  account_id    uuid NOT NULL REFERENCES platform.account (id),
  membership_id uuid NOT NULL REFERENCES platform.membership (id),
  issued_at     timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  used_at       timestamptz,
  revoked_at    timestamptz
);
CREATE INDEX refresh_token_family ON platform.refresh_token (family);

-- Wrong passwords, by account and address together, so that a stranger cannot lock anybody out.
CREATE TABLE platform.sign_in_failure (
  who_sha256 bytea PRIMARY KEY,
  failures   integer NOT NULL,
  last_at    timestamptz NOT NULL
);

-- The answer that a key got, so that sending again changes nothing. In the act's own transaction.
CREATE TABLE platform.idempotent_answer (
  account_id     uuid NOT NULL,
  key            text NOT NULL CHECK (length(key) BETWEEN 8 AND 100),
  request_sha256 bytea NOT NULL,
  status         integer NOT NULL,
  body           bytea,
  answered_at    timestamptz NOT NULL,
  PRIMARY KEY (account_id, key)
);
CREATE INDEX idempotent_answer_age ON platform.idempotent_answer (answered_at);

GRANT SELECT ON platform.organisation, platform.site, platform.account, platform.membership
  TO consilium_app, consilium_worker;
GRANT INSERT ON platform.organisation, platform.site, platform.account, platform.membership
  TO consilium_worker;
GRANT UPDATE (password_hash) ON platform.account TO consilium_app, consilium_worker;
GRANT SELECT, INSERT, UPDATE ON platform.session, platform.refresh_token TO consilium_app, consilium_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.sign_in_failure TO consilium_worker;
GRANT SELECT, INSERT ON platform.idempotent_answer TO consilium_app;
GRANT DELETE, SELECT ON platform.idempotent_answer, platform.session, platform.refresh_token TO consilium_worker;
