import type { Draft } from '../domain/drafts/draft.ts';
import { DeliveryError } from '../domain/errors.ts';
import type { Answer, Answered, Card, Incoming, Reply } from './flow.ts';
import type { Outlet } from './outlet.ts';
import type { Stage } from './stage.ts';

type Privately = Extract<Reply<Record<string, unknown>>, { kind: 'privately' }>;

interface Giving {
  readonly stage: Stage;
  readonly incoming: Incoming;
  readonly draft: Draft;
  readonly reply: Privately;
  readonly answer: Answer | undefined;
  readonly outlet: Outlet;
}

interface Given {
  readonly answered: Answered;
  readonly data: Record<string, unknown>;
  readonly problem?: string;
  /** In personal chat the card that the bot puts in place of the secret; the conversation is over then. */
  readonly settled?: Card;
  readonly showToAll: boolean;
}

/**
 * Shows a secret to the one who asked, in the only way that is private where they are (design §9.3). There is no way
 * that is more public: where none works, nothing is shown, and nobody is said to have seen it.
 */
export async function giveSecret(giving: Giving): Promise<Given> {
  const { stage, reply } = giving;
  try {
    const given = await shownIfPossible(giving);
    if ('notShown' in given) await stage.world.keyReveals.withdraw(reply.keyReveal);
    return 'notShown' in given ? given.notShown : given;
  } catch (error) {
    await stage.world.keyReveals.withdraw(reply.keyReveal);
    throw error;
  }
}

async function shownIfPossible(giving: Giving): Promise<Given | { readonly notShown: Given }> {
  const { stage, incoming, draft, reply, answer, outlet } = giving;
  const { words, secrets, messenger, jobs, log } = stage;
  const { place, who } = incoming;
  const { data, secret: card } = reply;
  const inAnswer: Answered = { kind: 'secret', card, missed: () => takeBack(giving) };
  if (answer?.via === 'dialog') {
    if (outlet.isLate()) return { notShown: tooLate(reply) };
    return { answered: inAnswer, data, showToAll: place.kind !== 'personal' };
  }
  if (secrets.reveal === 'dialog') return { notShown: toDialog(words.keys.dialog, draft.data) };
  if (place.kind === 'personal') {
    if (answer?.via !== 'invoke') return { notShown: pressInstead(words.keys.pressInstead, draft.data) };
    if (outlet.isLate()) return { notShown: tooLate(reply) };
    if (draft.card) await jobs.hideLater({ card: draft.card, draftId: draft.id }, secrets.seconds);
    return { answered: inAnswer, data, settled: reply.settled, showToAll: false };
  }
  try {
    const posted = await messenger.sendTargeted(place.id, who.id, card);
    await jobs.hideLater({ card: posted }, secrets.seconds);
    return { answered: { kind: 'say', text: words.keys.said }, data, showToAll: true };
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    log.warn({ turnId: incoming.turnId, err: error }, 'Teams refused a targeted message');
    // It may have been seen where nobody knows whether it arrived.
    if (error.kind === 'unsure') return toDialog(words.keys.dialog, data);
    return { notShown: toDialog(words.keys.dialog, draft.data) };
  }
}

/** The buttons are drawn anew so that they open a dialog. */
function toDialog(problem: string, data: Record<string, unknown>): Given {
  return { answered: { kind: 'say', text: problem }, data: { ...data, asDialog: true }, problem, showToAll: true };
}

function pressInstead(problem: string, data: Record<string, unknown>): Given {
  return { answered: { kind: 'say', text: problem }, data, problem, showToAll: true };
}

/** The answer has gone out without it. It is kept nowhere, so it must be asked for anew. */
function tooLate({ late: { data, problem } }: Privately): Given {
  return { answered: { kind: 'say', text: problem }, data, problem, showToAll: true };
}

/** The turn became late in the very moment in which it had the secret. */
async function takeBack({ stage, incoming, draft, reply }: Giving): Promise<void> {
  const { data, problem } = reply.late;
  await stage.world.keyReveals.withdraw(reply.keyReveal);
  await stage.inDraft(draft.id, async (current) => {
    if (current.step !== draft.step) return;
    const asked: Draft = { ...current, data, settled: undefined, changedAt: new Date().toISOString() };
    await stage.world.drafts.put(asked);
    const card = await stage.flowOf(asked).show(asked.step, stage.turnFor(incoming, asked, { problem }));
    if (draft.card) await stage.edit(draft.card, card);
  });
}
