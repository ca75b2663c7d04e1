-- Files of a consult: what they show, how far they have come, and their bytes.

CREATE TABLE records.attachment (
  organisation_id   uuid NOT NULL,
  id                uuid NOT NULL,
  consult_id        uuid NOT NULL,
  patient_id        uuid NOT NULL,
  seq               bigint NOT NULL DEFAULT nextval('records.act'),
  kind              text NOT NULL,
  title             text NOT NULL CHECK (title <> ''),
  body_site         text,
  laterality        text CHECK (laterality IN ('left', 'right', 'both', 'midline')),
  caption           text,
  taken_at          timestamptz,
  state             text NOT NULL DEFAULT 'receiving'
                    CHECK (state IN ('receiving', 'ready', 'damaged', 'quarantined', 'refused')),
  reason            text,
  type              text,
  camera_taken_at   timestamptz,
  dicom             jsonb,
  -- Who the file itself says the patient is: for the owning organisation alone.
  dicom_identity    jsonb,
  original_asked_at timestamptz,
  original_asked_by uuid REFERENCES platform.account (id),
  added_by          uuid NOT NULL REFERENCES platform.account (id),
  added_at          timestamptz NOT NULL,
  version           integer NOT NULL CHECK (version >= 1),
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, consult_id, id),
  FOREIGN KEY (organisation_id, consult_id)
    REFERENCES records.request (organisation_id, consult_id) ON DELETE CASCADE,
  FOREIGN KEY (organisation_id, patient_id) REFERENCES records.patient (organisation_id, id),
  CHECK ((state IN ('damaged', 'quarantined', 'refused')) = (reason IS NOT NULL))
);
CREATE INDEX attachment_consult ON records.attachment (organisation_id, consult_id, seq);
CREATE INDEX attachment_patient ON records.attachment (organisation_id, patient_id);

-- One transfer of one part of an attachment (tus 1.0.0). Pieces are as they came in.
CREATE TABLE records.upload (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL UNIQUE,
  consult_id      uuid NOT NULL,
  attachment_id   uuid NOT NULL,
  part            text NOT NULL CHECK (part IN ('thumbnail', 'preview', 'original')),
  uploader_id     uuid NOT NULL REFERENCES platform.account (id),
  length          bigint NOT NULL CHECK (length > 0),
  received        bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND length),
  sha256          bytea CHECK (length(sha256) = 32),
  state           text NOT NULL DEFAULT 'receiving'
                  CHECK (state IN ('receiving', 'received', 'judged', 'quarantined')),
  -- The connection that may append; a newer one takes its place.
  writer          uuid,
  -- The worker that looks at what came, until when it is believed to live, and which try this is.
  claim           uuid,
  claimed_until   timestamptz,
  tries           integer NOT NULL DEFAULT 0,
  begun_at        timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id, attachment_id)
    REFERENCES records.attachment (organisation_id, consult_id, id) ON DELETE CASCADE,
  CHECK ((received = length) OR state = 'receiving')
);
CREATE INDEX upload_attachment ON records.upload (organisation_id, attachment_id);
CREATE INDEX upload_due ON records.upload (begun_at) WHERE state = 'received';
CREATE INDEX upload_expiry ON records.upload (expires_at);

CREATE TABLE records.upload_piece (
  organisation_id uuid NOT NULL,
  upload_id       uuid NOT NULL,
  at              bigint NOT NULL CHECK (at >= 0),
  consult_id      uuid NOT NULL,
  data            bytea NOT NULL CHECK (length(data) > 0),
  PRIMARY KEY (organisation_id, upload_id, at),
  FOREIGN KEY (organisation_id, upload_id)
    REFERENCES records.upload (organisation_id, id) ON DELETE CASCADE
);
ALTER TABLE records.upload_piece ALTER COLUMN data SET STORAGE EXTERNAL;

