-- Who helps and when. No patient data: visible to every network, so that anybody's coordinator can ask.

CREATE TABLE scheduling.volunteer (
  account_id      uuid PRIMARY KEY REFERENCES platform.account (id),
  organisation_id uuid NOT NULL REFERENCES platform.organisation (id),
  kind            text NOT NULL CHECK (kind IN ('specialist', 'interpreter')),
  country         text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  status          text NOT NULL CHECK (status IN ('applied', 'active', 'paused', 'ended')),
  weekly_cap      integer NOT NULL CHECK (weekly_cap BETWEEN 0 AND 100),
  red_calls       boolean NOT NULL,
  registered_at   timestamptz NOT NULL
);
CREATE TABLE scheduling.volunteer_language (
  account_id uuid NOT NULL REFERENCES scheduling.volunteer (account_id),
  language   text NOT NULL,
  level      text NOT NULL CHECK (level IN ('native', 'fluent', 'working', 'basic')),
  PRIMARY KEY (account_id, language)
);
CREATE TABLE scheduling.volunteer_specialty (
  account_id uuid NOT NULL REFERENCES scheduling.volunteer (account_id),
  specialty  text NOT NULL REFERENCES scheduling.specialty (code),
  age_groups text[] NOT NULL,
  PRIMARY KEY (account_id, specialty)
);
CREATE TABLE scheduling.volunteer_licence (
  account_id  uuid NOT NULL REFERENCES scheduling.volunteer (account_id),
  country     text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  number      text NOT NULL,
  valid_until date,
  PRIMARY KEY (account_id, country, number)
);

-- The promise about the wall clock, of a person or of a site. The shape is that of Hours in the contract.
CREATE TABLE scheduling.hours (
  owner_id   uuid PRIMARY KEY,
  owner_kind text NOT NULL CHECK (owner_kind IN ('volunteer', 'site')),
  hours      jsonb NOT NULL,
  version    integer NOT NULL CHECK (version > 0),
  saved_at   timestamptz NOT NULL,
  saved_by   uuid
);

CREATE TABLE scheduling.on_call_shift (
  id              uuid PRIMARY KEY,
  account_id      uuid NOT NULL REFERENCES scheduling.volunteer (account_id),
  organisation_id uuid NOT NULL REFERENCES platform.organisation (id),
  during          tstzrange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
  planned_by      uuid,
  planned_at      timestamptz NOT NULL,
  EXCLUDE USING gist (account_id WITH =, during WITH &&)
);

GRANT SELECT ON scheduling.volunteer, scheduling.volunteer_language, scheduling.volunteer_specialty,
  scheduling.volunteer_licence, scheduling.hours, scheduling.on_call_shift TO consilium_app, consilium_worker;
GRANT UPDATE (weekly_cap, red_calls, status) ON scheduling.volunteer TO consilium_app, consilium_worker;
GRANT INSERT, UPDATE ON scheduling.hours TO consilium_app, consilium_worker;
GRANT INSERT, DELETE ON scheduling.on_call_shift TO consilium_app, consilium_worker;
GRANT INSERT ON scheduling.volunteer, scheduling.volunteer_language, scheduling.volunteer_specialty,
  scheduling.volunteer_licence TO consilium_worker;
GRANT DELETE ON scheduling.volunteer_language, scheduling.volunteer_specialty, scheduling.volunteer_licence
  TO consilium_worker;
