-- A referral: the clinic sends the patient on, with a signed letter. Insert only; what became of it
-- are rows of their own.
CREATE TABLE records.referral (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  to_facility     text NOT NULL CHECK (to_facility <> ''),
  to_service      text,
  urgency         text NOT NULL CHECK (urgency IN ('now', 'today', 'this-week', 'routine')),
  content         jsonb NOT NULL,
  canonical       bytea NOT NULL,
  sha256          bytea NOT NULL CHECK (length(sha256) = 32),
  signature       bytea NOT NULL CHECK (length(signature) = 64),
  key_id          text NOT NULL,
  signed_by       uuid NOT NULL REFERENCES platform.account (id),
  author          jsonb NOT NULL,
  signed_at       timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, consult_id, id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id)
);

CREATE TABLE records.referral_news (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  referral_id     uuid NOT NULL,
  seq             bigint NOT NULL DEFAULT nextval('records.act'),
  status          text NOT NULL CHECK (status IN ('on-the-way', 'arrived', 'not-arrived', 'refused', 'returned', 'withdrawn')),
  text            text,
  recorded_by     uuid NOT NULL REFERENCES platform.account (id),
  recorded_at     timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id, referral_id)
    REFERENCES records.referral (organisation_id, consult_id, id)
);
CREATE INDEX referral_news_newest ON records.referral_news (organisation_id, referral_id, seq DESC);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['referral', 'referral_news'] LOOP
    EXECUTE format('ALTER TABLE records.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE records.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY app ON records.%I TO consilium_app
         USING (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id))
         WITH CHECK (organisation_id = platform.owner_of(consult_id)
           AND organisation_id = platform.current_organisation())', name);
    EXECUTE format('CREATE POLICY worker ON records.%I TO consilium_worker USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON records.%I TO consilium_app, consilium_worker', name);
    EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON records.%I
      FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()', name);
  END LOOP;
END $$;

-- Whoever scans the code of a letter asks by the hash alone.
CREATE INDEX note_version_sha256 ON records.note_version (sha256);
CREATE INDEX referral_sha256 ON records.referral (sha256);
