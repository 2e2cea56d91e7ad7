-- What people type is kept as json, not jsonb, which takes neither \u0000 nor half an emoji.
create table software_desk.intents (
  submission_id text primary key,
  fingerprint text not null,
  state text not null check (state in ('accepted', 'ordered', 'declined', 'needs_person')),
  content json not null,
  person_id text not null,
  person_name text not null,
  place_id text not null,
  card json,
  cart_request_id text not null,
  checkout_request_id text not null,
  cart_id text,
  order_ids text[] not null,
  note text,
  created_at timestamptz not null
);

create table software_desk.cases (
  reference text primary key,
  submission_id text not null unique,
  fingerprint text not null,
  order_id text not null,
  state text not null
    check (state in ('submitted', 'filing', 'filed', 'cancelling', 'completed', 'refused', 'needs_person')),
  ending text not null check (ending in ('cancel-now', 'ticket')),
  content json not null,
  requester_id text not null,
  requester_name text not null,
  place_id text not null,
  card json,
  ticket_id text,
  note text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  checked_at timestamptz
);
create unique index cases_one_open_per_order on software_desk.cases (order_id)
  where state not in ('completed', 'refused');
create index cases_by_order on software_desk.cases (order_id);
create index cases_by_age on software_desk.cases (created_at);

create table software_desk.case_events (
  id bigint generated always as identity primary key,
  reference text not null references software_desk.cases,
  from_state text,
  to_state text not null,
  who text not null,
  why text not null,
  at timestamptz not null
);
create index case_events_by_case on software_desk.case_events (reference);

create table software_desk.notices (
  id uuid primary key,
  kind text not null,
  subject text not null,
  target_to text not null check (target_to in ('place', 'person')),
  target_id text not null,
  state text not null default 'due' check (state in ('due', 'sent', 'unsure', 'escalated')),
  attempts integer not null default 0,
  created_at timestamptz not null,
  unique (kind, subject, target_to, target_id)
);
create index notices_due on software_desk.notices (created_at) where state = 'due';

create table software_desk.exposures (
  id bigint generated always as identity primary key,
  person_id text not null,
  person_name text not null,
  customer_id text not null,
  order_id text not null,
  what text not null check (what in ('key', 'download', 'link')),
  item text not null,
  at timestamptz not null,
  is_withdrawn boolean not null default false
);
create index exposures_by_order on software_desk.exposures (order_id);

create table software_desk.reminders (
  person_id text not null,
  order_id text not null,
  order_number text not null,
  customer_id text not null,
  customer_name text not null,
  place_id text not null,
  closes_at timestamptz not null,
  asked_at timestamptz not null,
  primary key (person_id, order_id)
);
create index reminders_by_order on software_desk.reminders (order_id);
create index reminders_by_close on software_desk.reminders (closes_at);

create table software_desk.known_orders (
  order_id text primary key,
  customer_id text not null,
  number text not null,
  names text[] not null,
  placed_at timestamptz
);
create index known_orders_by_name on software_desk.known_orders using gin (names);
create index known_orders_placed on software_desk.known_orders (customer_id, placed_at) where placed_at is not null;

create table software_desk.leases (
  key text primary key,
  holder uuid not null,
  until timestamptz not null
);

create table software_desk.secrets (
  name text primary key,
  sealed bytea not null,
  changed_at timestamptz not null default now()
);

-- Keyv's table; the collation makes a namespace a range of the key, the column makes what expired easy to find.
-- Keyv writes the expiry last. It is not read as JSON, because not everything people type is JSON to PostgreSQL.
create table software_desk.kept (
  key text collate "C" primary key,
  value text,
  expires_at bigint generated always as (substring(value from '"expires": ?([0-9]+)}$')::bigint) stored
);
create index kept_by_expiry on software_desk.kept (expires_at) where expires_at is not null;
