import type { Pool } from 'pg';
import type { Attempt, AttemptOutcome, Attempts, EndedAttempt, Step } from '../domain/work/attempts.ts';

export interface AttemptRow {
  number: number;
  request_id: string;
  outcome: AttemptOutcome | null;
}

export function createAttempts(pool: Pool): Attempts {
  return {
    async open(step, at) {
      const { rows } = await pool.query<AttemptRow>(openAttempt('$1', '$2'), [stepRow(step), at]);
      return attemptIn(rows, step);
    },

    async end(ended, at) {
      await pool.query(endAttempt('$1', '$2'), [endedRow(ended), at]);
    },
  };
}

/**
 * A statement, or a part of one: as `Attempts.open`, for the parameter `step` (`stepRow`). The row that is there already
 * is given back as it is; of several that add the same one, one wins.
 */
export function openAttempt(step: string, at: string): string {
  return `insert into software_desk.attempts as attempt
      (subject_kind, subject_id, round, step, number, request_id, begun_at)
    select wanted.kind, wanted.id, wanted.round, wanted.step,
      case when outcome = 'conflict' then number + 1 else coalesce(number, 1) end,
      gen_random_uuid()::text, ${at}::timestamptz
    from json_to_record(${step}::json) as wanted (kind text, id text, round integer, step text) left join lateral (
      select number, outcome from software_desk.attempts
      where subject_kind = wanted.kind and subject_id = wanted.id and round = wanted.round and step = wanted.step
      order by number desc limit 1
    ) as last on true
    on conflict (subject_kind, subject_id, round, step, number)
      do update set sent = attempt.sent + (attempt.outcome is null)::integer
    returning number, request_id, outcome`;
}

export function stepRow({ of: kind, id, round, name }: Step): string {
  return JSON.stringify({ kind, id, round, step: name });
}

export function attemptIn([row]: readonly AttemptRow[], step: Step): Attempt {
  if (!row) throw new Error(`the attempt at ${step.name} was not written`);
  const { number, request_id: requestId, outcome } = row;
  return { step, number, requestId, ...(outcome && { outcome }) };
}

/** A statement, or a part of one: the attempt of the parameter `ended` (`endedRow`) has been answered; the first answer counts. */
export function endAttempt(ended: string, at: string): string {
  return `update software_desk.attempts as attempt set ended_at = ${at}, outcome = ended.outcome
    from json_to_record(${ended}::json) as ended
      (kind text, id text, round integer, step text, number integer, outcome text)
    where attempt.outcome is null and attempt.subject_kind = ended.kind and attempt.subject_id = ended.id
      and attempt.round = ended.round and attempt.step = ended.step and attempt.number = ended.number`;
}

export function endedRow(ended: EndedAttempt | undefined): string | null {
  if (!ended) return null;
  const { step, number } = ended.attempt;
  const { of: kind, id, round, name } = step;
  return JSON.stringify({ kind, id, round, step: name, number, outcome: ended.outcome });
}
