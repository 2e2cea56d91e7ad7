-- What is counted each time somebody reads the metrics, so that no table is read for it.
create index order_submissions_that_need_a_person on software_desk.order_submissions (created_at) where state = 'needs_person';
create index order_submissions_accepted_by_age on software_desk.order_submissions (created_at) where state = 'accepted';
create index cases_open_by_state on software_desk.cases (state, created_at) where state <> all (array['completed', 'refused']);
create index notices_not_sure on software_desk.notices (state, created_at) where state in ('unsure', 'escalated', 'untold');
create index key_reveals_shown on software_desk.key_reveals (at, what) where not is_withdrawn and refusal is null;
