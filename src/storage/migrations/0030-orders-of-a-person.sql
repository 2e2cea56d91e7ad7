-- The newest orders that a person has placed.
create index order_submissions_by_person on software_desk.order_submissions (person_id, created_at);
