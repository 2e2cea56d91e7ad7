import { defaultAccount } from '../../src/simulator/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON that tests look into
export type Json = Record<string, any>;

/** Everything the simulator knows, as its API would show it. */
export interface SimulatorState {
  readonly now: string;
  readonly customers: readonly Json[];
  readonly carts: readonly Json[];
  readonly orders: readonly Json[];
  readonly subscriptions: readonly Json[];
  readonly serviceRequests: readonly Json[];
  readonly agreements: readonly Json[];
  readonly auditRecords: readonly Json[];
}

/** One call to the API, as the simulator remembers it. `status` 0: it has not been answered yet. */
export interface SimulatorRequest {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly requestId: string | null;
  readonly correlationId: string | null;
  readonly status: number;
}

/** The control API of a simulator, on its own port. */
export interface SimulatorControl {
  /** Any call of it, by its path below `/__simulator/`. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** The named parts of it, or all of it, which takes a tenth of a second each time. */
  state<Part extends keyof SimulatorState = keyof SimulatorState>(
    ...only: Part[]
  ): Promise<Pick<SimulatorState, Part | 'now'>>;
  /** All of them, or those behind the first so many. */
  requests(after?: number): Promise<SimulatorRequest[]>;
  advance(seconds: number): Promise<void>;
  /** The next calls to Partner Center that fit go wrong in this way. */
  fault(...faults: Json[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** Files a ticket as a person does in the portal, and tells its number. */
  fileTicket(ticket: { readonly title: string; readonly description: string }): Promise<string>;
  /** Back to the seed. */
  reset(): Promise<void>;
}

export function controlSimulator(url: () => string): SimulatorControl {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const init =
      body === undefined
        ? { method }
        : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${url()}/__simulator/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`simulator ${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
  return {
    call,
    state: (...only) =>
      call(
        'GET',
        `state${only.length > 0 ? `?only=${only.filter((part) => part !== 'now')}` : ''}`,
      ) as Promise<SimulatorState>,
    requests: (after = 0) => call('GET', `requests?after=${after}`) as Promise<SimulatorRequest[]>,
    advance: async (seconds) => void (await call('POST', 'clock', { advanceSeconds: seconds })),
    fault: async (...faults) => void (await call('POST', 'faults', faults)),
    fileTicket: async (ticket) => ((await call('POST', 'tickets', ticket)) as Json).id,
    clearFaults: async () => void (await call('DELETE', 'faults')),
    reset: async () => void (await call('POST', 'reset')),
  };
}

/** A call to Partner Center as somebody in the portal would make it. */
export async function callAsPortal(url: string, method: string, path: string, body: unknown): Promise<void> {
  const { tenantId, clientId, clientSecret, refreshToken } = defaultAccount();
  const signedIn = await fetch(`${url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
      scope: 'https://api.partnercenter.microsoft.com/user_impersonation',
    }),
  });
  const { access_token: token } = (await signedIn.json()) as Json;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}
