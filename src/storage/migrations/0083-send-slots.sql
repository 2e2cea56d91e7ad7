-- When messages were sent, or will be, to a conversation or in a tenant: the limits of Teams count all processes.
create table software_desk.send_slots (
  key text primary key,
  -- Milliseconds since 1970.
  taken bigint[] not null default '{}',
  changed_at timestamptz not null default now()
);
create index send_slots_over on software_desk.send_slots (changed_at);
