import { readFileSync } from 'node:fs';
import { readClientSecret } from '../../src/partner-center/client/client-secret.ts';
import type { PartnerCenterOptions } from '../../src/partner-center/index.ts';

export type Credentials = Pick<
  PartnerCenterOptions,
  'authority' | 'tenantId' | 'clientId' | 'clientSecret' | 'refreshToken'
>;

/** What Partner Center once offered and has withdrawn; an older or a simulated server may have it. */
export type Withdrawn = 'tickets' | 'keys';

/** A server of the same API that is not the embedded simulator. */
export interface OtherServer {
  readonly url: string;
  readonly credentials: Credentials;
  /** A tenant GUID or a domain; without one, the first customer of the list is looked at. */
  readonly customer?: string;
  readonly mayWrite: boolean;
  /** Where it is told; else the server is asked. */
  readonly offers?: Readonly<Record<Withdrawn, boolean>>;
}

const url = 'PARTNER_CENTER_CONTRACT_URL';
const writes = 'PARTNER_CENTER_CONTRACT_WRITES';
const customer = 'PARTNER_CENTER_CONTRACT_CUSTOMER';
const mode = 'PARTNER_CENTER_CONTRACT_MODE';
const needed = {
  PARTNER_CENTER_TENANT_ID: 'the partner’s own tenant',
  PARTNER_CENTER_CLIENT_ID: 'the application (client) id of the app registration',
  PARTNER_CENTER_CLIENT_SECRET: 'its client secret, or the path of a .pem file with private key and certificate',
  PARTNER_CENTER_REFRESH_TOKEN: 'of the account that consented (npm run consent)',
} as const;

/**
 * The server that the environment names; `undefined` = the embedded simulator. Throws one error with every problem, as
 * docs/partner-center.md explains them.
 */
export function readOtherServer(env: Readonly<Record<string, string | undefined>>): OtherServer | undefined {
  const raw = (name: string) => env[name]?.trim() || undefined;
  const address = raw(url);
  if (address === undefined) return undefined;
  const offered = raw(mode);
  const mayWrite = raw(writes) === '1';
  const problems = Object.entries(needed)
    .filter(([name]) => raw(name) === undefined)
    .map(([name, meaning]) => `${name} is missing: ${meaning}`);
  if (!URL.canParse(address)) problems.push(`${url} is no address`);
  if (!['1', '0', undefined].includes(raw(writes))) problems.push(`${writes} must be 1 or 0`);
  if (!['today', 'extended', undefined].includes(offered)) problems.push(`${mode} must be today or extended`);
  if (mayWrite && raw(customer) === undefined && !isThisMachine(address)) {
    problems.push(`${customer} is missing: the tenant GUID or domain for which may be bought (${writes}=1)`);
  }
  if (problems.length > 0) throw new Error(`${url} is set, but\n${problems.map((one) => `  ${one}`).join('\n')}`);
  const chosen = raw(customer);
  return {
    url: address.replace(/\/+$/, ''),
    credentials: {
      tenantId: raw('PARTNER_CENTER_TENANT_ID') ?? '',
      clientId: raw('PARTNER_CENTER_CLIENT_ID') ?? '',
      clientSecret: readClientSecret(raw('PARTNER_CENTER_CLIENT_SECRET') ?? '', (path) => readFileSync(path, 'utf8')),
      refreshToken: raw('PARTNER_CENTER_REFRESH_TOKEN') ?? '',
      authority: raw('PARTNER_CENTER_AUTHORITY')?.replace(/\/+$/, '') ?? 'https://login.microsoftonline.com',
    },
    mayWrite,
    ...(chosen === undefined ? {} : { customer: chosen }),
    ...(offered === undefined ? {} : { offers: { tickets: offered === 'extended', keys: offered === 'extended' } }),
  };
}

/** Where only a simulator can be: nothing costs anything there. */
function isThisMachine(address: string): boolean {
  return URL.canParse(address) && ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(address).hostname);
}
