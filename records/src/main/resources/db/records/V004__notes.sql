-- Drafts that collide without loss, four kinds of signed acts, typed doses with their checks,
-- co-signatures, readers and what they are told, and what each site has.

-- A draft is one line of typing. Two lines of one author stand side by side until the author merges.
ALTER TABLE records.note_draft
  ADD COLUMN id        uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN device_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  ADD COLUMN kind      text NOT NULL DEFAULT 'note' CHECK (kind IN ('note', 'addendum', 'correction')),
  ADD COLUMN amends    uuid,
  ADD COLUMN late      boolean NOT NULL DEFAULT false,
  DROP CONSTRAINT note_draft_pkey,
  ADD PRIMARY KEY (organisation_id, consult_id, author_id, id),
  ADD FOREIGN KEY (organisation_id, consult_id, amends)
    REFERENCES records.note_version (organisation_id, consult_id, id),
  ADD CHECK ((kind = 'note') = (amends IS NULL));
ALTER TABLE records.note_draft ALTER COLUMN id DROP DEFAULT, ALTER COLUMN device_id DROP DEFAULT,
  ALTER COLUMN kind DROP DEFAULT;
GRANT UPDATE (device_id, kind, amends, late) ON records.note_draft TO consilium_app, consilium_worker;

-- Every act is a version in the consult's chain: what was added, replaced or taken back.
ALTER TABLE records.note_version
  ADD COLUMN kind         text NOT NULL DEFAULT 'note'
    CHECK (kind IN ('note', 'addendum', 'correction', 'retraction')),
  ADD COLUMN amends       uuid,
  ADD COLUMN reason       text CHECK (reason IN ('wrong-patient', 'entered-in-error')),
  ADD COLUMN reason_text  text,
  ADD COLUMN draft_id     uuid,
  ADD COLUMN shown_sha256 bytea CHECK (length(shown_sha256) = 32),
  ADD COLUMN needs_co_signature boolean NOT NULL DEFAULT false,
  ALTER COLUMN draft_revision DROP NOT NULL,
  ADD FOREIGN KEY (organisation_id, consult_id, amends)
    REFERENCES records.note_version (organisation_id, consult_id, id),
  ADD CHECK ((kind = 'note') = (amends IS NULL)),
  ADD CHECK (kind <> 'correction' OR reason_text IS NOT NULL),
  ADD CHECK ((kind = 'retraction') = (reason IS NOT NULL));
-- A note is retracted once.
CREATE UNIQUE INDEX note_retracted ON records.note_version (organisation_id, amends)
  WHERE kind = 'retraction';
CREATE INDEX note_of_draft ON records.note_version (organisation_id, draft_id) WHERE draft_id IS NOT NULL;

ALTER TABLE records.recommendation
  ADD COLUMN amount_value      numeric,
  ADD COLUMN amount_unit       text,
  ADD COLUMN per_kg_value      numeric,
  ADD COLUMN weight_kg         numeric,
  ADD COLUMN times_per_day     integer,
  ADD COLUMN max_per_day_value numeric,
  ADD COLUMN max_per_day_unit  text,
  ADD COLUMN test              text,
  ADD COLUMN overrides         jsonb NOT NULL DEFAULT '[]',
  ADD CHECK ((amount_value IS NULL) = (amount_unit IS NULL)),
  ADD CHECK ((max_per_day_value IS NULL) = (max_per_day_unit IS NULL)),
  ADD CHECK ((per_kg_value IS NULL) = (weight_kg IS NULL));

-- What was warned of at the point of advice, and why it was advised all the same.
CREATE TABLE records.note_warning (
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  note_id         uuid NOT NULL,
  position        integer NOT NULL,
  recommendation  integer NOT NULL,
  code            text NOT NULL,
  severity        text NOT NULL,
  text            text NOT NULL,
  reason          text,
  PRIMARY KEY (organisation_id, note_id, position),
  FOREIGN KEY (organisation_id, consult_id, note_id)
    REFERENCES records.note_version (organisation_id, consult_id, id)
);

