-- What was said and seen. Every row belongs to the organisation that owns the patient.

-- One order for all acts of a consult, finer than any clock.
CREATE SEQUENCE records.act;
GRANT USAGE ON SEQUENCE records.act TO consilium_app, consilium_worker;

-- Catalogues: versioned data. No organisation means: for everybody who has none of their own.
CREATE TABLE records.triage_rules (
  organisation_id uuid REFERENCES platform.organisation (id),
  version         text NOT NULL,
  content         jsonb NOT NULL,
  in_force_from   timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organisation_id, version)
);

CREATE TABLE records.consent_text (
  organisation_id uuid REFERENCES platform.organisation (id),
  purpose         text NOT NULL,
  language        text NOT NULL,
  version         text NOT NULL,
  body            text NOT NULL CHECK (body <> ''),
  required        boolean NOT NULL,
  in_force_from   timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organisation_id, purpose, language, version)
);

GRANT SELECT ON records.triage_rules, records.consent_text TO consilium_app;
GRANT SELECT, INSERT ON records.triage_rules, records.consent_text TO consilium_worker;

-- The patient in two parts: what the care team may know, and who it is, for the organisation alone.
CREATE TABLE records.patient (
  organisation_id uuid NOT NULL REFERENCES platform.organisation (id),
  id              uuid NOT NULL,
  sex             text NOT NULL,
  birth_date      date NOT NULL,
  birth_precision text NOT NULL,
  allergy_state   text NOT NULL,
  allergies       text[] NOT NULL,
  language        text NOT NULL,
  version         integer NOT NULL CHECK (version >= 1),
  PRIMARY KEY (organisation_id, id),
  CHECK ((allergy_state = 'listed') = (cardinality(allergies) > 0))
);

CREATE TABLE records.patient_identity (
  organisation_id uuid NOT NULL,
  patient_id      uuid NOT NULL,
  site_id         uuid,
  local_number    text NOT NULL CHECK (local_number <> ''),
  name            text,
  phone           text,
  guardian        text,
  registered_at   timestamptz NOT NULL,
  registered_by   uuid NOT NULL REFERENCES platform.account (id),
  PRIMARY KEY (organisation_id, patient_id),
  FOREIGN KEY (organisation_id, patient_id) REFERENCES records.patient (organisation_id, id),
  FOREIGN KEY (organisation_id, site_id) REFERENCES platform.site (organisation_id, id)
);
CREATE INDEX patient_identity_newest
  ON records.patient_identity (organisation_id, registered_at DESC, patient_id DESC);

CREATE TABLE records.patient_version (
  organisation_id uuid NOT NULL,
  patient_id      uuid NOT NULL,
  version         integer NOT NULL,
  particulars     jsonb NOT NULL,
  revised_by      uuid NOT NULL REFERENCES platform.account (id),
  revised_at      timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, patient_id, version),
  FOREIGN KEY (organisation_id, patient_id) REFERENCES records.patient (organisation_id, id)
);

-- Search runs in a function of the owner's, because under row security PostgreSQL would not use the
-- trigram index. The function itself says whose rows are seen, so this table is not FORCEd.
CREATE TABLE records.patient_search (
  organisation_id uuid NOT NULL,
  patient_id      uuid NOT NULL,
  registered_at   timestamptz NOT NULL,
  text            text NOT NULL,
  PRIMARY KEY (organisation_id, patient_id),
  FOREIGN KEY (organisation_id, patient_id) REFERENCES records.patient (organisation_id, id)
);
CREATE INDEX patient_search_text ON records.patient_search USING gin (text gin_trgm_ops);

