-- The two questions that ask again before a case is cancelled or given up are called what they do. Only the names of steps
-- stand in quotes of their own in a stored draft: what people typed has its quotes escaped.
update software_desk.drafts set
  step = case step when 'surelyNow' then 'confirmCancelNow' when 'surelyGiveUp' then 'confirmGiveUp' else step end,
  state = replace(replace(state::text, '"surelyNow"', '"confirmCancelNow"'), '"surelyGiveUp"', '"confirmGiveUp"')::json
where step in ('surelyNow', 'surelyGiveUp') or state::text like any (array['%"surelyNow"%', '%"surelyGiveUp"%']);
