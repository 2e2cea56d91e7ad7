import { z } from 'zod';

/** Every variable that `readConfig` knows, in the order of the design's table. `.env.example` lists the same ones. */
export const variableNames = [
  'PORT',
  'HOST',
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppType',
  'MicrosoftAppTenantId',
  'ChannelService',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'OAuthUrl',
  'CallerId',
  'ValidateAuthority',
  'SERVICE_URL_HOSTS',
  'DATABASE_URL',
  'DATA_DIR',
  'PARTNER_CENTER_URL',
  'PARTNER_CENTER_TENANT_ID',
  'PARTNER_CENTER_CLIENT_ID',
  'PARTNER_CENTER_CLIENT_SECRET',
  'PARTNER_CENTER_REFRESH_TOKEN',
  'PARTNER_CENTER_AUTHORITY',
  'STAFF_TENANT_ID',
  'ROLES_SOURCE',
  'ADMIN_AGENTS',
  'SALES_AGENTS',
  'HELPDESK_AGENTS',
  'GLOBAL_ADMINS',
  'KEY_REVEAL',
  'KEY_REVEAL_SECONDS',
  'POLICY_FILE',
  'TRACK_SECONDS',
  'SIMULATOR_PORT',
  'SIMULATOR_DELAY_SECONDS',
  'SIMULATOR_MODE',
  'PUBLIC_URL',
  'LOG_LEVEL',
  'METRICS_TOKEN',
] as const;

export type VariableName = (typeof variableNames)[number];

/**
 * The people of `.m365agentsplayground.yml` by the variable that gives them their role. Its current user is the admin
 * agent in development when nobody is named.
 */
export const playgroundStaff = {
  adminAgents: '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a01',
  salesAgents: '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a02',
  helpdeskAgents: '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a03',
  globalAdmins: '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a04',
} as const;

/** The group whose members are admin agents in development when none is named. */
export const playgroundAdminGroup = '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41b01';

/** Bot Framework's own keys for another cloud, or a local OpenID document in tests: all of them or none. */
export interface BotFrameworkKeys {
  readonly ToChannelFromBotLoginUrl: string;
  readonly ToChannelFromBotOAuthScope: string;
  readonly ToBotFromChannelTokenIssuer: string;
  readonly ToBotFromChannelOpenIdMetadataUrl: string;
  readonly ToBotFromEmulatorOpenIdMetadataUrl: string;
  readonly OAuthUrl: string;
  readonly CallerId: string;
  readonly ValidateAuthority: string;
}

export type AppType = 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';

export type BotConfig =
  | { readonly mode: 'development' }
  | {
      readonly mode: 'registered';
      readonly appId: string;
      readonly appType: AppType;
      /** Absent for managed identities only. */
      readonly appPassword?: string;
      readonly appTenantId?: string;
      readonly channelService?: string;
      readonly keys?: BotFrameworkKeys;
    };

export type StorageConfig =
  | { readonly mode: 'embedded'; readonly dataDir: string }
  | { readonly mode: 'postgres'; readonly databaseUrl: string; readonly dataDir: string };

export interface PartnerCenterCredentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

export type PartnerCenterConfig =
  | { readonly mode: 'simulator' }
  | {
      readonly mode: 'live';
      readonly url: string;
      readonly authority: string;
      /** Absent in development only: a simulator on this machine, which is signed in to with its seed's own account. */
      readonly credentials?: PartnerCenterCredentials;
    };

/** Whose Graph tells roles. `microsoft`: asked as the bot's own app registration, about the tenant of the staff. */
export type DirectoryConfig =
  | { readonly at: 'simulator' }
  | {
      readonly at: 'microsoft';
      readonly authority: string;
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: string;
    };

/** `static`: object ids of people. `graph`: object ids of groups. */
export type RolesConfig = {
  readonly adminAgents: readonly string[];
  readonly salesAgents: readonly string[];
  readonly helpdeskAgents: readonly string[];
  readonly globalAdmins: readonly string[];
} & ({ readonly source: 'static' } | { readonly source: 'graph'; readonly directory: DirectoryConfig });

