-- What is compared can only be said of a comparison that has ended.
alter table software_desk.comparison add column ended_at timestamptz;
