-- Reasons, changes, attempts and what notices are about, as columns and JSON of their own, where sentences and composed
-- texts told them before.
--
-- The columns that did so stay for processes of the version before, and triggers keep both forms in step while such
-- processes run; a later step takes both away. Reasons that those processes act on (accepted, hand-over, sign-in, given
-- up) are carried both ways, others they show as a short text; what was told by one is not told again by the other.
-- Requests under way are not shared: what one version has begun to ask for and the other goes on with is another request.
-- That makes a second cart at worst, of which one is checked out; an order is read before it is cancelled, and a ticket
-- is known by our reference.

-- A text field of a JSON object. It is looked for in the text, because PostgreSQL does not read as JSON all that people
-- type; quotation marks that somebody typed are escaped in it.
create function software_desk.field(object json, name text) returns text language plpgsql immutable as $$
declare
  escaped text := substring(object::text from '"' || name || '" ?: ?"((?:[^"\\]|\\.)*)"');
begin
  return ('["' || escaped || '"]')::json ->> 0;
exception when others then
  return escaped;
end $$;

-- Which requests were sent to Partner Center, and how each was answered.
create table software_desk.attempts (
  subject_kind text not null check (subject_kind in ('order', 'case')),
  subject_id text not null,
  round integer not null,
  step text not null,
  number integer not null,
  request_id text not null,
  begun_at timestamptz not null,
  sent integer not null default 1,
  ended_at timestamptz,
  outcome text check (outcome in ('done', 'declined', 'conflict', 'use-subscription')),
  primary key (subject_kind, subject_id, round, step, number),
  check ((ended_at is null) = (outcome is null))
);

-- What may follow what.
create table software_desk.case_moves (
  from_state text not null,
  to_state text not null,
  primary key (from_state, to_state)
);
insert into software_desk.case_moves (from_state, to_state)
select from_state, unnest(to_states)
from (values
  ('draft', array['submitted']),
  ('submitted', array['submitted', 'filing', 'cancelling', 'completed', 'refused', 'needs_person']),
  ('filing', array['filing', 'filed', 'refused', 'needs_person', 'completed']),
  ('filed', array['filed', 'completed', 'needs_person', 'cancelling']),
  ('cancelling', array['cancelling', 'completed', 'filing', 'refused', 'needs_person']),
  ('needs_person', array['completed', 'filing', 'filed', 'cancelling', 'refused'])
) as allowed (from_state, to_states);

alter table software_desk.cases
  add column customer_id text,
  add column customer_name text,
  add column order_number text,
  add column closes_at timestamptz,
  add column reason_kind text,
  add column reason json,
  add column times_waiting integer not null default 0,
  add column times_taken_up integer not null default 0;

alter table software_desk.case_events
  add column customer_id text,
  add column customer_name text,
  add column order_id text,
  add column person_id text,
  add column person_name text,
  add column change json,
  add constraint case_events_move foreign key (from_state, to_state) references software_desk.case_moves not valid;

alter table software_desk.order_submissions
  add column customer_id text,
  add column customer_name text,
  add column reason json,
  alter column cart_request_id set default gen_random_uuid()::text,
  alter column checkout_request_id set default gen_random_uuid()::text;

alter table software_desk.notices
  add column case_reference text,
  add column submission_id text,
  add column order_number text,
  add column draft_id text,
  add column person_id text,
  add column occasion text,
  add column occurrence integer,
  add column days_waited integer,
  add column hours_left integer,
  add column closes_at timestamptz,
  add column is_private boolean not null default false;

alter table software_desk.key_reveals add column customer_name text;

