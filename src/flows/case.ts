import { type ZodType, z } from 'zod';
import { type CaseFiles, confirmActionCard, handOverCard, openCaseCard, readRequestNumber } from '../cards/case.ts';
import { caseCard, followedCaseCard } from '../cards/case-status.ts';
import type { CardContext } from '../cards/render.ts';
import { type Case, type CaseEnding, isHandOver } from '../domain/cancellations/case.ts';
import { storyOf } from '../domain/cancellations/case-steps.ts';
import { type Eligibility, eligibilityOf } from '../domain/cancellations/eligibility.ts';
import type { Following } from '../domain/cancellations/follow-case.ts';
import { demandTicketClosed, followTicket, giveUpCase, takeUpAgain } from '../domain/cancellations/submit-case.ts';
import { OutsideError, Refusal } from '../domain/errors.ts';
import { orderOf } from '../domain/orders/find-order.ts';
import { demand } from '../domain/people/demand.ts';
import { mayDo } from '../domain/people/staff.ts';
import { explain } from '../words/words.ts';
import {
  type Answer,
  type Ask,
  type Card,
  done,
  type FirstTurn,
  type Question,
  type Reply,
  type StepData,
  start,
  type Turn,
} from './engine/flow.ts';

/** What a conversation about a case keeps. */
export const caseData = z.object({
  reference: z.string(),
  /** The request number that was typed back. */
  number: z.string().optional(),
  /** The person was told what is odd about the number: given once more, it is taken. */
  isDoubted: z.boolean().optional(),
  /** How the case stood when the card was drawn: what is pressed on an older card is asked again. */
  seen: z.string().optional(),
});

export type CaseData = z.infer<typeof caseData>;

type CaseStep = 'handOver' | 'case' | 'confirmCancelNow' | 'confirmGiveUp';

export type CaseSteps = { readonly [Step in CaseStep]: CaseData };

/** `ask` for the questions about a case, which several flows have. */
function ask<Steps extends StepData>(step: CaseStep, data: CaseData, problem?: string): Ask<Steps> {
  return { kind: 'ask', step, data, problem } as unknown as Ask<Steps>;
}

/** Whatever the buttons of its card depend on. */
export function caseSnapshot({ state, ticketId = '' }: Case): string {
  return `${state} ${ticketId}`;
}

/** The case as it stands now; with what can be done about it, where that is something and the person may. */
export async function openCase<Steps extends StepData>(turn: FirstTurn, data: CaseData): Promise<Reply<Steps>> {
  const { world, who } = turn;
  const found = await caseNamed(turn, data.reference);
  const isMine = mayDo(await world.staff.rolesOf(who.id), 'cancel.submit');
  const drawn = { ...data, seen: caseSnapshot(found) };
  if (isMine && isHandOver(found)) return ask('handOver', drawn);
  if (isMine && (found.state === 'needs_person' || found.state === 'filed')) return ask('case', drawn);
  return done(await currentCaseCard(turn, found));
}

/**
 * `handOver`: the finished ticket, and a field for the number that the portal gave. `case`: what a person can do about a
 * case that cannot go on by itself, or that follows a wrong number. `confirmCancelNow`, `confirmGiveUp`: what is meant by the
 * button that was pressed, which a second click on the same card does not answer. All are about a record, not a draft:
 * leaving them discards nothing.
 */
