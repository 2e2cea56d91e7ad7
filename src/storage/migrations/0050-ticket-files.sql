-- Files that go with tickets: what is known of each, and what is in it, sealed, in parts that are only read to be sent on.
-- A file may belong to a draft and to the case that came of it; to neither while its sender has still to say.
create table software_desk.ticket_files (
  id uuid primary key,
  draft_id text references software_desk.drafts on delete set null,
  case_reference text references software_desk.cases on delete set null,
  person_id text not null,
  name text not null,
  type text not null check (type in ('pdf', 'png', 'jpeg', 'docx', 'xlsx', 'msg', 'eml', 'text')),
  size integer not null check (size > 0),
  digest bytea not null,
  salt bytea not null,
  ticket_id text,
  is_refused boolean not null default false,
  added_at timestamptz not null default now()
);
create index ticket_files_of_drafts on software_desk.ticket_files (draft_id);
create index ticket_files_of_cases on software_desk.ticket_files (case_reference);
create index ticket_files_without_place on software_desk.ticket_files (person_id)
  where draft_id is null and case_reference is null;

create table software_desk.ticket_file_parts (
  file_id uuid not null references software_desk.ticket_files on delete cascade,
  number integer not null,
  sealed bytea not null,
  primary key (file_id, number)
);
-- It is encrypted: compressing it costs time and saves nothing.
alter table software_desk.ticket_file_parts alter column sealed set storage external;

alter table software_desk.cases add column files integer not null default 0;
