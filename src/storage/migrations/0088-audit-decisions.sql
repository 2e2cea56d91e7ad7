-- What else somebody decided, or was refused: one row each, of a refusal one within an hour (`only_once`).
create table software_desk.audit_decisions (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person_id text,
  person_name text,
  facts json not null,
  only_once text unique
);
create index audit_decisions_by_time on software_desk.audit_decisions (at desc, id desc);
create constraint trigger keep_in_audit_chain after insert or update or delete on software_desk.audit_decisions
  deferrable initially deferred for each row
  execute function software_desk.keep_in_audit_chain('id', 'at', 'person_id', 'person_name', 'facts');
