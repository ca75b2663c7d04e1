-- A consent that is taken back is one more row, never a change: the newest row of a purpose holds.
-- Constraint and column are added without touching a row.

ALTER TABLE records.consent
  DROP CONSTRAINT consent_decision_check,
  ADD CONSTRAINT consent_decision_check CHECK (decision IN ('granted', 'refused', 'withdrawn')),
  -- Of a withdrawal: why, what the clinic says cannot be undone, and what the record itself knows.
  ADD COLUMN reason       text,
  ADD COLUMN not_recalled text,
  ADD COLUMN seen_by      integer,
  ADD COLUMN notes_signed integer,
  ADD COLUMN files_read   integer,
  ADD CONSTRAINT consent_withdrawal_check CHECK ((decision = 'withdrawn') = (reason IS NOT NULL)
    AND (decision = 'withdrawn') = (seen_by IS NOT NULL)
    AND (decision = 'withdrawn') = (notes_signed IS NOT NULL)
    AND (decision = 'withdrawn') = (files_read IS NOT NULL)),
  ADD CONSTRAINT consent_withdrawn_by_people
    CHECK (decision <> 'withdrawn' OR given_by <> 'emergency-waiver');
CREATE INDEX consent_waived ON records.consent (organisation_id, at DESC)
  WHERE given_by = 'emergency-waiver';

CREATE INDEX consent_state ON records.consent (consult_id, purpose, at DESC, id DESC);

-- The one place that knows how a purpose stands now: granted, refused, withdrawn, or null when
-- nobody was asked. Row security holds inside: a stranger learns nothing.
CREATE FUNCTION records.consent_state(consult uuid, wanted text) RETURNS text
LANGUAGE sql STABLE AS
$$ SELECT decision FROM records.consent
    WHERE consult_id = $1 AND purpose = $2 ORDER BY at DESC, id DESC LIMIT 1 $$;
REVOKE ALL ON FUNCTION records.consent_state(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records.consent_state(uuid, text) TO consilium_app, consilium_worker;

-- What the supervisor found about a consult that was sent without asking anybody.
CREATE TABLE records.waiver_review (
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  finding         text NOT NULL CHECK (finding IN ('justified', 'not-justified')),
  text            text,
  reviewed_by     uuid NOT NULL REFERENCES platform.account (id),
  at              timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, consult_id),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES records.request (organisation_id, consult_id),
  CHECK (finding = 'justified' OR text IS NOT NULL)
);

-- Who has seen which message, and when first.
CREATE TABLE records.message_seen (
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  message_id      uuid NOT NULL,
  account_id      uuid NOT NULL REFERENCES platform.account (id),
  seen_at         timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, message_id, account_id),
  FOREIGN KEY (organisation_id, consult_id, message_id)
    REFERENCES records.message (organisation_id, consult_id, id)
);
CREATE INDEX message_seen_consult ON records.message_seen (organisation_id, consult_id);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['waiver_review', 'message_seen'] LOOP
    EXECUTE format('ALTER TABLE records.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE records.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY worker ON records.%I TO consilium_worker USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON records.%I TO consilium_app, consilium_worker', name);
    EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON records.%I
      FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()', name);
  END LOOP;
END $$;
CREATE POLICY app ON records.waiver_review TO consilium_app
  USING (organisation_id = platform.current_organisation())
  WITH CHECK (organisation_id = platform.current_organisation());
CREATE POLICY app ON records.message_seen TO consilium_app
  USING (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id))
  WITH CHECK (account_id = platform.current_account() AND organisation_id = platform.owner_of(consult_id)
    AND (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id)));
