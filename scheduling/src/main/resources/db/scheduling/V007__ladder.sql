-- Who is asked next, and when: versioned data. The first version is a proposal that a network must approve.
-- A consult keeps the version that it began with; a newer one never changes a running consult.

CREATE TABLE scheduling.ladder (
  version     integer PRIMARY KEY,
  active_from timestamptz NOT NULL,
  is_proposal boolean NOT NULL,
  note        text NOT NULL
);

-- counted_from: 'offer' as thousandths of the time that an offer waits, the others in seconds.
-- phase: 'triage' until it is confirmed, 'placing' from then until somebody takes it.
-- asks: how many are asked more; asks_life the same when life is in danger. every: again after so many seconds.
CREATE TABLE scheduling.ladder_step (
  version      integer NOT NULL REFERENCES scheduling.ladder (version),
  urgency      text NOT NULL CHECK (urgency IN ('red', 'orange', 'yellow', 'green', 'blue')),
  position     integer NOT NULL,
  phase        text NOT NULL CHECK (phase IN ('triage', 'placing')),
  counted_from text NOT NULL CHECK (counted_from IN ('offer', 'submission', 'triage')),
  after        integer NOT NULL CHECK (after >= 0),
  act          text NOT NULL CHECK (act IN ('remind', 'next', 'ask', 'ring', 'specialty', 'any-doctor', 'own',
                                            'supervisor', 'confirm')),
  asks         integer NOT NULL DEFAULT 0 CHECK (asks BETWEEN 0 AND 20),
  asks_life    integer NOT NULL DEFAULT 0 CHECK (asks_life BETWEEN 0 AND 20),
  every        integer CHECK (every >= 5),
  PRIMARY KEY (version, urgency, position),
  CHECK (counted_from <> 'offer' OR (act IN ('remind', 'next') AND after BETWEEN 1 AND 999)),
  CHECK ((act = 'ring') = (every IS NOT NULL)),
  CHECK (act <> 'ask' OR asks > 0)
);

INSERT INTO scheduling.ladder VALUES
  (1, '2026-01-01T00:00:00Z', true, 'Proposal; to be approved by the network''s clinicians.');
INSERT INTO scheduling.ladder_step
  (version, urgency, position, phase, counted_from, after, act, asks, asks_life, every) VALUES
  (1, 'red',    1, 'triage',  'submission',    300, 'confirm',    0, 0, NULL),
  (1, 'red',    2, 'triage',  'submission',    600, 'supervisor', 0, 0, NULL),
  (1, 'red',    3, 'placing', 'triage',          0, 'ask',        2, 3, NULL),
  (1, 'red',    4, 'placing', 'triage',         10, 'ring',       1, 1, 10),
  (1, 'red',    5, 'placing', 'offer',         333, 'remind',     0, 0, NULL),
  (1, 'red',    6, 'placing', 'offer',         667, 'next',       1, 1, NULL),
  (1, 'red',    7, 'placing', 'submission',    300, 'ask',        1, 1, NULL),
  (1, 'red',    8, 'placing', 'submission',    600, 'specialty', 20, 20, NULL),
  (1, 'red',    9, 'placing', 'submission',    600, 'own',        0, 0, NULL),
  (1, 'red',   10, 'placing', 'submission',    900, 'any-doctor', 20, 20, NULL),
  (1, 'red',   11, 'placing', 'submission',    900, 'supervisor', 0, 0, NULL),
  (1, 'orange', 1, 'triage',  'submission',    900, 'own',        0, 0, NULL),
  (1, 'orange', 2, 'placing', 'offer',         333, 'remind',     0, 0, NULL),
  (1, 'orange', 3, 'placing', 'offer',         667, 'next',       1, 1, NULL),
  (1, 'orange', 4, 'placing', 'submission',    900, 'ask',        1, 1, NULL),
  (1, 'orange', 5, 'placing', 'submission',   1800, 'specialty', 20, 20, NULL),
  (1, 'orange', 6, 'placing', 'submission',   1800, 'own',        0, 0, NULL),
  (1, 'orange', 7, 'placing', 'submission',   3600, 'supervisor', 0, 0, NULL),
  (1, 'yellow', 1, 'triage',  'submission',   1800, 'own',        0, 0, NULL),
  (1, 'yellow', 2, 'placing', 'offer',         333, 'remind',     0, 0, NULL),
  (1, 'yellow', 3, 'placing', 'offer',         667, 'next',       1, 1, NULL),
  (1, 'yellow', 4, 'placing', 'submission',   7200, 'ask',        1, 1, NULL),
  (1, 'yellow', 5, 'placing', 'submission',  14400, 'specialty', 20, 20, NULL),
  (1, 'yellow', 6, 'placing', 'submission',  14400, 'own',        0, 0, NULL),
  (1, 'yellow', 7, 'placing', 'submission',  21600, 'supervisor', 0, 0, NULL),
  (1, 'green',  1, 'triage',  'submission',  14400, 'own',        0, 0, NULL),
  (1, 'green',  2, 'placing', 'offer',         333, 'remind',     0, 0, NULL),
  (1, 'green',  3, 'placing', 'offer',         667, 'next',       1, 1, NULL),
  (1, 'green',  4, 'placing', 'submission',  43200, 'ask',        1, 1, NULL),
  (1, 'green',  5, 'placing', 'submission',  86400, 'own',        0, 0, NULL),
  (1, 'green',  6, 'placing', 'submission', 129600, 'supervisor', 0, 0, NULL),
  (1, 'blue',   1, 'triage',  'submission', 259200, 'own',        0, 0, NULL),
  (1, 'blue',   2, 'placing', 'offer',         333, 'remind',     0, 0, NULL),
  (1, 'blue',   3, 'placing', 'offer',         667, 'next',       1, 1, NULL),
  (1, 'blue',   4, 'placing', 'submission', 432000, 'own',        0, 0, NULL);