-- Bytes that never change, in chunks of 256 kB. Bytes whose making was broken off have no file.
CREATE TABLE records.blob (
  organisation_id uuid NOT NULL,
  id              uuid NOT NULL,
  consult_id      uuid NOT NULL,
  attachment_id   uuid NOT NULL,
  made_at         timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, consult_id, attachment_id)
    REFERENCES records.attachment (organisation_id, consult_id, id) ON DELETE CASCADE
);
CREATE INDEX blob_attachment ON records.blob (organisation_id, attachment_id);
CREATE INDEX blob_made ON records.blob (made_at);

CREATE TABLE records.blob_chunk (
  organisation_id uuid NOT NULL,
  blob_id         uuid NOT NULL,
  seq             integer NOT NULL CHECK (seq >= 0),
  consult_id      uuid NOT NULL,
  data            bytea NOT NULL,
  PRIMARY KEY (organisation_id, blob_id, seq),
  FOREIGN KEY (organisation_id, blob_id)
    REFERENCES records.blob (organisation_id, id) ON DELETE CASCADE
);
ALTER TABLE records.blob_chunk ALTER COLUMN data SET STORAGE EXTERNAL;

-- A part as it is served: looked at and cleaned.
CREATE TABLE records.attachment_file (
  organisation_id uuid NOT NULL,
  attachment_id   uuid NOT NULL,
  part            text NOT NULL CHECK (part IN ('thumbnail', 'preview', 'original')),
  consult_id      uuid NOT NULL,
  made_by         text NOT NULL CHECK (made_by IN ('client', 'server')),
  type            text NOT NULL,
  shown_inline    boolean NOT NULL,
  bytes           bigint NOT NULL CHECK (bytes > 0),
  sha256          bytea NOT NULL CHECK (length(sha256) = 32),
  width           integer,
  height          integer,
  blob_id         uuid NOT NULL,
  made_at         timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, attachment_id, part),
  FOREIGN KEY (organisation_id, consult_id, attachment_id)
    REFERENCES records.attachment (organisation_id, consult_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organisation_id, blob_id) REFERENCES records.blob (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX attachment_file_blob ON records.attachment_file (organisation_id, blob_id);

CREATE TABLE records.message_attachment (
  organisation_id uuid NOT NULL,
  consult_id      uuid NOT NULL,
  message_id      uuid NOT NULL,
  position        integer NOT NULL,
  attachment_id   uuid NOT NULL,
  PRIMARY KEY (organisation_id, message_id, position),
  UNIQUE (organisation_id, message_id, attachment_id),
  FOREIGN KEY (organisation_id, consult_id, message_id)
    REFERENCES records.message (organisation_id, consult_id, id),
  FOREIGN KEY (organisation_id, consult_id, attachment_id)
    REFERENCES records.attachment (organisation_id, consult_id, id)
);
CREATE INDEX message_attachment_named
  ON records.message_attachment (organisation_id, consult_id, attachment_id);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['attachment', 'upload', 'upload_piece', 'blob', 'blob_chunk',
      'attachment_file', 'message_attachment'] LOOP
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
END $$;

-- A message keeps what it names. Everything else goes with its draft, or when it has served.
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON records.message_attachment
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
GRANT DELETE ON records.attachment, records.upload, records.upload_piece
  TO consilium_app, consilium_worker;
GRANT DELETE ON records.blob, records.attachment_file TO consilium_worker;
GRANT UPDATE (kind, title, body_site, laterality, caption, taken_at, state, reason,
  original_asked_at, original_asked_by, version) ON records.attachment TO consilium_app;
GRANT UPDATE (state, reason, type, camera_taken_at, dicom, dicom_identity, version)
  ON records.attachment TO consilium_worker;
GRANT UPDATE (received, state, writer) ON records.upload TO consilium_app;
GRANT UPDATE (state, claim, claimed_until, tries, expires_at) ON records.upload TO consilium_worker;
GRANT UPDATE (made_by, type, shown_inline, bytes, sha256, width, height, blob_id, made_at)
  ON records.attachment_file TO consilium_worker;
