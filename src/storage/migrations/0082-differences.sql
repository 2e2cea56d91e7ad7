-- What our records and Partner Center's tell differently, and how far the comparison of the day is.
create table software_desk.differences (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('order-unknown', 'order-not-recorded', 'case-not-completed', 'case-order-active',
    'ticket-unknown', 'ticket-without-case')),
  subject text not null,
  facts json not null,
  customer_id text,
  customer_name text,
  order_id text,
  found_at timestamptz not null,
  -- The comparison in which people were told of it.
  told_in timestamptz,
  settled_at timestamptz,
  unique (kind, subject)
);
create index differences_open on software_desk.differences (id) where settled_at is null;
create index differences_told on software_desk.differences (found_at) where told_in is not null;
create index differences_over on software_desk.differences (settled_at) where settled_at is not null;

create table software_desk.comparison (
  is_only boolean primary key default true check (is_only),
  begun_at timestamptz,
  since timestamptz,
  -- Null: it has ended.
  step text check (step in ('orders', 'cases', 'tickets', 'again', 'tell')),
  position text,
  failures integer not null default 0
);
insert into software_desk.comparison default values;

create index cases_ended on software_desk.cases (changed_at, reference) where state in ('completed', 'refused');
create index cases_with_unseen_ticket on software_desk.cases (changed_at, reference) where reason_kind = 'ticket-unseen';

-- The audit log of one customer, or of one order.
create index differences_by_customer on software_desk.differences (lower(customer_id), found_at);
create index differences_by_order on software_desk.differences (order_id, found_at);
