-- Who somebody is, with precision and doubt; two records that are one person; search in any script.
ALTER TABLE records.patient ADD COLUMN merged_into uuid;
ALTER TABLE records.patient
  ADD CONSTRAINT patient_merged_into FOREIGN KEY (organisation_id, merged_into)
    REFERENCES records.patient (organisation_id, id),
  ADD CONSTRAINT patient_not_into_itself CHECK (merged_into <> id);
CREATE INDEX patient_family ON records.patient (organisation_id, merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE records.patient_identity
  ADD COLUMN unidentified      boolean NOT NULL DEFAULT false,
  ADD COLUMN given_name        text,
  ADD COLUMN family_name       text,
  ADD COLUMN native_name       text,
  ADD COLUMN other_phones      text[] NOT NULL DEFAULT '{}',
  ADD COLUMN address           text,
  ADD COLUMN region            text,
  ADD COLUMN guardian_relation text,
  ADD COLUMN deceased_on       date,
  ADD CONSTRAINT patient_unidentified_has_no_name CHECK (NOT unidentified
    OR (name IS NULL AND given_name IS NULL AND family_name IS NULL AND native_name IS NULL));

ALTER TABLE records.patient_version
  ADD COLUMN act    text NOT NULL DEFAULT 'revise'
    CHECK (act IN ('register', 'revise', 'identify', 'merge', 'unmerge')),
  ADD COLUMN reason text;

-- A number that somebody else gave; one person of the organisation has it.
CREATE TABLE records.patient_identifier (
  organisation_id uuid NOT NULL,
  patient_id      uuid NOT NULL,
  position        integer NOT NULL,
  system          text NOT NULL CHECK (system <> ''),
  system_key      text NOT NULL,
  value           text NOT NULL,
  value_key       text NOT NULL CHECK (value_key <> ''),
  valid_from      date,
  valid_until     date,
  PRIMARY KEY (organisation_id, patient_id, position),
  UNIQUE (organisation_id, system_key, value_key),
  FOREIGN KEY (organisation_id, patient_id) REFERENCES records.patient (organisation_id, id),
  CHECK (valid_until >= valid_from)
);

-- Two records became one. What both were before is kept word for word, so that it can be undone.
CREATE TABLE records.patient_merge (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  seq             bigint NOT NULL DEFAULT nextval('records.act'),
  survivor_id     uuid NOT NULL,
  merged_id       uuid NOT NULL,
  survivor_before jsonb NOT NULL,
  merged_before   jsonb NOT NULL,
  reason          text NOT NULL CHECK (reason <> ''),
  merged_by       uuid NOT NULL REFERENCES platform.account (id),
  merged_at       timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, survivor_id) REFERENCES records.patient (organisation_id, id),
  FOREIGN KEY (organisation_id, merged_id) REFERENCES records.patient (organisation_id, id),
  CHECK (survivor_id <> merged_id)
);
CREATE INDEX patient_merge_survivor ON records.patient_merge (organisation_id, survivor_id, seq DESC);
CREATE INDEX patient_merge_merged ON records.patient_merge (organisation_id, merged_id, seq DESC);

CREATE TABLE records.patient_unmerge (
  organisation_id uuid NOT NULL,
  merge_id        uuid NOT NULL,
  reason          text NOT NULL CHECK (reason <> ''),
  unmerged_by     uuid NOT NULL REFERENCES platform.account (id),
  unmerged_at     timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, merge_id),
  FOREIGN KEY (organisation_id, merge_id) REFERENCES records.patient_merge (organisation_id, id)
);

