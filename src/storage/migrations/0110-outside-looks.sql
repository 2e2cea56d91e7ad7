-- Who looked at a key or a download link at Partner Center itself, as its audit records tell: what the bot looked up is not in it.
-- `order_id`, `customer_id`: where the record names them.
create table software_desk.outside_looks (
  id bigint generated always as identity primary key,
  record text not null unique,
  at timestamptz not null,
  what text not null check (what in ('key', 'link')),
  who text not null,
  customer_id text,
  customer_name text,
  order_id text,
  item text not null
);
create index outside_looks_by_order on software_desk.outside_looks (order_id);
create index outside_looks_by_customer on software_desk.outside_looks (lower(customer_id), at);
create index outside_looks_by_time on software_desk.outside_looks (at desc, id desc);

alter table software_desk.tracking add column looks_read_until timestamptz;
