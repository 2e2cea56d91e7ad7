import { existsSync, readFileSync } from 'node:fs';
import { readSecretFiles } from '../config/secret-files.ts';
import { isSafeUrl } from '../config/values.ts';
import { Secret } from '../domain/secret.ts';
import { authorityFor, cloudMismatch, globalUrl, pricesFor, resourceOf } from '../microsoft/clouds.ts';
import { MicrosoftError } from '../microsoft/errors.ts';
import type { Log } from '../microsoft/log.ts';
import { readClaims } from '../microsoft/oauth/access-token.ts';
import { signInByBrowser } from '../microsoft/oauth/authorization-code.ts';
import { type SignInOptions, signInByDeviceCode } from '../microsoft/oauth/device-code.ts';
import type { Tokens } from '../microsoft/oauth/token-cache.ts';
import type { GivenToken } from '../microsoft/oauth/token-endpoint.ts';
import { realTimer, type Timer } from '../microsoft/timer.ts';
import { readClientSecret } from '../partner-center/client/client-secret.ts';
import { createMfaCheck } from '../partner-center/client/mfa-check.ts';
import { createApi } from '../partner-center/client/request.ts';
import { createPartnerCenterTokens, createSignInEndpoint } from '../partner-center/client/sign-in.ts';

/**
 * `npm run consent`: walks an operator through the first consent of the Secure Application Model, once per service
 * account, and says what to put where.
 *
 *   operator  npm run consent                  (or: npm run consent -- --browser)
 *   consent   Open … and enter the code …
 *   operator  signs in as the service account, with a second factor
 *   consent   Checked: … Put this into .env: PARTNER_CENTER_REFRESH_TOKEN=…
 */
export interface ConsentSettings {
  readonly url: string;
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: Secret<string>;
}

/** The consent cannot go on; the message is for the operator. */
export class ConsentError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ConsentError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const needed = {
  PARTNER_CENTER_TENANT_ID: 'the partner’s own tenant',
  PARTNER_CENTER_CLIENT_ID: 'the application (client) id of the app registration',
  PARTNER_CENTER_CLIENT_SECRET: 'its client secret, or the path of a .pem file with private key and certificate',
} as const;

/** The variables of `.env.example` that a consent needs. Throws `ConsentError` with every problem, or `ClientSecretError`. */
export function readConsentSettings(env: Environment, readFile: (path: string) => string): ConsentSettings {
  const { variables, problems: fileProblems } = readSecretFiles(env, readFile);
  const raw = (name: string) => variables[name]?.trim() || undefined;
  const missing = Object.entries(needed).filter(([name]) => !raw(name));
  const url = (raw('PARTNER_CENTER_URL') ?? globalUrl).replace(/\/+$/, '');
  const given = raw('PARTNER_CENTER_AUTHORITY')?.replace(/\/+$/, '');
  const canCompare = isSafeUrl(url) && (given === undefined || isSafeUrl(given));
  const authority = canCompare ? (given ?? authorityFor(url)) : '';
  const mismatch = canCompare ? cloudMismatch(url, authority) : undefined;
  const problems = [
    ...fileProblems,
    ...missing.map(([name, meaning]) => `${name} is missing: ${meaning}`),
    ...(isSafeUrl(url) ? [] : ['PARTNER_CENTER_URL must be an https address (http only on this machine)']),
    ...(given && !isSafeUrl(given)
      ? ['PARTNER_CENTER_AUTHORITY must be an https address (http only on this machine)']
      : []),
    ...(mismatch ? [mismatch] : []),
  ];
  if (problems.length > 0) {
    const list = problems.map((problem) => `  - ${problem}`).join('\n');
    throw new ConsentError(`The consent cannot begin (see .env.example):\n${list}`);
  }
  return {
    url,
    authority,
    tenantId: raw('PARTNER_CENTER_TENANT_ID') ?? '',
    clientId: raw('PARTNER_CENTER_CLIENT_ID') ?? '',
    clientSecret: new Secret(readClientSecret(raw('PARTNER_CENTER_CLIENT_SECRET') ?? '', readFile)),
  };
}

export type ConsentWay = { readonly kind: 'device' } | { readonly kind: 'browser'; readonly port: number };

const usualPort = 8400;
const usage = 'Usage: npm run consent [-- --browser [--port=8400]]';

