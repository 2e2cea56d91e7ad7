-- What was chosen with a key or a download: the person finds it chosen the next time.
alter table software_desk.key_reveals add column product_id text;
alter table software_desk.key_reveals add column choice json;
create index key_reveals_by_person on software_desk.key_reveals (person_id, product_id, at desc);
