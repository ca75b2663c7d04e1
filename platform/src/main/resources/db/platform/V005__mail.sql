-- Letters that leave the program, and where people want them. Only the server itself reads and writes them.

CREATE TABLE platform.mail_address (
  account_id   uuid PRIMARY KEY REFERENCES platform.account (id),
  address      text NOT NULL CHECK (address LIKE '%@%'),
  confirmed_at timestamptz NOT NULL
);

-- An address that somebody says is theirs, until they tell the code that was sent to it.
CREATE TABLE platform.mail_address_claim (
  account_id  uuid PRIMARY KEY REFERENCES platform.account (id),
  address     text NOT NULL CHECK (address LIKE '%@%'),
  code_sha256 bytea NOT NULL,
  expires_at  timestamptz NOT NULL,
  tries       integer NOT NULL DEFAULT 0
);

-- One row a letter; key and person together, so that the same event told twice is one letter. The id is also its
-- Message-ID. What it said is emptied once it has gone out, or never will.
CREATE TABLE platform.letter (
  id              uuid PRIMARY KEY,
  key             text NOT NULL,
  account_id      uuid NOT NULL REFERENCES platform.account (id),
  purpose         text NOT NULL,
  address         text,
  subject         text NOT NULL,
  body            text NOT NULL,
  calendar_method text CHECK (calendar_method IN ('REQUEST', 'CANCEL')),
  calendar        text,
  created_at      timestamptz NOT NULL,
  due_at          timestamptz NOT NULL,
  until_at        timestamptz NOT NULL,
  attempts        integer NOT NULL DEFAULT 0,
  state           text NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'lapsed', 'unaddressed')),
  ended_at        timestamptz,
  error           text,
  UNIQUE (key, account_id),
  CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX letter_due ON platform.letter (due_at, id) WHERE state = 'waiting';
CREATE INDEX letter_of ON platform.letter (account_id, purpose, created_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON platform.mail_address, platform.mail_address_claim, platform.letter
  TO consilium_worker;
