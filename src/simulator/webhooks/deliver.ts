import type { WebhookEvent, WebhookRegistration } from '../entities.ts';
import { wireDate } from '../http/wire.ts';
import type { World } from '../store.ts';
import type { Signer } from './certificate.ts';

const MOST_ATTEMPTS = 10;
const ANSWER_WITHIN_MS = 5000;
const FIRST_PAUSE_MS = 1000;

export const CERTIFICATE_PATH = '/certificates/pcnotifications-dispatch.microsoft.com.cer';

/** Sends what is due and not delivered, once each. */
export async function deliverDue(world: World, signer: Signer, closing: AbortSignal): Promise<void> {
  const [registration] = world.webhookRegistrations.values();
  if (registration === undefined) return;
  for (const event of world.webhookEvents.filter((candidate) => isDue(candidate, world.clock.now()))) {
    const result = await attempt(world, signer, registration, event, closing);
    if (closing.aborted) return;
    const latest = world.webhookEvents.get(event.id) ?? event;
    world.webhookEvents.put({
      ...latest,
      delivered: result.responseCode === 'OK',
      results: [...latest.results, result],
    });
  }
}

/** The instant of the next attempt for any of them; undefined where there is none to come, or nobody to tell. */
export function nextAttemptAt({ webhookRegistrations, webhookEvents }: World): number | undefined {
  if (webhookRegistrations.values().length === 0) return undefined;
  const instants = webhookEvents.values().flatMap((event) => attemptAt(event) ?? []);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

function isDue(event: WebhookEvent, now: number): boolean {
  const at = attemptAt(event);
  return at !== undefined && now >= at;
}

/** After a failure the next attempt waits, each time twice as long; after the tenth nobody tries any more. */
function attemptAt(event: WebhookEvent): number | undefined {
  if (event.delivered || event.results.length >= MOST_ATTEMPTS) return undefined;
  const last = event.results.at(-1);
  return last === undefined ? event.dueAt : last.at + FIRST_PAUSE_MS * 2 ** (event.results.length - 1);
}

async function attempt(
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
      ResourceChangeUtcDate: wireDate(event.dueAt, event.id).replace('Z', '+00:00'),
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
