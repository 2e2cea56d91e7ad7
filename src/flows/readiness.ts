import { agreementCard, missingCard, readAcceptance, reviewAgreementCard } from '../cards/readiness.ts';
import type { AgreementContact } from '../domain/customers/agreement.ts';
import { confirmAgreement } from '../domain/customers/confirm-agreement.ts';
import type { Customer } from '../domain/customers/customer.ts';
import { isObstacle, type ReadinessProblem, readinessProblems } from '../domain/customers/readiness.ts';
import { OutsideError } from '../domain/errors.ts';
import { mayDo } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import { customerNamed, profileOf } from './choose-customer.ts';
import type { MaybePromise, Question, Reply, Turn } from './engine/flow.ts';
import { ask, type OfCustomer, type PurchaseSteps, purchaseData } from './purchase-data.ts';

type PurchaseReply = Reply<PurchaseSteps>;
type WithAcceptance = PurchaseSteps['agreementConfirmation'];

interface Checked {
  /** Whose prices are wanted. */
  readonly segment?: string;
  /** As the list of customers told it; else the customer is asked. */
  readonly relationship?: string;
  /** What is said of the address: asked, or what was told before. It is an advice, so it is asked once, before the review. */
  readonly address: 'ask' | readonly ReadinessProblem[];
}

/** The checks before an order as they stand, as far as `world` goes back. */
export async function problemsOf(
  world: World,
  customerId: string,
  { segment, relationship, address }: Checked,
): Promise<ReadinessProblem[]> {
  const [checks, known, verdict] = await Promise.all([
    world.customers.readiness(customerId),
    relationship ?? profileOf(world, customerId).then((profile) => profile.relationship),
    address === 'ask' ? world.customers.address(customerId) : undefined,
  ]);
  const problems = readinessProblems({ ...checks, relationship: known, address: verdict }, segment);
  return address === 'ask' ? problems : [...problems, ...address.filter(({ point }) => point === 'address')];
}

/** What is missing, and how to correct it; `undefined` where nothing stands in the way of an order. */
export function askForMissing(data: OfCustomer, missing: readonly ReadinessProblem[], problem?: string) {
  if (!missing.some(isObstacle)) return undefined;
  return ask('missing', { ...data, missing: toStored(missing) }, problem);
}

/** The problems as a draft keeps them: its lists can be written. */
export function toStored(missing: readonly ReadinessProblem[]): NonNullable<OfCustomer['missing']> {
  return missing.map((one) => (one.point === 'address' ? { ...one, lacks: [...one.lacks] } : one));
}

interface ReadinessFlow {
  /** Takes another customer. */
  onCustomer(turn: Turn<OfCustomer>, customer: Customer): Promise<PurchaseReply>;
  /** Where the conversation was going, with what was found now; or back to what is missing. */
  goOn(turn: Turn<OfCustomer>, data: OfCustomer, missing: readonly ReadinessProblem[]): MaybePromise<PurchaseReply>;
}

/**
 * What is missing before an order (`missing`), and the customer agreement, which those who may confirm here
 * (`agreement` → `agreementConfirmation`).
 */
