-- In which language a person, a team or a group wants to read; the key is the id of one of them.
create table software_desk.languages (
  key text primary key,
  language text not null,
  chosen_by text not null,
  chosen_at timestamptz not null
);