CREATE FUNCTION records.find_patients(pattern text, before_at timestamptz, before_id uuid, most integer)
RETURNS TABLE (patient_id uuid, registered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records, public, pg_temp AS
$$ SELECT s.patient_id, s.registered_at FROM records.patient_search s
    WHERE s.organisation_id = platform.current_organisation()
      AND s.text LIKE '%' || replace(replace(replace(pattern, '\', '\\'), '%', '\%'), '_', '\_') || '%'
      AND (before_at IS NULL OR (s.registered_at, s.patient_id) < (before_at, before_id))
    ORDER BY s.registered_at DESC, s.patient_id DESC LIMIT most $$;
REVOKE ALL ON FUNCTION records.find_patients(text, timestamptz, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records.find_patients(text, timestamptz, uuid, integer) TO consilium_app, consilium_worker;

-- The case form. Mutable while a draft; afterwards the version row is the truth.
CREATE TABLE records.request (
  organisation_id    uuid NOT NULL,
  consult_id         uuid NOT NULL,
  patient_id         uuid NOT NULL,
  site_id            uuid NOT NULL,
  requester_id       uuid NOT NULL REFERENCES platform.account (id),
  status             text NOT NULL CHECK (status IN ('draft', 'submitted')),
  revision           integer NOT NULL CHECK (revision >= 1),
  content            jsonb NOT NULL,
  saved_at           timestamptz NOT NULL,
  age                jsonb,
  triage             jsonb,
  urgency_computed   text,
  urgency_requested  text,
  urgency_reason     text,
  submitted_at       timestamptz,
  PRIMARY KEY (organisation_id, consult_id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES platform.consult (organisation_id, id),
  FOREIGN KEY (organisation_id, patient_id) REFERENCES records.patient (organisation_id, id),
  FOREIGN KEY (organisation_id, site_id) REFERENCES platform.site (organisation_id, id),
  CHECK ((status = 'submitted') = (submitted_at IS NOT NULL AND triage IS NOT NULL
    AND age IS NOT NULL AND urgency_computed IS NOT NULL AND urgency_requested IS NOT NULL))
);
CREATE INDEX request_drafts ON records.request (requester_id, saved_at DESC) WHERE status = 'draft';

CREATE TABLE records.request_version (
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  version         integer NOT NULL,
  canonical       bytea NOT NULL,
  sha256          bytea NOT NULL CHECK (length(sha256) = 32),
  made_at         timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, consult_id, version),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id)
);

CREATE TABLE records.consent (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  patient_id      uuid NOT NULL,
  purpose         text NOT NULL,
  decision        text NOT NULL CHECK (decision IN ('granted', 'refused')),
  given_by        text NOT NULL CHECK (given_by IN ('patient', 'guardian', 'emergency-waiver')),
  relation        text,
  form            text NOT NULL,
  language        text NOT NULL,
  text_version    text NOT NULL,
  witness         text,
  waiver_reason   text,
  recorded_by     uuid NOT NULL REFERENCES platform.account (id),
  at              timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id),
  FOREIGN KEY (organisation_id, patient_id) REFERENCES records.patient (organisation_id, id),
  CHECK (given_by <> 'guardian' OR relation IS NOT NULL),
  CHECK (given_by <> 'emergency-waiver' OR waiver_reason IS NOT NULL)
);
CREATE INDEX consent_consult ON records.consent (organisation_id, consult_id);

CREATE TABLE records.message (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  seq             bigint NOT NULL DEFAULT nextval('records.act'),
  author_id       uuid NOT NULL REFERENCES platform.account (id),
  author_role     text NOT NULL,
  relation        text NOT NULL,
  text            text NOT NULL CHECK (text <> ''),
  language        text NOT NULL,
  reply_to        uuid,
  written_at      timestamptz,
  sent_at         timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, consult_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id),
  FOREIGN KEY (organisation_id, consult_id, reply_to)
    REFERENCES records.message (organisation_id, consult_id, id)
);
CREATE INDEX message_thread ON records.message (organisation_id, consult_id, seq);

CREATE TABLE records.note_draft (
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  author_id       uuid NOT NULL REFERENCES platform.account (id),
  revision        integer NOT NULL CHECK (revision >= 1),
  content         jsonb NOT NULL,
  saved_at        timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, consult_id, author_id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id)
);

-- A signed note: the bytes that were signed, chained to the note before it in the same consult.
CREATE TABLE records.note_version (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  version         integer NOT NULL CHECK (version >= 1),
  author_id       uuid NOT NULL REFERENCES platform.account (id),
  author          jsonb NOT NULL,
  content         jsonb NOT NULL,
  draft_revision  integer NOT NULL,
  canonical       bytea NOT NULL,
  previous_sha256 bytea CHECK (length(previous_sha256) = 32),
  sha256          bytea NOT NULL CHECK (length(sha256) = 32),
  signature       bytea NOT NULL CHECK (length(signature) = 64),
  key_id          text NOT NULL,
  signed_at       timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, consult_id, id),
  UNIQUE (organisation_id, consult_id, version),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id),
  CHECK ((version = 1) = (previous_sha256 IS NULL))
);

CREATE TABLE records.recommendation (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  note_id         uuid NOT NULL,
  position        integer NOT NULL,
  kind            text NOT NULL,
  text            text NOT NULL CHECK (text <> ''),
  urgency         text NOT NULL,
  drug            text,
  dose            text,
  route           text,
  frequency       text,
  duration_days   integer,
  alternative     text,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, consult_id, id),
  UNIQUE (organisation_id, note_id, position),
  FOREIGN KEY (organisation_id, consult_id, note_id)
    REFERENCES records.note_version (organisation_id, consult_id, id)
);
CREATE INDEX recommendation_consult ON records.recommendation (organisation_id, consult_id);

