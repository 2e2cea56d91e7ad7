-- Who is signed in to the web pages: the hash of what is in the cookie.
create table software_desk.web_sessions (
  token_hash text primary key,
  person_id text not null,
  name text not null,
  locale text,
  time_zone text,
  expires_at timestamptz not null
);
create index web_sessions_by_end on software_desk.web_sessions (expires_at);

-- Whose pages are open, and in which process; a process that died leaves a row that ends by itself.
create table software_desk.web_pages (
  process_id text not null,
  person_id text not null,
  until timestamptz not null,
  primary key (process_id, person_id)
);
create index web_pages_by_person on software_desk.web_pages (person_id, until);
create index web_pages_by_end on software_desk.web_pages (until);

-- What open pages were told lately, for the process that has the page, and for a page that was disconnected meanwhile.
create table software_desk.web_messages (
  id bigint generated always as identity primary key,
  person_id text not null,
  message json not null,
  at timestamptz not null default now()
);
create index web_messages_by_person on software_desk.web_messages (person_id, id);
create index web_messages_by_age on software_desk.web_messages (at);

create function software_desk.tell_pages() returns trigger language plpgsql as $$
begin
  perform pg_notify('software_desk_pages', 'changed ' || tg_argv[0]);
  return null;
end $$;
create trigger tell_pages after insert or update of state on software_desk.cases
  for each statement execute function software_desk.tell_pages('cases');
