-- When each open case is looked at next, and how far the audit records are read: "How a change is noticed" in
-- docs/architecture.md. A process of the version before leaves the new columns as they are; then the case is looked at
-- when its time comes.
alter table software_desk.cases
  add column look_at timestamptz not null default 'epoch',
  add column failed_looks integer not null default 0,
  add column is_ticket_listed boolean not null default false;

-- Only the open cases are in these; what is changed by a move in state leaves them.
create index cases_to_look_at on software_desk.cases (look_at, reference)
  where state in ('filed', 'cancelling', 'needs_person');
create index cases_watched_by_order on software_desk.cases (lower(order_id))
  where state in ('filed', 'cancelling', 'needs_person');
create index cases_watched_by_order_number on software_desk.cases (lower(order_number))
  where state in ('filed', 'cancelling', 'needs_person');
create index cases_watched_by_ticket on software_desk.cases (ticket_id)
  where state in ('filed', 'cancelling', 'needs_person') and ticket_id is not null;
create index cases_with_listed_ticket on software_desk.cases (ticket_id)
  where state in ('filed', 'cancelling', 'needs_person') and is_ticket_listed;
create index cases_seeking_ticket on software_desk.cases (look_at)
  where state = 'needs_person' and ticket_id is null;

-- One row: the audit records from read_back_to until read_until are known; reminders were checked last then.
create table software_desk.tracking (
  is_the_only_row boolean primary key default true check (is_the_only_row),
  sweeps bigint not null default 0,
  read_until timestamptz,
  read_back_to timestamptz,
  subscriptions_read_until timestamptz,
  reminders_checked_at timestamptz
);
insert into software_desk.tracking default values;
