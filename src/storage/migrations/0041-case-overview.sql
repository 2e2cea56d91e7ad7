-- The list of open cases, page by page.
create index cases_open_by_age on software_desk.cases (created_at, reference)
  where state not in ('completed', 'refused');

-- Added up as cases begin and complete, so that a year of them is a few rows.
create table software_desk.money_by_month (
  month date not null,
  currency text not null,
  asked bigint not null default 0,
  credited bigint not null default 0,
  primary key (month, currency)
);

-- By its text: PostgreSQL does not look into JSON with characters in it that it cannot keep, which people can type.
create function software_desk.amount_of(content json) returns json language sql immutable as $$
  select substring(content::text from '"amount" ?: ?(\{[^{}]*\})')::json
$$;

create function software_desk.count_money() returns trigger language plpgsql as $$
declare
  amount json := software_desk.amount_of(new.content);
  happened timestamptz := case when tg_op = 'INSERT' then new.created_at else new.changed_at end;
  is_credit boolean := tg_op = 'UPDATE';
begin
  if amount ->> 'currency' is null then return null; end if;
  insert into software_desk.money_by_month as known (month, currency, asked, credited)
  values (date_trunc('month', happened at time zone 'UTC'), amount ->> 'currency',
    case when is_credit then 0 else (amount ->> 'minor')::bigint end,
    case when is_credit then (amount ->> 'minor')::bigint else 0 end)
  on conflict (month, currency) do update set
    asked = known.asked + excluded.asked, credited = known.credited + excluded.credited;
  return null;
end $$;
create trigger count_money_asked after insert on software_desk.cases
  for each row execute function software_desk.count_money();
create trigger count_money_credited after update of state on software_desk.cases
  for each row when (new.state = 'completed' and old.state <> 'completed') execute function software_desk.count_money();

insert into software_desk.money_by_month (month, currency, asked, credited)
select month, amount ->> 'currency', sum(case when is_credit then 0 else (amount ->> 'minor')::bigint end),
  sum(case when is_credit then (amount ->> 'minor')::bigint else 0 end)
from (
  select date_trunc('month', created_at at time zone 'UTC') as month, software_desk.amount_of(content) as amount,
    false as is_credit
  from software_desk.cases
  union all
  select date_trunc('month', changed_at at time zone 'UTC'), software_desk.amount_of(content), true
  from software_desk.cases where state = 'completed'
) as moved where amount ->> 'currency' is not null group by 1, 2;

-- Who took the audit log away as a file, and what was asked for.
create table software_desk.audit_exports (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person_id text not null,
  person_name text not null,
  customer_id text,
  customer_name text,
  since timestamptz,
  before timestamptz
);
create index audit_exports_by_time on software_desk.audit_exports (at);
