-- The whole life of an appointment: held, moved, attended, missed; who waits for a time; who is told.

ALTER TABLE scheduling.appointment
  DROP CONSTRAINT appointment_status_check,
  ADD CONSTRAINT appointment_status_check CHECK (status IN (
    'held', 'booked', 'confirmed', 'arrived', 'in-call', 'done', 'partly', 'cancelled', 'no-show', 'rescheduled')),
  ADD COLUMN is_coming boolean NOT NULL GENERATED ALWAYS AS
    (status IN ('booked', 'confirmed', 'arrived', 'in-call')) STORED,
  -- A hold is one until this moment; after it, it is nothing.
  ADD COLUMN held_until timestamptz,
  ADD COLUMN replaces uuid REFERENCES scheduling.appointment (id),
  ADD COLUMN moved_by uuid,
  ADD COLUMN moved_reason text,
  ADD COLUMN absent text[] NOT NULL DEFAULT '{}',
  ADD COLUMN absence_told_at timestamptz,
  ADD COLUMN outcome_at timestamptz,
  ADD COLUMN outcome_by uuid,
  ADD COLUMN outcome_reason text,
  ADD COLUMN without_interpreter boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT held_while_held CHECK ((status = 'held') = (held_until IS NOT NULL)),
  ADD CONSTRAINT absent_when_missed CHECK ((status = 'no-show') = (absent <> '{}'));
CREATE INDEX appointment_held ON scheduling.appointment (held_until) WHERE held_until IS NOT NULL;
CREATE INDEX appointment_coming ON scheduling.appointment (zone_data) WHERE is_coming;

-- local_start is what was promised on that part's wall clock; its instant is laid out again when a zone changes.
ALTER TABLE scheduling.booking
  DROP CONSTRAINT booking_role_check,
  ADD CONSTRAINT booking_role_check CHECK (role IN ('specialist', 'clinic', 'interpreter', 'navigator', 'device')),
  ADD COLUMN held_until timestamptz,
  ADD COLUMN local_start timestamp,
  ADD COLUMN confirmed_at timestamptz,
  ADD COLUMN arrived_at timestamptz,
  ADD COLUMN checked_at timestamptz NOT NULL DEFAULT '-infinity';
CREATE INDEX booking_held ON scheduling.booking (resource_id, held_until) WHERE held_until IS NOT NULL;
CREATE INDEX booking_coming ON scheduling.booking (resource_id, upper(during)) WHERE NOT cancelled;

-- Rooms and devices of a site. Without hours of its own, a thing can be had while its site is open.
CREATE TABLE scheduling.site_resource (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  site_id         uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('room', 'device')),
  name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  retired_at      timestamptz,
  version         integer NOT NULL DEFAULT 1,
  FOREIGN KEY (organisation_id, site_id) REFERENCES platform.site (organisation_id, id)
);
CREATE INDEX site_resource_site ON scheduling.site_resource (site_id, name);
ALTER TABLE scheduling.hours
  DROP CONSTRAINT hours_owner_kind_check,
  ADD CONSTRAINT hours_owner_kind_check CHECK (owner_kind IN ('volunteer', 'site', 'thing'));

-- What becomes due of an appointment by itself. Fired once, by whichever node claims it.
CREATE TABLE scheduling.appointment_timer (
  appointment_id uuid NOT NULL REFERENCES scheduling.appointment (id) ON DELETE CASCADE,
  kind           text NOT NULL CHECK (kind IN ('remind-day', 'remind-hours', 'remind-quarter', 'absence', 'end')),
  due            timestamptz NOT NULL,
  PRIMARY KEY (appointment_id, kind)
);
CREATE INDEX appointment_timer_due ON scheduling.appointment_timer (due);

-- What a person was told; ids and codes, the words are made for the reader. Kept apart from the consult's history.
CREATE TABLE scheduling.notice (
  id             uuid PRIMARY KEY,
  account_id     uuid NOT NULL REFERENCES platform.account (id),
  kind           text NOT NULL,
  appointment_id uuid REFERENCES scheduling.appointment (id) ON DELETE SET NULL,
  consult_id     uuid NOT NULL REFERENCES scheduling.consult (id),
  start_at       timestamptz,
  was_at         timestamptz,
  told_at        timestamptz NOT NULL,
  read_at        timestamptz
);
CREATE INDEX notice_of ON scheduling.notice (account_id, told_at DESC);

