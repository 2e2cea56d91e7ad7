-- What is told is told once. The key of an earlier version left out who is asked by name: whoever had been told of a draft
-- together with the others, and was then asked alone, was not told.
create or replace function software_desk.bridge_notice() returns trigger language plpgsql as $$
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
