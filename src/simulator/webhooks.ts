import { z } from 'zod';
import { type ApiResponse, type Call, ok, type Route } from './http/call.ts';
import { createError, createGatewayError } from './http/errors.ts';
import { readBody } from './http/read-call.ts';
import type { World } from './world.ts';
import { MINUTE_MS } from './world.ts';

/** Where events go. There is one registration for each tenant, hence one record; `id` is the tenant's. */
export interface WebhookRegistration {
  id: string;
  subscriberId: string;
  webhookUrl: string;
  webhookEvents: string[];
  signatureTokenToMsSignatureHeader: boolean;
}

/** An event on its way: due at an instant, kept with the results of the attempts. */
export interface WebhookEvent {
  id: string;
  eventName: string;
  resourceUri: string;
  resourceName: string;
  auditUri: string | null;
  dueAt: number;
  delivered: boolean;
  results: { at: number; responseCode: string; responseMessage: string; systemError: boolean }[];
}

declare module './world.ts' {
  interface World {
    webhookRegistrations: Collection<WebhookRegistration>;
    webhookEvents: Collection<WebhookEvent>;
  }
}

const REGISTRATION = '/webhooks/v1/registration';

export const webhookRoutes: Route[] = [
  { method: 'GET', path: `${REGISTRATION}/events`, access: 'any', handle: () => ok(EVENTS) },
  { method: 'POST', path: REGISTRATION, access: 'any', handle: register },
  { method: 'PUT', path: REGISTRATION, access: 'any', handle: replaceRegistration },
  { method: 'GET', path: REGISTRATION, access: 'any', handle: (call) => ok(showRegistration(getRegistration(call))) },
  { method: 'POST', path: `${REGISTRATION}/validationEvents`, access: 'any', handle: sendTestEvent },
  { method: 'GET', path: `${REGISTRATION}/validationEvents/:correlationId`, access: 'any', handle: getTestResult },
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

function register(call: Call): ApiResponse {
  if (findRegistration(call.world) !== undefined) {
    throw createError(409, 3000, 'There is a registration already. Use PUT to replace it.');
  }
  return ok(showRegistration(storeRegistration(call, call.world.ids.guid())));
}

function replaceRegistration(call: Call): ApiResponse {
  return ok(showRegistration(storeRegistration(call, getRegistration(call).subscriberId)));
}

function storeRegistration(call: Call, subscriberId: string): WebhookRegistration {
  const sent = readBody(call, registrationSchema);
  const known = EVENTS.map((event) => event.toLowerCase());
  const unknown = sent.webhookEvents.find((event) => !known.includes(event.toLowerCase()));
  if (unknown !== undefined) throw createError(400, 2000, `The event ${unknown} is not supported.`);
  return call.world.webhookRegistrations.put({
    id: call.caller.tenantId,
    subscriberId,
    webhookUrl: sent.webhookUrl,
    webhookEvents: sent.webhookEvents,
    signatureTokenToMsSignatureHeader: sent.signatureTokenToMsSignatureHeader ?? false,
  });
}

export function findRegistration({ webhookRegistrations }: World): WebhookRegistration | undefined {
  return webhookRegistrations.values()[0];
}

function getRegistration(call: Call): WebhookRegistration {
  const registration = findRegistration(call.world);
  if (registration === undefined) throw createError(404, 1000, 'There is no registration.');
  return registration;
}

function showRegistration(registration: WebhookRegistration) {
  return {
    SubscriberId: registration.subscriberId,
    WebhookUrl: registration.webhookUrl,
    WebhookEvents: registration.webhookEvents,
  };
}

/** Sends the test event and answers with the correlation id its result can be read under. */
function sendTestEvent(call: Call): ApiResponse {
  if (!getRegistration(call).webhookEvents.includes('test-created')) {
    throw createError(400, 2000, 'The registration does not include test-created.');
  }
  const recent = call.world.webhookEvents.filter(
    ({ eventName, dueAt }) => eventName === 'test-created' && dueAt > call.now - MINUTE_MS,
  );
  if (recent.length >= TESTS_PER_MINUTE) {
    throw createGatewayError(429, 'Rate limit is exceeded. Try again in 60 seconds.', { 'Retry-After': '60' });
  }
  const id = call.world.ids.guid();
  queueEvent(call.world, 'test-created', {
    id,
    resourceUri: `${PUBLIC_WEBHOOKS}/registration/validationEvents/${id}`,
    resourceName: 'test',
    auditUri: null,
    dueAt: call.now,
  });
  return ok({ correlationId: id });
}

function getTestResult(call: Call): ApiResponse {
  const event = call.world.webhookEvents.get(call.params.correlationId ?? '');
  if (event === undefined) throw createError(404, 1000, 'The validation event was not found.');
  return ok({
    correlationId: event.id,
    partnerId: call.world.partner.tenantId,
    status: event.delivered ? 'completed' : event.results.length === 0 ? 'started' : 'failed',
    callbackUrl: getRegistration(call).webhookUrl,
    results: event.results.map(({ at, ...result }) => ({
      ...result,
      dateTimeUtc: new Date(at).toISOString().slice(0, -1),
    })),
  });
}

/** The service names itself in events by its public address, whatever address it was reached at. */
const PUBLIC_WEBHOOKS = 'http://api.partnercenter.microsoft.com/webhooks/v1';

/** Queues `subscription-updated` for the subscriber, if there is one, for the instant of the change. */
export function queueSubscriptionUpdated(world: World, customerId: string, subscriptionId: string, at: number): void {
  if (findRegistration(world)?.webhookEvents.includes('subscription-updated') !== true) return;
  queueEvent(world, 'subscription-updated', {
    id: world.ids.guid(),
    resourceUri: `${PUBLIC_WEBHOOKS}/customers/${customerId}/subscriptions/${subscriptionId}`,
    resourceName: 'subscription',
    auditUri: `https://api.partnercenter.microsoft.com/v1/auditrecords/${world.ids.guid()}`,
    dueAt: at,
  });
}

function queueEvent(
  world: World,
  eventName: string,
  event: Omit<WebhookEvent, 'eventName' | 'delivered' | 'results'>,
): void {
  world.webhookEvents.put({ ...event, eventName, delivered: false, results: [] });
}