export interface Config {
  /** Absent: all interfaces. */
  readonly host?: string;
  readonly port: number;
  readonly bot: BotConfig;
  readonly serviceUrlHosts: readonly string[];
  readonly storage: StorageConfig;
  readonly partnerCenter: PartnerCenterConfig;
  /** Absent in development: any tenant is served. Lower case. */
  readonly staffTenantId?: string;
  readonly roles: RolesConfig;
  readonly keyReveal: 'ephemeral' | 'dialog';
  readonly keyRevealSeconds: number;
  /** Path of the file; `app.ts` reads it. Absent: the built-in policy. */
  readonly policyFile?: string;
  readonly trackSeconds: number;
  readonly simulator: { readonly port: number; readonly delaySeconds: number; readonly mode: 'extended' | 'today' };
  readonly publicUrl?: string;
  readonly logLevel: string;
  readonly metricsToken?: string;
}

/** Everything that is wrong with the configuration, in one error. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Where Microsoft's Connector lives (teams-platform §8.3). */
const microsoftHosts = [
  'smba.trafficmanager.net',
  '*.botframework.com',
  '*.teams.microsoft.com',
  '*.infra.gcc.teams.microsoft.com',
  '*.teams.microsoft.us',
];
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];
const microsoftAuthority = 'https://login.microsoftonline.com';
const governmentAuthority = 'https://login.microsoftonline.us';
const governmentService = 'https://botframework.azure.us';

const keyNames = [
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'OAuthUrl',
  'CallerId',
  'ValidateAuthority',
] as const;
const credentialNames = [
  'PARTNER_CENTER_TENANT_ID',
  'PARTNER_CENTER_CLIENT_ID',
  'PARTNER_CENTER_CLIENT_SECRET',
  'PARTNER_CENTER_REFRESH_TOKEN',
] as const;
const roleNames = ['ADMIN_AGENTS', 'SALES_AGENTS', 'HELPDESK_AGENTS', 'GLOBAL_ADMINS'] as const;

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname);
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** https, or http to this very machine. */
function isSafeUrl(text: string): boolean {
  const url = urlOf(text);
  if (!url || url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )
  .refine((items) => items.length > 0, 'names nothing');
const guids = list
  .refine(
    (items) => items.every((item) => z.guid().safeParse(item).success),
    'must be Entra object ids (GUIDs), comma-separated',
  )
  .transform((items) => [...new Set(items.map((item) => item.toLowerCase()))]);
const guid = z.guid('must be a GUID').transform((text) => text.toLowerCase());
const port = number(0, 65_535);
const safeUrl = z.string().refine(isSafeUrl, 'must be an https address (http only on this machine)');

function number(min: number, max: number) {
  const range = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, range)
    .transform(Number)
    .refine((value) => value >= min && value <= max, range);
}

function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, `must be one of: ${words.join(', ')}`);
}

