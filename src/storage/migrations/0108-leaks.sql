-- Somebody says that a key or a download of an order is known to people who must not have it. Until it is lifted, nothing of the
-- order is shown.
create table software_desk.leaks (
  reference text primary key,
  customer_id text not null,
  customer_name text not null,
  order_id text not null,
  order_number text not null,
  leaked text not null check (leaked in ('key', 'link', 'both')),
  remark text,
  reporter_id text not null,
  reporter_name text not null,
  reported_at timestamptz not null,
  lifter_id text,
  lifter_name text,
  lifted_at timestamptz,
  reason text
);
create unique index open_leaks on software_desk.leaks (order_id) where lifted_at is null;
create index leaks_by_order on software_desk.leaks (order_id);
create index leaks_by_customer on software_desk.leaks (lower(customer_id));
create index leaks_by_time on software_desk.leaks (reported_at desc);

create constraint trigger keep_in_audit_chain after insert or update or delete on software_desk.leaks
  deferrable initially deferred for each row
  execute function software_desk.keep_in_audit_chain('reference', 'customer_id', 'customer_name', 'order_id', 'order_number',
    'leaked', 'remark', 'reporter_id', 'reporter_name', 'reported_at', 'lifter_id', 'lifter_name', 'lifted_at', 'reason');

-- Whoever writes down a look, and whoever reports a leak of the same order, wait for each other: what is not refused is there to
-- be listed.
create function software_desk.lock_looks(wanted text, is_report boolean) returns void language plpgsql as $$
begin
  if is_report then
    perform pg_advisory_xact_lock(hashtext('software_desk.leaks ' || wanted));
  else
    perform pg_advisory_xact_lock_shared(hashtext('software_desk.leaks ' || wanted));
  end if;
end $$;

create function software_desk.demand_no_leak(wanted text) returns void language plpgsql as $$
declare
  found software_desk.leaks;
begin
  perform software_desk.lock_looks(wanted, false);
  select * into found from software_desk.leaks where order_id = wanted and lifted_at is null;
  if found.reference is not null then
    raise exception 'a leak was reported' using errcode = 'SD004',
      detail = json_build_object('reference', found.reference, 'order', found.order_number, 'by', found.reporter_name,
        'at', found.reported_at)::text;
  end if;
end $$;
