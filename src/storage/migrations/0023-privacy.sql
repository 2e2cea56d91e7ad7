-- Private is a property of what was asked, not of the card that shows it.
alter table software_desk.cases add column is_private boolean not null default false;
update software_desk.cases set is_private = true where card ->> 'onlyFor' is not null;
alter table software_desk.order_submissions add column is_private boolean not null default false;
update software_desk.order_submissions set is_private = true where card ->> 'onlyFor' is not null;
alter table software_desk.reminders add column is_private boolean not null default false;
