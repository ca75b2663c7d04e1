-- Who is on call for a field in a language, in turn; who took whose shift. No patient data.

CREATE TABLE scheduling.rota (
  id                  uuid PRIMARY KEY,
  organisation_id     uuid NOT NULL REFERENCES platform.organisation (id),
  name                text NOT NULL,
  specialty           text NOT NULL REFERENCES scheduling.specialty (code),
  language            text NOT NULL REFERENCES scheduling.language (code),
  zone                text NOT NULL,
  -- The shape is that of Rotation in the contract; later ones win within a layer.
  rotations           jsonb NOT NULL,
  swap_needs_approval boolean NOT NULL,
  rest_hours          integer NOT NULL CHECK (rest_hours BETWEEN 0 AND 72),
  version             integer NOT NULL CHECK (version > 0),
  saved_at            timestamptz NOT NULL,
  saved_by            uuid,
  laid_at             timestamptz
);

CREATE TABLE scheduling.rota_override (
  id         uuid PRIMARY KEY,
  rota_id    uuid NOT NULL REFERENCES scheduling.rota (id),
  layer      text NOT NULL CHECK (layer IN ('primary', 'back-up')),
  during     tstzrange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
  account_id uuid NOT NULL REFERENCES scheduling.volunteer (account_id),
  swap_id    uuid,
  made_by    uuid,
  made_at    timestamptz NOT NULL
);
CREATE INDEX rota_override_during ON scheduling.rota_override USING gist (rota_id, during);

-- The rota laid out to moments for eight weeks. A gap is a row without a person.
CREATE TABLE scheduling.rota_shift (
  id         uuid PRIMARY KEY,
  rota_id    uuid NOT NULL REFERENCES scheduling.rota (id),
  layer      text NOT NULL CHECK (layer IN ('primary', 'back-up')),
  during     tstzrange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
  account_id uuid REFERENCES scheduling.volunteer (account_id),
  state      text NOT NULL CHECK (state IN ('planned', 'published', 'swapped', 'covered', 'gap')),
  changed_at timestamptz NOT NULL,
  CHECK ((account_id IS NULL) = (state = 'gap')),
  EXCLUDE USING gist (rota_id WITH =, layer WITH =, during WITH &&)
);
CREATE INDEX rota_shift_account ON scheduling.rota_shift USING gist (account_id, during);

CREATE TABLE scheduling.shift_swap (
  id         uuid PRIMARY KEY,
  rota_id    uuid NOT NULL REFERENCES scheduling.rota (id),
  layer      text NOT NULL CHECK (layer IN ('primary', 'back-up')),
  during     tstzrange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
  giver_id   uuid NOT NULL REFERENCES scheduling.volunteer (account_id),
  to_id      uuid REFERENCES scheduling.volunteer (account_id),
  taker_id   uuid REFERENCES scheduling.volunteer (account_id),
  state      text NOT NULL CHECK (state IN ('open', 'waiting', 'done', 'declined', 'withdrawn')),
  offered_at timestamptz NOT NULL,
  taken_at   timestamptz,
  ended_at   timestamptz,
  ended_by   uuid,
  CHECK ((taker_id IS NULL) = (state IN ('open', 'withdrawn'))),
  EXCLUDE USING gist (rota_id WITH =, layer WITH =, during WITH &&) WHERE (state IN ('open', 'waiting'))
);

-- Everybody who is on call, planned by hand or by a rota: what matching, the duty board and calendars read.
CREATE VIEW scheduling.on_call WITH (security_invoker = true) AS
  SELECT id, account_id, during, planned_at AS changed_at, NULL::uuid AS rota_id FROM scheduling.on_call_shift
  UNION ALL
  SELECT id, account_id, during, changed_at, rota_id FROM scheduling.rota_shift WHERE account_id IS NOT NULL;

GRANT SELECT ON scheduling.on_call, scheduling.rota, scheduling.rota_override, scheduling.rota_shift,
  scheduling.shift_swap TO consilium_app, consilium_worker;
GRANT INSERT ON scheduling.rota, scheduling.rota_override, scheduling.shift_swap TO consilium_app, consilium_worker;
GRANT UPDATE ON scheduling.rota, scheduling.shift_swap TO consilium_app, consilium_worker;
GRANT DELETE ON scheduling.rota_override TO consilium_app, consilium_worker;
-- Laying out concerns members of every organisation: the server does it.
GRANT INSERT, UPDATE, DELETE ON scheduling.rota_shift TO consilium_worker;
GRANT UPDATE (during) ON scheduling.on_call_shift TO consilium_app;