export function caseQuestions<Steps extends StepData, Data extends CaseData = CaseData>(
  data: ZodType<Data>,
): { readonly [Step in CaseStep]: Question<Steps, Data> } {
  const record = {
    kind: 'record',
    data,
    finalCard: async (turn: Turn<Data>): Promise<Card> => currentCaseCard(turn, await caseOf(turn)),
  } as const;
  return {
    handOver: {
      ...record,
      heading: (words) => words.cancel.handOver.title,
      busy: ({ common }) => ({ fileTicket: common.busy.ticket }),
      async show(turn) {
        const found = await caseOf(turn);
        const number = turn.entered.requestNumber ?? turn.data.number;
        return handOverCard(turn.context, found, {
          number,
          endings: await endingsOf(turn, found),
          files: await filesOf(turn, found),
          now: turn.world.clock.now(),
        });
      },
      answer: (turn, answer) => act<Steps, Data>(turn, answer, 'handOver'),
    },

    case: {
      ...record,
      heading: (words, { reference }) => words.cases.heading(reference),
      busy: ({ common }) => ({ fileTicket: common.busy.ticket }),
      async show(turn) {
        const { facts, data, entered } = turn;
        const found = await caseOf(turn);
        const [context, story] = await Promise.all([contextOf(turn, found), storyOf(facts, found)]);
        return openCaseCard(context, found, {
          story,
          files: await filesOf(turn, found),
          endings: found.state === 'needs_person' ? await endingsOf(turn, found) : [],
          number: entered.requestNumber ?? data.number ?? (found.state === 'filed' ? found.ticketId : undefined),
        });
      },
      answer: (turn, answer) => act<Steps, Data>(turn, answer, 'case'),
    },

    confirmCancelNow: {
      ...record,
      heading: (words, { reference }) => words.cases.confirmAction.now(reference),
      busy: ({ common }) => ({ cancelNow: common.busy.cancellation }),
      isDetour: true,
      async show(turn) {
        const found = await caseOf(turn);
        const eligibility = await eligibilityIn(turn, found);
        return confirmActionCard(turn.context, found, { what: 'cancelNow', eligibility, now: turn.world.clock.now() });
      },
      answer: (turn, answer) => act<Steps, Data>(turn, answer, 'confirmCancelNow'),
    },

    confirmGiveUp: {
      ...record,
      heading: (words, { reference }) => words.cases.confirmAction.giveUp(reference),
      busy: ({ common }) => ({ giveUp: common.busy.givingUp }),
      isDetour: true,
      async show(turn) {
        return confirmActionCard(turn.context, await caseOf(turn), { what: 'giveUp', now: turn.world.clock.now() });
      },
      answer: (turn, answer) => act<Steps, Data>(turn, answer, 'confirmGiveUp'),
    },
  };
}

async function act<Steps extends StepData, Data extends CaseData>(
  turn: Turn<Data>,
  answer: Answer,
  step: CaseStep,
): Promise<Reply<Steps>> {
  const { words, data } = turn;
  const found = await caseOf(turn);
  if (data.seen !== undefined && data.seen !== caseSnapshot(found)) {
    const reply = await openCase<Steps>(turn, { ...data, number: undefined, isDoubted: undefined });
    return reply.kind === 'ask' ? { ...reply, problem: words.cases.changed } : reply;
  }
  if (answer.do === 'files') return start('files', `case ${found.reference}`);
  if (answer.do === 'fileTicket') return retryCase(turn, 'ticket');
  if (answer.do === 'cancelNow')
    return step === 'confirmCancelNow' ? retryCase(turn, 'cancel-now') : askToConfirm(turn, 'confirmCancelNow');
  if (answer.do === 'giveUp')
    return step === 'confirmGiveUp' ? giveUp(turn) : askToConfirm(turn, 'confirmGiveUp', found);
  if (step === 'confirmCancelNow' || step === 'confirmGiveUp') return ask(step, data, words.common.pressButton);
  return takeNumber(turn, answer, step);
}

/** Asked once more. A ticket that Microsoft still works on is no obstacle to giving up, but must be known. */
async function askToConfirm<Steps extends StepData>(
  { world, who, words, data }: Turn<CaseData>,
  step: CaseStep,
  toGiveUp?: Case,
): Promise<Reply<Steps>> {
  await demand(world, who, 'cancel.submit');
  try {
    if (toGiveUp) await demandTicketClosed(world, toGiveUp);
    return ask(step, data);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'ticket-still-open') throw error;
    return ask(step, data, explain(words, error));
  }
}

async function giveUp<Steps extends StepData>(turn: Turn<CaseData>): Promise<Reply<Steps>> {
  const { world, who, data } = turn;
  return done(await currentCaseCard(turn, await giveUpCase(world, who, data.reference, { isSure: true })));
}

