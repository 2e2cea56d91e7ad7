import { z } from 'zod';
import { MINUTE_MS } from '../clock.ts';
import type { WebhookRegistration } from '../entities.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { gatewayRefusal, refusal } from '../http/errors.ts';
import { readBody } from '../http/read-body.ts';
import { announceTest } from '../webhooks/webhook-events.ts';

const REGISTRATION = '/webhooks/v1/registration';

export const webhookRoutes: Route[] = [
  { method: 'GET', path: `${REGISTRATION}/events`, access: 'any', handle: () => ok(EVENTS) },
  { method: 'POST', path: REGISTRATION, access: 'any', handle: register },
  { method: 'PUT', path: REGISTRATION, access: 'any', handle: replace },
  { method: 'GET', path: REGISTRATION, access: 'any', handle: (call) => ok(showRegistration(registrationOf(call))) },
  { method: 'POST', path: `${REGISTRATION}/validationEvents`, access: 'any', handle: sendTest },
  { method: 'GET', path: `${REGISTRATION}/validationEvents/:correlationId`, access: 'any', handle: testResult },
];

const EVENTS = [
  ...['test-created', 'subscription-updated', 'usagerecords-thresholdExceeded', 'referral-created'],
  ...['referral-updated', 'invoice-ready', 'azure-fraud-event-detected', 'reseller-relationship-accepted-by-customer'],
  ...['dap-admin-relationship-approved', 'dap-admin-relationship-terminated', 'subscription-active'],
];
const TESTS_PER_MINUTE = 2;

const registrationSchema = z.object({
  webhookUrl: z.url(),
  webhookEvents: z.array(z.string()),
  signatureTokenToMsSignatureHeader: z.boolean().nullish(),
});

function register(call: Call): Answer {
  if (call.world.webhookRegistrations.values().length > 0) {
    throw refusal(409, 3000, 'There is a registration already. Use PUT to replace it.');
  }
  return ok(showRegistration(stored(call, call.world.ids.guid())));
}

function replace(call: Call): Answer {
  return ok(showRegistration(stored(call, registrationOf(call).subscriberId)));
}

function stored(call: Call, subscriberId: string): WebhookRegistration {
  const sent = readBody(call, registrationSchema);
  const known = EVENTS.map((event) => event.toLowerCase());
  const unknown = sent.webhookEvents.find((event) => !known.includes(event.toLowerCase()));
  if (unknown !== undefined) throw refusal(400, 2000, `The event ${unknown} is not supported.`);
  // One registration per tenant, hence one record.
  return call.world.webhookRegistrations.put({
    id: call.caller.tenantId,
    subscriberId,
    webhookUrl: sent.webhookUrl,
    webhookEvents: sent.webhookEvents,
    signatureTokenToMsSignatureHeader: sent.signatureTokenToMsSignatureHeader ?? false,
  });
}

function sendTest(call: Call): Answer {
  const registration = registrationOf(call);
  if (!registration.webhookEvents.includes('test-created')) {
    throw refusal(400, 2000, 'The registration does not include test-created.');
  }
  const recent = call.world.webhookEvents.filter(
    ({ eventName, dueAt }) => eventName === 'test-created' && dueAt > call.now - MINUTE_MS,
  );
  if (recent.length >= TESTS_PER_MINUTE) {
    throw gatewayRefusal(429, 'Rate limit is exceeded. Try again in 60 seconds.', { 'Retry-After': '60' });
  }
  return ok({ correlationId: announceTest(call.world) });
}

function testResult(call: Call): Answer {
  const event = call.world.webhookEvents.get(call.params.correlationId ?? '');
  if (event === undefined) throw refusal(404, 1000, 'The validation event was not found.');
  return ok({
    correlationId: event.id,
    partnerId: call.world.partner.tenantId,
    status: event.delivered ? 'completed' : event.results.length === 0 ? 'started' : 'failed',
    callbackUrl: registrationOf(call).webhookUrl,
    results: event.results.map(({ at, ...result }) => ({
      ...result,
      dateTimeUtc: new Date(at).toISOString().slice(0, -1),
    })),
  });
}

function registrationOf(call: Call): WebhookRegistration {
  const [registration] = call.world.webhookRegistrations.values();
  if (registration === undefined) throw refusal(404, 1000, 'There is no registration.');
  return registration;
}

function showRegistration(registration: WebhookRegistration) {
  return {
    SubscriberId: registration.subscriberId,
    WebhookUrl: registration.webhookUrl,
    WebhookEvents: registration.webhookEvents,
  };
}
