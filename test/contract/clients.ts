import type { Clock } from '../../src/domain/clock.ts';
import type { Timer } from '../../src/microsoft/timer.ts';
import { createPartnerCenter, type PartnerCenter, type PartnerCenterOptions } from '../../src/partner-center/index.ts';
import { recordLog } from '../support/recorded-log.ts';
import type { RecordedPurchases } from './purchases.ts';
import type { Credentials } from './settings.ts';

/** Clients of one server, closed together. */
export function clientsOf(
  url: string,
  credentials: Credentials,
  clock: Clock,
  timer: () => Timer,
  watched: RecordedPurchases['watch'] = (center) => center,
) {
  const open = new Set<PartnerCenter>();
  return {
    make(options: Partial<PartnerCenterOptions> = {}): PartnerCenter {
      const log = recordLog();
      const center = createPartnerCenter({ url, ...credentials, clock, log, timer: timer(), ...options });
      open.add(center);
      return watched(center);
    },
    close: async () => void (await Promise.all([...open].map((center) => center.close()))),
  };
}