-- The signature of somebody experienced under a trainee's version.
CREATE TABLE records.note_signature (
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  note_id         uuid NOT NULL,
  role            text NOT NULL CHECK (role IN ('co-signer')),
  signer_id       uuid NOT NULL REFERENCES platform.account (id),
  canonical       bytea NOT NULL,
  sha256          bytea NOT NULL CHECK (length(sha256) = 32),
  signature       bytea NOT NULL CHECK (length(signature) = 64),
  key_id          text NOT NULL,
  signed_at       timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, note_id, role),
  FOREIGN KEY (organisation_id, consult_id, note_id)
    REFERENCES records.note_version (organisation_id, consult_id, id)
);

-- Everybody who has read a note, so that they can be told when it is taken back.
CREATE TABLE records.note_reader (
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  note_id         uuid NOT NULL,
  account_id      uuid NOT NULL REFERENCES platform.account (id),
  read_at         timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, note_id, account_id),
  FOREIGN KEY (organisation_id, consult_id, note_id)
    REFERENCES records.note_version (organisation_id, consult_id, id)
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['note_warning', 'note_signature', 'note_reader'] LOOP
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
    EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON records.%I
      FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()', name);
  END LOOP;
END $$;

-- "What you have read was taken back": for one person, until they say that they know.
CREATE TABLE records.note_notice (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  note_id         uuid NOT NULL,
  account_id      uuid NOT NULL REFERENCES platform.account (id),
  made_at         timestamptz NOT NULL,
  known_at        timestamptz,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id, note_id)
    REFERENCES records.note_version (organisation_id, consult_id, id)
);
CREATE INDEX note_notice_open ON records.note_notice (account_id, made_at) WHERE known_at IS NULL;
ALTER TABLE records.note_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE records.note_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON records.note_notice FOR SELECT TO consilium_app
  USING (account_id = platform.current_account());
CREATE POLICY known ON records.note_notice FOR UPDATE TO consilium_app
  USING (account_id = platform.current_account());
CREATE POLICY told ON records.note_notice FOR INSERT TO consilium_app
  WITH CHECK (organisation_id = platform.owner_of(consult_id)
    AND (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id)));
CREATE POLICY worker ON records.note_notice TO consilium_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (known_at) ON records.note_notice TO consilium_app, consilium_worker;

-- What a site has, as its own people last said; each saying is a row.
CREATE TABLE records.site_capability (
  organisation_id uuid NOT NULL,
  site_id         uuid NOT NULL,
  version         integer NOT NULL CHECK (version >= 1),
  content         jsonb NOT NULL,
  confirmed_by    uuid NOT NULL REFERENCES platform.account (id),
  confirmed_at    timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, site_id, version),
  FOREIGN KEY (organisation_id, site_id) REFERENCES platform.site (organisation_id, id)
);
ALTER TABLE records.site_capability ENABLE ROW LEVEL SECURITY;
ALTER TABLE records.site_capability FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON records.site_capability TO consilium_app
  USING (organisation_id = platform.current_organisation()
    OR EXISTS (SELECT FROM platform.care_team t
                 JOIN platform.consult c ON c.organisation_id = t.organisation_id AND c.id = t.consult_id
                WHERE t.account_id = platform.current_account() AND t.until IS NULL
                  AND c.organisation_id = site_capability.organisation_id
                  AND c.site_id = site_capability.site_id))
  WITH CHECK (organisation_id = platform.current_organisation());
CREATE POLICY worker ON records.site_capability TO consilium_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON records.site_capability TO consilium_app, consilium_worker;

-- Whose notes need somebody experienced to sign too; the newest row about a person holds.
CREATE TABLE records.trainee (
  organisation_id uuid NOT NULL REFERENCES platform.organisation (id),
  account_id      uuid NOT NULL REFERENCES platform.account (id),
  seq             bigint NOT NULL DEFAULT nextval('records.act'),
  trainee         boolean NOT NULL,
  marked_by       uuid NOT NULL REFERENCES platform.account (id),
  marked_at       timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, account_id, seq)
);
CREATE INDEX trainee_person ON records.trainee (account_id, seq DESC);
ALTER TABLE records.trainee ENABLE ROW LEVEL SECURITY;
ALTER TABLE records.trainee FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON records.trainee TO consilium_app
  USING (organisation_id = platform.current_organisation() OR account_id = platform.current_account())
  WITH CHECK (organisation_id = platform.current_organisation());
CREATE POLICY worker ON records.trainee TO consilium_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON records.trainee TO consilium_app, consilium_worker;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['site_capability', 'trainee'] LOOP
    EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON records.%I
      FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()', name);
  END LOOP;
END $$;
