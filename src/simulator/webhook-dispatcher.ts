import { generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Route } from './http/call.ts';
import { formatInstant } from './http/format.ts';
import type { Store } from './store.ts';
import { findRegistration, type WebhookEvent, type WebhookRegistration } from './webhooks.ts';
import type { World } from './world.ts';

/** Delivers webhook events to the subscriber, one round at a time, and has the certificate they are signed with. */
interface WebhookDispatcher {
  /** Delivers what is due, else waits until something is; returns at once. */
  dispatch(): void;
  getCertificate(): Promise<Buffer>;
  /** Waits for the round in progress. */
  finish(): Promise<void>;
}

const MOST_ATTEMPTS = 10;
const ANSWER_WITHIN_MS = 5000;
const FIRST_PAUSE_MS = 1000;
/** The longest a timer can wait; whatever is due later is looked at again then. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

const CERTIFICATE_PATH = '/certificates/pcnotifications-dispatch.microsoft.com.cer';

export function createWebhookDispatcher(store: Store, closing: AbortSignal): WebhookDispatcher {
  // A key pair takes a moment to make, and most runs never need one.
  let signer: Promise<Signer> | undefined;
  let round: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const getSigner = () => {
    signer ??= createSigner();
    return signer;
  };
  closing.addEventListener('abort', () => clearTimeout(timer));

  async function deliver(): Promise<void> {
    await deliverDue(store.world(), await getSigner(), closing);
    store.saveIfChanged();
  }

  /** The clock may have been moved since the last round, so the wait is measured anew each time. */
  function dispatch(): void {
    clearTimeout(timer);
    if (round !== undefined || closing.aborted) return;
    const world = store.world();
    const dueAt = findNextAttempt(world);
    if (dueAt === undefined) return;
    const waitMs = dueAt - world.clock.now();
    // The process need not stay alive for it.
    if (waitMs > 0) timer = setTimeout(dispatch, Math.min(waitMs, LONGEST_WAIT_MS)).unref();
    else round = deliver().then(dispatchAgain, warn);
  }

  function dispatchAgain(): void {
    round = undefined;
    dispatch();
  }

  function warn(error: unknown): void {
    round = undefined;
    process.emitWarning(`The simulator could not deliver its events: ${error}`);
  }

  return {
    dispatch,
    getCertificate: async () => (await getSigner()).certificate,
    async finish() {
      await round;
    },
  };
}

/** The certificate of the key webhook events are signed with, in DER, as the published one is. */
export function createCertificateRoute(dispatcher: WebhookDispatcher): Route {
  return {
    method: 'GET',
    path: CERTIFICATE_PATH,
    access: 'open',
    handle: async () => ({
      status: 200,
      contentType: 'application/octet-stream',
      body: await dispatcher.getCertificate(),
    }),
  };
}

/** Sends what is due and not delivered, once each. */
async function deliverDue(world: World, signer: Signer, closing: AbortSignal): Promise<void> {
  const registration = findRegistration(world);
  if (registration === undefined) return;
  for (const event of world.webhookEvents.filter((candidate) => isDue(candidate, world.clock.now()))) {
    const result = await sendEvent(world, signer, registration, event, closing);
    if (closing.aborted) return;
    const latest = world.webhookEvents.get(event.id) ?? event;
    const delivered = result.responseCode === 'OK';
    world.webhookEvents.put({ ...latest, delivered, results: [...latest.results, result] });
  }
}

/** The instant of the next attempt for any of them; undefined where there is none to come, or nobody to tell. */
function findNextAttempt(world: World): number | undefined {
  if (findRegistration(world) === undefined) return undefined;
  const instants = world.webhookEvents.values().flatMap((event) => findAttemptAt(event) ?? []);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

function isDue(event: WebhookEvent, now: number): boolean {
  const at = findAttemptAt(event);
  return at !== undefined && now >= at;
}

/** After a failure the next attempt waits, each time twice as long; after the tenth there is no other. */
function findAttemptAt(event: WebhookEvent): number | undefined {
  if (event.delivered || event.results.length >= MOST_ATTEMPTS) return undefined;
  const last = event.results.at(-1);
  return last === undefined ? event.dueAt : last.at + FIRST_PAUSE_MS * 2 ** (event.results.length - 1);
}

async function sendEvent(
  world: World,
  signer: Signer,
  registration: WebhookRegistration,
  event: WebhookEvent,
  closing: AbortSignal,
): Promise<WebhookEvent['results'][number]> {
  const at = world.clock.now();
  const body = Buffer.from(
    JSON.stringify({
      EventName: event.eventName,
      ResourceUri: event.resourceUri,
      ResourceName: event.resourceName,
      AuditUri: event.auditUri,
      ResourceChangeUtcDate: formatInstant(event.dueAt, event.id).replace('Z', '+00:00'),
    }),
  );
  const header = registration.signatureTokenToMsSignatureHeader ? 'x-ms-signature' : 'Authorization';
  try {
    const response = await fetch(registration.webhookUrl, {
      method: 'POST',
      body,
      signal: AbortSignal.any([closing, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        [header]: `Signature ${signer.sign(body)}`,
        'X-MS-Certificate-Url': `${world.url}${CERTIFICATE_PATH}`,
        'X-MS-Signature-Algorithm': 'rsa-sha256',
      },
    });
    await response.arrayBuffer();
    const responseCode = response.ok ? 'OK' : response.statusText || String(response.status);
    return { at, responseCode, responseMessage: '', systemError: false };
  } catch (error) {
    const responseMessage = error instanceof Error ? error.message : String(error);
    return { at, responseCode: 'NoResponse', responseMessage, systemError: true };
  }
}

/** The key events are signed with, and its self-signed certificate in DER. */
interface Signer {
  certificate: Buffer;
  sign(body: Buffer): string;
}

const SHA256_WITH_RSA = Buffer.from('06092a864886f70d01010b0500', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const ORGANIZATION = Buffer.from('060355040a', 'hex');

/**
 * X.509, version 1, self-signed and written out by hand: nothing in Node makes certificates. The organisation is the one
 * receivers check for; the root of trust is of course not Microsoft's.
 */
async function createSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return {
    certificate: createCertificate(privateKey, publicKey.export({ type: 'spki', format: 'der' })),
    sign: (body) => sign('sha256', body, privateKey).toString('base64'),
  };
}

function createCertificate(privateKey: KeyObject, publicKeyInfo: Buffer): Buffer {
  const name = encodeSequence(
    encodeAttribute(ORGANIZATION, 'Microsoft Corporation'),
    encodeAttribute(COMMON_NAME, 'Simulated Partner Center'),
  );
  const body = encodeSequence(
    encodeTagged(0x02, Buffer.from([1])),
    encodeSequence(SHA256_WITH_RSA),
    name,
    encodeSequence(encodeUtcTime('200101000000Z'), encodeUtcTime('491231235959Z')),
    name,
    publicKeyInfo,
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  return encodeSequence(body, encodeSequence(SHA256_WITH_RSA), encodeTagged(0x03, signature));
}

function encodeAttribute(type: Buffer, value: string): Buffer {
  return encodeTagged(0x31, encodeSequence(type, encodeTagged(0x0c, Buffer.from(value))));
}

function encodeUtcTime(text: string): Buffer {
  return encodeTagged(0x17, Buffer.from(text));
}

function encodeSequence(...parts: Buffer[]): Buffer {
  return encodeTagged(0x30, Buffer.concat(parts));
}

/** Tag, length, content: below 128 the length is one byte, else its byte count comes first. */
function encodeTagged(tag: number, content: Buffer): Buffer {
  if (content.length < 128) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 255 ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}