-- The reason that a case's note told.
create function software_desk.case_reason(state text, note text) returns json language sql immutable as $$
  select case
    when note is null then null
    when state = 'cancelling' and note = 'accepted' then json_build_object('version', 1, 'kind', 'accepted')
    when state = 'needs_person' and note = 'hand-over'
      then json_build_object('version', 1, 'kind', 'hand-over', 'said', json_build_array())
    when state = 'needs_person' and note like 'hand-over: %'
      then json_build_object('version', 1, 'kind', 'hand-over', 'said', json_build_array(substr(note, 12)))
    when state not in ('completed', 'refused') and note = 'sign-in refused'
      then json_build_object('version', 1, 'kind', 'sign-in-refused')
    when state not in ('completed', 'refused') and note like 'sign-in refused: %'
      then json_build_object('version', 1, 'kind', 'sign-in-refused',
        'before', json_build_object('kind', 'ticket-wanted', 'said', substr(note, 18)))
    when state = 'refused' and note like 'Given up by %.'
      then json_build_object('version', 1, 'kind', 'given-up', 'by', substring(note from '^Given up by (.*)\.$'))
    when state = 'refused' then json_build_object('version', 1, 'kind', 'declined', 'said', note)
    when state = 'filing' then json_build_object('version', 1, 'kind', 'ticket-wanted', 'said', note)
    when note like 'Only a part was cancelled: %'
      then json_build_object('version', 1, 'kind', 'cancelled-in-part', 'said', substr(note, 28))
    when note ~ '^Partner Center shows no request .*\.$'
      then json_build_object('version', 1, 'kind', 'ticket-unseen',
        'ticketId', substring(note from '^Partner Center shows no request (.*)\.$'))
    when note like 'Microsoft asks on the ticket: %'
      then json_build_object('version', 1, 'kind', 'ticket-asks', 'said', substr(note, 31))
    when note = 'Microsoft asks for an answer on the ticket.' then json_build_object('version', 1, 'kind', 'ticket-asks')
    when note = 'Microsoft closed the ticket, but the order is not cancelled.'
      then json_build_object('version', 1, 'kind', 'ticket-closed')
    when note like 'Microsoft closed the ticket, but the order is not cancelled: %'
      then json_build_object('version', 1, 'kind', 'ticket-closed', 'said', substr(note, 62))
    when note = 'Partner Center accepted the cancellation a day ago, but the order is not cancelled.'
      then json_build_object('version', 1, 'kind', 'overdue')
    when note = 'Partner Center could not be reached for two days.'
      then json_build_object('version', 1, 'kind', 'unreachable')
    else json_build_object('version', 1, 'kind', 'recorded', 'text', note)
  end
$$;

-- A note for processes of the version before.
create function software_desk.case_note(reason json) returns text language sql immutable as $$
  select case kind
    when 'hand-over' then 'hand-over'
    when 'sign-in-refused' then 'sign-in refused'
    when 'given-up' then 'Given up by ' || coalesce(software_desk.field(reason, 'by'), '') || '.'
    when 'ticket-unseen'
      then 'Partner Center shows no request ' || coalesce(software_desk.field(reason, 'ticketId'), '') || '.'
    when 'recorded' then software_desk.field(reason, 'text')
    else coalesce(software_desk.field(reason, 'said'), kind)
  end
  from (select software_desk.field(reason, 'kind') as kind) as one
$$;

-- A sentence that told a change of a case is kept as it was written.
create function software_desk.case_change(from_state text, why text) returns json language sql immutable as $$
  select case from_state
    when 'draft' then json_build_object('version', 1, 'kind', 'submitted', 'reason', why)
    else json_build_object('version', 1, 'kind', 'recorded', 'text', why)
  end
$$;

-- `1234.50 EUR` as it was written: with all the decimals of its currency.
create function software_desk.money(amount text, currency text) returns json language sql immutable as $$
  select json_build_object('minor', replace(amount, '.', '')::bigint, 'currency', currency)
$$;

-- The reason that an order's note and blocker told.
create function software_desk.order_reason(state text, note text, blocker json) returns json language plpgsql immutable as $$
declare
  said json := case when note is null then json_build_array() else json_build_array(note) end;
  missing text := substring(blocker::text from '^\{"kind":"missing","missing":(.*)\}$');
  price text[] := regexp_match(note, '^The unit price has changed from (\S+) (\S+) to (\S+) (\S+) since it was confirmed\.$');
  gone text[] := regexp_match(note, '^The price list no longer has the unit price of (\S+) (\S+) that was confirmed\.$');
