import { access, constants, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../config/index.ts';
import type { SetupFinding } from '../domain/setup/setup-check.ts';
import type { DatabaseFacts, Examined } from '../storage/examine.ts';
import { findingsOf } from './finding.ts';

const { problem, warning, note } = findingsOf('database');
const oldestServer = 140_000;
const slowMs = 50;
/** What two processes need, with something left for a backup. */
const fewConnections = 25;
const gigabyte = 1024 ** 3;

/** By PostgreSQL's and Node's codes: what is wrong, and what to do. */
const byCode: Readonly<Record<string, readonly [code: string, says: string, remedy: string]>> = {
  '28P01': ['database-password', 'The database refused the password.', 'Correct the password in DATABASE_URL.'],
  '28000': [
    'database-login',
    'The database lets this user in from here by no way.',
    'Allow user and address in pg_hba.conf, or ask for TLS with ?sslmode=require in DATABASE_URL.',
  ],
  '3D000': [
    'database-missing',
    'The server has no database of the name in DATABASE_URL.',
    'Make it (createdb), or correct the name.',
  ],
  '42501': [
    'database-rights',
    'The user of DATABASE_URL may not use the tables.',
    'Make it the owner of the schemas software_desk and software_desk_jobs and of all in them.',
  ],
  '53300': [
    'database-connections',
    'The server takes no more connections.',
    'Raise max_connections, or put a pooler in between (docs/operations.md, "Behind a connection pooler").',
  ],
  ENOTFOUND: ['database-host', 'The host of DATABASE_URL is not known.', 'Correct the host name in DATABASE_URL.'],
};

export function examineDatabaseFacts(found: Examined, now = new Date()): SetupFinding[] {
  if (found.kind === 'open') return [...judge(found.facts), ...judgeToken(found.facts, now)];
  if (found.kind === 'absent')
    return [note('database-new', 'There is no database yet: it is made at the first start.')];
  if (found.kind === 'in-use')
    return [
      note('database-in-use', 'The bot is running and has the embedded database to itself: it was not looked at.'),
    ];
  if (!found.isServer)
    return [
      problem(
        'database-damaged',
        `The embedded database in DATA_DIR does not open (${found.reason}).`,
        'See that the disk is not full and the user of the bot owns the files; else restore a backup (docs/operations.md, "Backing up and restoring").',
      ),
    ];
  const [code, says, remedy] = byCode[found.code ?? ''] ?? [
    'database-unreachable',
    `The database does not answer (${found.reason}).`,
    'See that it runs, and that host and port of DATABASE_URL can be reached from here.',
  ];
  return [problem(code, says, remedy)];
}

function judge(facts: DatabaseFacts): SetupFinding[] {
  const { version, encoding, isReadOnly, isServer, latencyMs, freeConnections, neededStep, knownStep } = facts;
  const found: SetupFinding[] = [];
  if (version < oldestServer)
    found.push(
      problem('database-version', `This is PostgreSQL ${Math.floor(version / 10_000)}.`, 'Use PostgreSQL 14 or newer.'),
    );
  if (encoding !== 'UTF8')
    found.push(
      problem(
        'database-encoding',
        `The database keeps text as ${encoding}, which has no room for all names.`,
        'Make a new database with the encoding UTF8.',
      ),
    );
  if (isReadOnly)
    found.push(
      problem(
        'database-read-only',
        'The database takes no writes: it is a standby, or set to read only.',
        'Let DATABASE_URL lead to the primary server.',
      ),
    );
  if (!facts.hasRights)
    found.push(
      problem(
        'database-rights',
        'The user of DATABASE_URL may not make or alter the tables.',
        'Make it the owner of the database, or of the schemas software_desk and software_desk_jobs and of all in them.',
      ),
    );
  if (neededStep > knownStep)
    found.push(
      problem(
        'database-newer',
        'A newer version of Software Desk has brought the database up to date.',
        'Start the newer version again, or restore the backup that was made before the upgrade.',
      ),
    );
  if (isServer && latencyMs > slowMs)
    found.push(
      warning(
        'database-slow',
        `A statement takes ${Math.round(latencyMs)} ms there and back, and a turn makes two to nine of them.`,
        'Run the bot near its database.',
      ),
    );
  if (isServer && freeConnections < fewConnections)
    found.push(
      warning(
        'database-connections',
        `The server has ${freeConnections} connections left; each process of the bot takes up to 12.`,
        'Raise max_connections, or put a pooler in between (docs/operations.md, "Behind a connection pooler").',
      ),
    );
  return found;
}

/** Refresh tokens end 90 days after they were given; the bot has each exchanged for a new one when it signs in. */
function judgeToken({ refreshTokenAt }: DatabaseFacts, now: Date): SetupFinding[] {
  if (!refreshTokenAt) return [];
  const days = Math.floor((now.getTime() - refreshTokenAt.getTime()) / 86_400_000);
  if (days < 30) return [];
  return [
    findingsOf('partner-center').warning(
      'refresh-token-age',
      `The refresh token was renewed ${days} days ago; it ends 90 days after that.`,
      'Start the bot, which renews it. If it runs, look for "sign-in refused" in its log; else run `npm run consent`.',
    ),
  ];
}

/** The folder that the embedded database, or the simulator, is kept in. */
export async function examineFolder({ storage, partnerCenter }: Config): Promise<SetupFinding[]> {
  if (storage.mode === 'postgres' && partnerCenter.mode !== 'simulator') return [];
  const folder = await nearestFolder(resolve(storage.dataDir));
  try {
    await access(folder, constants.W_OK);
  } catch {
    return [
      problem(
        'folder-not-writable',
        `DATA_DIR (${resolve(storage.dataDir)}) cannot be written to.`,
        'Give the user that the bot runs as the right to write there, or name another folder.',
      ),
    ];
  }
  const { bavail, bsize } = await statfs(folder);
  return judgeSpace(bavail * bsize);
}

/** `bytes`: that are free where DATA_DIR is. */
export function judgeSpace(bytes: number): SetupFinding[] {
  if (bytes >= gigabyte) return [];
  const says = `Where DATA_DIR is, ${Math.floor((bytes / gigabyte) * 1000)} MB are free.`;
  const tell = bytes < gigabyte / 5 ? problem : warning;
  return [tell('disk-full', says, 'Free some space, or name a folder on a larger disk.')];
}

async function nearestFolder(path: string): Promise<string> {
  try {
    await access(path);
    return path;
  } catch {
    return dirname(path) === path ? path : nearestFolder(dirname(path));
  }
}
