-- A one-time token that comes again and again from the same person is one row that counts.
alter table software_desk.key_reveals add column refused_token text;
alter table software_desk.key_reveals add column times integer not null default 1;
create unique index key_reveals_refused_token on software_desk.key_reveals (refused_token, person_id, what)
  where refused_token is not null;
