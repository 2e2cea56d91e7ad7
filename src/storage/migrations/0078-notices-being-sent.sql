-- Whoever sends a notice writes so first: where its process dies before the end is written, the message may have arrived.
alter table software_desk.notices add column is_being_sent boolean not null default false;
