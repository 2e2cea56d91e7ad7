-- With which roles each person was found the last time, so that a role that is gone is told once. Who never had one is not in it.
create table software_desk.known_roles (
  person_id text primary key,
  roles text[] not null,
  changed_at timestamptz not null
);
