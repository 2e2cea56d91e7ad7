-- Until the trigger stands nothing is added: what an older process added between the two would never be in the chain.
lock table software_desk.outside_looks in share row exclusive mode;

-- How far Partner Center has told who looked at keys, and at links: what it declined for a while is read later from there.
alter table software_desk.tracking add column keys_told_until timestamptz, add column links_told_until timestamptz;
update software_desk.tracking set keys_told_until = looks_read_until, links_told_until = looks_read_until;

-- Partner Center's word is kept in the chain too: once read, nobody takes it out or changes it unseen. Times are written as the
-- trigger writes them.
set local timezone = 'UTC';
select software_desk.add_to_audit_chain('outside_looks', key, 'added', content)
from (
  select id::text as key, (select row_to_json(kept)::text from (
    select rows.id, rows.record, rows.at, rows.what, rows.who, rows.customer_id, rows.customer_name, rows.order_id, rows.item
  ) as kept) as content
  from software_desk.outside_looks as rows order by at, id
) as rows;

create constraint trigger keep_in_audit_chain after insert or update or delete on software_desk.outside_looks
  deferrable initially deferred for each row
  execute function software_desk.keep_in_audit_chain('id', 'record', 'at', 'what', 'who', 'customer_id', 'customer_name',
    'order_id', 'item');
