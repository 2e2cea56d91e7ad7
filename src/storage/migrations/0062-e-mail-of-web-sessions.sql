-- What the sign-in told of the address: a ticket's contact is filled in with it.
alter table software_desk.web_sessions add column email text;
