create table software_desk.partner_events (
  mark text primary key,
  at timestamptz not null default now()
);