CREATE TABLE records.decision (
  organisation_id   uuid NOT NULL,
  id                uuid NOT NULL,
  consult_id        uuid NOT NULL,
  recommendation_id uuid NOT NULL,
  seq               bigint NOT NULL DEFAULT nextval('records.act'),
  decision          text NOT NULL CHECK (decision IN ('accept', 'adapt', 'decline', 'cannot')),
  reason            text,
  text              text,
  decided_by        uuid NOT NULL REFERENCES platform.account (id),
  decided_at        timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id, recommendation_id)
    REFERENCES records.recommendation (organisation_id, consult_id, id),
  CHECK (decision NOT IN ('decline', 'cannot') OR reason IS NOT NULL),
  CHECK (decision <> 'adapt' OR text IS NOT NULL)
);
CREATE INDEX decision_consult ON records.decision (organisation_id, consult_id, seq);

-- When the clinic first opened a note.
CREATE TABLE records.note_read (
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  note_id         uuid NOT NULL,
  read_by         uuid NOT NULL REFERENCES platform.account (id),
  read_at         timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, note_id),
  FOREIGN KEY (organisation_id, consult_id, note_id)
    REFERENCES records.note_version (organisation_id, consult_id, id)
);

-- Each setting of the date is a row; the newest holds.
CREATE TABLE records.follow_up (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  seq             bigint NOT NULL DEFAULT nextval('records.act'),
  due_on          date NOT NULL,
  note            text,
  set_by          uuid NOT NULL REFERENCES platform.account (id),
  set_at          timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id)
);
CREATE INDEX follow_up_consult ON records.follow_up (organisation_id, consult_id, seq DESC);

CREATE TABLE records.outcome (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  seq             bigint NOT NULL DEFAULT nextval('records.act'),
  result          text NOT NULL,
  advice_followed text NOT NULL,
  why             text,
  diagnosis       text,
  final_diagnosis text,
  usefulness      integer CHECK (usefulness BETWEEN 1 AND 5),
  text            text,
  recorded_by     uuid NOT NULL REFERENCES platform.account (id),
  recorded_at     timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id)
);
CREATE INDEX outcome_consult ON records.outcome (organisation_id, consult_id, seq DESC);

-- Who sees what. A row of a consult: the owner's people and the care team.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['request', 'request_version', 'consent', 'message', 'note_draft',
      'note_version', 'recommendation', 'decision', 'note_read', 'follow_up', 'outcome'] LOOP
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

  FOREACH name IN ARRAY ARRAY['patient', 'patient_identity', 'patient_version'] LOOP
    EXECUTE format('ALTER TABLE records.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE records.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY app ON records.%I TO consilium_app
         USING (organisation_id = platform.current_organisation())
         WITH CHECK (organisation_id = platform.current_organisation())', name);
    EXECUTE format('CREATE POLICY worker ON records.%I TO consilium_worker USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON records.%I TO consilium_app, consilium_worker', name);
  END LOOP;
END $$;

-- The care team sees the part without name, number and phone.
CREATE POLICY care_team ON records.patient FOR SELECT TO consilium_app
  USING (EXISTS (SELECT FROM platform.care_team t
                   JOIN platform.consult c ON c.organisation_id = t.organisation_id AND c.id = t.consult_id
                  WHERE t.account_id = platform.current_account() AND t.until IS NULL
                    AND c.organisation_id = patient.organisation_id AND c.patient_id = patient.id));

ALTER TABLE records.patient_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY app ON records.patient_search TO consilium_app
  USING (organisation_id = platform.current_organisation())
  WITH CHECK (organisation_id = platform.current_organisation());
CREATE POLICY worker ON records.patient_search TO consilium_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (text) ON records.patient_search TO consilium_app, consilium_worker;

-- What may change: a patient's particulars, and drafts.
GRANT UPDATE (sex, birth_date, birth_precision, allergy_state, allergies, language, version)
  ON records.patient TO consilium_app, consilium_worker;
GRANT UPDATE (site_id, local_number, name, phone, guardian) ON records.patient_identity
  TO consilium_app, consilium_worker;
GRANT UPDATE (status, revision, content, saved_at, age, triage, urgency_computed, urgency_requested,
  urgency_reason, submitted_at), DELETE ON records.request TO consilium_app, consilium_worker;
GRANT UPDATE (revision, content, saved_at), DELETE ON records.note_draft TO consilium_app, consilium_worker;

-- A draft of a note is its author's alone, even within an organisation.
CREATE POLICY authors_own ON records.note_draft AS RESTRICTIVE TO consilium_app
  USING (author_id = platform.current_account()) WITH CHECK (author_id = platform.current_account());

-- What was sent or signed never changes, whoever asks: there is no retention path yet.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['patient_version', 'request_version', 'consent', 'message',
      'note_version', 'recommendation', 'decision', 'note_read', 'follow_up', 'outcome'] LOOP
    EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON records.%I
      FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()', name);
  END LOOP;
END $$;
CREATE TRIGGER sent_is_frozen BEFORE UPDATE OR DELETE ON records.request
  FOR EACH ROW WHEN (OLD.status = 'submitted') EXECUTE FUNCTION platform.refuse_change();
