-- What a network can change without a release. The first version is a proposal that a clinician must approve.

CREATE TABLE scheduling.specialty (
  code       text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9-]*$'),
  label      text NOT NULL,
  parent     text REFERENCES scheduling.specialty (code),
  age_groups text[] NOT NULL
);
CREATE TABLE scheduling.language (
  code  text PRIMARY KEY,
  label text NOT NULL
);
CREATE TABLE scheduling.refusal_reason (
  code     text PRIMARY KEY,
  label    text NOT NULL,
  position integer NOT NULL
);

-- Minutes are counted from the submission. The newest version is used for new consults; each keeps its own.
CREATE TABLE scheduling.urgency_target (
  version         integer NOT NULL,
  code            text NOT NULL CHECK (code IN ('red', 'orange', 'yellow', 'green', 'blue')),
  position        integer NOT NULL,
  label           text NOT NULL,
  meaning         text NOT NULL,
  triage_minutes  integer NOT NULL CHECK (triage_minutes > 0),
  accept_minutes  integer NOT NULL CHECK (accept_minutes > 0),
  answer_minutes  integer NOT NULL CHECK (answer_minutes > 0),
  offer_minutes   integer NOT NULL CHECK (offer_minutes > 0),
  offers_at_once  integer NOT NULL CHECK (offers_at_once BETWEEN 1 AND 5),
  reach_hours     integer NOT NULL CHECK (reach_hours > 0),
  PRIMARY KEY (version, code)
);
CREATE TABLE scheduling.matching_weights (
  version     text PRIMARY KEY,
  active_from timestamptz NOT NULL,
  weights     jsonb NOT NULL
);

GRANT SELECT ON scheduling.specialty, scheduling.language, scheduling.refusal_reason, scheduling.urgency_target,
  scheduling.matching_weights TO consilium_app, consilium_worker;

INSERT INTO scheduling.urgency_target VALUES
  (1, 'red',    1, 'Red',    'Life, limb or sight in danger: now',      5,   10,   15,    5,  2,   1),
  (1, 'orange', 2, 'Orange', 'Could worsen within hours',              15,   30,  120,   15,  1,  12),
  (1, 'yellow', 3, 'Yellow', 'In-patient, or getting worse',           30,  240,  480,   80,  1,  48),
  (1, 'green',  4, 'Green',  'An opinion, or a chronic illness',      240, 1440, 2880,  480,  1, 168),
  (1, 'blue',   5, 'Blue',   'Teaching or a second look',            4320, 7200, 10080, 1440, 1, 336);

INSERT INTO scheduling.matching_weights VALUES ('2026-1', '2026-01-01T00:00:00Z', '{
  "field": 400, "parentField": 200, "ageGroup": 60, "clinicianLanguage": 150, "patientLanguage": 120,
  "onDuty": 200, "soonPerHour": 5, "continuity": 150, "wakingHour": 60, "openConsult": 25, "roomInWeek": 10}');

INSERT INTO scheduling.refusal_reason VALUES
  ('busy', 'Busy', 1), ('not-my-field', 'Not my field', 2), ('on-leave', 'On leave', 3),
  ('conflict', 'A conflict of interest', 4), ('unclear', 'The question is unclear', 5);

