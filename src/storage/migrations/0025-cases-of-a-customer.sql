-- The list of one customer's cases, the newest first.
create index cases_by_customer on software_desk.cases (lower(customer_id), created_at);
