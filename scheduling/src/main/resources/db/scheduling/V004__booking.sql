-- Appointments, and one booking table for every person and thing: nobody can be in two places.

CREATE TABLE scheduling.appointment (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  start_at        timestamptz NOT NULL,
  end_at          timestamptz NOT NULL CHECK (end_at > start_at),
  status          text NOT NULL CHECK (status IN ('booked', 'cancelled', 'done')),
  booked_by       uuid NOT NULL,
  booked_at       timestamptz NOT NULL,
  zone_data       text NOT NULL,
  cancelled_at    timestamptz,
  cancelled_by    uuid,
  cancel_reason   text,
  UNIQUE (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES scheduling.consult (organisation_id, id),
  CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL))
);
CREATE INDEX appointment_consult ON scheduling.appointment (consult_id, start_at);
CREATE INDEX appointment_organisation ON scheduling.appointment (organisation_id, start_at);

-- An empty or open range would pass the exclusion constraint, so both are refused.
CREATE TABLE scheduling.booking (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  appointment_id  uuid NOT NULL,
  resource_id     uuid NOT NULL,
  role            text NOT NULL CHECK (role IN ('specialist', 'clinic', 'interpreter')),
  zone            text NOT NULL,
  during          tstzrange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)
                                            AND lower(during) IS NOT NULL AND upper(during) IS NOT NULL),
  cancelled       boolean NOT NULL DEFAULT false,
  FOREIGN KEY (organisation_id, appointment_id) REFERENCES scheduling.appointment (organisation_id, id),
  UNIQUE (appointment_id, resource_id),
  CONSTRAINT never_twice EXCLUDE USING gist (resource_id WITH =, during WITH &&) WHERE (NOT cancelled)
);

ALTER TABLE scheduling.appointment ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.appointment FORCE ROW LEVEL SECURITY;
ALTER TABLE scheduling.booking ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.booking FORCE ROW LEVEL SECURITY;

CREATE POLICY worker ON scheduling.appointment TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON scheduling.booking TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY app ON scheduling.appointment TO consilium_app
  USING (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id));
CREATE POLICY app ON scheduling.booking TO consilium_app
  USING (organisation_id = platform.current_organisation() OR resource_id = platform.current_account()
    OR EXISTS (SELECT FROM scheduling.appointment a WHERE a.id = appointment_id));

GRANT SELECT ON scheduling.appointment, scheduling.booking TO consilium_app;
GRANT SELECT, INSERT, UPDATE ON scheduling.appointment, scheduling.booking TO consilium_worker;
