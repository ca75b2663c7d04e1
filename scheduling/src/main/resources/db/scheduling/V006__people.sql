-- Who the volunteers are, what their licences allow, and how they are taken care of.
-- Whoever was a volunteer before stays one as they were: their licences count as verified, nobody's hours change.

ALTER TABLE scheduling.volunteer DROP CONSTRAINT volunteer_status_check;
ALTER TABLE scheduling.volunteer
  ADD CONSTRAINT volunteer_status_check
    CHECK (status IN ('applied', 'active', 'paused', 'suspended', 'ended')),
  ADD COLUMN rest_hours    integer NOT NULL DEFAULT 0 CHECK (rest_hours BETWEEN 0 AND 48),
  ADD COLUMN quiet_from    text CHECK (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  ADD COLUMN quiet_until   text CHECK (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  ADD COLUMN gender        text CHECK (gender IN ('female', 'male', 'other')),
  ADD COLUMN channels      text[] NOT NULL DEFAULT '{ring,app,mail}',
  ADD COLUMN back_at       timestamptz,
  ADD COLUMN status_reason text,
  ADD COLUMN status_by     uuid,
  ADD COLUMN status_at     timestamptz,
  ADD COLUMN version       integer NOT NULL DEFAULT 1,
  ADD CHECK ((quiet_from IS NULL) = (quiet_until IS NULL)),
  ADD CHECK (back_at IS NULL OR status = 'paused');
CREATE INDEX volunteer_back ON scheduling.volunteer (back_at) WHERE back_at IS NOT NULL;

-- Of writing nobody was asked before: null is "not told".
ALTER TABLE scheduling.volunteer_language
  ADD COLUMN writes            boolean,
  ADD COLUMN needs_interpreter boolean NOT NULL DEFAULT false;
UPDATE scheduling.volunteer_language SET needs_interpreter = true WHERE level = 'basic';

-- What is kept is what somebody did; "expiring" and "expired" follow from the day. A renewal is a row of its own.
ALTER TABLE scheduling.volunteer_licence
  DROP CONSTRAINT volunteer_licence_pkey,
  ADD COLUMN id           uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
  ADD COLUMN valid_from   date,
  ADD COLUMN state        text NOT NULL DEFAULT 'verified' CHECK (state IN ('claimed', 'verified', 'revoked')),
  ADD COLUMN state_by     uuid,
  ADD COLUMN state_at     timestamptz,
  ADD COLUMN state_reason text,
  ADD COLUMN warned_days  integer,
  ADD COLUMN ended_at     timestamptz,
  ADD CHECK (valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until);
ALTER TABLE scheduling.volunteer_licence ALTER COLUMN state SET DEFAULT 'claimed', ALTER COLUMN id DROP DEFAULT;
CREATE UNIQUE INDEX volunteer_licence_once ON scheduling.volunteer_licence (account_id, country, number, valid_until)
  NULLS NOT DISTINCT;
CREATE INDEX volunteer_licence_end ON scheduling.volunteer_licence (valid_until)
  WHERE state = 'verified' AND ended_at IS NULL;

-- What licence a mode of consult asks for, by the country the patient is in; '*' is everywhere else.
CREATE TABLE scheduling.licence_rule (
  version   integer NOT NULL CHECK (version > 0),
  country   text NOT NULL CHECK (country ~ '^([A-Z]{2}|\*)$'),
  mode      text NOT NULL CHECK (mode IN ('clinician-advice', 'patient-present', 'direct-to-patient')),
  needs     text NOT NULL CHECK (needs IN ('none', 'any', 'country', 'listed')),
  countries text[] NOT NULL DEFAULT '{}',
  source    text NOT NULL CHECK (source <> ''),
  PRIMARY KEY (version, country, mode),
  CHECK ((needs = 'listed') = (countries <> '{}'))
);
INSERT INTO scheduling.licence_rule VALUES
  (1, '*', 'clinician-advice', 'any', '{}',
   'The clinician there stays the treating one and is advised by a colleague (as The Addis Clinic works). A proposal that counsel must approve.'),
  (1, '*', 'patient-present', 'country', '{}',
   'Whoever sees the patient in the call practises where the patient is (as MAVEN Project works). A proposal that counsel must approve.'),
  (1, '*', 'direct-to-patient', 'country', '{}',
   'Whoever treats the patient alone practises where the patient is. A proposal that counsel must approve.');

-- A lighter time that somebody asked for. Why is nobody's business: only they and the server read it.
CREATE TABLE scheduling.volunteer_ease (
  account_id uuid PRIMARY KEY REFERENCES scheduling.volunteer (account_id),
  weekly_cap integer NOT NULL CHECK (weekly_cap BETWEEN 0 AND 100),
  until      timestamptz NOT NULL,
  asked_at   timestamptz NOT NULL
);
-- A case that went badly: asked about once, answered once, without a word of what was answered.
CREATE TABLE scheduling.hard_case (
  consult_id  uuid NOT NULL REFERENCES scheduling.consult (id),
  account_id  uuid NOT NULL REFERENCES scheduling.volunteer (account_id),
  marked_by   uuid,
  marked_at   timestamptz NOT NULL,
  answered_at timestamptz,
  PRIMARY KEY (account_id, consult_id)
);
CREATE TABLE scheduling.peer_support (
  organisation_id uuid PRIMARY KEY REFERENCES platform.organisation (id),
  line            text NOT NULL CHECK (line <> ''),
  saved_by        uuid NOT NULL,
  saved_at        timestamptz NOT NULL
);
CREATE TABLE scheduling.service_certificate (
  code       text PRIMARY KEY CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
  account_id uuid NOT NULL REFERENCES scheduling.volunteer (account_id),
  name       text NOT NULL,
  minutes    bigint NOT NULL CHECK (minutes >= 0),
  first_day  date NOT NULL,
  last_day   date NOT NULL CHECK (last_day >= first_day),
  issued_at  timestamptz NOT NULL
);

ALTER TABLE scheduling.volunteer_ease ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.volunteer_ease FORCE ROW LEVEL SECURITY;
ALTER TABLE scheduling.hard_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.hard_case FORCE ROW LEVEL SECURITY;
ALTER TABLE scheduling.service_certificate ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.service_certificate FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON scheduling.volunteer_ease TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON scheduling.hard_case TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON scheduling.service_certificate TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY app ON scheduling.volunteer_ease TO consilium_app USING (account_id = platform.current_account());
CREATE POLICY app ON scheduling.hard_case TO consilium_app USING (account_id = platform.current_account());
CREATE POLICY app ON scheduling.service_certificate TO consilium_app
  USING (account_id = platform.current_account());

GRANT SELECT ON scheduling.licence_rule TO consilium_app, consilium_worker;
GRANT UPDATE ON scheduling.volunteer, scheduling.volunteer_licence TO consilium_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON scheduling.volunteer_ease TO consilium_app, consilium_worker;
GRANT SELECT, INSERT, UPDATE ON scheduling.hard_case, scheduling.peer_support TO consilium_worker;
GRANT SELECT ON scheduling.hard_case, scheduling.peer_support TO consilium_app;
GRANT SELECT, INSERT ON scheduling.service_certificate TO consilium_app, consilium_worker;
