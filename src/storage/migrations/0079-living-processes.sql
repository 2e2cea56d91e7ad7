-- A process on a server holds an advisory lock with its number for as long as it lives (src/storage/processes.ts). Its
-- connections carry that number, so what it takes says whose it is, and is free at once when it dies.
create table software_desk.processes (number integer primary key);
alter table software_desk.leases
  add column process integer default nullif(current_setting('software_desk.process', true), '')::integer;
