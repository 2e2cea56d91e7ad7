-- The audit log reads the newest of each, of which there are many after some years.
create index intents_by_age on software_desk.intents (created_at);
create index exposures_by_age on software_desk.exposures (at);
create index case_events_by_age on software_desk.case_events (at);
create index declarations_by_age on software_desk.declarations (at);
