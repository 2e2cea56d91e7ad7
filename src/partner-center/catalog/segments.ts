import type { Segment } from '../../domain/orders/catalog.ts';
import { hasCode, undefinedWhereItAlone } from '../client/errors.ts';
import { type Qualifications, segmentsFor } from '../customers/qualifications.ts';

export interface Segments {
  /**
   * Asks once for every segment the customer may buy and joins the answers. Without a segment the catalogue answers
   * with all but nonprofit, also those the customer is not qualified for, so each is asked for by name. Commercial is
   * everybody's, so it is asked for while the qualifications are read.
   */
  askEach<T>(customerId: string, ask: (segment: Segment) => Promise<T[]>): Promise<T[]>;
}

export function createSegments(qualifications: Qualifications): Segments {
  return {
    async askEach(customerId, ask) {
      async function askOthers() {
        const known = await qualifications.known(customerId).catch(undefinedWhereItAlone);
        const others = segmentsFor(known?.qualified ?? []).filter((segment) => segment !== 'commercial');
        return Promise.all(others.map((segment) => ask(segment).catch(emptyWhereNotAllowed)));
      }
      const [commercial, others] = await Promise.all([ask('commercial'), askOthers()]);
      return [...commercial, ...others.flat()];
    },
  };
}

/** 400030: Partner Center thinks otherwise of the customer's qualification. */
function emptyWhereNotAllowed(error: unknown): never[] {
  if (hasCode(error, '400030')) return [];
  throw error;
}
