-- Which turn has begun which draft of a message: two processes that were handed the same message at once begin one.
alter table software_desk.seen_activities add column turn_id text;
alter table software_desk.seen_activities add column draft_id text;
