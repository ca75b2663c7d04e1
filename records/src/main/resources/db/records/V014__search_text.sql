-- Patients registered before V005 are indexed by the letters as they were typed, while a search now
-- takes some letters for one (org.consilium.records.text.SearchText): Łucja Sørensen was not found
-- by her own name. Nor were her names keyed without a letter, by which two spellings of one meet.
-- Only such rows have no sex.

-- The worker, because row security hides the patients from the owner of the tables.
SET LOCAL ROLE consilium_worker;
WITH folded AS (
  SELECT organisation_id, patient_id,
         translate(text, U&'\0649\06CC\06A9\0629\06C1\00F8\0142\0111\0131',
                         U&'\064A\064A\0643\0647\0647oldi') AS text
    FROM records.patient_search WHERE sex IS NULL)
UPDATE records.patient_search s
   SET text = f.text,
       name = nullif(split_part(f.text, E'\n', 1), ''),
       name_keys = ARRAY(
         SELECT DISTINCT key
           FROM regexp_split_to_table(split_part(f.text, E'\n', 1), '[[:space:][:punct:]]+') AS word,
                left(word, 20) AS w,
                generate_series(0, CASE WHEN char_length(w) >= 4 THEN char_length(w) ELSE 0 END) AS missing,
                overlay(w placing '' from greatest(missing, 1) for least(missing, 1)) AS key
          WHERE w <> ''),
       sex = p.sex,
       birth_date = p.birth_date
  FROM folded f JOIN records.patient p ON p.organisation_id = f.organisation_id AND p.id = f.patient_id
 WHERE s.organisation_id = f.organisation_id AND s.patient_id = f.patient_id;
RESET ROLE;
