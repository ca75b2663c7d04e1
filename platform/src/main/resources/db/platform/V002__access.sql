-- Who may know of which consult: the owner's roles, and the dated care team.
-- These two tables are not FORCEd: the functions below read them as their owner for every other table's policy.

CREATE TABLE platform.consult (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES platform.organisation (id),
  patient_id      uuid NOT NULL,
  site_id         uuid NOT NULL,
  opened_at       timestamptz NOT NULL,
  UNIQUE (organisation_id, id)
);

CREATE TABLE platform.care_team (
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  account_id      uuid NOT NULL REFERENCES platform.account (id),
  relation        text NOT NULL CHECK (relation IN ('requester', 'specialist', 'interpreter', 'observer')),
  since           timestamptz NOT NULL,
  until           timestamptz,
  PRIMARY KEY (consult_id, account_id, relation, since),
  FOREIGN KEY (organisation_id, consult_id) REFERENCES platform.consult (organisation_id, id)
);
CREATE UNIQUE INDEX care_team_active ON platform.care_team (consult_id, account_id, relation) WHERE until IS NULL;
CREATE INDEX care_team_account ON platform.care_team (account_id, consult_id) WHERE until IS NULL;

CREATE FUNCTION platform.on_care_team(consult uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platform, pg_temp AS
$$ SELECT EXISTS (SELECT FROM platform.care_team t
     WHERE t.consult_id = $1 AND t.account_id = platform.current_account() AND t.until IS NULL) $$;

CREATE FUNCTION platform.owner_of(consult uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platform, pg_temp AS
$$ SELECT organisation_id FROM platform.consult WHERE id = $1 $$;

REVOKE ALL ON FUNCTION platform.on_care_team(uuid), platform.owner_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.on_care_team(uuid), platform.owner_of(uuid) TO consilium_app, consilium_worker;

ALTER TABLE platform.consult ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.care_team ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON platform.consult TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON platform.care_team TO consilium_worker USING (true) WITH CHECK (true);
CREATE POLICY app ON platform.consult TO consilium_app
  USING (organisation_id = platform.current_organisation() OR platform.on_care_team(id))
  WITH CHECK (organisation_id = platform.current_organisation());
CREATE POLICY app ON platform.care_team TO consilium_app
  USING (organisation_id = platform.current_organisation() OR platform.on_care_team(consult_id))
  -- Nobody from outside lets themselves in: who accepts an offer is put on the team by the server.
  WITH CHECK (organisation_id = platform.current_organisation()
    OR (platform.on_care_team(consult_id) AND organisation_id = platform.owner_of(consult_id)));

GRANT SELECT, INSERT ON platform.consult TO consilium_app, consilium_worker;
GRANT SELECT, INSERT ON platform.care_team TO consilium_app, consilium_worker;
GRANT UPDATE (until) ON platform.care_team TO consilium_app, consilium_worker;