-- Somebody looked and said: alike, and yet another person. The smaller id comes first.
CREATE TABLE records.patient_distinct (
  organisation_id uuid NOT NULL,
  patient_id      uuid NOT NULL,
  other_id        uuid NOT NULL,
  decided_by      uuid NOT NULL REFERENCES platform.account (id),
  decided_at      timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, patient_id, other_id),
  FOREIGN KEY (organisation_id, patient_id) REFERENCES records.patient (organisation_id, id),
  FOREIGN KEY (organisation_id, other_id) REFERENCES records.patient (organisation_id, id),
  CHECK (patient_id < other_id)
);
CREATE INDEX patient_distinct_other ON records.patient_distinct (organisation_id, other_id);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['patient_identifier', 'patient_merge', 'patient_unmerge', 'patient_distinct'] LOOP
    EXECUTE format('ALTER TABLE records.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE records.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY app ON records.%I TO consilium_app
         USING (organisation_id = platform.current_organisation())
         WITH CHECK (organisation_id = platform.current_organisation())', name);
    EXECUTE format('CREATE POLICY worker ON records.%I TO consilium_worker USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON records.%I TO consilium_app, consilium_worker', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['patient_merge', 'patient_unmerge', 'patient_distinct'] LOOP
    EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON records.%I
      FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()', name);
  END LOOP;
END $$;
GRANT DELETE ON records.patient_identifier TO consilium_app, consilium_worker;
GRANT UPDATE (merged_into) ON records.patient TO consilium_app, consilium_worker;
GRANT UPDATE (unidentified, given_name, family_name, native_name, other_phones, address, region,
  guardian_relation, deceased_on) ON records.patient_identity TO consilium_app, consilium_worker;

-- Search. Trigrams of pg_trgm are made of what the database's locale calls letters, which leaves
-- Arabic, Hindi or Burmese without any under the C locale. These are of all characters, and of one
-- and two as well, so that short searches have an index too.
CREATE FUNCTION records.grams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT array_agg(DISTINCT gram)
     FROM (SELECT string_to_array(words, NULL) AS c) AS letters,
          generate_subscripts(c, 1) AS i,
          unnest(ARRAY[c[i], c[i] || c[i + 1], c[i] || c[i + 1] || c[i + 2]]) AS gram
    WHERE gram IS NOT NULL $$;

ALTER TABLE records.patient_search
  ADD COLUMN name       text,
  ADD COLUMN name_keys  text[] NOT NULL DEFAULT '{}',
  ADD COLUMN phone_keys text[] NOT NULL DEFAULT '{}',
  ADD COLUMN sex        text,
  ADD COLUMN birth_date date;
UPDATE records.patient_search
   SET name = nullif(split_part(text, E'\n', 1), ''),
       name_keys = string_to_array(split_part(text, E'\n', 1), ' '),
       phone_keys = CASE WHEN length(split_part(text, E'\n', 4)) >= 7
                      THEN ARRAY[right(split_part(text, E'\n', 4), 8)] ELSE '{}' END;
GRANT UPDATE (name, name_keys, phone_keys, sex, birth_date) ON records.patient_search
  TO consilium_app, consilium_worker;

DROP INDEX records.patient_search_text;
CREATE INDEX patient_search_grams ON records.patient_search
  USING gin (records.grams(text)) WITH (fastupdate = off);
CREATE INDEX patient_search_newest
  ON records.patient_search (organisation_id, registered_at DESC, patient_id DESC);
CREATE INDEX patient_search_name ON records.patient_search (organisation_id, name);
CREATE INDEX patient_search_keys ON records.patient_search USING gin (name_keys, phone_keys)
  WITH (fastupdate = off);

DROP FUNCTION records.find_patients(text, timestamptz, uuid, integer);

-- The newest patients that have every one of `words` somewhere. What many have is found among the
-- newest few; what few have, by the index: each way is quick where the other is slow.
CREATE FUNCTION records.find_patients(words text[], before_at timestamptz, before_id uuid, most integer)
RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = records, public, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_seqscan = off AS
$$
DECLARE
  owner uuid := platform.current_organisation();
  patterns text[];
  wanted text[];
  ids uuid[];
BEGIN
  before_at := coalesce(before_at, 'infinity');
  before_id := coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  SELECT array_agg('%' || replace(replace(replace(w, '\', '\\'), '%', '\%'), '_', '\_') || '%')
    INTO patterns FROM unnest(words) AS w;
  SELECT array_agg(DISTINCT g) INTO wanted
    FROM unnest(words) AS w, unnest(grams(w)) AS g WHERE char_length(g) = least(3, char_length(w));

  ids := ARRAY(
    SELECT n.patient_id
      FROM (SELECT s.patient_id, s.registered_at, s.text FROM patient_search s
             WHERE s.organisation_id = owner
               AND (s.registered_at, s.patient_id) < (before_at, before_id)
             ORDER BY s.registered_at DESC, s.patient_id DESC LIMIT 2000) AS n
     WHERE n.text LIKE ALL (patterns)
     ORDER BY n.registered_at DESC, n.patient_id DESC LIMIT most);
  IF most IS NULL OR cardinality(ids) < most THEN
    ids := ARRAY(
      WITH hits AS MATERIALIZED (
        SELECT s.patient_id, s.registered_at, s.organisation_id, s.text FROM patient_search s
         WHERE records.grams(s.text) @> wanted)
      SELECT h.patient_id FROM hits h
       WHERE h.organisation_id = owner AND h.text LIKE ALL (patterns)
         AND (h.registered_at, h.patient_id) < (before_at, before_id)
       ORDER BY h.registered_at DESC, h.patient_id DESC LIMIT most);
  END IF;
  RETURN QUERY SELECT unnest(ids);
END $$;

-- Who may be the same person: a word of the name in common but for a letter and about as old, the
-- very same name, or the same phone. What is likely among them is judged by the program.
CREATE FUNCTION records.look_alikes(full_name text, keys text[], phones text[], of_sex text,
    born_from date, born_until date)
RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records, public, pg_temp AS
$$
  (SELECT s.patient_id FROM patient_search s
    WHERE s.organisation_id = platform.current_organisation() AND s.name_keys && keys
      AND (s.sex IS NULL OR s.sex = of_sex OR s.sex NOT IN ('female', 'male')
           OR of_sex NOT IN ('female', 'male'))
      AND (s.birth_date IS NULL OR s.birth_date BETWEEN born_from AND born_until)
    ORDER BY (SELECT count(*) FROM unnest(s.name_keys) AS k WHERE k = ANY (keys)) DESC,
             s.registered_at DESC
    LIMIT 100)
  UNION
  (SELECT s.patient_id FROM patient_search s
    WHERE s.organisation_id = platform.current_organisation() AND s.name = full_name
    ORDER BY s.registered_at DESC LIMIT 50)
  UNION
  (SELECT s.patient_id FROM patient_search s
    WHERE s.organisation_id = platform.current_organisation() AND s.phone_keys && phones
    ORDER BY s.registered_at DESC LIMIT 50)
$$;
REVOKE ALL ON FUNCTION records.find_patients(text[], timestamptz, uuid, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION records.look_alikes(text, text[], text[], text, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records.grams(text),
  records.find_patients(text[], timestamptz, uuid, integer),
  records.look_alikes(text, text[], text[], text, date, date) TO consilium_app, consilium_worker;