export function readinessQuestions({ onCustomer, goOn }: ReadinessFlow) {
  async function lookAgain(turn: Turn<OfCustomer>, data: OfCustomer): Promise<PurchaseReply> {
    const { facts, forgetFacts } = turn;
    forgetFacts();
    return goOn(turn, data, await problemsOf(facts, data.customerId, { address: data.missing ?? [] }));
  }

  const missing: Question<PurchaseSteps, PurchaseSteps['missing']> = {
    kind: 'input',
    data: purchaseData.missing,
    heading: (words) => words.inputs.customer,
    isDetour: true,
    async show(turn) {
      const { context, data, isHandedOver, ownerName } = turn;
      return missingCard(context, {
        customer: data.customerName,
        missing: data.missing,
        mayConfirmAgreement: await mayConfirm(turn),
        preparedBy: isHandedOver ? ownerName : undefined,
      });
    },
    async answer(turn, answer) {
      const { data } = turn;
      if (answer.do === 'agreement') return ask('agreement', await prefill(turn));
      if (answer.do === 'edit') return ask('customer', data);
      if (answer.text === undefined) return lookAgain(turn, data);
      const named = await customerNamed(turn, answer.text);
      return 'customer' in named
        ? onCustomer(turn, named.customer)
        : ask('customer', { ...data, search: named.search }, named.problem);
    },
  };

  const agreement: Question<PurchaseSteps, OfCustomer> = {
    kind: 'input',
    data: purchaseData.agreement,
    heading: (words) => words.buttons.agreement,
    isDetour: true,
    async show({ context, world, who, data, entered }) {
      const filledIn = Object.keys(entered).length === 0 ? data.acceptance?.filledIn : undefined;
      const about = { customer: data.customerName, lastDay: today(world, who.timeZone), filledIn };
      return agreementCard(context, { ...about, link: await linkOf(world) }, { ...data.acceptance, ...entered });
    },
    answer({ world, who, words, data }, answer) {
      const acceptance = readAcceptance(words, answer.values, today(world, who.timeZone));
      return ask('agreementConfirmation', { ...data, acceptance });
    },
  };

  const agreementConfirmation: Question<PurchaseSteps, WithAcceptance> = {
    kind: 'confirm',
    yes: 'confirm',
    data: purchaseData.agreementConfirmation,
    heading: (words) => words.buttons.agreement,
    busy: ({ common }) => ({ confirm: common.busy.agreement }),
    isDetour: true,
    async show(turn) {
      const { context, data, isHandedOver, ownerName } = turn;
      const { contact, day } = acceptanceOf(data);
      return reviewAgreementCard(context, {
        customer: data.customerName,
        contact,
        on: day,
        mayConfirm: await mayConfirm(turn),
        preparedBy: isHandedOver ? ownerName : undefined,
      });
    },
    async answer(turn, answer) {
      const { world, who, words, data, submissionId } = turn;
      if (answer.do === 'edit') return ask('agreement', data);
      if (answer.do !== 'confirm') return ask('agreementConfirmation', data, words.common.pressButton);
      const { contact, day } = acceptanceOf(data);
      const now = world.clock.now();
      const outcome = await confirmAgreement(world, who, {
        submissionId: submissionId,
        customer: { id: data.customerId, name: data.customerName },
        contact,
        // East of Greenwich today begins before it does in UTC.
        agreedAt: day > now ? now : day,
      });
      const reply = await lookAgain(turn, data);
      if (reply.kind !== 'ask') return reply;
      if (outcome === 'there-already') return { ...reply, problem: words.readiness.agreement.thereAlready };
      const isNotShown = reply.data.missing?.some(({ point }) => point === 'agreement');
      return isNotShown ? { ...reply, problem: words.readiness.agreement.notShownYet } : reply;
    },
  };

  return { missing, agreement, agreementConfirmation };
}

/** For the buttons: a card that was handed over is for somebody who may. The act itself asks again. */
async function mayConfirm({ world, who, isHandedOver }: Turn<unknown>): Promise<boolean> {
  return isHandedOver || mayDo(await world.staff.rolesOf(who.id), 'agreement.confirm');
}

/**
 * The contact of the billing profile is whom Microsoft knows already; it is a proposal, to be checked. The day is none: only
 * who asked the customer knows it, and it is declared to Microsoft.
 */
async function prefill({ world, data }: Turn<OfCustomer>): Promise<OfCustomer> {
  if (data.acceptance) return data;
  const { contact } = await world.billingProfiles.of(data.customerId).catch(nobodyWhereAway);
  const { firstName, lastName, email, phoneNumber: phone } = contact;
  const filledIn = firstName || lastName || email ? 'from-profile' : 'nothing';
  return { ...data, acceptance: { firstName, lastName, email, phone, filledIn } };
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

function acceptanceOf({ acceptance }: WithAcceptance): { contact: AgreementContact; day: Date } {
  const { firstName, lastName, email, phone, agreedOn } = acceptance;
  return {
    contact: { firstName, lastName, email, phoneNumber: phone },
    day: new Date(`${agreedOn}T00:00:00Z`),
  };
}

/** The calendar day where the person is, as `2026-01-31`. */
function today({ clock }: World, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(clock.now());
}
