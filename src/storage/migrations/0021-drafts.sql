-- Conversations as rows: a revision settles races between processes, columns serve lists and sweeps. What is kept by
-- Keyv moves over; a value that PostgreSQL cannot read as JSON is dropped.
create table software_desk.drafts (
  id text primary key,
  revision integer not null,
  schema_version integer not null,
  flow text not null,
  step text not null,
  owner_id text not null,
  owner_name text not null,
  place_id text not null,
  place_kind text not null check (place_kind in ('channel', 'group', 'personal')),
  is_private boolean not null,
  is_handed_over boolean not null,
  is_over boolean not null,
  title text,
  key text,
  submission_id text,
  closing_order_number text,
  closes_at timestamptz,
  reminded_at timestamptz,
  state json not null,
  changed_at timestamptz not null
);
create index drafts_by_owner on software_desk.drafts (owner_id, changed_at) where title is not null and not is_over;
create index drafts_handed_over on software_desk.drafts (changed_at)
  where is_handed_over and title is not null and not is_over;
create index drafts_by_key on software_desk.drafts (owner_id, flow, key) where key is not null and not is_over;
create index drafts_by_close on software_desk.drafts (closes_at) where closes_at is not null and not is_over;
create index drafts_by_age on software_desk.drafts (changed_at);

create table software_desk.waiting_drafts (
  person_id text not null,
  place_id text not null,
  draft_id text not null references software_desk.drafts on delete cascade,
  primary key (person_id, place_id)
);
create index waiting_drafts_by_draft on software_desk.waiting_drafts (draft_id);

create table software_desk.seen_activities (
  key text primary key,
  at timestamptz not null
);
create index seen_activities_by_age on software_desk.seen_activities (at);

create table software_desk.contacts (
  person_id text primary key,
  contact json not null,
  changed_at timestamptz not null
);

create index contacts_by_age on software_desk.contacts (changed_at);

do $body$
declare
  kept record;
  old json;
  reminder json;
begin
  for kept in select key, value from software_desk.kept where key like 'drafts:%' loop
    begin
      old := kept.value::json -> 'value';
      select value::json -> 'value' into reminder from software_desk.kept
        where key = 'draft-reminders:' || (old ->> 'id');
      insert into software_desk.drafts (id, revision, schema_version, flow, step, owner_id, owner_name, place_id,
        place_kind, is_private, is_handed_over, is_over, title, key, submission_id, closing_order_number, closes_at,
        reminded_at, state, changed_at)
      values (old ->> 'id', 1, (old ->> 'version')::integer, old ->> 'flow', old ->> 'step', old ->> 'ownerId',
        old ->> 'ownerName', old -> 'place' ->> 'id', old -> 'place' ->> 'kind', (old ->> 'isPrivate')::boolean,
        (old ->> 'isHandedOver')::boolean, old -> 'settled' is not null, old ->> 'title',
        case when old ->> 'flow' = 'cancel' then old -> 'data' ->> 'orderId' end, old ->> 'submissionId',
        reminder ->> 'orderNumber', (reminder ->> 'closesAt')::timestamptz, (reminder ->> 'askedAt')::timestamptz,
        old, (old ->> 'changedAt')::timestamptz);
    exception when others then
      raise notice 'a draft could not be moved: %', sqlerrm;
    end;
  end loop;
  for kept in select key, value from software_desk.kept where key like 'contacts:%' loop
    begin
      insert into software_desk.contacts (person_id, contact, changed_at)
      values (substring(kept.key from 10), kept.value::json -> 'value', now());
    exception when others then
      raise notice 'a contact could not be moved: %', sqlerrm;
    end;
  end loop;
end $body$;
delete from software_desk.kept where key ~ '^(drafts|waiting|draft-reminders|seen|contacts):';
