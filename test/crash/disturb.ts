import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from '../support/cluster.ts';
import { onServer } from '../support/databases.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import type { World } from './world.ts';

/** What can be disturbed. */
interface Disturbed {
  readonly world: World;
  /** Between the product and its database. */
  readonly proxy: TcpProxy;
  /** The process that goes on with the work of the one that was killed. */
  readonly other: string;
  /** Where the server may be crashed, as nobody else uses it. */
  readonly cluster?: Cluster;
}

type Disturbance = (disturbed: Disturbed) => Promise<unknown>;

const forMs = 2_000;
/** Longer than a lease. */
const longMs = 17_000;

/** What happens to a database server, seen from the product, or to a process. */
const disturbances: Readonly<Record<string, Disturbance>> = {
  async 'connections are cut'({ proxy }) {
    proxy.cut();
  },
  async 'the server hangs'({ proxy }) {
    proxy.hang();
    await pause(forMs);
    proxy.goOn();
  },
  /** As a restart is seen: everything is cut, and nobody gets through for a while. */
  async 'the server is away'({ proxy }) {
    proxy.hang();
    proxy.cut();
    await pause(forMs);
    proxy.cut();
    proxy.goOn();
  },
  async 'the server ends its sessions'({
    world: {
      database: { databaseUrl = '' },
    },
  }) {
    await onServer(databaseUrl, endSessions);
  },
  async 'the database only reads'({
    world: {
      database: { databaseUrl = '' },
    },
  }) {
    const name = new URL(databaseUrl).pathname.slice(1);
    await onServer(databaseUrl, `alter database ${name} set default_transaction_read_only = on`);
    await onServer(databaseUrl, endSessions);
    await pause(forMs);
    const writable = new URL(databaseUrl);
    writable.searchParams.set('options', '-c default_transaction_read_only=off');
    await onServer(writable.href, `alter database ${name} reset default_transaction_read_only`);
    await onServer(databaseUrl, endSessions);
  },
  async 'a table is locked'({
    world: {
      database: { databaseUrl = '' },
    },
  }) {
    await onServer(
      databaseUrl,
      `begin; lock table software_desk.order_submissions, software_desk.cases in access exclusive mode;
       select pg_sleep(${forMs / 1000}); commit`,
    );
  },
  async 'a process stands still'({ world, other }) {
    const wake = world.freeze(other);
    await pause(forMs);
    wake();
  },
  async 'a process stands still for longer than its leases last'({ world, other }) {
    const wake = world.freeze(other);
    await pause(longMs);
    wake();
  },
};

/** What only a server takes that nobody else uses. */
function disturbancesOf({ restart, disk }: Cluster): Readonly<Record<string, Disturbance>> {
  return {
    'the server crashes and is started again': restart,
    ...(disk && {
      async 'the disk is full'() {
        await disk.fill();
        await pause(forMs);
        await disk.free();
      },
    }),
  };
}

const endSessions = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

/** One of them, chosen by a number below 1. `over` resolves when the server is as it was. */
export function disturb(disturbed: Disturbed, chosen: number): { what: string; over: Promise<unknown> } {
  const { world, cluster } = disturbed;
  const all = Object.entries({ ...disturbances, ...(cluster && disturbancesOf(cluster)) });
  const [what, act] = all[Math.floor(chosen * all.length)] ?? all[0] ?? ['', async () => undefined];
  world.recorder.happened('fault', { note: what });
  return { what, over: act(disturbed) };
}
