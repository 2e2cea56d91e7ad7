-- What somebody decided about the reminders of an order: it stays as it was decided, for the audit log.
create table software_desk.reminder_decisions (
  id bigint generated always as identity primary key,
  person_id text not null,
  person_name text not null,
  customer_id text not null,
  customer_name text,
  order_id text not null,
  order_number text not null,
  choice text not null check (choice in ('keep', 'last-day')),
  closes_at timestamptz not null,
  at timestamptz not null
);
create index reminder_decisions_order on software_desk.reminder_decisions (order_number, person_id, id desc);
create index reminder_decisions_at on software_desk.reminder_decisions (at desc, id desc);
create index reminder_decisions_customer on software_desk.reminder_decisions (lower(customer_id), at desc);

-- Which message a reminder is, so that it can be changed once somebody has decided.
alter table software_desk.notices add column message json;
create index notices_of_window on software_desk.notices (order_number, person_id)
  where kind = 'window-closing' and message is not null;