/** The request number typed back: looked up, then followed. What is odd about it is said once. */
async function takeNumber<Steps extends StepData>(
  turn: Turn<CaseData>,
  answer: Answer,
  step: CaseStep,
): Promise<Reply<Steps>> {
  const { world, who, words, data } = turn;
  const number = readRequestNumber(answer);
  if (!number) throw new Refusal('invalid', { field: 'requestNumber', why: words.cancel.problems.requestNumber });
  const isSure = data.isDoubted && data.number === number;
  try {
    return done(await currentCaseCard(turn, await followTicket(world, who, data.reference, number, { isSure })));
  } catch (error) {
    if (!(error instanceof Refusal) || !['ticket-unknown', 'ticket-about-other'].includes(error.code)) throw error;
    return ask(step, { ...data, number, isDoubted: true }, explain(words, error));
  }
}

/** Acts at once; where Partner Center does not answer now, the job carries on. */
async function retryCase<Steps extends StepData>(turn: Turn<CaseData>, ending: CaseEnding): Promise<Reply<Steps>> {
  const { world, who, data, forgetFacts } = turn;
  try {
    await takeUpAgain(world, who, data.reference, ending);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
  } finally {
    forgetFacts();
  }
  const found = await caseOf(turn);
  return isHandOver(found)
    ? ask('handOver', { ...data, number: undefined, seen: caseSnapshot(found) })
    : done(await currentCaseCard(turn, found));
}

/** How the order can still be cancelled; a ticket always, while somebody has to decide. */
async function endingsOf(turn: Turn<unknown>, found: Case): Promise<readonly CaseEnding[]> {
  return (await eligibilityIn(turn, found))?.endings ?? ['ticket'];
}

/** What cancelling would mean now; `undefined` where that cannot be told. */
async function eligibilityIn({ facts }: Turn<unknown>, { content, reference }: Case): Promise<Eligibility | undefined> {
  try {
    const order = await orderOf(facts, content.customerId, content.orderId);
    return order && (await eligibilityOf(facts, order, content.lineNumbers, { inCase: reference }));
  } catch (error) {
    if (error instanceof OutsideError || error instanceof Refusal) return undefined;
    throw error;
  }
}

async function filesOf({ world, place, isPrivate }: Turn<unknown>, { reference, files }: Case): Promise<CaseFiles> {
  const isInOwnChat = place.kind === 'personal';
  const found = files ? await world.ticketFiles.of({ of: 'case', id: reference }) : [];
  return { files: found, isForOne: isPrivate || isInOwnChat, isInOwnChat };
}

function caseOf(turn: Turn<CaseData>): Promise<Case> {
  return caseNamed(turn, turn.data.reference);
}

/** A reference that a draft or a list holds is that of a case; gone, the draft is of no use any more. */
async function caseNamed({ facts }: Pick<FirstTurn, 'facts'>, reference: string): Promise<Case> {
  const found = await facts.cases.get(reference);
  if (!found) throw new Refusal('draft-outdated', {});
  return found;
}

type CaseTurn = Pick<Turn<unknown>, 'world' | 'context' | 'who' | 'place'>;

/** The card of a case, as it stands. */
export async function currentCaseCard(turn: CaseTurn, found: Case): Promise<Card> {
  const [context, story] = await Promise.all([contextOf(turn, found), storyOf(turn.world, found)]);
  return caseCard(context, found, story);
}

/** Somebody else has submitted it: what they wanted is under way, and they may be told of it too. */
export async function followedCard(turn: CaseTurn, found: Case, following: Following, why?: string): Promise<Card> {
  const [context, story] = await Promise.all([contextOf(turn, found), storyOf(turn.world, found)]);
  return followedCaseCard(context, found, { story, following, ...(why && { why }) });
}

/** On a card that several people read, the times are in one zone: that of whoever submitted the case. */
async function contextOf({ world, context, who, place }: CaseTurn, { requesterId }: Case): Promise<CardContext> {
  if (place.kind === 'personal' || context.isPrivate || who.id === requesterId) return context;
  const { timeZone } = await world.languages.reader({ placeId: place.id, zoneOf: requesterId });
  return { ...context, timeZone };
}
