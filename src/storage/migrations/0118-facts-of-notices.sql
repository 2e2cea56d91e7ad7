-- What a notice is about, each fact in a column of its own. `occasion` held several of them as one text; versions before this
-- one read and write it, and the trigger keeps both until none of them runs any more. A draft that is handed over keeps it: there it
-- is one thing, and nothing is read from it.
alter table software_desk.notices
  add column approval_reference text,
  add column leak_reference text,
  add column leak_step text check (leak_step in ('reported', 'lifted')),
  add column compared_at timestamptz,
  add column quarter text,
  add column day text,
  add column token_hash text;

-- The facts of a row that has only the text.
create function software_desk.read_occasion(told software_desk.notices) returns software_desk.notices
language plpgsql immutable as $$
begin
  if told.occasion is null then
    return told;
  end if;
  case
    when told.kind = 'leak-told' and told.leak_reference is null then
      told.leak_reference := split_part(told.occasion, ' ', 1);
      told.leak_step := split_part(told.occasion, ' ', 2);
    when told.kind like 'approval-%' and told.approval_reference is null then
      told.approval_reference := split_part(told.occasion, ' ', 1);
      told.occurrence := split_part(told.occasion, ' ', 2)::integer;
    when told.kind = 'differences-found' and told.compared_at is null then
      told.compared_at := told.occasion::timestamptz;
    when told.kind = 'review-due' and told.quarter is null then
      told.quarter := told.occasion;
    when told.kind = 'daily-digest' and told.day is null then
      told.day := told.occasion;
    when told.kind = 'token-misused' and told.token_hash is null then
      told.token_hash := split_part(told.occasion, ' ', 1);
    else null;
  end case;
  return told;
end $$;

-- The text of a row that has only the facts.
create function software_desk.write_occasion(told software_desk.notices) returns text language sql stable as $$
  select coalesce(told.occasion, case
    when told.kind = 'leak-told' then told.leak_reference || ' ' || told.leak_step
    when told.kind like 'approval-%' then told.approval_reference || ' ' || told.occurrence
    when told.kind = 'differences-found' then to_char(told.compared_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    when told.kind = 'review-due' then told.quarter
    when told.kind = 'daily-digest' then told.day
    when told.kind = 'token-misused' then told.token_hash || ' ' || told.person_id
  end)
$$;

create or replace function software_desk.bridge_notice() returns trigger language plpgsql as $$
declare
  parts text[] := string_to_array(new.subject, '|');
begin
  if tg_op = 'INSERT' then
    new := software_desk.read_occasion(new);
    new.occasion := software_desk.write_occasion(new);
  end if;
  if new.subject is null then
    new.subject := case
      when new.kind = 'window-closing' then rtrim(concat_ws('|', new.order_number, new.person_id, new.hours_left,
        to_char(new.closes_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(new.draft_id, ''),
        coalesce(new.case_reference, ''), case when new.is_private then 'private' else '' end), '|')
      when new.kind like 'case-%' then concat_ws('|', new.case_reference, nullif(coalesce(new.occurrence, 1), 1),
        'waits-' || new.days_waited)
      when new.kind like 'order-%' then new.submission_id
      else concat_ws('|', new.draft_id, new.occasion, new.person_id)
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

update software_desk.notices as notice set
  (approval_reference, occurrence, leak_reference, leak_step, compared_at, quarter, day, token_hash) =
    (select read.approval_reference, read.occurrence, read.leak_reference, read.leak_step, read.compared_at, read.quarter,
      read.day, read.token_hash
    from software_desk.read_occasion(notice) as read)
where kind in ('leak-told', 'approval-asked', 'approval-untold', 'approval-told', 'differences-found', 'review-due',
  'daily-digest', 'token-misused');

drop index software_desk.notices_once;
create unique index notices_once on software_desk.notices (kind, case_reference, submission_id, order_number, draft_id,
  person_id, occasion, occurrence, days_waited, hours_left, closes_at, approval_reference, leak_reference, leak_step,
  compared_at, quarter, day, token_hash, target_to, target_id) nulls not distinct;

drop index software_desk.notices_of_approval;
create index notices_of_approval on software_desk.notices (approval_reference)
  where kind = 'approval-asked' and message is not null;
create index notices_of_leak on software_desk.notices (leak_reference)
  where kind = 'leak-told' and message is not null;
drop index software_desk.notices_of_review;
create index notices_of_review on software_desk.notices (quarter) where kind = 'review-due';
