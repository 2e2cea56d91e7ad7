import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onServer } from './databases.ts';
import { waitUntil } from './wait-until.ts';

/** A PostgreSQL server that nobody else uses: it can be crashed, and its disk can be full. */
export interface Cluster {
  readonly url: string;
  /** Ends it as a crash would, and starts it again, which recovers from its log; resolves when it takes connections. */
  restart(): Promise<void>;
  /** Not there where no file system of a size of its own can be mounted, which takes root. */
  readonly disk?: {
    /** No byte is left. The server refuses what needs room, and may crash for it. */
    fill(): Promise<void>;
    /** There is room again; resolves when the server takes connections, started anew where it had given up. */
    free(): Promise<void>;
  };
  stop(): Promise<void>;
}

const run = promisify(execFile);
const installed = '/usr/lib/postgresql';
const password = 'desk';
/** A few databases, and little that has to be filled. */
const diskSize = '256m';
const patienceMs = 60_000;

/** Small segments of the log, of which none is kept for later: a full disk is met within a megabyte. */
const settings = {
  ...{ listen_addresses: '127.0.0.1', max_connections: '200', shared_buffers: '32MB', fsync: 'off' },
  ...{ min_wal_size: '2MB', max_wal_size: '16MB', wal_recycle: 'off', wal_init_zero: 'on' },
};

/** The programs of the newest server that Debian's packages have installed; nothing where there is none. */
async function programs(): Promise<string | undefined> {
  const versions = await readdir(installed).catch(() => []);
  return versions
    .toSorted((one, other) => Number(other) - Number(one))
    .map((version) => join(installed, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** Whether `startCluster` can start one here. */
export async function canStartCluster(): Promise<boolean> {
  return (await programs()) !== undefined;
}

/** PostgreSQL refuses to run as root. */
async function whoRuns(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (what) => Number((await run('id', [what, 'postgres'])).stdout)),
  );
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
  });
  return promise;
}

export async function startCluster(): Promise<Cluster> {
  const bin = await programs();
  if (bin === undefined) throw new Error(`no PostgreSQL is installed in ${installed}`);
  const who = await whoRuns();
  const home = await mkdtemp(join(tmpdir(), 'sd-server-'));
  const isMounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${diskSize}`, 'none', home]).then(
    () => true,
    () => false,
  );
  const data = join(home, 'data');
  const ballast = join(home, 'ballast');
  await mkdir(data);
  await writeFile(join(home, 'password'), password);
  if (who.uid !== undefined && who.gid !== undefined)
    for (const path of [home, data, join(home, 'password')]) await chown(path, who.uid, who.gid);

  const program = (name: string, ...values: string[]) => run(join(bin, name), values, { ...who, cwd: home });
  await program(
    'initdb',
    ...['--pgdata', data, '--username', 'postgres', '--auth-local', 'trust', '--auth-host', 'scram-sha-256'],
    ...[
      '--pwfile',
      join(home, 'password'),
      '--encoding',
      'UTF8',
      '--locale',
      'C.UTF-8',
      '--no-sync',
      '--wal-segsize=1',
    ],
  );
  const port = await freePort();
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  // Its log is not on its own disk: nothing else would tell what it died of.
  const log = `${home}.log`;
  await writeFile(log, '');
  if (who.uid !== undefined && who.gid !== undefined) await chown(log, who.uid, who.gid);
  const start = () =>
    program(
      'pg_ctl',
      ...[
        '--pgdata',
        data,
        '--log',
        log,
        '--silent',
        '--wait',
        '--options',
        `-p ${port} -k ${home} ${options.join(' ')}`,
        'start',
      ],
    );
  const isUp = () =>
    onServer(url, 'select 1').then(
      () => true,
      () => false,
    );
  const isRunning = () =>
    program('pg_ctl', '--pgdata', data, 'status').then(
      () => true,
      () => false,
    );
  const untilUp = () =>
    waitUntil(
      async () => {
        if (!(await isRunning())) await start().catch(() => undefined);
        return isUp();
      },
      'the server to be there again',
      patienceMs,
      200,
    );
  await start();

  return {
    url,
    async restart() {
      // `restart` starts it even where it did not run any more.
      await program(
        'pg_ctl',
        ...['--pgdata', data, '--log', log, '--silent', '--wait', '--mode', 'immediate', 'restart'],
      );
      await untilUp();
    },
    ...(isMounted && {
      disk: {
        async fill() {
          const file = await open(ballast, 'w');
          // At last the crumbs.
          for (const size of [1 << 20, 1 << 12]) {
            const part = Buffer.alloc(size);
            const writesOn = () =>
              file.write(part).then(
                ({ bytesWritten }) => bytesWritten === size,
                () => false,
              );
            while (await writesOn());
          }
          await file.close();
        },
        async free() {
          await rm(ballast, { force: true });
          await untilUp();
        },
      },
    }),
    async stop() {
      await program('pg_ctl', '--pgdata', data, '--mode', 'immediate', '--silent', 'stop').catch(() => undefined);
      if (isMounted) await run('umount', ['--lazy', home]);
      await Promise.all([home, log].map((path) => rm(path, { recursive: true, force: true })));
    },
  };
}