begin
  return case
    when blocker::text = '{"kind":"sign-in"}' or note = 'Partner Center has not accepted our sign-in for two days.'
      then json_build_object('version', 1, 'kind', 'sign-in-refused')
    when price is not null
      then json_build_object('version', 1, 'kind', 'price-changed', 'was', software_desk.money(price[1], price[2]),
        'now', software_desk.money(price[3], price[4]))
    when gone is not null
      then json_build_object('version', 1, 'kind', 'price-changed', 'was', software_desk.money(gone[1], gone[2]))
    when missing is not null
      then ('{"version":1,"kind":"declined","said":' || said || ',"missing":' || missing || '}')::json
    when note = 'The item is no longer on sale.' then json_build_object('version', 1, 'kind', 'not-on-sale')
    when note = 'Partner Center could not be reached for two days.'
      then json_build_object('version', 1, 'kind', 'unreachable')
    when state = 'needs_person' then json_build_object('version', 1, 'kind', 'unclear', 'said', said)
    when note is null then null
    when state = 'declined' then json_build_object('version', 1, 'kind', 'declined', 'said', said)
    when state = 'ordered' then json_build_object('version', 1, 'kind', 'ordered-with-errors', 'said', said)
    else json_build_object('version', 1, 'kind', 'recorded', 'text', note)
  end;
end $$;

create function software_desk.bridge_case() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.customer_id := coalesce(new.customer_id, software_desk.field(new.content, 'customerId'));
    new.customer_name := coalesce(new.customer_name, software_desk.field(new.content, 'customerName'));
    new.order_number := coalesce(new.order_number, software_desk.field(new.content, 'orderNumber'));
    new.closes_at := coalesce(new.closes_at, software_desk.field(new.content, 'closesAt')::timestamptz);
    return new;
  end if;
  if new.note is distinct from old.note then
    new.reason := software_desk.case_reason(new.state, new.note);
    new.reason_kind := software_desk.field(new.reason, 'kind');
  elsif new.reason::text is distinct from old.reason::text then
    new.note := software_desk.case_note(new.reason);
  end if;
  if new.state = 'needs_person' and old.state <> 'needs_person' and new.times_waiting = old.times_waiting then
    new.times_waiting := old.times_waiting + 1;
  end if;
  if old.state = 'needs_person' and new.state in ('filing', 'cancelling') and new.times_taken_up = old.times_taken_up then
    new.times_taken_up := old.times_taken_up + 1;
  end if;
  return new;
end $$;

create function software_desk.bridge_case_event() returns trigger language plpgsql as $$
begin
  if new.change is null then
    new.change := software_desk.case_change(new.from_state, new.why);
    new.person_name := nullif(new.who, 'Software Desk');
    select customer_id, customer_name, order_id into new.customer_id, new.customer_name, new.order_id
      from software_desk.cases where reference = new.reference;
  else
    new.who := coalesce(new.person_name, 'Software Desk');
    new.why := software_desk.field(new.change, 'kind');
  end if;
  return new;
end $$;

create function software_desk.bridge_order() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.customer_id := coalesce(new.customer_id, software_desk.field(new.content, 'customerId'));
    new.customer_name := coalesce(new.customer_name, software_desk.field(new.content, 'customerName'));
    return new;
  end if;
  if new.note is distinct from old.note or new.blocker::text is distinct from old.blocker::text then
    new.reason := software_desk.order_reason(new.state, new.note, new.blocker);
  elsif new.reason::text is distinct from old.reason::text then
    new.blocker := case software_desk.field(new.reason, 'kind') when 'sign-in-refused' then '{"kind":"sign-in"}'::json end;
    new.note := case when new.blocker is null then software_desk.field(new.reason, 'kind') end;
  end if;
  return new;
end $$;

