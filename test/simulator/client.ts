import assert from 'node:assert/strict';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts';

/** A response, read by paths such as `items.0.id`; the empty path is the whole body. */
export interface Reply {
  status: number;
  headers: Headers;
  /** The body as it came, byte order mark included. */
  bytes: Buffer;
  at(path: string): unknown;
  text(path: string): string;
  list(path: string): Reply[];
}

/** A simulator on a free port, and somebody who is signed in to it with the service account. */
export interface Client {
  simulator: Simulator;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  control(method: string, path: string, body?: unknown): Promise<Reply>;
  /** Moves the clock on. After an hour the token has expired: `signIn` gets another. */
  advance(seconds: number): Promise<void>;
  /** Back to the seed, and to the token of the beginning. */
  reset(): Promise<void>;
  /** A token for something else than the API with the service account. */
  token(form: Record<string, string>): Promise<Reply>;
  signIn(form?: Record<string, string>): Promise<void>;
  customerId(name: string): Promise<string>;
  close(): Promise<void>;
}

const DELAY_SECONDS = 10;
export const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';

export async function startClient(options: Partial<SimulatorOptions> = {}): Promise<Client> {
  const simulator = await createSimulator({ port: 0, mode: 'extended', delaySeconds: DELAY_SECONDS, ...options });
  const { credentials } = simulator;
  let bearer = '';

  const client: Client = {
    simulator,
    call: (method, path, body, headers = {}) =>
      send(simulator.url + path, method, body, { Authorization: `Bearer ${bearer}`, ...headers }),
    get: (path, headers) => client.call('GET', path, undefined, headers),
    control: (method, path, body) => send(`${simulator.url}/__simulator/${path}`, method, body, {}),
    async advance(seconds) {
      await client.control('POST', 'clock', { advanceSeconds: seconds });
    },
    async reset() {
      await simulator.reset();
      bearer = firstBearer;
    },
    async token(form) {
      const { clientId, clientSecret, refreshToken } = credentials;
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
        resource: PARTNER_CENTER,
        ...form,
      });
      return toReply(await fetch(`${simulator.url}/${credentials.tenantId}/oauth2/token`, { method: 'POST', body }));
    },
    async signIn(form = {}) {
      bearer = (await client.token(form)).text('access_token');
    },
    async customerId(name) {
      const filter = JSON.stringify({ Field: 'CompanyName', Value: name, Operator: 'starts_with' });
      return (await client.get(`/v1/customers?size=0&filter=${encodeURIComponent(filter)}`)).text('items.0.id');
    },
    close: () => simulator.close(),
  };
  await client.signIn();
  const firstBearer = bearer;
  return client;
}

async function send(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Reply> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const content = body === undefined ? {} : { body: text, headers: { ...headers, 'Content-Type': 'application/json' } };
  return toReply(await fetch(url, { method, headers, redirect: 'manual', ...content }));
}

async function toReply(response: Response): Promise<Reply> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.startsWith('application/json') && bytes.length > 0;
  const value: unknown = isJson ? JSON.parse(new TextDecoder().decode(bytes)) : undefined;
  return createReply(response, bytes, value);
}

function createReply({ status, headers }: Pick<Response, 'status' | 'headers'>, bytes: Buffer, value: unknown): Reply {
  const at = (path: string) => (path === '' ? value : path.split('.').reduce(getProperty, value));
  return {
    status,
    headers,
    bytes,
    at,
    text(path) {
      const found = at(path);
      if (typeof found !== 'string') assert.fail(`${path} is no text in ${JSON.stringify(value)}`);
      return found;
    },
    list(path) {
      const found = at(path);
      if (!Array.isArray(found)) assert.fail(`${path} is no list in ${JSON.stringify(value)}`);
      return found.map((item: unknown) => createReply({ status, headers }, bytes, item));
    },
  };
}

function getProperty(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
