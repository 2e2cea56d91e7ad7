-- Of one person's sessions only the newest are kept.
create index web_sessions_by_person on software_desk.web_sessions (person_id, expires_at desc);
