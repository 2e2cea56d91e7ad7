-- So much within the hour, for one person and for everybody, counted in all processes: of two that would be one too many, one is
-- refused. `unapproved`: as many as one person may see without an approval, which counts anew once one was used.
create function software_desk.demand_room(
  what text, who text, at timestamptz, wanted integer, person integer, everybody integer, unapproved integer
) returns void language plpgsql as $$
declare
  hour_ago timestamptz := at - interval '1 hour';
  mine timestamptz[];
  times timestamptz[];
  free timestamptz;
  approved timestamptz;
begin
  perform pg_advisory_xact_lock(hashtext('software_desk.demand_room ' || what));
  if what = 'reveals' then
    select coalesce(array_agg(one.at order by one.at) filter (where one.person_id = who), '{}'),
      coalesce(array_agg(one.at order by one.at), '{}') into mine, times
    from software_desk.key_reveals as one where one.at > hour_ago and not one.is_withdrawn;
  else
    select coalesce(array_agg(one.at order by one.at) filter (where one.person_id = who), '{}'),
      coalesce(array_agg(one.at order by one.at), '{}') into mine, times
    from software_desk.audit_exports as one where one.at > hour_ago;
  end if;
  if cardinality(times) + wanted > everybody then
    free := times[greatest(1, cardinality(times) + wanted - everybody)];
    raise exception 'too many' using errcode = 'SD003',
      detail = json_build_object('isEverybody', true, 'seconds', extract(epoch from coalesce(free, at) - hour_ago))::text;
  end if;
  if cardinality(mine) + wanted > person then
    free := mine[greatest(1, cardinality(mine) + wanted - person)];
    raise exception 'too many' using errcode = 'SD003',
      detail = json_build_object('isEverybody', false, 'seconds', extract(epoch from coalesce(free, at) - hour_ago))::text;
  end if;
  if unapproved is not null then
    select max(used_at) into approved from software_desk.approvals where kind = 'reveals' and requester_id = who;
    mine := array(select one from unnest(mine) as one where one >= coalesce(approved, hour_ago) order by one);
    if cardinality(mine) + wanted > unapproved then
      free := mine[greatest(1, cardinality(mine) + wanted - unapproved)];
      raise exception 'too many' using errcode = 'SD003',
        detail = json_build_object('isEverybody', false, 'seconds', extract(epoch from coalesce(free, at) - hour_ago))::text;
    end if;
  end if;
end $$;

create index key_reveals_of_person on software_desk.key_reveals (person_id, at) where not is_withdrawn;
