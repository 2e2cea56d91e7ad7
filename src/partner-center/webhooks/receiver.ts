import { createHash, verify as verifySignature, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { parseJson } from '../../microsoft/body.ts';
import { sendRequest } from '../../microsoft/http.ts';
import type { Log } from '../../microsoft/log.ts';
import { realTimer, type Timer } from '../../microsoft/timer.ts';
import { instant, maybe, shape, text } from '../client/wire.ts';
import { CertificateError } from './certificate-chain.ts';
import { createSigningCertificates } from './signing-certificates.ts';

/** Something happened at Partner Center. It names what, and holds nothing of it: read that with a call of our own. */
export interface PartnerEvent {
  /** `subscription-updated`, `invoice-ready`, `test-created`, … */
  readonly name: string;
  readonly customerId?: string;
  readonly subscriptionId?: string;
  readonly at: Date;
}

/**
 * `accepted`: handed on. `replayed`: properly signed, and ignored. `stale`: properly signed, and too old. `malformed`:
 * not an event. `forged`: not from Partner Center. `unverifiable`: the certificate could not be had now; `failed`: what
 * is to be done could not be recorded. After these two Partner Center delivers again.
 */
export type EventOutcome = 'accepted' | 'replayed' | 'stale' | 'malformed' | 'forged' | 'unverifiable' | 'failed';

interface WebhookReceiverOptions {
  /** Where certificates may lie: `host` or `*.host`, https only. Default: Azure's blob storage, as in the published sample. */
  readonly certificateHosts?: readonly string[];
  /** While the simulator stands for Partner Center: its address (loopback), whose certificate is trusted as it is. */
  readonly simulatorUrl?: string;
  /** PEM. Default: the roots that come with Node. */
  readonly roots?: readonly string[];
  /** Business time: what is stale, and whether a certificate has expired. */
  readonly now: () => Date;
  readonly timer?: Timer;
  readonly fetchCertificate?: (address: string) => Promise<Uint8Array>;
  /**
   * Records, both or neither, that the event was seen and what is to be done; the sender waits for no more. False = it
   * was seen before. When it throws, `handle` throws the same.
   */
  readonly accept: (mark: string, event: PartnerEvent) => Promise<boolean>;
  readonly log: Log;
  readonly count?: (outcome: EventOutcome) => void;
}

interface WebhookDelivery {
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it came: the signature is over these bytes. */
  readonly body: Buffer;
}

export interface WebhookReceiver {
  /** 200 taken or rightly ignored, 400 not an event or a stale one, 401 not proved to be Partner Center's. */
  handle(delivery: WebhookDelivery): Promise<{ readonly status: 200 | 400 | 401 }>;
}

const blobStorage = ['*.blob.core.windows.net'];
/** An event may come two days late, and then lie in the offline queue. */
const lateMs = 72 * 60 * 60_000;
/** How far its clock may be ahead of ours. */
const aheadMs = 60 * 60_000;
const largestCertificate = 64 * 1024;
const certificateTimeoutMs = 5_000;
const algorithms: Readonly<Record<string, string>> = {
  'rsa-sha256': 'sha256',
  'rsa-sha384': 'sha384',
  'rsa-sha512': 'sha512',
};
const statuses = {
  accepted: 200,
  replayed: 200,
  stale: 400,
  malformed: 400,
  forged: 401,
  unverifiable: 401,
} as const;

/** Takes Partner Center's webhook events in (docs/partner-center.md#webhooks-receiving-events). */
export function createWebhookReceiver(options: WebhookReceiverOptions): WebhookReceiver {
  const { now, log } = options;
  const timer = options.timer ?? realTimer;
  const certificates = createSigningCertificates({
    hosts: options.certificateHosts ?? blobStorage,
    ...(options.simulatorUrl === undefined ? {} : { simulatorUrl: options.simulatorUrl }),
    roots: (options.roots ?? rootCertificates).map((pem) => new X509Certificate(pem)),
    now,
    timer,
    fetchCertificate: options.fetchCertificate ?? downloadCertificate,
  });

  async function judge({ headers, body }: WebhookDelivery): Promise<keyof typeof statuses> {
    const signed = readSignature(headers);
    if (signed === 'missing') return refuse('malformed', 'headers are missing');
    if (signed === 'unknown') return refuse('forged', 'the algorithm is not allowed');
    const { address, signature, hash } = signed;
    try {
      if (!(await certificates.verify(address, (key) => verifySignature(hash, body, key, signature))))
        return refuse('forged', 'the signature does not fit');
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error;
      return refuse(error.kind, error.message, address);
    }
    const event = readEvent(body);
    if (!event) return refuse('malformed', 'the body is no event');
    const ageMs = now().getTime() - event.at.getTime();
    if (ageMs > lateMs || ageMs < -aheadMs) return ignore('stale', event);
    const mark = createHash('sha256').update(body).digest('base64url');
    if (!(await options.accept(mark, event))) return ignore('replayed', event);
    log.info({ ...event }, 'partner center event');
    return 'accepted';
  }

  function refuse<O extends EventOutcome>(outcome: O, reason: string, address?: string): O {
    const host = address && URL.canParse(address) ? { host: new URL(address).host.slice(0, 100) } : {};
    log.warn({ outcome, reason, ...host }, 'partner center event refused');
    return outcome;
  }

  function ignore<O extends EventOutcome>(outcome: O, event: PartnerEvent): O {
    log.info({ outcome, ...event }, 'partner center event ignored');
    return outcome;
  }

  return {
    async handle(delivery) {
      const outcome = await judge(delivery).catch((error) => {
        options.count?.('failed');
        throw error;
      });
      options.count?.(outcome);
      return { status: statuses[outcome] };
    },
  };
}

async function downloadCertificate(address: string): Promise<Uint8Array> {
  const { status, bytes } = await sendRequest({
    method: 'GET',
    url: address,
    headers: { Accept: '*/*' },
    timeoutMs: certificateTimeoutMs,
    atMostBytes: largestCertificate,
  });
  if (status === 200) return bytes;
  throw new Error(`the certificate was answered with ${status}`);
}

interface Signature {
  readonly address: string;
  readonly signature: Buffer;
  readonly hash: string;
}

/** The registration decides which of the two headers carries the signature. */
function readSignature(headers: WebhookDelivery['headers']): Signature | 'missing' | 'unknown' {
  const one = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value.trim() : undefined;
  };
  const written = [one('x-ms-signature'), one('authorization')].find((value) => /^Signature\s/i.test(value ?? ''));
  const encoded = /^Signature\s+([A-Za-z0-9+/_-]+={0,2})$/i.exec(written ?? '')?.[1];
  const address = one('x-ms-certificate-url');
  const algorithm = one('x-ms-signature-algorithm')?.toLowerCase();
  if (!encoded || !address || !algorithm) return 'missing';
  const hash = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined;
  return hash ? { address, signature: Buffer.from(encoded, 'base64'), hash } : 'unknown';
}

const wireEvent = shape({ eventName: text, resourceUri: maybe(text), resourceChangeUtcDate: instant });
const customerPart = /\/customers\/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?=[/?#]|$)/i;
const subscriptionPart = /\/subscriptions\/([0-9a-z][0-9a-z-]{7,63})(?=[/?#]|$)/i;

/** Of the resource's address only the ids are taken: as an address it has the wrong form. */
export function readEvent(body: Uint8Array): PartnerEvent | undefined {
  const parsed = parseJson(body);
  return parsed.isJson ? toEvent(parsed.value) : undefined;
}

export function toEvent(body: unknown): PartnerEvent | undefined {
  const read = wireEvent.safeParse(body).data;
  if (!read?.resourceChangeUtcDate || !/^[\w.-]{1,100}$/.test(read.eventName)) return undefined;
  const customerId = customerPart.exec(read.resourceUri ?? '')?.[1]?.toLowerCase();
  const subscriptionId = subscriptionPart.exec(read.resourceUri ?? '')?.[1];
  return {
    name: read.eventName,
    ...(customerId ? { customerId } : {}),
    ...(subscriptionId ? { subscriptionId } : {}),
    at: read.resourceChangeUtcDate,
  };
}
