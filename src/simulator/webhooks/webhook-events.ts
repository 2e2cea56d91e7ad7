import type { WebhookEvent } from '../entities.ts';
import type { World } from '../store.ts';

/** The service names itself in events by its public address, whatever address it was reached at. */
const PUBLIC_WEBHOOKS = 'http://api.partnercenter.microsoft.com/webhooks/v1';

/** Queues `subscription-updated` for the subscriber, if there is one, for the instant of the change. */
export function announceSubscription(world: World, customerId: string, subscriptionId: string, at: number): void {
  queue(world, 'subscription-updated', {
    resourceUri: `${PUBLIC_WEBHOOKS}/customers/${customerId}/subscriptions/${subscriptionId}`,
    resourceName: 'subscription',
    auditUri: `https://api.partnercenter.microsoft.com/v1/auditrecords/${world.ids.guid()}`,
    dueAt: at,
  });
}

/** Queues the test event and returns the correlation id its result can be read under. */
export function announceTest(world: World): string | undefined {
  const id = world.ids.guid();
  const event = queue(world, 'test-created', {
    id,
    resourceUri: `${PUBLIC_WEBHOOKS}/registration/validationEvents/${id}`,
    resourceName: 'test',
    auditUri: null,
    dueAt: world.clock.now(),
  });
  return event?.id;
}

function queue(
  world: World,
  eventName: string,
  about: Pick<WebhookEvent, 'resourceUri' | 'resourceName' | 'auditUri' | 'dueAt'> & { id?: string },
): WebhookEvent | undefined {
  const [registration] = world.webhookRegistrations.values();
  if (registration === undefined || !registration.webhookEvents.includes(eventName)) return undefined;
  return world.webhookEvents.put({ id: world.ids.guid(), eventName, delivered: false, results: [], ...about });
}