INSERT INTO scheduling.language VALUES
  ('am', 'Amharic'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('de', 'German'), ('en', 'English'), ('es', 'Spanish'),
  ('fa', 'Persian'), ('fr', 'French'), ('gu', 'Gujarati'), ('ha', 'Hausa'), ('hi', 'Hindi'), ('ht', 'Haitian Creole'),
  ('id', 'Indonesian'), ('ig', 'Igbo'), ('it', 'Italian'), ('ja', 'Japanese'), ('km', 'Khmer'), ('ko', 'Korean'),
  ('ln', 'Lingala'), ('lo', 'Lao'), ('mg', 'Malagasy'), ('mr', 'Marathi'), ('ms', 'Malay'), ('my', 'Burmese'),
  ('ne', 'Nepali'), ('nl', 'Dutch'), ('ny', 'Chichewa'), ('om', 'Oromo'), ('pa', 'Punjabi'), ('pl', 'Polish'),
  ('ps', 'Pashto'), ('pt', 'Portuguese'), ('qu', 'Quechua'), ('rn', 'Kirundi'), ('ru', 'Russian'), ('rw', 'Kinyarwanda'),
  ('sm', 'Samoan'), ('sn', 'Shona'), ('so', 'Somali'), ('sv', 'Swedish'), ('sw', 'Swahili'), ('ta', 'Tamil'),
  ('te', 'Telugu'), ('th', 'Thai'), ('ti', 'Tigrinya'), ('tl', 'Tagalog'), ('to', 'Tongan'), ('tpi', 'Tok Pisin'),
  ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('vi', 'Vietnamese'), ('wo', 'Wolof'), ('xh', 'Xhosa'),
  ('yo', 'Yoruba'), ('zh', 'Chinese'), ('zu', 'Zulu');

INSERT INTO scheduling.specialty (code, label, age_groups) VALUES
  ('internal-medicine', 'Internal medicine', '{adolescent,adult,older}'),
  ('paediatrics', 'General paediatrics', '{neonate,child,adolescent}'),
  ('infectious-disease', 'Infectious disease, HIV and TB', '{child,adolescent,adult,older}'),
  ('emergency', 'Emergency medicine', '{neonate,child,adolescent,adult,older}'),
  ('intensive-care', 'Intensive care', '{child,adolescent,adult,older}'),
  ('anaesthesia', 'Anaesthesia', '{neonate,child,adolescent,adult,older}'),
  ('general-surgery', 'General surgery', '{child,adolescent,adult,older}'),
  ('obstetrics', 'Obstetrics', '{adolescent,adult}'),
  ('gynaecology', 'Gynaecology', '{adolescent,adult,older}'),
  ('dermatology', 'Dermatology', '{neonate,child,adolescent,adult,older}'),
  ('radiology', 'Radiology', '{neonate,child,adolescent,adult,older}'),
  ('pathology', 'Pathology', '{neonate,child,adolescent,adult,older}'),
  ('neurology', 'Neurology', '{adolescent,adult,older}'),
  ('psychiatry', 'Psychiatry', '{adolescent,adult,older}'),
  ('ophthalmology', 'Ophthalmology', '{neonate,child,adolescent,adult,older}'),
  ('ent', 'Ear, nose and throat', '{neonate,child,adolescent,adult,older}'),
  ('dental', 'Dental and maxillofacial', '{child,adolescent,adult,older}'),
  ('family-medicine', 'Family medicine', '{neonate,child,adolescent,adult,older}'),
  ('rehabilitation', 'Rehabilitation', '{child,adolescent,adult,older}'),
  ('nutrition', 'Nutrition', '{neonate,child,adolescent,adult,older}'),
  ('palliative-care', 'Palliative care', '{child,adolescent,adult,older}'),
  ('pharmacy', 'Pharmacy', '{neonate,child,adolescent,adult,older}'),
  ('laboratory', 'Laboratory', '{neonate,child,adolescent,adult,older}');
INSERT INTO scheduling.specialty (code, label, parent, age_groups) VALUES
  ('neonatology', 'Neonatology', 'paediatrics', '{neonate}'),
  ('paediatric-cardiology', 'Paediatric cardiology', 'paediatrics', '{neonate,child,adolescent}'),
  ('paediatric-neurology', 'Paediatric neurology', 'paediatrics', '{neonate,child,adolescent}'),
  ('paediatric-surgery', 'Paediatric surgery', 'general-surgery', '{neonate,child,adolescent}'),
  ('tropical-medicine', 'Tropical medicine', 'infectious-disease', '{child,adolescent,adult,older}'),
  ('orthopaedics', 'Orthopaedics and trauma', 'general-surgery', '{child,adolescent,adult,older}'),
  ('burns', 'Burns and plastic surgery', 'general-surgery', '{child,adolescent,adult,older}'),
  ('fistula', 'Fistula surgery', 'gynaecology', '{adolescent,adult,older}'),
  ('midwifery', 'Midwifery', 'obstetrics', '{adolescent,adult}'),
  ('cardiology', 'Cardiology', 'internal-medicine', '{adolescent,adult,older}'),
  ('nephrology', 'Nephrology', 'internal-medicine', '{adolescent,adult,older}'),
  ('gastroenterology', 'Gastroenterology', 'internal-medicine', '{adolescent,adult,older}'),
  ('endocrinology', 'Endocrinology and diabetes', 'internal-medicine', '{adolescent,adult,older}'),
  ('haematology', 'Haematology', 'internal-medicine', '{adolescent,adult,older}'),
  ('oncology', 'Oncology', 'internal-medicine', '{adolescent,adult,older}'),
  ('respiratory', 'Respiratory medicine', 'internal-medicine', '{adolescent,adult,older}'),
  ('rheumatology', 'Rheumatology', 'internal-medicine', '{adolescent,adult,older}'),
  ('toxicology', 'Toxicology', 'emergency', '{child,adolescent,adult,older}'),
  ('neurosurgery', 'Neurosurgery', 'neurology', '{child,adolescent,adult,older}'),
  ('child-psychiatry', 'Child psychiatry', 'psychiatry', '{child,adolescent}'),
  ('urology', 'Urology', 'general-surgery', '{child,adolescent,adult,older}'),
  ('ultrasound', 'Ultrasound', 'radiology', '{neonate,child,adolescent,adult,older}'),
  ('wound-care', 'Wound care', 'general-surgery', '{child,adolescent,adult,older}');
