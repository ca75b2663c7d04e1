-- The trail: one row for every act and every read of a patient's data, in the same transaction.
CREATE TABLE platform.audit_event (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at              timestamptz NOT NULL,
  organisation_id uuid,
  actor_id        uuid,
  actor_name      text,
  role            text NOT NULL,
  action          text NOT NULL,
  consult_id      uuid,
  patient_id      uuid,
  subject         text,
  outcome         text NOT NULL,
  request_id      text
);
CREATE INDEX audit_event_organisation ON platform.audit_event (organisation_id, id DESC);
CREATE INDEX audit_event_patient ON platform.audit_event (organisation_id, patient_id, id DESC);
CREATE INDEX audit_event_consult ON platform.audit_event (organisation_id, consult_id, id DESC);

ALTER TABLE platform.audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY app_reads ON platform.audit_event FOR SELECT TO consilium_app
  USING (organisation_id = platform.current_organisation());
CREATE POLICY app_writes ON platform.audit_event FOR INSERT TO consilium_app WITH CHECK (true);
CREATE POLICY worker_reads ON platform.audit_event FOR SELECT TO consilium_worker USING (true);
CREATE POLICY worker_writes ON platform.audit_event FOR INSERT TO consilium_worker WITH CHECK (true);
-- Insert and select only: nobody who serves requests can change or delete a line.
GRANT SELECT, INSERT ON platform.audit_event TO consilium_app, consilium_worker;

CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON platform.audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

-- The outbox: what happened, and which listener has dealt with it. At least once.
CREATE TABLE platform.outbox_event (
  id         uuid PRIMARY KEY,
  name       text NOT NULL,
  body       jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TABLE platform.outbox_delivery (
  event_id   uuid NOT NULL REFERENCES platform.outbox_event (id) ON DELETE CASCADE,
  listener   text NOT NULL,
  attempts   integer NOT NULL DEFAULT 0,
  due_at     timestamptz NOT NULL,
  done_at    timestamptz,
  parked     boolean NOT NULL DEFAULT false,
  error      text,
  PRIMARY KEY (event_id, listener)
);
CREATE INDEX outbox_delivery_due ON platform.outbox_delivery (due_at, event_id) WHERE done_at IS NULL AND NOT parked;

GRANT INSERT ON platform.outbox_event, platform.outbox_delivery TO consilium_app, consilium_worker;
GRANT SELECT, UPDATE, DELETE ON platform.outbox_event, platform.outbox_delivery TO consilium_worker;
