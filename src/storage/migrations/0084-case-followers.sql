-- Colleagues who asked to be told what becomes of a case, and how many they are, as each move has to know.
create table software_desk.case_followers (
  reference text not null references software_desk.cases,
  person_id text not null,
  at timestamptz not null,
  primary key (reference, person_id)
);
alter table software_desk.cases add column followers integer not null default 0;

-- What others have begun about the same thing.
create index drafts_by_topic on software_desk.drafts (flow, key) where key is not null and not is_over;
