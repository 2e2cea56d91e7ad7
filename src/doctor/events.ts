import { get as getPlain } from 'node:http';
import { get } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { SetupFinding } from '../domain/setup/setup-check.ts';
import type { Api } from '../partner-center/client/request.ts';
import { createWebhooks } from '../partner-center/webhooks/registration.ts';
import { examineEndDate } from './certificates.ts';
import { findingsOf } from './finding.ts';
import { type Outside, ofCall } from './outside.ts';

const { problem, warning, note } = findingsOf('events');

export interface WantedRegistration {
  readonly publicUrl?: string | undefined;
  /** The bot has registered before: that it is missing now is no beginning. */
  readonly hasRegistered: boolean;
}

const neededEvent = 'subscription-updated';

/** How the tenant is registered for Partner Center's events. */
export async function examineRegistration(
  api: Api,
  { publicUrl, hasRegistered }: WantedRegistration,
): Promise<SetupFinding[]> {
  if (publicUrl === undefined)
    return [
      note('no-events', 'PUBLIC_URL is not set: changes at Partner Center are noticed by looking, minutes later.'),
    ];
  const again = 'Restart the bot, which registers by itself, and see `partner center webhook` in its log.';
  try {
    const registered = await createWebhooks(api).registration();
    if (!registered) {
      if (!hasRegistered) return [note('not-registered-yet', 'The bot registers for events when it starts.')];
      return [warning('not-registered', 'Partner Center has no registration for events any more.', again)];
    }
    if (registered.url.toLowerCase() !== `${publicUrl}/webhooks/partner-center`.toLowerCase()) {
      const host = URL.canParse(registered.url) ? new URL(registered.url).host : 'an address that is none';
      return [
        warning(
          'registered-elsewhere',
          `Partner Center sends its events to ${host}: there is one registration for each tenant.`,
          'If nobody needs that one any more, delete it or replace it by hand (PUT /webhooks/v1/registration), then restart the bot.',
        ),
      ];
    }
    if (registered.events.some((name) => name.toLowerCase() === neededEvent)) return [];
    return [warning('events-missing', `The registration lacks the event ${neededEvent}.`, again)];
  } catch (error) {
    return [ofCall(error, 'application-role', 'The application may not read its registration for events')];
  }
}

interface Reached {
  readonly status: number;
  /** Of the certificate; absent without TLS. */
  readonly validTo?: Date;
  /** Why the certificate is not trusted. */
  readonly untrusted?: string;
}

/** Does the bot answer under PUBLIC_URL, with a certificate that Microsoft trusts? `runsHere`: a bot answers on this machine. */
export async function examinePublicUrl(
  publicUrl: string,
  runsHere: boolean,
  outside: Outside,
): Promise<SetupFinding[]> {
  const reached = await reach(`${publicUrl}/api/messages`, outside);
  if (typeof reached === 'string') {
    if (!runsHere)
      return [note('not-running', 'The bot is not running: whether PUBLIC_URL leads to it was not asked.')];
    return [
      problem(
        'public-url-away',
        `Nobody answers under PUBLIC_URL (${reached}), and the bot is running.`,
        'See that the name leads to the proxy, that port 443 is open, and that the proxy passes requests on.',
      ),
    ];
  }
  const { status, validTo, untrusted } = reached;
  const certificate = untrusted
    ? [
        problem(
          'public-certificate',
          `Microsoft does not trust the certificate under PUBLIC_URL (${untrusted}).`,
          'Use one of a public authority for that very name, with its intermediate certificates.',
        ),
      ]
    : validTo
      ? examineEndDate('The certificate under PUBLIC_URL', validTo, { now: outside.now(), warnDays: 14 })
      : [];
  // The address takes POST only, and our server says so.
  if (status === 405) return certificate;
  const isNoBot = status >= 500 && !runsHere;
  if (isNoBot) return [...certificate, note('not-running', 'The bot is not running behind PUBLIC_URL.')];
  return [
    ...certificate,
    problem(
      'public-url-other',
      `What answers under PUBLIC_URL is not the bot (${status} for /api/messages).`,
      'See that the proxy passes all addresses but /metrics, /healthz and /readyz on to the bot.',
    ),
  ];
}

/** The answer, or in one word why there is none. */
function reach(address: string, { timeoutMs, trusted }: Outside): Promise<Reached | string> {
  return new Promise((resolve) => {
    const isPlain = address.startsWith('http:');
    const options = { timeout: timeoutMs, rejectUnauthorized: false, ...(trusted && { ca: trusted }), agent: false };
    const request = (isPlain ? getPlain : get)(address, options, (response) => {
      const socket = response.socket as TLSSocket;
      const status = response.statusCode ?? 0;
      const tls = isPlain
        ? {}
        : {
            validTo: new Date(socket.getPeerCertificate().valid_to),
            ...(!socket.authorized && { untrusted: String(socket.authorizationError) }),
          };
      response.destroy();
      resolve({ status, ...tls });
    });
    request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
