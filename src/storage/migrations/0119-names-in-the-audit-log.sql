-- Entries are looked for by a part of a name: first which names there are, then what these people did, the newest first.
create index order_submissions_by_name on software_desk.order_submissions (person_name, created_at desc);
create index key_reveals_by_name on software_desk.key_reveals (person_name, at desc);
create index case_events_by_name on software_desk.case_events (person_name, at desc);
create index agreement_confirmations_by_name on software_desk.agreement_confirmations (person_name, at desc);
create index audit_exports_by_name on software_desk.audit_exports (person_name, at desc);
create index reminder_decisions_by_name on software_desk.reminder_decisions (person_name, at desc);
create index outside_looks_by_name on software_desk.outside_looks (who, at desc);
create index audit_decisions_by_name on software_desk.audit_decisions (person_name, at desc);
