-- What is older than the policy keeps is taken from the beginning of the chain. Its last row stays known, so that the rest still
-- follows from something; a record that is kept longer is noted again at the end, as the chain had it last (`kept`).
create table software_desk.audit_pruned (
  is_only boolean primary key default true check (is_only),
  id bigint not null,
  hash bytea not null,
  at timestamptz not null
);

alter table software_desk.audit_chain drop constraint audit_chain_event_check;
alter table software_desk.audit_chain add constraint audit_chain_event_check
  check (event in ('added', 'changed', 'removed', 'kept'));

-- As before; what is pruned with its rows of the chain leaves none behind.
create or replace function software_desk.keep_in_audit_chain() returns trigger language plpgsql set timezone = 'UTC' as $$
declare
  columns text := (select string_agg(format('($1).%I', name), ', ') from unnest(tg_argv) as name);
  as_text text := format('select ($1).%I::text, row_to_json(kept)::text from (select %s) as kept', tg_argv[0], columns);
  key text;
  before text;
  content text;
begin
  if tg_op = 'DELETE' and current_setting('software_desk.is_pruning', true) = 'on' then return null; end if;
  if tg_op <> 'INSERT' then execute as_text using old into key, before; end if;
  if tg_op <> 'DELETE' then execute as_text using new into key, content; end if;
  if content is distinct from before then
    perform software_desk.add_to_audit_chain(tg_table_name, key,
      case tg_op when 'INSERT' then 'added' when 'UPDATE' then 'changed' else 'removed' end, coalesce(content, before));
  end if;
  return null;
exception when others then
  raise exception 'the audit log cannot be written: %', sqlerrm using errcode = 'SD001';
end $$;
