-- What Partner Center said is kept as its code and its words. A note of it for processes that read the note.
create or replace function software_desk.case_note(reason json) returns text language sql immutable as $$
  select case kind
    when 'hand-over' then 'hand-over'
    when 'sign-in-refused' then 'sign-in refused'
    when 'given-up' then 'Given up by ' || coalesce(software_desk.field(reason, 'by'), '') || '.'
    when 'ticket-unseen'
      then 'Partner Center shows no request ' || coalesce(software_desk.field(reason, 'ticketId'), '') || '.'
    when 'recorded' then software_desk.field(reason, 'text')
    else coalesce(
      software_desk.field(reason, 'said'),
      nullif(concat_ws(' ', software_desk.field(reason, 'text'), '(' || software_desk.field(reason, 'code') || ')'), ''),
      kind)
  end
  from (select software_desk.field(reason, 'kind') as kind) as one
$$;