-- Consults that found no time soon enough.
CREATE TABLE scheduling.waiting_consult (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  wanted          tstzrange NOT NULL CHECK (NOT isempty(wanted) AND NOT lower_inf(wanted) AND NOT upper_inf(wanted)),
  minutes         integer NOT NULL CHECK (minutes BETWEEN 10 AND 180),
  parts           jsonb NOT NULL,
  status          text NOT NULL CHECK (status IN ('waiting', 'offered', 'served', 'withdrawn', 'lapsed')),
  since           timestamptz NOT NULL,
  asked_by        uuid NOT NULL,
  offered         uuid REFERENCES scheduling.appointment (id) ON DELETE SET NULL,
  passed_over     timestamptz[] NOT NULL DEFAULT '{}',
  FOREIGN KEY (organisation_id, consult_id) REFERENCES scheduling.consult (organisation_id, id)
);
CREATE UNIQUE INDEX waiting_once ON scheduling.waiting_consult (consult_id) WHERE status IN ('waiting', 'offered');

-- Time that has become free, until it is known whether somebody waits for it.
CREATE TABLE scheduling.freed_time (
  id          uuid PRIMARY KEY,
  resource_id uuid NOT NULL,
  during      tstzrange NOT NULL CHECK (NOT isempty(during)),
  freed_at    timestamptz NOT NULL
);
CREATE INDEX freed_time_age ON scheduling.freed_time (freed_at);

-- Hours that a specialist keeps for those who wait; nobody else is booked into them.
CREATE TABLE scheduling.stand_by (
  id         uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES scheduling.volunteer (account_id),
  during     tstzrange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
  offered_at timestamptz NOT NULL,
  EXCLUDE USING gist (account_id WITH =, during WITH &&)
);

-- Appointments that can no longer be kept as booked: work for a person to approve.
CREATE TABLE scheduling.broken_appointment (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  appointment_id  uuid NOT NULL REFERENCES scheduling.appointment (id),
  resource_id     uuid NOT NULL,
  cause           text NOT NULL CHECK (cause IN ('hours', 'left', 'zone')),
  found_at        timestamptz NOT NULL,
  proposed_at     timestamptz,
  status          text NOT NULL CHECK (status IN ('open', 'moved', 'kept', 'gone')),
  decided_by      uuid,
  decided_at      timestamptz,
  decision_reason text,
  FOREIGN KEY (organisation_id, appointment_id) REFERENCES scheduling.appointment (organisation_id, id)
);
CREATE UNIQUE INDEX broken_once ON scheduling.broken_appointment (appointment_id, resource_id) WHERE status = 'open';

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['site_resource', 'appointment_timer', 'notice', 'waiting_consult', 'freed_time',
                           'broken_appointment'] LOOP
    EXECUTE format('ALTER TABLE scheduling.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE scheduling.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY worker ON scheduling.%I TO consilium_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON scheduling.%I TO consilium_worker', t);
  END LOOP;
END $$;
-- What a site has is no secret, like the site itself; only its own people change it.
CREATE POLICY app_reads ON scheduling.site_resource FOR SELECT TO consilium_app USING (true);
CREATE POLICY app_adds ON scheduling.site_resource FOR INSERT TO consilium_app
  WITH CHECK (organisation_id = platform.current_organisation());
CREATE POLICY app_changes ON scheduling.site_resource FOR UPDATE TO consilium_app
  USING (organisation_id = platform.current_organisation());
CREATE POLICY app ON scheduling.notice TO consilium_app
  USING (account_id = platform.current_account()) WITH CHECK (account_id = platform.current_account());
CREATE POLICY app ON scheduling.waiting_consult TO consilium_app
  USING (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id));
CREATE POLICY app ON scheduling.broken_appointment TO consilium_app
  USING (organisation_id = platform.current_organisation());

GRANT SELECT, INSERT, UPDATE ON scheduling.site_resource TO consilium_app;
GRANT SELECT, UPDATE (read_at) ON scheduling.notice TO consilium_app;
GRANT SELECT ON scheduling.waiting_consult, scheduling.broken_appointment TO consilium_app;
GRANT SELECT, INSERT, DELETE ON scheduling.stand_by TO consilium_app, consilium_worker;
GRANT DELETE ON scheduling.appointment, scheduling.booking TO consilium_worker;
