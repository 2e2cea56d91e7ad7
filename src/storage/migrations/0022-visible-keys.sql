-- Messages that show a key, until they are seen to be gone.
create table software_desk.visible_keys (
  id bigint generated always as identity primary key,
  place_id text not null,
  message_id text not null,
  only_for text,
  draft_id text,
  person_id text not null,
  hide_at timestamptz not null,
  refusals integer not null default 0,
  refused_since timestamptz
);
create index visible_keys_by_person on software_desk.visible_keys (place_id, person_id);
create index visible_keys_by_time on software_desk.visible_keys (hide_at);
