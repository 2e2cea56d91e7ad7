import type { Segment } from '../domain/orders/catalog.ts';
import { createCache } from './cache.ts';
import { PartnerCenterError } from './errors.ts';
import { readQualifications, segmentsFor } from './qualifications.ts';
import type { Api } from './request.ts';
import type { Timer } from './timer.ts';

export interface Segments {
  /**
   * Asks once for every segment the customer may buy and joins the answers. Without a segment the catalogue answers
   * with all but nonprofit, also those the customer is not qualified for (reference §3), so each is asked for by name.
   */
  each<T>(customerId: string, ask: (segment: Segment) => Promise<T[]>): Promise<T[]>;
}

export function createSegments(api: Api, timer: Timer): Segments {
  const known = createCache<Segment[]>({ timer, size: 500, keepMs: () => 60_000 });
  return {
    async each(customerId, ask) {
      const allowed = await known.get(customerId, async () => segmentsFor(await readQualifications(api, customerId)));
      const answers = await Promise.all(
        allowed.map((segment) => ask(segment).catch((error) => emptyWhereNotAllowed(error, segment))),
      );
      return answers.flat();
    },
  };
}

/** 400030: Partner Center thinks otherwise of the customer's qualification. Commercial stays an error. */
function emptyWhereNotAllowed(error: unknown, segment: Segment): never[] {
  const isRefused = error instanceof PartnerCenterError && error.code === '400030';
  if (isRefused && segment !== 'commercial') return [];
  throw error;
}
