-- A notice whose message may have arrived is sent again and says so; one that reached nobody, for two days, is told apart.
alter table software_desk.notices add column is_maybe_told boolean not null default false;
alter table software_desk.notices drop constraint notices_state_check;
alter table software_desk.notices add constraint notices_state_check
  check (state in ('due', 'sent', 'unsure', 'escalated', 'untold'));
