import { setTimeout as pause } from 'node:timers/promises';
import { onServer } from '../support/databases.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import type { World } from './world.ts';

type Disturbance = (world: World, proxy: TcpProxy) => Promise<unknown>;

const forMs = 2_000;

/** What happens to a database server, seen from the product. */
const disturbances: Readonly<Record<string, Disturbance>> = {
  async 'connections are cut'(_, proxy) {
    proxy.cut();
  },
  async 'the server hangs'(_, proxy) {
    proxy.hang();
    await pause(forMs);
    proxy.goOn();
  },
  /** As a restart is seen: everything is cut, and nobody gets through for a while. */
  async 'the server is away'(_, proxy) {
    proxy.hang();
    proxy.cut();
    await pause(forMs);
    proxy.cut();
    proxy.goOn();
  },
  async 'the server ends its sessions'({ database: { databaseUrl = '' } }) {
    await onServer(databaseUrl, endSessions);
  },
  async 'the database only reads'({ database: { databaseUrl = '' } }) {
    const name = new URL(databaseUrl).pathname.slice(1);
    await onServer(databaseUrl, `alter database ${name} set default_transaction_read_only = on`);
    await onServer(databaseUrl, endSessions);
    await pause(forMs);
    const writable = new URL(databaseUrl);
    writable.searchParams.set('options', '-c default_transaction_read_only=off');
    await onServer(writable.href, `alter database ${name} reset default_transaction_read_only`);
    await onServer(databaseUrl, endSessions);
  },
  async 'a table is locked'({ database: { databaseUrl = '' } }) {
    await onServer(
      databaseUrl,
      `begin; lock table software_desk.order_submissions, software_desk.cases in access exclusive mode;
       select pg_sleep(${forMs / 1000}); commit`,
    );
  },
};

const endSessions = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

/** One of them, chosen by a number below 1. `over` resolves when the server is as it was. */
export function disturb(world: World, proxy: TcpProxy, chosen: number): { what: string; over: Promise<unknown> } {
  const all = Object.entries(disturbances);
  const [what, act] = all[Math.floor(chosen * all.length)] ?? all[0] ?? ['', async () => undefined];
  world.recorder.happened('fault', { note: what });
  return { what, over: act(world, proxy) };
}
