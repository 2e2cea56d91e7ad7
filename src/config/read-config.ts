import { languages } from '../domain/people/languages.ts';
import { developmentHost, developmentServiceUrlHosts } from './development.ts';
import { createEnvironment, type Environment } from './environment.ts';
import { reasonOf } from './policy-file.ts';
import { readBot } from './read-bot.ts';
import { readRoles, readStaffTenant } from './read-roles.ts';
import { readTracing } from './read-tracing.ts';
import { readWeb } from './read-web.ts';
import type { Config, PartnerCenterConfig, StorageConfig, Variables } from './schema.ts';
import {
  databaseUrl,
  delaySeconds,
  isLoopback,
  oneOf,
  port,
  sealingKey,
  serviceUrlHosts,
  url,
  wholeNumber,
} from './values.ts';

/** Everything that is wrong with the configuration, in one error. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** What other rooms know about values. A problem begins with the name of the variable. */
export interface Checks {
  /** The directory that belongs to that Partner Center. */
  authorityFor(url: string): string;
  /** What is wrong with the two addresses together. */
  mismatch(url: string, authority: string): string | undefined;
  readText(path: string): string;
  /** The client secret, which may be written as the path of a certificate's file. Throws an error for the operator. */
  readClientSecret(written: string): string;
  /** What is wrong with the policy file. */
  policyProblem(path: string): string | undefined;
}

/** Where Microsoft's Connector lives. */
const microsoftServiceUrlHosts = [
  'smba.trafficmanager.net',
  '*.botframework.com',
  '*.teams.microsoft.com',
  '*.infra.gcc.teams.microsoft.com',
  '*.teams.microsoft.us',
];

const credentialNames = [
  'PARTNER_CENTER_TENANT_ID',
  'PARTNER_CENTER_CLIENT_ID',
  'PARTNER_CENTER_CLIENT_SECRET',
  'PARTNER_CENTER_REFRESH_TOKEN',
] as const;

/** The environment as a `Config`, or one `ConfigError` that lists every problem. Blank means unset. */
export function readConfig(variables: Variables, checks: Checks): Config {
  const environment = createEnvironment(variables, checks.readText);
  const { problems, text, read } = environment;
  const bot = readBot(environment);
  const isDevelopment = bot.mode === 'development';
  const partnerCenter = readPartnerCenter(environment, checks, isDevelopment);
  const staffTenantId = readStaffTenant(environment);
  const publicUrl = read('PUBLIC_URL', url);
  const usualServiceUrlHosts = isDevelopment ? developmentServiceUrlHosts : microsoftServiceUrlHosts;
  const usualTrackSeconds = isDevelopment || partnerCenter.mode === 'simulator' ? 5 : 60;

  const config: Config = {
    host: readHost(environment, isDevelopment),
    port: read('PORT', port) ?? 3978,
    bot,
    serviceUrlHosts: read('SERVICE_URL_HOSTS', serviceUrlHosts) ?? usualServiceUrlHosts,
    storage: readStorage(environment),
    sealingKeys: readSealingKeys(environment, bot, partnerCenter),
    partnerCenter,
    partnerCenterTimeoutSeconds: read('PARTNER_CENTER_TIMEOUT_SECONDS', wholeNumber(1, 600)) ?? 20,
    staffTenantId,
    roles: readRoles(environment, { bot, partnerCenter, staffTenantId }),
    keyReveal: read('KEY_REVEAL', oneOf(['ephemeral', 'dialog'])) ?? 'ephemeral',
    keyRevealSeconds: read('KEY_REVEAL_SECONDS', wholeNumber(2, 86_400)) ?? 60,
    policyFile: readPolicyFile(environment, checks),
    trackSeconds: read('TRACK_SECONDS', wholeNumber(1, 86_400)) ?? usualTrackSeconds,
    simulator: {
      port: read('SIMULATOR_PORT', port) ?? 3979,
      delaySeconds: read('SIMULATOR_DELAY_SECONDS', delaySeconds) ?? 10,
      mode: read('SIMULATOR_MODE', oneOf(['extended', 'today'])) ?? 'extended',
    },
    publicUrl,
    web: readWeb(environment, { bot, staffTenantId, publicUrl }),
    defaultLanguage: read('DEFAULT_LANGUAGE', oneOf(languages)) ?? 'en',
    logLevel: read('LOG_LEVEL', oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])) ?? 'info',
    metricsToken: text('METRICS_TOKEN'),
    tracing: readTracing(environment),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readHost({ text, addProblem }: Environment, isDevelopment: boolean): string | undefined {
  const host = text('HOST');
  if (isDevelopment && host !== undefined && !isLoopback(host)) {
    addProblem(
      'HOST must be this machine (127.0.0.1) while MicrosoftAppId is not set: without it callers are not checked',
    );
  }
  return host?.replace(/^\[|\]$/g, '') ?? (isDevelopment ? developmentHost : undefined);
}

