import type { Segment } from '../../domain/orders/catalog.ts';
import { createCache } from '../../microsoft/cache.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { hasCode } from '../client/errors.ts';
import type { Api } from '../client/request.ts';
import { readQualifications, segmentsFor } from '../customers/qualifications.ts';

export interface Segments {
  /**
   * Asks once for every segment the customer may buy and joins the answers. Without a segment the catalogue answers
   * with all but nonprofit, also those the customer is not qualified for, so each is asked for by name.
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
  if (hasCode(error, '400030') && segment !== 'commercial') return [];
  throw error;
}
