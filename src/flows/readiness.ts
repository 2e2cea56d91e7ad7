import { z } from 'zod';
import {
  type AcceptanceAnswers,
  agreementCard,
  missingCard,
  readAcceptance,
  reviewAgreementCard,
} from '../cards/readiness.ts';
import type { AgreementContact } from '../domain/customers/agreement.ts';
import { confirmAgreement } from '../domain/customers/confirm-agreement.ts';
import type { CustomerProfile } from '../domain/customers/customer.ts';
import { isObstacle, type ReadinessProblem, readinessProblems } from '../domain/customers/readiness.ts';
import { OutsideError } from '../domain/errors.ts';
import { mayDo } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import { customerNamed } from './choose-customer.ts';
import { ask, type Question, type Reply, type Turn } from './flow.ts';
import { need } from './need.ts';

const addressShape = z.object({
  line1: z.string(),
  line2: z.string().optional(),
  city: z.string(),
  state: z.string().optional(),
  postalCode: z.string().optional(),
  country: z.string(),
});

const missingShape = z.discriminatedUnion('point', [
  z.object({ point: z.literal('relationship') }),
  z.object({ point: z.literal('account'), status: z.string().optional() }),
  z.object({ point: z.literal('agreement') }),
  z.object({ point: z.literal('segment'), segment: z.string() }),
  z.object({
    point: z.literal('qualification'),
    name: z.string(),
    status: z.enum(['in-review', 'denied', 'unknown']),
    reason: z.string().optional(),
  }),
  z.object({
    point: z.literal('address'),
    // Older drafts know of no other flaw.
    isUnverified: z.boolean().default(true),
    lacks: z
      .array(z.enum(['street', 'city', 'state', 'postal-code', 'phone', 'registration-number']))
      .readonly()
      .default([]),
    suggestion: addressShape.optional(),
    message: z.string().optional(),
  }),
]);

/** What a conversation keeps of the checks before an order. */
export const readinessData = {
  missing: z.array(missingShape).optional(),
  acceptance: z
    .object({
      firstName: z.string(),
      lastName: z.string(),
      email: z.string(),
      phone: z.string(),
      agreedOn: z.string(),
      filledIn: z.enum(['from-profile', 'nothing']),
    })
    .partial()
    .optional(),
};

interface WithReadiness {
  readonly customerId?: string;
  readonly customerName?: string;
  readonly missing?: readonly ReadinessProblem[];
  /** `filledIn`: as it was proposed, nobody has answered yet. */
  readonly acceptance?: AcceptanceAnswers & { readonly filledIn?: 'from-profile' | 'nothing' };
}

/** The checks of reference §11, points 1–5, as they stand now. `segment`: whose prices are wanted. */
export async function problemsNow(
  { customers }: World,
  customerId: string,
  segment?: string,
): Promise<ReadinessProblem[]> {
  return readinessProblems(await customers.readiness(customerId), segment);
}

/** Goes on with the customer where nothing stands in the way of an order; else says what does, and how to mend it. */
export function onward<Data extends WithReadiness>(
  data: Data,
  missing: readonly ReadinessProblem[],
  step: string,
  problem?: string,
): Reply<Data> {
  return ask(missing.some(isObstacle) ? 'missing' : step, { ...data, missing }, problem);
}

/**
 * What is missing before an order (`missing`), and the customer agreement, which those who may confirm here
 * (`agreement` → `agreementConfirmation`). `chosen` takes another customer; `goOn` is where the conversation was going.
 */