/** `host`, `host:port` or `*.host`; a port other than 443 only on this machine, because only there it is honoured. */
const serviceUrlHosts = list.superRefine((items, context) => {
  for (const item of items) {
    const parts = /^((?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/i.exec(item);
    if (!parts?.[1] || Number(parts[2] ?? 443) > 65_535) {
      context.addIssue({ code: 'custom', message: `has '${item}', which is neither host, host:port nor *.host` });
    } else if (parts[2] && parts[2] !== '443' && !isLoopback(parts[1])) {
      context.addIssue({ code: 'custom', message: `has '${item}': only port 443 is used, except on this machine` });
    }
  }
});

/** What other rooms know of values. A problem begins with the name of the variable. */
export interface Checks {
  /** The directory that belongs to that Partner Center. */
  authorityFor(url: string): string;
  /** What is wrong with the two addresses together. */
  mismatch(url: string, authority: string): string | undefined;
  /** What is wrong with the policy file. */
  policyProblem(path: string): string | undefined;
}

/**
 * The environment as a `Config`, or one `ConfigError` that lists every problem. Blank means unset. Values are never
 * quoted in problems, so that a secret in the wrong variable is not printed (hosts aside).
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, checks: Checks): Config {
  const problems: string[] = [];
  const raw = (name: VariableName): string | undefined => env[name]?.trim() || undefined;
  const complain = (problem: string): undefined => void problems.push(problem);

  function read<T>(name: VariableName, schema: z.ZodType<T, string>): T | undefined {
    const text = raw(name);
    if (text === undefined) return undefined;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) complain(`${name} ${issue.message}`);
    return undefined;
  }

  const isDevelopment = raw('MicrosoftAppId') === undefined;
  const bot = readBot();
  const partnerCenter = readPartnerCenter();
  const staffTenantId = readStaffTenant();
  const logLevel = read('LOG_LEVEL', oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']));

  const config: Config = {
    host: readHost(),
    port: read('PORT', port) ?? 3978,
    bot,
    serviceUrlHosts: read('SERVICE_URL_HOSTS', serviceUrlHosts) ?? (isDevelopment ? loopbackHosts : microsoftHosts),
    storage: readStorage(),
    partnerCenter,
    staffTenantId,
    roles: readRoles(),
    keyReveal: read('KEY_REVEAL', oneOf(['ephemeral', 'dialog'])) ?? 'ephemeral',
    keyRevealSeconds: read('KEY_REVEAL_SECONDS', number(2, 86_400)) ?? 60,
    policyFile: readPolicyFile(),
    trackSeconds:
      read('TRACK_SECONDS', number(1, 86_400)) ?? (isDevelopment || partnerCenter.mode === 'simulator' ? 5 : 60),
    simulator: {
      port: read('SIMULATOR_PORT', port) ?? 3979,
      delaySeconds: read('SIMULATOR_DELAY_SECONDS', delay) ?? 10,
      mode: read('SIMULATOR_MODE', oneOf(['extended', 'today'])) ?? 'extended',
    },
    publicUrl: read('PUBLIC_URL', safeUrl)?.replace(/\/+$/, ''),
    logLevel: logLevel ?? 'info',
    metricsToken: raw('METRICS_TOKEN'),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;

  function readPolicyFile(): string | undefined {
    const path = raw('POLICY_FILE');
    const problem = path === undefined ? undefined : checks.policyProblem(path);
    if (problem !== undefined) complain(problem.replaceAll('\n', '\n  '));
    return path;
  }

  function readHost(): string | undefined {
    const host = raw('HOST');
    if (isDevelopment && host !== undefined && !isLoopback(host)) {
      complain('HOST must be loopback (127.0.0.1) while MicrosoftAppId is not set: without it nobody is authenticated');
    }
    return host?.replace(/^\[|\]$/g, '') ?? (isDevelopment ? '127.0.0.1' : undefined);
  }

  function readBot(): BotConfig {
    const appId = raw('MicrosoftAppId');
    const keys = readKeys();
    if (appId === undefined) {
      for (const name of ['MicrosoftAppPassword', 'MicrosoftAppType', 'MicrosoftAppTenantId'] as const) {
        if (raw(name)) complain(`${name} is set, but MicrosoftAppId is not`);
      }
      return { mode: 'development' };
    }
    const channelService = raw('ChannelService');
    if (channelService && channelService !== governmentService && !keys) {
      complain(`ChannelService must be ${governmentService}, or the eight Bot Framework keys must be set`);
    }
    const facts = { mode: 'registered', appId, channelService, keys } as const;
    const appType = readAppType();
    const appPassword = raw('MicrosoftAppPassword');
    const appTenantId = raw('MicrosoftAppTenantId');
    if (appType === 'UserAssignedMSI' && appPassword) {
      complain('MicrosoftAppPassword must not be set with MicrosoftAppType UserAssignedMSI');
    }
    if (appType !== 'UserAssignedMSI' && !appPassword) complain('MicrosoftAppPassword is missing');
    if (appType !== 'MultiTenant' && !appTenantId) complain(`MicrosoftAppTenantId is missing (${appType} needs it)`);
    return { ...facts, appType, appPassword, appTenantId };
  }

  /** Bot Framework itself takes any unknown word for MultiTenant (teams-platform §8.2). */
  function readAppType(): AppType {
    const types: readonly AppType[] = ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'];
    const wanted = raw('MicrosoftAppType');
    if (wanted === undefined) return 'MultiTenant';
    const known = types.find((type) => type.toLowerCase() === wanted.toLowerCase());
    if (!known) complain(`MicrosoftAppType must be one of: ${types.join(', ')}`);
    return known ?? 'MultiTenant';
  }

  /** One of them alone switches all built-in values off and refuses every request (teams-platform §8.1). */
  function readKeys(): BotFrameworkKeys | undefined {
    const missing = keyNames.filter((name) => !raw(name));
    if (missing.length === keyNames.length) return undefined;
    for (const name of missing) complain(`${name} is missing: of Bot Framework's eight keys set all or none`);
    read('ValidateAuthority', oneOf(['true', 'false']));
    for (const name of keyNames) if (/Url$/.test(name)) read(name, safeUrl);
    const values = keyNames.map((name) => [name, raw(name) ?? '']);
    return Object.fromEntries(values) as { [Name in keyof BotFrameworkKeys]: string };
  }

  function readStorage(): StorageConfig {
    const address = z.string().regex(/^postgres(ql)?:\/\/.+/, 'must begin with postgres://');
    const databaseUrl = read('DATABASE_URL', address);
    const dataDir = raw('DATA_DIR') ?? './data';
    return databaseUrl ? { mode: 'postgres', databaseUrl, dataDir } : { mode: 'embedded', dataDir };
  }

  function readPartnerCenter(): PartnerCenterConfig {
    const url = read('PARTNER_CENTER_URL', safeUrl)?.replace(/\/+$/, '');
    const authority = read('PARTNER_CENTER_AUTHORITY', safeUrl)?.replace(/\/+$/, '');
    if (!raw('PARTNER_CENTER_URL')) {
      for (const name of [...credentialNames, 'PARTNER_CENTER_AUTHORITY'] as const) {
        if (raw(name)) complain(`${name} is set, but PARTNER_CENTER_URL is not: the simulator would answer`);
      }
      return { mode: 'simulator' };
    }
    if (!url) return { mode: 'simulator' };
    const isLocal = isLoopback(new URL(url).hostname);
    if (isDevelopment && !isLocal) {
      complain('PARTNER_CENTER_URL must be on this machine while MicrosoftAppId is not set');
    }
    const address = { mode: 'live', url, authority: authority ?? checks.authorityFor(url) } as const;
    const mismatch = checks.mismatch(url, address.authority);
    if (mismatch) complain(mismatch);
    const missing = credentialNames.filter((name) => !raw(name));
    if (isDevelopment && isLocal && missing.length === credentialNames.length) return address;
    for (const name of missing) complain(`${name} is missing: PARTNER_CENTER_URL is set`);
    const [tenantId = '', clientId = '', clientSecret = '', refreshToken = ''] = credentialNames.map(raw);
    return { ...address, credentials: { tenantId, clientId, clientSecret, refreshToken } };
  }

  function readStaffTenant(): string | undefined {
    const own = read('STAFF_TENANT_ID', guid);
    if (own || raw('STAFF_TENANT_ID') || isDevelopment) return own;
    const tenant = raw('MicrosoftAppTenantId');
    if (!tenant) return complain('STAFF_TENANT_ID is missing: whose people are served? (a tenant GUID)');
    const parsed = guid.safeParse(tenant);
    if (parsed.success) return parsed.data;
    return complain('STAFF_TENANT_ID is missing, and MicrosoftAppTenantId is no GUID that could stand in for it');
  }

  function readRoles(): RolesConfig {
    const source = read('ROLES_SOURCE', oneOf(['static', 'graph'])) ?? 'static';
    const [adminAgents = [], salesAgents = [], helpdeskAgents = [], globalAdmins = []] = roleNames.map((name) => {
      const ids = read(name, guids) ?? [];
      if (source === 'graph' && ids.length > 1)
        complain(`${name} must be one group's object id (ROLES_SOURCE is graph)`);
      return ids;
    });
    const named = { adminAgents, salesAgents, helpdeskAgents, globalAdmins };
    if (!roleNames.some((name) => raw(name))) {
      if (isDevelopment) named.adminAgents = [source === 'static' ? playgroundStaff.adminAgents : playgroundAdminGroup];
      else complain(`Nobody has a role: set ADMIN_AGENTS, and ${roleNames.slice(1).join(', ')} as needed`);
    }
    return source === 'static' ? { source, ...named } : { source, ...named, directory: readDirectory() };
  }

  /** In a real tenant real people are in real groups, also while Partner Center is simulated. */
  function readDirectory(): DirectoryConfig {
    const authority = directoryAuthority();
    if (isDevelopment || isLoopback(new URL(authority).hostname)) return { at: 'simulator' };
    const clientSecret = raw('MicrosoftAppPassword');
    if (!clientSecret) complain('MicrosoftAppPassword is missing: ROLES_SOURCE graph signs in with it');
    const [clientId = '', tenantId = ''] = [raw('MicrosoftAppId'), staffTenantId];
    return { at: 'microsoft', authority, tenantId, clientId, clientSecret: clientSecret ?? '' };
  }

  /** Partner Center's, where one is set; else that of the cloud in which the bot is registered. */
  function directoryAuthority(): string {
    if (partnerCenter.mode === 'live') return partnerCenter.authority;
    const signIn = bot.mode === 'registered' ? bot.keys?.ToChannelFromBotLoginUrl : undefined;
    if (signIn !== undefined && isSafeUrl(signIn)) return new URL(signIn).origin;
    return raw('ChannelService') === governmentService ? governmentAuthority : microsoftAuthority;
  }
}

const delay = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number of seconds, 0 or more')
  .transform(Number)
  .refine((value) => value <= 86_400, 'must be at most 86400');
