-- What the audit log tells, in the order in which it was written. The hash of each row covers the row before, so that nothing
-- can be changed, taken out or put elsewhere without `npm run audit:verify` finding it ("The chain of the audit log" in
-- docs/security.md).
create table software_desk.audit_chain (
  id bigint primary key,
  at timestamptz not null,
  source text not null,
  source_key text not null,
  event text not null check (event in ('added', 'changed', 'removed')),
  content text not null,
  hash bytea not null
);
create index audit_chain_by_source on software_desk.audit_chain (source, source_key, id desc);

-- Its last row, and the lock under which the next one is added.
create table software_desk.audit_head (
  is_only boolean primary key default true check (is_only),
  id bigint not null,
  hash bytea not null
);
insert into software_desk.audit_head (id, hash) values (0, sha256(''));

create function software_desk.audit_hash(
  before bytea, id bigint, at timestamptz, source text, source_key text, event text, content text
) returns bytea language sql stable set timezone = 'UTC' as $$
  select sha256(before || convert_to(json_build_array(id, at, source, source_key, event, content)::text, 'UTF8'))
$$;

create function software_desk.add_to_audit_chain(source text, source_key text, event text, content text)
returns void language plpgsql as $$
declare
  written_at timestamptz := clock_timestamp();
  head software_desk.audit_head;
begin
  update software_desk.audit_head as last set id = last.id + 1,
    hash = software_desk.audit_hash(last.hash, last.id + 1, written_at, source, source_key, event, content)
  returning * into strict head;
  insert into software_desk.audit_chain values (head.id, written_at, source, source_key, event, content, head.hash);
end $$;

-- Its arguments: the key of the table, and what else of a row is kept. JSON stays as it is written: PostgreSQL does not look
-- into JSON with characters in it that it cannot keep, which people can type.
create function software_desk.keep_in_audit_chain() returns trigger language plpgsql set timezone = 'UTC' as $$
declare
  columns text := (select string_agg(format('($1).%I', name), ', ') from unnest(tg_argv) as name);
  as_text text := format('select ($1).%I::text, row_to_json(kept)::text from (select %s) as kept', tg_argv[0], columns);
  key text;
  before text;
  content text;
begin
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

-- At the end of a transaction, so that nobody waits for a row while holding the end of the chain.
do $$
declare
  kept record;
  arguments text;
begin
  for kept in select * from (values
    ('order_submissions', 'created_at', array['submission_id', 'created_at', 'person_id', 'person_name', 'customer_id',
      'customer_name', 'content', 'fingerprint', 'state', 'order_ids', 'reason']),
    ('key_reveals', 'at', array['id', 'at', 'person_id', 'person_name', 'customer_id', 'customer_name', 'order_id', 'what',
      'item', 'choice', 'is_withdrawn', 'refusal', 'times']),
    ('case_events', 'at', array['id', 'at', 'reference', 'person_id', 'person_name', 'customer_id', 'customer_name',
      'order_id', 'from_state', 'to_state', 'change']),
    ('agreement_confirmations', 'at', array['submission_id', 'at', 'person_id', 'person_name', 'customer_id',
      'customer_name', 'contact', 'agreed_at', 'taken_at']),
    ('audit_exports', 'at', array['id', 'at', 'person_id', 'person_name', 'customer_id', 'customer_name', 'since', 'before']),
    ('reminder_decisions', 'at', array['id', 'at', 'person_id', 'person_name', 'customer_id', 'customer_name', 'order_id',
      'order_number', 'choice', 'closes_at'])
  ) as tables (name, time, columns)
  loop
    arguments := (select string_agg(quote_literal(name), ', ') from unnest(kept.columns) as name);
    -- What was there before stands at the beginning.
    execute format(
      'select software_desk.add_to_audit_chain(%L, key, ''added'', content)
       from (select (%I)::text as key, (select row_to_json(kept)::text from (select %s) as kept) as content
         from software_desk.%I as rows order by %I, 1) as rows',
      kept.name, kept.columns[1], (select string_agg(format('rows.%I', name), ', ') from unnest(kept.columns) as name),
      kept.name, kept.time);
    execute format(
      'create constraint trigger keep_in_audit_chain after insert or update or delete on software_desk.%I
       deferrable initially deferred for each row execute function software_desk.keep_in_audit_chain(%s)',
      kept.name, arguments);
  end loop;
end $$;
