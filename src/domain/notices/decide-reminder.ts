import type { Draft } from '../drafts/draft.ts';
import type { Person } from '../people/staff.ts';
import type { World } from '../world.ts';
import type { ReminderChoice, ReminderDecision } from './reminders.ts';

/** So many of a person's drafts are looked through. */
const lookedAt = 50;

/**
 * A person keeps an order of whose window they are reminded, or wants one reminder more, on the last day; of themselves
 * alone. Decided once: the same again changes nothing. `undefined` for an order of which they are not reminded.
 */
export async function decideReminder(
  world: World,
  who: Person,
  orderNumber: string,
  choice: ReminderChoice,
): Promise<ReminderDecision | undefined> {
  const about = await findReminded(world, who.id, orderNumber);
  const before = await decisionOf(world, who.id, orderNumber);
  if (before?.choice === choice && !isAskedSince(about?.askedAt, before)) return before;
  const known = about ?? before;
  if (!known) return undefined;
  const { customerId, customerName, orderId, closesAt } = known;
  const decision: ReminderDecision = {
    ...{ customerId, customerName, orderId, orderNumber, closesAt, choice },
    personId: who.id,
    personName: who.name,
    at: world.clock.now(),
  };
  await world.reminders.decide(decision);
  await world.notify.reminderDecided(orderNumber, who.id);
  return decision;
}

/** What the person decided last, whatever became of it. */
export async function decisionOf(
  { reminders }: World,
  personId: string,
  orderNumber: string,
): Promise<ReminderDecision | undefined> {
  return (await reminders.decisions([orderNumber])).find((one) => one.personId === personId);
}

/** Who asks anew to be reminded, has changed their mind. */
export function isAskedSince(askedAt: Date | undefined, { at }: ReminderDecision): boolean {
  return askedAt !== undefined && askedAt > at;
}

interface Reminded extends Pick<ReminderDecision, 'customerId' | 'customerName' | 'orderId' | 'closesAt'> {
  /** Where they have asked to be reminded. */
  readonly askedAt?: Date;
}

async function findReminded(
  { reminders, drafts }: World,
  personId: string,
  orderNumber: string,
): Promise<Reminded | undefined> {
  const asked = await reminders.of(personId, orderNumber);
  if (asked) return asked;
  const own = (await drafts.listFor(personId, lookedAt)).find(
    (draft) => draft.ownerId === personId && draft.closing?.orderNumber === orderNumber,
  );
  return own && ofDraft(own);
}

function ofDraft({ data, closing }: Draft): Reminded | undefined {
  const { customerId, customerName, orderId } = data;
  if (typeof customerId !== 'string' || typeof orderId !== 'string' || !closing) return undefined;
  return {
    customerId,
    customerName: typeof customerName === 'string' ? customerName : '',
    orderId,
    closesAt: new Date(closing.closesAt),
  };
}
