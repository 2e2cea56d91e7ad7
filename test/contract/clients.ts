import type { Clock } from '../../src/domain/clock.ts';
import { createPartnerCenter, type PartnerCenter, type PartnerCenterOptions } from '../../src/partner-center/index.ts';
import type { Timer } from '../../src/partner-center/timer.ts';
import { logBook } from './instruments.ts';
import type { Till } from './purchases.ts';
import type { Credentials } from './settings.ts';

/** Clients of one server, closed together. */
export function clientsOf(
  url: string,
  credentials: Credentials,
  clock: Clock,
  timer: () => Timer,
  watched: Till['watch'] = (center) => center,
) {
  const open = new Set<PartnerCenter>();
  return {
    make(options: Partial<PartnerCenterOptions> = {}): PartnerCenter {
      const { log } = logBook();
      const center = createPartnerCenter({ url, ...credentials, clock, log, timer: timer(), ...options });
      open.add(center);
      return watched(center);
    },
    close: async () => void (await Promise.all([...open].map((center) => center.close()))),
  };
}
