-- However old they are, they stand in the list of cases.
create index cases_that_need_a_person on software_desk.cases (created_at) where state = 'needs_person';
