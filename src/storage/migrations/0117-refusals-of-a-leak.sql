-- A refusal because of a leak is found with the customer and the order that it is about.
create index audit_decisions_by_customer on software_desk.audit_decisions (lower(facts ->> 'customerId'))
  where facts ->> 'customerId' is not null;
create index audit_decisions_by_order on software_desk.audit_decisions ((facts ->> 'orderId'))
  where facts ->> 'orderId' is not null;

create or replace function software_desk.demand_no_leak(wanted text) returns void language plpgsql as $$
declare
  found software_desk.leaks;
begin
  perform software_desk.lock_looks(wanted, false);
  select * into found from software_desk.leaks where order_id = wanted and lifted_at is null;
  if found.reference is not null then
    raise exception 'a leak was reported' using errcode = 'SD004',
      detail = json_build_object('reference', found.reference, 'order', found.order_number, 'by', found.reporter_name,
        'at', found.reported_at, 'customerId', found.customer_id, 'customerName', found.customer_name,
        'orderId', found.order_id)::text;
  end if;
end $$;
