import { DatabaseError, type QueryConfig } from 'pg';
import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { Limit } from '../domain/policy.ts';

interface Wanted extends Limit {
  readonly what: 'reveals' | 'exports';
  readonly personId: string;
  readonly at: Date;
  readonly count: number;
  readonly unapproved?: number;
}

const told = z.object({ isEverybody: z.boolean(), seconds: z.coerce.number() });

/** In the transaction that writes what is counted, and before it. */
export function demandRoom({ what, personId, at, count, person, everybody, unapproved }: Wanted): QueryConfig {
  return {
    text: 'select software_desk.demand_room($1, $2, $3, $4, $5, $6, $7)',
    values: [what, personId, at, count, person, everybody, unapproved],
  };
}

/** Throws `too-many` for what `demandRoom` has refused. */
export function throwUnlessRoom(error: unknown, what: Wanted['what']): void {
  if (!(error instanceof DatabaseError) || error.code !== 'SD003') return;
  throw new Refusal('too-many', { what, ...told.parse(JSON.parse(error.detail ?? '{}')) });
}
