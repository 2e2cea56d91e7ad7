-- How many conflicts were answered: each makes the next try another request to Partner Center. What an order waits for.
alter table software_desk.intents
  add column conflicts integer not null default 0,
  add column hindrance json;