/** Throws `ConsentError`. */
export function readConsentWay(args: readonly string[]): ConsentWay {
  let isBrowser = false;
  let port = usualPort;
  for (const arg of args) {
    const written = /^--port=(\d{1,5})$/.exec(arg)?.[1];
    if (arg === '--browser') isBrowser = true;
    else if (written && Number(written) <= 65_535) port = Number(written);
    else throw new ConsentError(usage);
  }
  return isBrowser ? { kind: 'browser', port } : { kind: 'device' };
}

export interface ConsentParts {
  readonly settings: ConsentSettings;
  readonly way: ConsentWay;
  /** Gets each line for the operator; the last lines hold the refresh token. */
  readonly write: (line: string) => void;
  readonly timer?: Timer;
  readonly timeoutMs?: number;
  readonly patienceMs?: number;
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Signs the service account in, checks the consent the way the bot will use it, and writes what to put where. Throws `ConsentError`. */
export async function giveConsent(parts: ConsentParts): Promise<void> {
  const { settings, write } = parts;
  write('First consent of the service account for Partner Center');
  write(`  tenant       ${settings.tenantId}`);
  write(`  application  ${settings.clientId}`);
  write(`  directory    ${settings.authority}`);
  write('');
  write('Sign in as the service account: a person of that tenant, member of AdminAgents, with multi-factor');
  write('authentication. The bot will act in its name; an account of its own is best.');
  write('');

  const tokens = await explainErrors(signIn(parts));
  const claims = readClaims(tokens.access);
  write(`Signed in${claims.account ? ` as ${claims.account}` : ''}.`);
  if (claims.hasMfa === false) throw new ConsentError(mfaMissing);
  if (claims.tenantId && isOtherTenant(claims.tenantId, settings.tenantId)) {
    throw new ConsentError(
      `That account signed in to the tenant ${claims.tenantId}, which is not PARTNER_CENTER_TENANT_ID: sign in with an account of that one.`,
    );
  }
  if (!tokens.refresh) {
    throw new ConsentError('The directory gave no refresh token: the application must be allowed offline_access.');
  }
  if (claims.hasMfa) write('Checked: with multi-factor authentication (the claim amr of the token says mfa).');
  else write('Not checked: the token does not say whether multi-factor authentication was used.');

  const refreshToken = await explainErrors(tryRefreshToken(parts, tokens.refresh));
  writeWhatToDo(parts, refreshToken);
}

const mfaMissing = [
  'The sign-in went through without multi-factor authentication (the token’s claim amr lacks mfa), and Partner Center',
  'refuses such a consent since 2026-04-01. It cannot be repaired afterwards, so nothing was kept. What to do:',
  '  1. In Entra, require multi-factor authentication for the service account: security defaults, or a Conditional',
  '     Access policy that covers it and the Partner Center API.',
  '  2. Sign in once at https://aka.ms/mfasetup and register a second factor.',
  '  3. Run this again. If the second factor is not asked for, use: npm run consent -- --browser',
].join('\n');

function signIn(parts: ConsentParts): Promise<GivenToken> {
  const { settings, way, write, timer = realTimer, timeoutMs = 20_000, patienceMs = 15 * 60_000 } = parts;
  const options: SignInOptions = {
    clientId: settings.clientId,
    endpoint: createSignInEndpoint('v2', settings, { timer, timeoutMs }),
    scope: `${resourceOf(settings.url)}/user_impersonation offline_access openid`,
    timer,
  };
  if (way.kind === 'device') {
    return signInByDeviceCode(options, ({ address, userCode, minutes }) => {
      write(`Open ${address} in a browser and enter the code ${userCode} (within ${minutes} minutes).`);
      write('Waiting …');
    });
  }
  return signInByBrowser({ ...options, port: way.port, patienceMs }, ({ open, redirect }) => {
    write(`The app registration must have the redirect address ${redirect} (Authentication, platform Web).`);
    write('Open this address in a browser on this machine:');
    write(`  ${open}`);
    write('Waiting …');
  });
}

/**
 * Uses the refresh token as the bot will: a token of the first version of the endpoint, and one call. Returns the
 * newest refresh token.
 */
async function tryRefreshToken(parts: ConsentParts, refreshToken: Secret<string>): Promise<Secret<string>> {
  const { settings, write, timer = realTimer, timeoutMs = 20_000 } = parts;
  const resource = resourceOf(settings.url);
  let newest = refreshToken;
  const refreshTokens = {
    load: async () => ({ kind: 'none' as const }),
    save: async (token: Secret<string>) => {
      newest = token;
    },
  };
  const credentials = { ...settings, refreshToken, refreshTokens };
  const tokens = createPartnerCenterTokens(credentials, { timer, log: silent, timeoutMs });
  const { hasMfa } = readClaims(await tokens.get('user', resource));
  if (hasMfa === false) throw new ConsentError(mfaMissing);
  write('Checked: the bot can get tokens with it.');

  const api = createApi({ url: settings.url, resource, tokens, timer, log: silent, timeoutMs });
  try {
    const isCompliant = await createMfaCheck(api)();
    if (isCompliant === false) throw new ConsentError(mfaMissing);
    write('Checked: Partner Center accepts the account.');
  } catch (error) {
    if (!(error instanceof MicrosoftError)) throw error;
    if (error.kind === 'unauthorized') throw error;
    write(`Not checked: Partner Center did not answer as expected (${error.message}).`);
    if (error.description) write(`  ${error.description}`);
  } finally {
    await api.close();
  }
  const prices = pricesFor(settings.url).resource;
  if (prices !== resource) await tryPrices(tokens, prices, write);
  return newest;
}

/** Price sheets take tokens of an audience of their own, for which consent may be missing. That is reported and is no failure. */
export async function tryPrices(tokens: Tokens, resource: string, write: (line: string) => void): Promise<void> {
  try {
    await tokens.get('user', resource);
    write('Checked: the bot can get tokens for price sheets.');
  } catch (error) {
    if (!(error instanceof MicrosoftError)) throw error;
    write(`Not checked: no token for price sheets (${resource}): ${error.code ?? error.kind}.`);
    if (error.kind !== 'unauthorized') return;
    write('  Without price sheets the bot knows no price and sells nothing. What is missing: in Entra, give the');
    write(`  application the delegated permission of the API ${resource} as well, let a global`);
    write('  administrator consent to it, and run this again.');
  }
}

function writeWhatToDo({ settings, write }: ConsentParts, refreshToken: Secret<string>): void {
  const isGuid = /^[0-9a-f-]{36}$/i.test(settings.tenantId);
  write('');
  write('Put these into .env or, better, into the secret store the bot’s environment comes from, and restart the bot:');
  write('');
  write(`PARTNER_CENTER_URL=${settings.url}`);
  write(`PARTNER_CENTER_AUTHORITY=${settings.authority}`);
  write(`PARTNER_CENTER_TENANT_ID=${settings.tenantId}`);
  write(`PARTNER_CENTER_CLIENT_ID=${settings.clientId}`);
  write('PARTNER_CENTER_CLIENT_SECRET as it is now');
  if (!isGuid) write('(Better the tenant’s GUID than its domain name.)');
  write('');
  write('WARNING: whoever has the next line can act as the service account at Partner Center. It is shown this once');
  write('and kept nowhere: do not paste it into a chat or a ticket, and clear the terminal afterwards.');
  write('');
  write(`PARTNER_CENTER_REFRESH_TOKEN=${refreshToken.reveal()}`);
}

function isOtherTenant(signedInTo: string, wanted: string): boolean {
  // A domain name cannot be compared with a GUID.
  return /^[0-9a-f-]{36}$/i.test(wanted) && signedInTo.toLowerCase() !== wanted.toLowerCase();
}

/** Turns what the directory or Partner Center refused into words for the operator. */
async function explainErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof MicrosoftError) throw new ConsentError(sentenceOf(error), error);
    const isPortTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (isPortTaken) throw new ConsentError('That port is in use: choose another one with --port=…', error);
    throw error;
  }
}

function sentenceOf({ operation, kind, code, status, description, correlationId }: MicrosoftError): string {
  const who = operation === 'signIn' ? 'The directory' : 'Partner Center';
  if (kind === 'unreachable') {
    return `${who} could not be reached: check the network and the proxy of this machine, and PARTNER_CENTER_AUTHORITY.`;
  }
  const facts = [code, status, correlationId && `correlation id ${correlationId}`].filter((fact) => fact).join(', ');
  return `${who} refused (${facts}). ${description ?? 'Try again in a few minutes.'}`;
}

async function main(): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const way = readConsentWay(process.argv.slice(2));
    const settings = readConsentSettings(process.env, (path) => readFileSync(path, 'utf8'));
    await giveConsent({ settings, way, write: (line) => process.stdout.write(`${line}\n`) });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