export function readinessQuestions<Data extends WithReadiness>(
  chosen: (turn: Turn<Data>, customer: CustomerProfile) => Promise<Reply<Data>>,
  goOn: (data: Data) => string,
): Readonly<Record<'missing' | 'agreement' | 'agreementConfirmation', Question<Data>>> {
  async function again(turn: Turn<Data>, data: Data): Promise<Reply<Data>> {
    return onward(data, await problemsNow(turn.world, need(data.customerId)), goOn(data));
  }

  return {
    missing: {
      heading: (words) => words.inputs.customer,
      isPassing: true,
      async show(turn) {
        const { context, data, isHandedOver, ownerName } = turn;
        return missingCard(context, {
          customer: need(data.customerName),
          missing: need(data.missing),
          mayConfirmAgreement: await mayConfirm(turn),
          preparedBy: isHandedOver ? ownerName : undefined,
        });
      },
      async answered(turn, answer) {
        const { world, data } = turn;
        if (answer.do === 'agreement') return ask('agreement', await prefilled(turn));
        if (answer.do === 'edit') return ask('customer', data);
        if (answer.text === undefined) return again(turn, data);
        const named = await customerNamed(world, answer.text);
        return 'customer' in named ? chosen(turn, named.customer) : ask('customer', { ...data, search: named.search });
      },
    },

    agreement: {
      heading: (words) => words.buttons.agreement,
      isPassing: true,
      async show({ context, world, who, data, entered }) {
        const filledIn = Object.keys(entered).length === 0 ? data.acceptance?.filledIn : undefined;
        const about = { customer: need(data.customerName), lastDay: today(world, who.timeZone), filledIn };
        return agreementCard(context, { ...about, link: await linkOf(world) }, { ...data.acceptance, ...entered });
      },
      answered({ world, who, words, data }, answer) {
        const acceptance = readAcceptance(words, answer.values, today(world, who.timeZone));
        return ask('agreementConfirmation', { ...data, acceptance });
      },
    },

    agreementConfirmation: {
      heading: (words) => words.buttons.agreement,
      isPassing: true,
      confirms: true,
      async show(turn) {
        const { context, data, isHandedOver, ownerName } = turn;
        const { contact, day } = acceptedOf(data);
        return reviewAgreementCard(context, {
          customer: need(data.customerName),
          contact,
          on: day,
          mayConfirm: await mayConfirm(turn),
          preparedBy: isHandedOver ? ownerName : undefined,
        });
      },
      async answered(turn, answer) {
        const { world, who, words, data, submissionId } = turn;
        if (answer.do === 'edit') return ask('agreement', data);
        if (answer.do !== 'confirm') return ask('agreementConfirmation', data, words.common.pressButton);
        const { contact, day } = acceptedOf(data);
        const now = world.clock.now();
        const outcome = await confirmAgreement(world, who, {
          submissionId: need(submissionId),
          customer: { id: need(data.customerId), name: need(data.customerName) },
          contact,
          // East of Greenwich today begins before it does in UTC.
          agreedAt: day > now ? now : day,
        });
        const reply = await again(turn, data);
        if (outcome === 'there-already' && reply.kind === 'ask')
          return { ...reply, problem: words.readiness.agreement.thereAlready };
        const isNotShown = reply.kind === 'ask' && reply.data.missing?.some(({ point }) => point === 'agreement');
        return isNotShown ? { ...reply, problem: words.readiness.agreement.notShownYet } : reply;
      },
    },
  };
}

/** For the buttons: a card that was handed over is for somebody who may. The act itself asks again. */
async function mayConfirm({ world, who, isHandedOver }: Turn<unknown>): Promise<boolean> {
  return isHandedOver || mayDo(await world.staff.rolesOf(who.id), 'agreement.confirm');
}

/** The contact of the billing profile is whom Microsoft knows already; it is a proposal, to be checked. */
async function prefilled<Data extends WithReadiness>({ world, who, data }: Turn<Data>): Promise<Data> {
  if (data.acceptance) return data;
  const { contact } = await world.billingProfiles.of(need(data.customerId)).catch(nobodyWhereAway);
  const { firstName, lastName, email, phoneNumber: phone } = contact;
  const filledIn = firstName || lastName || email ? 'from-profile' : 'nothing';
  return { ...data, acceptance: { firstName, lastName, email, phone, agreedOn: today(world, who.timeZone), filledIn } };
}

function nobodyWhereAway(error: unknown): { contact: AgreementContact } {
  if (!(error instanceof OutsideError)) throw error;
  return { contact: { firstName: '', lastName: '', email: '' } };
}

async function linkOf({ agreements }: World): Promise<string | undefined> {
  try {
    return (await agreements.template()).link;
  } catch (error) {
    if (error instanceof OutsideError) return undefined;
    throw error;
  }
}

function acceptedOf({ acceptance }: WithReadiness): { contact: AgreementContact; day: Date } {
  const { firstName, lastName, email, phone, agreedOn } = need(acceptance);
  return {
    contact: { firstName: need(firstName), lastName: need(lastName), email: need(email), phoneNumber: phone },
    day: new Date(`${need(agreedOn)}T00:00:00Z`),
  };
}

/** The calendar day where the person is, as `2026-01-31`. */
function today({ clock }: World, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(clock.now());
}
