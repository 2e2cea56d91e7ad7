-- The newest orders of all, whoever placed them.
create index order_submissions_by_age on software_desk.order_submissions (created_at);
