import fc from 'fast-check';
import type { Json } from '../support/simulator-control.ts';
import type { Product } from './product.ts';

/** Something that goes wrong once, at Partner Center or at Teams. */
type Fault =
  | { readonly at: 'partner-center'; readonly fault: Json }
  | {
      readonly at: 'teams';
      readonly method: 'POST' | 'PUT' | 'DELETE';
      readonly status: number;
      readonly isTaken: boolean;
    };

const path = fc.constantFrom('/carts', '/checkout$', '/orders/', '/servicerequests', '/customers', '/products');

const partnerCenter: fc.Arbitrary<Fault> = fc
  .record({
    path,
    how: fc.oneof(
      fc.record({ status: fc.constantFrom(500, 502, 503), afterWork: fc.boolean() }),
      fc.constant({ dropAfterWork: true }),
      fc.constant({ dropBeforeWork: true }),
      fc.record({ delayMs: fc.integer({ min: 200, max: 4_000 }) }),
    ),
  })
  .map(({ path: where, how }) => ({ at: 'partner-center', fault: { path: where, times: 1, ...how } }));

const teams: fc.Arbitrary<Fault> = fc.record({
  at: fc.constant('teams'),
  method: fc.constantFrom('POST', 'PUT', 'DELETE'),
  status: fc.constantFrom(429, 500, 502, 503),
  isTaken: fc.boolean(),
});

const fault = fc.oneof(partnerCenter, teams);

/** One fault after the other while something is played: a new one with each `every` deliveries. */
export function injectFaults(product: Product, seed: number, every: number): { stop(): Promise<void> } {
  const faults = fc.sample(fault, { seed, numRuns: 1_000 });
  let next = 0;
  let isStopped = false;
  const inject = async (): Promise<void> => {
    const chosen = faults[next % faults.length];
    next += 1;
    if (!chosen) return;
    product.recorder.happened('fault', { note: JSON.stringify(chosen) });
    if (chosen.at === 'partner-center') return product.simulator.fault(chosen.fault);
    const fits = ({ method, body }: { method: string; body: Json }): boolean =>
      method === chosen.method && body.type !== 'typing';
    if (chosen.isTaken) product.connector.loseAnswer(fits);
    else product.connector.refuseNext(fits, chosen.status, 'ServiceError');
  };
  let count = 0;
  product.onDelivery(() => {
    count += 1;
    if (!isStopped && count % every === 0) void inject();
  });
  return {
    async stop() {
      isStopped = true;
      await product.simulator.clearFaults();
    },
  };
}
