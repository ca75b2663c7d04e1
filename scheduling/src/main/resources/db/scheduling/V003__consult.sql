-- The consult and its life. Row security: the owner's organisation, the care team, and whoever is asked right now.

CREATE TABLE scheduling.consult (
  id                uuid PRIMARY KEY,
  organisation_id   uuid NOT NULL REFERENCES platform.organisation (id),
  site_id           uuid NOT NULL,
  patient_id        uuid NOT NULL,
  requester_id      uuid NOT NULL REFERENCES platform.account (id),
  age_value         integer NOT NULL,
  age_unit          text NOT NULL CHECK (age_unit IN ('days', 'weeks', 'months', 'years')),
  age_group         text NOT NULL CHECK (age_group IN ('neonate', 'child', 'adolescent', 'adult', 'older')),
  sex               text NOT NULL CHECK (sex IN ('female', 'male', 'other', 'unknown')),
  patient_language  text NOT NULL,
  clinic_language   text NOT NULL,
  question          text NOT NULL,
  mode_asked        text NOT NULL,
  specialty_asked   text,
  mode              text NOT NULL CHECK (mode IN ('clinician-advice', 'patient-present', 'direct-to-patient')),
  specialty         text,
  urgency_computed  text NOT NULL,
  urgency_requested text NOT NULL,
  urgency_confirmed text,
  status            text NOT NULL CHECK (status IN ('submitted', 'triaged', 'offered', 'accepted', 'in-discussion',
                                                    'booked', 'advised', 'closed', 'withdrawn')),
  waiting_on        text NOT NULL CHECK (waiting_on IN ('coordinator', 'specialist', 'clinic', 'nobody')),
  due_at            timestamptz,
  due_for           text CHECK (due_for IN ('triage', 'acceptance', 'first-answer', 'follow-up')),
  specialist_id     uuid REFERENCES platform.account (id),
  submitted_at      timestamptz NOT NULL,
  first_answer_at   timestamptz,
  discussed_at      timestamptz,
  follow_up_on      date,
  result            text,
  ended_at          timestamptz,
  targets_version   integer NOT NULL,
  changed_at        timestamptz NOT NULL,
  version           integer NOT NULL CHECK (version > 0),
  -- What the queue is sorted by: who has no due moment comes last.
  queue_at          timestamptz NOT NULL GENERATED ALWAYS AS
                      (coalesce(due_at, '9999-12-31 00:00:00+00'::timestamptz)) STORED,
  is_over           boolean NOT NULL GENERATED ALWAYS AS (status IN ('closed', 'withdrawn')) STORED,
  UNIQUE (organisation_id, id),
  FOREIGN KEY (organisation_id, site_id) REFERENCES platform.site (organisation_id, id),
  CHECK ((due_at IS NULL) = (due_for IS NULL)),
  CHECK ((specialist_id IS NULL) = (status IN ('submitted', 'triaged', 'offered')) OR status = 'withdrawn')
);
CREATE INDEX consult_queue ON scheduling.consult (organisation_id, queue_at, id) WHERE NOT is_over;
CREATE INDEX consult_latest ON scheduling.consult (organisation_id, changed_at DESC, id DESC);
CREATE INDEX consult_patient ON scheduling.consult (organisation_id, patient_id, changed_at DESC);
CREATE INDEX consult_specialist ON scheduling.consult (specialist_id, changed_at DESC) WHERE specialist_id IS NOT NULL;

-- What happened to it, by whom, when on the device and when here, and why. Insert only.
CREATE TABLE scheduling.consult_event (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  at              timestamptz NOT NULL,
  device_at       timestamptz,
  kind            text NOT NULL,
  actor_id        uuid,
  about_id        uuid,
  reason          text,
  detail          jsonb NOT NULL DEFAULT '{}',
  FOREIGN KEY (organisation_id, consult_id) REFERENCES scheduling.consult (organisation_id, id)
);
CREATE INDEX consult_event_consult ON scheduling.consult_event (consult_id, id);

