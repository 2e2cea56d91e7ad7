create table software_desk.declarations (
  submission_id uuid primary key,
  customer_id text not null,
  customer_name text not null,
  contact jsonb not null,
  agreed_at timestamptz not null,
  person_id text not null,
  person_name text not null,
  at timestamptz not null,
  taken_at timestamptz
);
