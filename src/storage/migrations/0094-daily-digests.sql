-- Who wants one message a day, and at what time; a person, or everybody in a place.
create table software_desk.daily_digests (
  target_to text not null check (target_to in ('place', 'person')),
  -- A channel for all its threads: it has one.
  channel_or_person text not null,
  target_id text not null,
  time_of_day integer not null check (time_of_day between 0 and 1439),
  time_zone text not null,
  asked_by text not null,
  next_at timestamptz not null,
  primary key (target_to, channel_or_person)
);
create index daily_digests_by_time on software_desk.daily_digests (next_at);

-- The message of a day in a channel tells what is open there.
create index open_cases_in_channel on software_desk.cases (split_part(place_id, ';', 1))
  where state not in ('completed', 'refused') and not is_private;
create index reminders_in_channel on software_desk.reminders (split_part(place_id, ';', 1), closes_at) where not is_private;
