-- A message is hidden once, however often something is put into it; the id is made by whoever writes the row, with its job.
alter table software_desk.visible_keys alter column id drop identity;
alter table software_desk.visible_keys alter column id type text;
alter table software_desk.visible_keys alter column id set default gen_random_uuid()::text;
create index visible_keys_by_message on software_desk.visible_keys (place_id, message_id);
