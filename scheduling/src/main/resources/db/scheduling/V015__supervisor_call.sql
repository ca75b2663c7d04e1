-- A telephone call to the supervisor that the ladder asked for, until somebody has noted what came of it.
-- 'not-needed' is what it becomes by itself, when somebody takes the consult or it ends.
CREATE TABLE scheduling.supervisor_call (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  since           timestamptz NOT NULL,
  outcome         text CHECK (outcome IN ('reached', 'not-reached', 'somebody-else', 'not-needed')),
  words           text CHECK (length(words) <= 500),
  done_at         timestamptz CHECK (done_at >= since),
  done_by         uuid REFERENCES platform.account (id),
  CHECK ((outcome IS NULL) = (done_at IS NULL)),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES scheduling.consult (organisation_id, id)
);
CREATE UNIQUE INDEX supervisor_call_open ON scheduling.supervisor_call (consult_id) WHERE done_at IS NULL;
CREATE INDEX supervisor_call_consult ON scheduling.supervisor_call (organisation_id, consult_id);

-- Where an organisation's supervisors are reached by telephone.
CREATE TABLE scheduling.supervisor_line (
  organisation_id uuid PRIMARY KEY REFERENCES platform.organisation (id),
  number          text NOT NULL CHECK (length(number) BETWEEN 3 AND 40)
);

ALTER TABLE scheduling.supervisor_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.supervisor_call FORCE ROW LEVEL SECURITY;
ALTER TABLE scheduling.supervisor_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.supervisor_line FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON scheduling.supervisor_call TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON scheduling.supervisor_line TO consilium_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON scheduling.supervisor_call, scheduling.supervisor_line TO consilium_worker;