create function software_desk.bridge_notice() returns trigger language plpgsql as $$
declare
  parts text[] := string_to_array(new.subject, '|');
begin
  if new.subject is null then
    new.subject := case
      when new.kind = 'window-closing' then rtrim(concat_ws('|', new.order_number, new.person_id, new.hours_left,
        to_char(new.closes_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(new.draft_id, ''),
        coalesce(new.case_reference, ''), case when new.is_private then 'private' else '' end), '|')
      when new.kind like 'case-%' then concat_ws('|', new.case_reference, nullif(coalesce(new.occurrence, 1), 1),
        'waits-' || new.days_waited)
      when new.kind like 'order-%' then new.submission_id
      else concat_ws('|', new.draft_id, new.occasion)
    end;
  elsif new.kind = 'window-closing' then
    new.order_number := parts[1];
    new.person_id := parts[2];
    new.hours_left := parts[3]::integer;
    new.closes_at := parts[4]::timestamptz;
    new.draft_id := nullif(parts[5], '');
    new.case_reference := nullif(parts[6], '');
    new.is_private := coalesce(parts[7] = 'private', false);
  elsif new.kind like 'case-%' then
    new.case_reference := parts[1];
    if new.kind = 'case-needs-person' then
      new.occurrence := coalesce(substring(new.subject from '\|(\d+)')::integer, 1);
      new.days_waited := substring(new.subject from '\|waits-(\d+)')::integer;
    end if;
  elsif new.kind like 'order-%' then
    new.submission_id := new.subject;
  else
    new.draft_id := parts[1];
    new.occasion := parts[2];
  end if;
  return new;
end $$;

-- What is there already.
update software_desk.cases as found set
  customer_id = software_desk.field(content, 'customerId'),
  customer_name = software_desk.field(content, 'customerName'),
  order_number = software_desk.field(content, 'orderNumber'),
  closes_at = software_desk.field(content, 'closesAt')::timestamptz,
  reason = software_desk.case_reason(state, note),
  times_waiting = (select count(*) from software_desk.case_events
    where reference = found.reference and to_state = 'needs_person'),
  times_taken_up = (select count(*) from software_desk.case_events
    where reference = found.reference and from_state = 'needs_person' and to_state in ('filing', 'cancelling'));
update software_desk.cases set reason_kind = software_desk.field(reason, 'kind') where reason is not null;

update software_desk.case_events as event set
  change = software_desk.case_change(from_state, why),
  person_name = nullif(who, 'Software Desk'),
  customer_id = found.customer_id,
  customer_name = found.customer_name,
  order_id = found.order_id
from software_desk.cases as found where found.reference = event.reference;
update software_desk.case_events as event set person_id = found.requester_id
from software_desk.cases as found where found.reference = event.reference and event.from_state = 'draft';

update software_desk.order_submissions set
  customer_id = software_desk.field(content, 'customerId'),
  customer_name = software_desk.field(content, 'customerName'),
  reason = software_desk.order_reason(state, note, blocker);

update software_desk.key_reveals as shown set customer_name = (
  select customer_name from (
    select customer_id, customer_name from software_desk.cases
    union all select customer_id, customer_name from software_desk.order_submissions
    union all select customer_id, customer_name from software_desk.agreement_confirmations
    union all select customer_id, customer_name from software_desk.reminders
  ) as known
  where lower(known.customer_id) = lower(shown.customer_id) limit 1
);

-- Requests that may have been sent are the same ones the next time. Their ids were computed until now.
create function software_desk.request_id(submission text, act text, times integer) returns text language sql immutable as $$
  select concat_ws('-', substr(hex, 1, 8), substr(hex, 9, 4), '4' || substr(hex, 14, 3), '8' || substr(hex, 18, 3),
    substr(hex, 21, 12))
  from (select encode(sha256(convert_to(
    submission || ':' || act || case when times > 0 then '-' || (times + 1) else '' end, 'UTF8')), 'hex') as hex) as hashed
$$;

insert into software_desk.attempts (subject_kind, subject_id, round, step, number, request_id, begun_at)
select 'order', submission_id, 0, step, conflicts + 1,
  case when conflicts = 0 then first_id else software_desk.request_id(first_id, 'again', conflicts) end, created_at
from software_desk.order_submissions,
  lateral (select case when cart_id is null then 'create-cart' else 'checkout' end as step,
    case when cart_id is null then cart_request_id else checkout_request_id end as first_id) as next
where state = 'accepted';

-- Of one that was answered with a conflict, how often, and for which of its requests, stands in its history.
insert into software_desk.attempts (subject_kind, subject_id, round, step, number, request_id, begun_at)
select 'case', reference, times_taken_up,
  case act when 'cancel' then 'cancel-order' else 'cancel-subscription:' || act end, conflicts + 1,
  software_desk.request_id(submission_id, act, times_taken_up + conflicts), changed_at
from (
  select found.*, act, (select count(*) from software_desk.case_events as event
    where event.reference = found.reference
      and event.why = 'Partner Center is busy with it, and is asked anew (' || act || ')')::integer as conflicts
  from software_desk.cases as found,
    lateral (
      select 'cancel' as act
      union select substring(event.why from '^Partner Center is busy with it, and is asked anew \((.*)\)$')
      from software_desk.case_events as event
      where event.reference = found.reference and event.why like 'Partner Center is busy with it, and is asked anew (%)'
    ) as acts
  where found.state = 'cancelling' and found.reason_kind is distinct from 'accepted'
) as under_way;

insert into software_desk.attempts (subject_kind, subject_id, round, step, number, request_id, begun_at)
select 'case', reference, times_taken_up, 'create-ticket', 1,
  software_desk.request_id(submission_id, 'ticket', times_taken_up), changed_at
from software_desk.cases where state = 'filing';

drop function software_desk.request_id;

create trigger bridge_case before insert or update of state, note, reason on software_desk.cases
  for each row execute function software_desk.bridge_case();
create trigger bridge_case_event before insert on software_desk.case_events
  for each row execute function software_desk.bridge_case_event();
create trigger bridge_order before insert or update of state, note, blocker, reason on software_desk.order_submissions
  for each row execute function software_desk.bridge_order();
create trigger bridge_notice before insert or update of subject on software_desk.notices
  for each row execute function software_desk.bridge_notice();
update software_desk.notices set subject = subject;

alter table software_desk.cases
  alter column customer_id set not null,
  alter column customer_name set not null,
  alter column order_number set not null;
alter table software_desk.case_events
  alter column customer_id set not null,
  alter column customer_name set not null,
  alter column order_id set not null,
  alter column change set not null;
alter table software_desk.order_submissions
  alter column customer_id set not null,
  alter column customer_name set not null;

-- What is told is told once.
create unique index notices_once on software_desk.notices (kind, case_reference, submission_id, order_number, draft_id,
  person_id, occasion, occurrence, days_waited, hours_left, closes_at, target_to, target_id) nulls not distinct;

create index cases_open_by_customer on software_desk.cases (lower(customer_id))
  where state not in ('completed', 'refused');
create index cases_to_file_by_hand on software_desk.cases (closes_at)
  where state = 'needs_person' and reason_kind = 'hand-over';
create index cases_by_ticket on software_desk.cases (ticket_id) where ticket_id is not null;
create index cases_by_look on software_desk.cases (checked_at nulls first, created_at)
  where state not in ('completed', 'refused');

-- The audit log of one customer, or of one order.
create index order_submissions_by_customer on software_desk.order_submissions (lower(customer_id), created_at);
create index order_submissions_by_order on software_desk.order_submissions using gin (order_ids);
create index case_events_by_customer on software_desk.case_events (lower(customer_id), at);
create index case_events_by_order on software_desk.case_events (order_id, at);
create index key_reveals_by_customer on software_desk.key_reveals (lower(customer_id), at);
create index agreement_confirmations_by_customer on software_desk.agreement_confirmations (lower(customer_id), at);