-- One attempt to place a consult: its own projection says all that may be said of the patient.
CREATE TABLE scheduling.offer (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  patient_id      uuid NOT NULL,
  specialist_id   uuid NOT NULL REFERENCES platform.account (id),
  lane            integer NOT NULL CHECK (lane BETWEEN 1 AND 5),
  status          text NOT NULL CHECK (status IN ('open', 'accepted', 'refused', 'expired', 'withdrawn')),
  sent_at         timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL CHECK (expires_at > sent_at),
  answered_at     timestamptz,
  rank            integer NOT NULL,
  terms           jsonb NOT NULL,
  weights_version text NOT NULL,
  about           jsonb NOT NULL,
  offered_by      uuid,
  refusal_reason  text,
  refusal_comment text,
  UNIQUE (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES scheduling.consult (organisation_id, id),
  CHECK ((status = 'open') = (answered_at IS NULL))
);
-- Never two open offers in one lane, never two open ones to one person, never two who took it.
CREATE UNIQUE INDEX offer_open_lane ON scheduling.offer (consult_id, lane) WHERE status = 'open';
CREATE UNIQUE INDEX offer_open_person ON scheduling.offer (specialist_id, consult_id) WHERE status = 'open';
CREATE UNIQUE INDEX offer_accepted ON scheduling.offer (consult_id) WHERE status = 'accepted';
CREATE INDEX offer_consult ON scheduling.offer (consult_id, sent_at);
CREATE INDEX offer_specialist ON scheduling.offer (specialist_id, sent_at DESC);

-- What is to happen by itself, and when. Firing and its effect are one transaction.
CREATE TABLE scheduling.timer (
  id         uuid PRIMARY KEY,
  consult_id uuid NOT NULL REFERENCES scheduling.consult (id),
  offer_id   uuid REFERENCES scheduling.offer (id),
  step       text NOT NULL CHECK (step IN ('offer-expiry')),
  due_at     timestamptz NOT NULL,
  fired_at   timestamptz,
  failures   integer NOT NULL DEFAULT 0,
  targets_version integer NOT NULL,
  UNIQUE (offer_id, step)
);
CREATE INDEX timer_due ON scheduling.timer (due_at, id) WHERE fired_at IS NULL;

ALTER TABLE scheduling.consult ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.consult FORCE ROW LEVEL SECURITY;
ALTER TABLE scheduling.consult_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.consult_event FORCE ROW LEVEL SECURITY;
ALTER TABLE scheduling.offer ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.offer FORCE ROW LEVEL SECURITY;

CREATE POLICY worker ON scheduling.consult TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON scheduling.consult_event TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON scheduling.offer TO consilium_worker USING (true) WITH CHECK (true);

CREATE POLICY app ON scheduling.offer TO consilium_app
  USING (organisation_id = platform.current_organisation() OR specialist_id = platform.current_account());
-- The offer's own policy applies inside: a person is let in by an offer to themselves only.
CREATE POLICY app ON scheduling.consult TO consilium_app
  USING (organisation_id = platform.current_organisation() OR platform.on_care_team(id)
    OR EXISTS (SELECT FROM scheduling.offer o
                WHERE o.consult_id = consult.id AND o.specialist_id = platform.current_account()
                  AND o.status = 'open'))
  WITH CHECK (organisation_id = platform.current_organisation() OR platform.on_care_team(id));
CREATE POLICY app ON scheduling.consult_event TO consilium_app
  USING (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id));

GRANT SELECT, INSERT, UPDATE ON scheduling.consult, scheduling.offer TO consilium_app, consilium_worker;
GRANT SELECT, INSERT ON scheduling.consult_event TO consilium_app, consilium_worker;
GRANT SELECT, INSERT, UPDATE ON scheduling.timer TO consilium_worker;

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON scheduling.consult_event
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
