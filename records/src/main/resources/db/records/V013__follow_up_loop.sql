-- Follow-up that closes the loop by itself: what is asked when, who was asked how often, and by which link and digits
-- they answer. Rules and words are versioned data; no clinician has approved them.

CREATE TABLE records.follow_up_rules (
  organisation_id uuid REFERENCES platform.organisation (id),
  version         text NOT NULL,
  content         jsonb NOT NULL,
  in_force_from   timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organisation_id, version)
);
CREATE TABLE records.follow_up_words (
  organisation_id uuid REFERENCES platform.organisation (id),
  version         text NOT NULL,
  language        text NOT NULL,
  content         jsonb NOT NULL,
  in_force_from   timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organisation_id, version, language)
);
GRANT SELECT ON records.follow_up_rules, records.follow_up_words TO consilium_app;
GRANT SELECT, INSERT ON records.follow_up_rules, records.follow_up_words TO consilium_worker;

-- Why a date is the one that it is.
ALTER TABLE records.follow_up ADD COLUMN origin text NOT NULL DEFAULT 'person'
  CHECK (origin IN ('rule', 'note', 'person'));

-- How news came, and what was asked with it. Who recorded what came by link or digits is who was asked.
ALTER TABLE records.outcome ADD COLUMN channel text NOT NULL DEFAULT 'product'
  CHECK (channel IN ('product', 'telephone', 'link', 'text'));
ALTER TABLE records.outcome ADD COLUMN next_question text;

-- One time at which the clinic is asked how the patient fares: the first, and the last for everybody.
CREATE TABLE records.follow_up_check (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('first', 'last')),
  due_on          date NOT NULL,
  due_at          timestamptz NOT NULL,
  rules_version   text NOT NULL,
  urgency         text NOT NULL CHECK (urgency IN ('red', 'orange', 'yellow', 'green', 'blue')),
  set_at          timestamptz NOT NULL,
  state           text NOT NULL CHECK (state IN ('waiting', 'answered', 'unanswered', 'dropped')),
  ended_at        timestamptz,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id),
  CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX follow_up_check_once ON records.follow_up_check (organisation_id, consult_id, kind)
  WHERE state = 'waiting';
CREATE INDEX follow_up_check_due ON records.follow_up_check (organisation_id, due_at) WHERE state = 'waiting';
CREATE INDEX follow_up_check_silent ON records.follow_up_check (organisation_id, ended_at) WHERE state = 'unanswered';
CREATE INDEX follow_up_check_consult ON records.follow_up_check (organisation_id, consult_id, set_at);

-- What is to happen by itself: reminders 1 to 3, and 4, when silence is the answer. Taken by deleting it.
CREATE TABLE records.follow_up_timer (
  organisation_id uuid NOT NULL,
  check_id        uuid NOT NULL,
  step            integer NOT NULL CHECK (step BETWEEN 1 AND 4),
  due_at          timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, check_id),
  FOREIGN KEY (organisation_id, check_id) REFERENCES records.follow_up_check (organisation_id, id)
);
CREATE INDEX follow_up_timer_due ON records.follow_up_timer (due_at);

-- A reminder that went out; its number makes it one for each step.
CREATE TABLE records.follow_up_reminder (
  organisation_id uuid NOT NULL,
  check_id        uuid NOT NULL,
  number          integer NOT NULL CHECK (number BETWEEN 1 AND 3),
  consult_id      uuid NOT NULL,
  sent_at         timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, check_id, number),
  FOREIGN KEY (organisation_id, check_id) REFERENCES records.follow_up_check (organisation_id, id)
);

-- Whom a check asks, and what lets them answer without signing in: the hash of a link's secret, which every reminder
-- makes anew, and digits that stand for this consult on one telephone.
CREATE TABLE records.follow_up_ask (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  check_id        uuid NOT NULL,
  consult_id      uuid NOT NULL,
  account_id      uuid NOT NULL REFERENCES platform.account (id),
  token_sha256    bytea NOT NULL UNIQUE,
  expires_at      timestamptz NOT NULL,
  phone           text,
  code            text,
  ended_at        timestamptz,
  sending         uuid,
  answer_sha256   bytea,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, check_id, account_id),
  FOREIGN KEY (organisation_id, check_id) REFERENCES records.follow_up_check (organisation_id, id),
  CHECK ((sending IS NULL) = (answer_sha256 IS NULL))
);
CREATE UNIQUE INDEX follow_up_ask_code ON records.follow_up_ask (phone, code) WHERE ended_at IS NULL AND code IS NOT NULL;

-- Short messages of people that were taken, so that the gateway may hand one over twice. Telephones as hashes.
CREATE TABLE records.follow_up_text (
  gateway_id   text PRIMARY KEY CHECK (length(gateway_id) BETWEEN 1 AND 200),
  message_sha256 bytea NOT NULL,
  reply        text NOT NULL,
  taken_at     timestamptz NOT NULL
);
-- Messages of a telephone that could not be taken, within an hour.
CREATE TABLE records.follow_up_text_failure (
  phone_sha256 bytea PRIMARY KEY,
  failures     integer NOT NULL,
  since        timestamptz NOT NULL
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['follow_up_check', 'follow_up_timer', 'follow_up_reminder', 'follow_up_ask'] LOOP
    EXECUTE format('ALTER TABLE records.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE records.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY worker ON records.%I TO consilium_worker USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON records.%I TO consilium_worker', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['follow_up_check', 'follow_up_reminder'] LOOP
    EXECUTE format('CREATE POLICY app ON records.%I FOR SELECT TO consilium_app
      USING (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id))', name);
    EXECUTE format('GRANT SELECT ON records.%I TO consilium_app', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON records.follow_up_text, records.follow_up_text_failure TO consilium_worker;
