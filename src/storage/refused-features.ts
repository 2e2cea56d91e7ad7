import type { Pool } from 'pg';
import type { Feature, RefusedFeatures } from '../domain/people/features.ts';
import { createExpiring } from './expiring.ts';

const keptMs = 24 * 3600_000;

export function createRefusedFeatures(pool: Pool): RefusedFeatures {
  const refused = createExpiring<true>(pool, 'refused-features');
  const keyOf = (tenantId: string, feature: Feature): string => `${feature} ${tenantId}`;
  return {
    isRefused: async (tenantId, feature) => (await refused.get(keyOf(tenantId, feature))) ?? false,
    async refuse(tenantId, feature) {
      await refused.set(keyOf(tenantId, feature), true, keptMs);
    },
  };
}
