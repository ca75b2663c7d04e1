-- Short messages that leave the program, and the telephones that people have shown to be theirs. Only the server
-- itself reads and writes them.

CREATE TABLE platform.phone_number (
  account_id   uuid PRIMARY KEY REFERENCES platform.account (id),
  number       text NOT NULL CHECK (number ~ '^\+[1-9][0-9]{6,14}$'),
  confirmed_at timestamptz NOT NULL
);

-- A number that somebody says is theirs, until they tell the code that was sent to it.
CREATE TABLE platform.phone_claim (
  account_id  uuid PRIMARY KEY REFERENCES platform.account (id),
  number      text NOT NULL,
  code_sha256 bytea NOT NULL,
  expires_at  timestamptz NOT NULL,
  tries       integer NOT NULL DEFAULT 0
);

-- One row a message; key and person together, so that the same event told twice is one message. What it said is
-- emptied once it has gone out, or never will.
CREATE TABLE platform.text_message (
  id         uuid PRIMARY KEY,
  key        text NOT NULL,
  account_id uuid NOT NULL REFERENCES platform.account (id),
  purpose    text NOT NULL,
  number     text,
  body       text NOT NULL,
  created_at timestamptz NOT NULL,
  due_at     timestamptz NOT NULL,
  until_at   timestamptz NOT NULL,
  attempts   integer NOT NULL DEFAULT 0,
  state      text NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'lapsed', 'unaddressed')),
  ended_at   timestamptz,
  error      text,
  UNIQUE (key, account_id),
  CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX text_message_due ON platform.text_message (due_at, id) WHERE state = 'waiting';
CREATE INDEX text_message_of ON platform.text_message (account_id, purpose, created_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON platform.phone_number, platform.phone_claim, platform.text_message
  TO consilium_worker;
