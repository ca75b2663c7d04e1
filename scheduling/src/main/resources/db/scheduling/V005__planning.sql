-- Weights of the planner and of live matching: one version, one definition of what is good.

INSERT INTO scheduling.matching_weights VALUES ('2026-2', '2026-11-01T00:00:00Z', '{
  "field": 400, "parentField": 200, "ageGroup": 60, "clinicianLanguage": 150, "patientLanguage": 160,
  "onDuty": 100, "soonPerHour": 5, "continuity": 150, "wakingHour": 60, "openConsult": 25, "roomInWeek": 0,
  "interpreter": 80, "genderWish": 40, "unanswered": 60, "region": 30, "furtherInWeek": 20,
  "shadowPercent": 110, "keepPromise": 100,
  "base": {"red": 1600, "orange": 1000, "yellow": 600, "green": 300, "blue": 150},
  "waitPerHour": {"red": 40, "orange": 15, "yellow": 6, "green": 2, "blue": 1}}');

-- What each hour of each specialist is worth to somebody else, as of the last hourly run.
CREATE TABLE scheduling.price_snapshot (
  made_at       timestamptz PRIMARY KEY,
  requests      integer NOT NULL,
  -- For each number of hours ahead, how much of a price still counts.
  still_to_come double precision[] NOT NULL CHECK (cardinality(still_to_come) > 0)
);
CREATE TABLE scheduling.hour_price (
  made_at       timestamptz NOT NULL REFERENCES scheduling.price_snapshot (made_at) ON DELETE CASCADE,
  specialist_id uuid NOT NULL,
  hour          timestamptz NOT NULL,
  price         integer NOT NULL CHECK (price > 0),
  PRIMARY KEY (made_at, specialist_id, hour)
);

-- One row for each hour that was planned: whoever inserts it, plans.
CREATE TABLE scheduling.plan_run (
  hour       timestamptz PRIMARY KEY,
  started_at timestamptz NOT NULL
);

-- What a plan would change of an organisation's appointments. A person approves it, or the setting does in the name of
-- whoever set it.
CREATE TABLE scheduling.plan_setting (
  organisation_id   uuid PRIMARY KEY REFERENCES platform.organisation (id),
  applies_by_itself boolean NOT NULL,
  set_by            uuid NOT NULL,
  set_at            timestamptz NOT NULL
);
CREATE TABLE scheduling.plan_proposal (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES platform.organisation (id),
  cause           text NOT NULL CHECK (cause IN ('hourly', 'drop-out')),
  status          text NOT NULL CHECK (status IN ('open', 'applied', 'rejected', 'superseded', 'overtaken')),
  made_at         timestamptz NOT NULL,
  weights_version text NOT NULL,
  value_before    bigint NOT NULL,
  value_after     bigint NOT NULL,
  decided_by      uuid,
  decided_at      timestamptz,
  reason          text,
  UNIQUE (organisation_id, id),
  CHECK ((status = 'open') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX plan_open_once ON scheduling.plan_proposal (organisation_id) WHERE status = 'open';
CREATE INDEX plan_of ON scheduling.plan_proposal (organisation_id, made_at DESC);
CREATE TABLE scheduling.plan_move (
  organisation_id uuid NOT NULL,
  plan_id         uuid NOT NULL,
  appointment_id  uuid NOT NULL,
  consult_id      uuid NOT NULL,
  specialist_id   uuid NOT NULL,
  interpreter_id  uuid,
  was_start       timestamptz NOT NULL,
  start_at        timestamptz,
  minutes         integer NOT NULL,
  points_before   integer NOT NULL,
  points_after    integer NOT NULL,
  terms_before    jsonb NOT NULL,
  terms_after     jsonb NOT NULL,
  PRIMARY KEY (plan_id, appointment_id),
  FOREIGN KEY (organisation_id, plan_id) REFERENCES scheduling.plan_proposal (organisation_id, id) ON DELETE CASCADE
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['plan_setting', 'plan_proposal', 'plan_move'] LOOP
    EXECUTE format('ALTER TABLE scheduling.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE scheduling.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY worker ON scheduling.%I TO consilium_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY app ON scheduling.%I TO consilium_app
      USING (organisation_id = platform.current_organisation())
      WITH CHECK (organisation_id = platform.current_organisation())', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON scheduling.plan_setting TO consilium_app;
GRANT SELECT ON scheduling.plan_setting TO consilium_worker;
GRANT SELECT, UPDATE (status, decided_by, decided_at, reason) ON scheduling.plan_proposal TO consilium_app;
GRANT SELECT ON scheduling.plan_move TO consilium_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON scheduling.plan_proposal, scheduling.plan_move, scheduling.price_snapshot,
  scheduling.hour_price, scheduling.plan_run TO consilium_worker;
GRANT SELECT ON scheduling.price_snapshot, scheduling.hour_price TO consilium_app;
