-- The trace of the turn that submitted the case, where turns are traced: the notices of its end go on with it, days later.
alter table software_desk.cases add column traceparent text;