function readStorage({ text, read }: Environment): StorageConfig {
  const address = read('DATABASE_URL', databaseUrl);
  const dataDir = text('DATA_DIR') ?? './data';
  return address ? { mode: 'postgres', databaseUrl: address, dataDir } : { mode: 'embedded', dataDir };
}

function readSealingKeys(
  { read, text, addProblem }: Environment,
  bot: Config['bot'],
  partnerCenter: PartnerCenterConfig,
): readonly string[] {
  const [own, previous] = [read('SEALING_KEY', sealingKey), read('SEALING_KEY_PREVIOUS', sealingKey)];
  if (text('SEALING_KEY_PREVIOUS') && !text('SEALING_KEY'))
    addProblem('SEALING_KEY_PREVIOUS is set, but SEALING_KEY is not: nothing would be sealed with a key of yours');
  const secret = partnerCenter.mode === 'live' ? partnerCenter.credentials?.clientSecret : undefined;
  const password = bot.mode === 'registered' ? bot.appPassword : undefined;
  return [own, previous, secret ?? password].filter((key) => key !== undefined);
}

function readPolicyFile({ text, addProblem }: Environment, checks: Checks): string | undefined {
  const path = text('POLICY_FILE');
  const problem = path === undefined ? undefined : checks.policyProblem(path);
  if (problem !== undefined) addProblem(problem.replaceAll('\n', '\n  '));
  return path;
}

function readPartnerCenter(
  { text, read, addProblem }: Environment,
  checks: Checks,
  isDevelopment: boolean,
): PartnerCenterConfig {
  const address = read('PARTNER_CENTER_URL', url);
  const givenAuthority = read('PARTNER_CENTER_AUTHORITY', url);
  if (!text('PARTNER_CENTER_URL')) {
    for (const name of [...credentialNames, 'PARTNER_CENTER_AUTHORITY'] as const) {
      if (text(name)) addProblem(`${name} is set, but PARTNER_CENTER_URL is not: the simulator would be used`);
    }
    return { mode: 'simulator' };
  }
  if (!address) return { mode: 'simulator' };
  const isLocal = isLoopback(new URL(address).hostname);
  if (isDevelopment && !isLocal) {
    addProblem('PARTNER_CENTER_URL must be on this machine while MicrosoftAppId is not set');
  }
  const authority = givenAuthority ?? checks.authorityFor(address);
  const mismatch = checks.mismatch(address, authority);
  if (mismatch) addProblem(mismatch);
  const missing = credentialNames.filter((name) => !text(name));
  if (isDevelopment && isLocal && missing.length === credentialNames.length) {
    return { mode: 'live', url: address, authority };
  }
  for (const name of missing) addProblem(`${name} is missing: it is needed when PARTNER_CENTER_URL is set`);
  const [tenantId = '', clientId = '', written = '', refreshToken = ''] = credentialNames.map((name) => text(name));
  let clientSecret = '';
  try {
    clientSecret = checks.readClientSecret(written);
  } catch (error) {
    addProblem(reasonOf(error));
  }
  return { mode: 'live', url: address, authority, credentials: { tenantId, clientId, clientSecret, refreshToken } };
}
