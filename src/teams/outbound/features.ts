import { DeliveryError } from '../../domain/errors.ts';
import type { Feature, RefusedFeatures } from '../../domain/people/features.ts';
import { createRecentValues } from '../../domain/work/recent-values.ts';
import type { Log } from '../../log.ts';

/** Tries what only some tenants take. */
export interface Features {
  /**
   * Does the work, unless the tenant has refused its kind within the day: then it throws as if Teams had refused it now. What
   * fails in any way that may be a refusal is not tried again for a day: there is always another way that works.
   */
  tryOut<T>(feature: Feature, tenantId: string, work: () => Promise<T>): Promise<T>;
}

const most = 1000;
const keptMs = 10 * 60_000;

export function createFeatures(stored: RefusedFeatures, log: Log, now?: () => number): Features {
  const known = createRecentValues<boolean>({ most, keptMs, now });

  async function isRefused(feature: Feature, tenantId: string): Promise<boolean> {
    const key = `${feature} ${tenantId}`;
    const lately = known.get(key);
    if (lately) return lately.value;
    const value = await stored.isRefused(tenantId, feature);
    known.put(key, value);
    return value;
  }

  return {
    async tryOut(feature, tenantId, work) {
      if (await isRefused(feature, tenantId)) throw new DeliveryError('refused', { code: 'RefusedBefore' });
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof DeliveryError) || error.kind === 'later') throw error;
        known.put(`${feature} ${tenantId}`, true);
        log.info(
          { feature, status: error.status, code: error.code },
          'Teams does not do this here; not tried for a day',
        );
        await stored.refuse(tenantId, feature);
        throw error;
      }
    },
  };
}
