-- What a second admin agent is asked for, or has approved. `counts_for`: what it is about, while it stands in the way of
-- asking for the same again; nothing once it is used or over. `about`: what the audit log tells with each step.
create table software_desk.approvals (
  reference text primary key,
  revision integer not null,
  state text not null check (state in ('waiting', 'approved', 'rejected', 'expired', 'withdrawn', 'used')),
  counts_for text unique,
  kind text not null check (kind in ('order', 'cancellation', 'reveals')),
  requester_id text not null,
  requester_name text not null,
  draft_id text not null,
  created_at timestamptz not null,
  remind_at timestamptz,
  expires_at timestamptz not null,
  about json not null,
  record json not null,
  used_at timestamptz
);
create index approvals_that_count on software_desk.approvals (created_at) where counts_for is not null;
create index approvals_of_draft on software_desk.approvals (draft_id) where counts_for is not null;
create index approvals_of_person on software_desk.approvals (requester_id, used_at) where kind = 'reveals';

create index notices_of_approval on software_desk.notices (split_part(occasion, ' ', 1))
  where kind = 'approval-asked' and message is not null;

-- In the transaction that writes what it is for: an approval is used once.
create function software_desk.use_approval(wanted text, at timestamptz) returns void language plpgsql as $$
declare
  used software_desk.approvals;
begin
  update software_desk.approvals set state = 'used', counts_for = null, revision = revision + 1, remind_at = null,
    used_at = at
  where reference = wanted and state = 'approved' and expires_at > at
  returning * into used;
  if used.reference is null then
    raise exception 'the approval % cannot be used', wanted using errcode = 'SD002';
  end if;
  insert into software_desk.audit_decisions (at, person_id, person_name, facts)
  values (at, used.requester_id, used.requester_name,
    json_build_object('kind', 'approval', 'reference', wanted, 'step', 'used', 'about', used.about));
end $$;
