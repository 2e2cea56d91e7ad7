-- What is open is asked for by itself, to see whether each has the job that finishes it.
create index order_submissions_accepted on software_desk.order_submissions (submission_id) where state = 'accepted';
create index cases_at_work on software_desk.cases (reference) where state in ('submitted', 'cancelling', 'filing');
