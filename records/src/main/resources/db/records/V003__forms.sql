-- Forms as versioned data, what is read out of their answers, and what a clinic adds after sending.

-- No organisation means: for everybody who has none of their own of that name. Never changed.
CREATE TABLE records.form_definition (
  organisation_id uuid REFERENCES platform.organisation (id),
  url             text NOT NULL,
  version         text NOT NULL,
  title           text NOT NULL,
  questionnaire   jsonb NOT NULL,
  sha256          bytea NOT NULL CHECK (length(sha256) = 32),
  published_at    timestamptz NOT NULL,
  published_by    uuid REFERENCES platform.account (id),
  UNIQUE NULLS NOT DISTINCT (organisation_id, url, version),
  CHECK ((organisation_id IS NULL) = (published_by IS NULL))
);
GRANT SELECT, INSERT ON records.form_definition TO consilium_app, consilium_worker;
ALTER TABLE records.form_definition ENABLE ROW LEVEL SECURITY;
ALTER TABLE records.form_definition FORCE ROW LEVEL SECURITY;
-- A specialist abroad draws answers with the form of the clinic that gave them, so forms, which hold
-- nothing about anybody, may be read by all who know their name; each publishes for itself.
CREATE POLICY read ON records.form_definition FOR SELECT TO consilium_app USING (true);
CREATE POLICY publish ON records.form_definition FOR INSERT TO consilium_app
  WITH CHECK (organisation_id = platform.current_organisation());
CREATE POLICY worker ON records.form_definition TO consilium_worker USING (true) WITH CHECK (true);

-- What was measured or found, one row each: read out of the request, its forms and its supplements.
CREATE TABLE records.observation (
  organisation_id uuid NOT NULL,
  seq             bigint NOT NULL DEFAULT nextval('records.act'),
  consult_id      uuid NOT NULL,
  patient_id      uuid NOT NULL,
  source          text NOT NULL CHECK (source <> ''),
  code_system     text NOT NULL,
  code            text NOT NULL CHECK (code <> ''),
  value_num       double precision,
  value_unit      text,
  value_code      text,
  value_text      text,
  method          text,
  effective_at    timestamptz NOT NULL,
  recorded_by     uuid NOT NULL REFERENCES platform.account (id),
  recorded_at     timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, seq),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id),
  FOREIGN KEY (organisation_id, patient_id) REFERENCES records.patient (organisation_id, id),
  CHECK (num_nonnulls(value_num, value_code, value_text) = 1)
);
CREATE INDEX observation_patient ON records.observation (organisation_id, patient_id, code, effective_at DESC);
CREATE INDEX observation_consult ON records.observation (organisation_id, consult_id, seq);

-- New findings after sending, with the urgency that they gave.
CREATE TABLE records.supplement (
  organisation_id  uuid NOT NULL,
  id               uuid NOT NULL,
  consult_id       uuid NOT NULL,
  seq              bigint NOT NULL DEFAULT nextval('records.act'),
  content          jsonb NOT NULL,
  triage           jsonb NOT NULL,
  urgency_before   text NOT NULL,
  urgency_computed text NOT NULL,
  added_by         uuid NOT NULL REFERENCES platform.account (id),
  added_at         timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id)
);
CREATE INDEX supplement_consult ON records.supplement (organisation_id, consult_id, seq);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['observation', 'supplement'] LOOP
    EXECUTE format('ALTER TABLE records.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE records.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY app ON records.%I TO consilium_app
         USING (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id))
         WITH CHECK (organisation_id = platform.owner_of(consult_id)
           AND (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id)))',
      name);
    EXECUTE format('CREATE POLICY worker ON records.%I TO consilium_worker USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON records.%I TO consilium_app, consilium_worker', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['form_definition', 'observation', 'supplement'] LOOP
    EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON records.%I
      FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()', name);
  END LOOP;
END $$;