GRANT SELECT ON scheduling.ladder, scheduling.ladder_step TO consilium_app, consilium_worker;

-- How a consult is being placed, and which coordinator answers for it. Without a name it is the group on duty.
CREATE TABLE scheduling.placing (
  consult_id       uuid PRIMARY KEY,
  organisation_id  uuid NOT NULL,
  ladder_version   integer NOT NULL REFERENCES scheduling.ladder (version),
  life_threatening boolean NOT NULL DEFAULT false,
  attention        text NOT NULL DEFAULT 'none' CHECK (attention IN ('none', 'own', 'supervisor')),
  paused_until     timestamptz,
  pinned_id        uuid REFERENCES platform.account (id),
  pinned_until     timestamptz,
  coordinator_id   uuid REFERENCES platform.account (id),
  handing_to_id    uuid REFERENCES platform.account (id),
  redirected       text CHECK (redirected IN ('not-suitable', 'emergency', 'other-network')),
  CHECK ((pinned_id IS NULL) = (pinned_until IS NULL)),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES scheduling.consult (organisation_id, id)
);
CREATE INDEX placing_coordinator ON scheduling.placing (coordinator_id) WHERE coordinator_id IS NOT NULL;

ALTER TABLE scheduling.placing ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.placing FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON scheduling.placing TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY app ON scheduling.placing TO consilium_app
  USING (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id));
GRANT SELECT ON scheduling.placing TO consilium_app;
GRANT SELECT, INSERT, UPDATE ON scheduling.placing TO consilium_worker;

-- When a coordinator is on duty. It ends once nothing urgent is left in their name.
CREATE TABLE scheduling.coordinator_duty (
  account_id      uuid NOT NULL REFERENCES platform.account (id),
  organisation_id uuid NOT NULL REFERENCES platform.organisation (id),
  began_at        timestamptz NOT NULL,
  ended_at        timestamptz CHECK (ended_at >= began_at),
  PRIMARY KEY (account_id, organisation_id, began_at)
);
CREATE UNIQUE INDEX coordinator_duty_open ON scheduling.coordinator_duty (account_id, organisation_id)
  WHERE ended_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON scheduling.coordinator_duty TO consilium_worker;

-- An offer may be opened before it is answered, passed on while it still waits, and name a colleague.
ALTER TABLE scheduling.offer DROP CONSTRAINT offer_lane_check;
ALTER TABLE scheduling.offer ADD CONSTRAINT offer_lane_check CHECK (lane BETWEEN 1 AND 99);
ALTER TABLE scheduling.offer ADD COLUMN seen_at timestamptz;
ALTER TABLE scheduling.offer ADD COLUMN reminded_at timestamptz;
ALTER TABLE scheduling.offer ADD COLUMN passed_on boolean NOT NULL DEFAULT false;
ALTER TABLE scheduling.offer ADD COLUMN colleague_id uuid REFERENCES platform.account (id);
ALTER TABLE scheduling.offer ADD COLUMN rang boolean NOT NULL DEFAULT false;
CREATE INDEX offer_rang ON scheduling.offer (specialist_id, sent_at) WHERE rang;

-- How often in seven days the ladder may ring somebody.
ALTER TABLE scheduling.volunteer ADD COLUMN ring_budget integer NOT NULL DEFAULT 12
  CHECK (ring_budget BETWEEN 0 AND 200);
GRANT UPDATE (ring_budget) ON scheduling.volunteer TO consilium_app, consilium_worker;

-- planned_at is when the ladder would act; due_at is later while a coordinator holds it back.
ALTER TABLE scheduling.timer DROP CONSTRAINT timer_step_check;
ALTER TABLE scheduling.timer ADD CONSTRAINT timer_step_check
  CHECK (step IN ('offer-expiry', 'offer-step', 'step'));
ALTER TABLE scheduling.timer DROP CONSTRAINT timer_offer_id_step_key;
ALTER TABLE scheduling.timer ADD COLUMN ladder_version integer REFERENCES scheduling.ladder (version);
ALTER TABLE scheduling.timer ADD COLUMN urgency text;
ALTER TABLE scheduling.timer ADD COLUMN position integer NOT NULL DEFAULT 0;
ALTER TABLE scheduling.timer ADD COLUMN planned_at timestamptz;
ALTER TABLE scheduling.timer ADD COLUMN outcome text;
UPDATE scheduling.timer SET planned_at = due_at;
ALTER TABLE scheduling.timer ALTER COLUMN planned_at SET NOT NULL;
CREATE UNIQUE INDEX timer_of_offer ON scheduling.timer (offer_id, step, position) WHERE offer_id IS NOT NULL;
CREATE UNIQUE INDEX timer_of_consult ON scheduling.timer (consult_id, position)
  WHERE offer_id IS NULL AND fired_at IS NULL;
CREATE INDEX timer_consult ON scheduling.timer (consult_id, planned_at);
