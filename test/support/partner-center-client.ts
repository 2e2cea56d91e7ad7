import { createPartnerCenter, type PartnerCenter, type PartnerCenterOptions } from '../../src/partner-center/index.ts';
import { createFakeTimer, type FakeTimer } from './fake-timer.ts';
import { type LogLine, recordLog } from './recorded-log.ts';
import { type Answer, type Route, type Server, startServer } from './stub-partner-center.ts';

const startAt = Date.parse('2026-03-01T12:00:00Z');

export interface Bench {
  readonly server: Server;
  readonly timer: FakeTimer;
  readonly lines: readonly LogLine[];
  readonly center: PartnerCenter;
  close(): Promise<void>;
}

/** A client of a fresh server with these routes. */
export async function startBench(
  routes: Readonly<Record<string, Route | Answer | readonly Answer[]>>,
  options: Partial<PartnerCenterOptions> = {},
): Promise<Bench> {
  const server = await startServer(routes);
  const timer = createFakeTimer(startAt);
  const log = recordLog();
  const center = createPartnerCenter({
    url: server.url,
    authority: server.url,
    tenantId: 'partner-tenant',
    clientId: 'the-client',
    clientSecret: 'the-client-secret',
    refreshToken: 'configured-refresh-token',
    clock: { now: () => new Date(startAt) },
    log,
    timer,
    ...options,
  });
  const bench: Bench = {
    server,
    timer,
    lines: log.lines,
    center,
    async close() {
      await center.close();
      await server.close();
    },
  };
  open.add(bench);
  return bench;
}

const open = new Set<Bench>();

/** For `afterEach`: ends what the test started. */
export async function closeBenches(): Promise<void> {
  await Promise.all([...open].map((bench) => bench.close()));
  open.clear();
}

export const customerId = 'c5757d70-06f3-4f23-8367-5a9e55019f94';
export const requestId = '11111111-2222-4333-8444-555555555555';

export function items(list: readonly unknown[], more: object = {}) {
  return { totalCount: list.length, items: list, attributes: { objectType: 'Collection' }, ...more };
}
