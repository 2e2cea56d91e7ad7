import type { Config } from '../config/index.ts';
import type { SetupArea, SetupCheck, SetupFinding } from '../domain/setup/setup-check.ts';
import { inTime } from '../domain/work/in-time.ts';
import { createSingleFlight } from '../microsoft/single-flight.ts';
import { realTimer } from '../microsoft/timer.ts';
import type { Examined } from '../storage/examine.ts';
import { examineBot, examinePackage, examineServiceHosts } from './bot.ts';
import { examineClientCertificate } from './certificates.ts';
import { examineClocks } from './clock.ts';
import { examineConfig } from './configuration.ts';
import { examineDatabaseFacts, examineFolder } from './database.ts';
import { examinePublicUrl } from './events.ts';
import { findingsOf } from './finding.ts';
import type { Outside } from './outside.ts';
import { examinePartnerCenter } from './partner-center.ts';
import { examineRoles } from './roles.ts';
import { isRunningHere } from './running.ts';

export { examineVariables } from './configuration.ts';

export interface Setup {
  readonly config: Config;
  readonly database: Examined;
  /** Path of an app package to compare with. */
  readonly packagePath?: string | undefined;
}

/** What is different in tests. */
export type OutsideOptions = Partial<Pick<Outside, 'timer' | 'timeoutMs' | 'graphUrl' | 'trusted' | 'now'>>;

/** Of all that is asked about one thing. */
const patienceMs = 30_000;
const keptMs = 30_000;

/** Everything that is found, the areas in their order. Asks outside, reads only, and never throws for what it finds. */
export async function examineSetup(
  { config, database, packagePath }: Setup,
  options: OutsideOptions = {},
): Promise<SetupFinding[]> {
  const { bot, partnerCenter, publicUrl } = config;
  const aheadMs: number[] = [];
  const now = options.now ?? (() => new Date());
  const outside: Outside = {
    ...{ timer: realTimer, timeoutMs: 5_000, ...options, now },
    onTime: (time) => aheadMs.push(time.getTime() - now().getTime()),
  };
  const seen = database.kind === 'open' ? database.facts.serviceUrls : [];
  const credentials = partnerCenter.mode === 'live' ? partnerCenter.credentials : undefined;
  const stored = database.kind === 'open' ? database.refreshTokens : undefined;
  const work: Record<Exclude<SetupArea, 'clock'>, () => Promise<SetupFinding[]>> = {
    configuration: async () => examineConfig(config),
    database: async () => [...examineDatabaseFacts(database, now()), ...(await examineFolder(config))],
    bot: async () => [
      ...(bot.mode === 'registered' ? await examineBot(bot, outside) : []),
      ...examineServiceHosts(config, seen),
      ...(packagePath === undefined ? [] : await examinePackage(packagePath, config)),
    ],
    roles: () => examineRoles(config, outside),
    'partner-center': async () => {
      if (partnerCenter.mode !== 'live' || !credentials) return [];
      return examinePartnerCenter(
        {
          ...{ url: partnerCenter.url, authority: partnerCenter.authority, credentials },
          loadRefreshToken: async (fingerprint) => stored?.load(fingerprint) ?? { kind: 'none' },
          wanted: { publicUrl, hasRegistered: database.kind === 'open' && database.facts.hasRegistered },
        },
        outside,
      );
    },
    events: async () => {
      if (publicUrl === undefined || bot.mode === 'development') return [];
      return examinePublicUrl(publicUrl, await isRunningHere(config), outside);
    },
    certificates: async () => (credentials ? examineClientCertificate(credentials.clientSecret, now()) : []),
  };
  const found = await Promise.all(
    (Object.keys(work) as (keyof typeof work)[]).map((area) =>
      inTime(work[area](), patienceMs, area).catch((error) => [findingOf(area, error)]),
    ),
  );
  return [...found.flat(), ...examineClocks(aheadMs, database)];
}

/** For whoever asks in the chat. What was found a moment ago is told again: each look asks everything outside. */
export function createSetupCheck(config: Config, examineDatabase: () => Promise<Examined>): SetupCheck {
  const once = createSingleFlight<SetupFinding[]>();
  let last: { readonly at: number; readonly found: readonly SetupFinding[] } | undefined;
  return {
    async examine() {
      if (last && performance.now() - last.at < keptMs) return last.found;
      const found = await once('', async () => examineSetup({ config, database: await examineDatabase() }));
      last = { at: performance.now(), found };
      return found;
    },
  };
}

/** What is looked at went wrong in a way that nobody has thought of: that is no reason to tell nothing of the rest. */
function findingOf(area: SetupArea, error: unknown): SetupFinding {
  const reason = error instanceof Error ? error.message : String(error);
  return findingsOf(area).warning(
    'not-finished',
    `This could not be looked at to its end (${reason}).`,
    'Ask again; if it stays, report it.',
  );
}
