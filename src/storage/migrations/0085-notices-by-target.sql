-- What the same place or person is told within a minute.
create index notices_by_target on software_desk.notices (target_id, created_at);
