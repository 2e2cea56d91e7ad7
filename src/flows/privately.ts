import type { Draft } from '../domain/draft.ts';
import { Undelivered } from '../domain/errors.ts';
import type { Answer, Answered, Card, Incoming, Reply } from './flow.ts';
import type { Outlet } from './outlet.ts';
import type { Stage } from './stage.ts';

interface Giving {
  readonly stage: Stage;
  readonly incoming: Incoming;
  readonly draft: Draft;
  readonly reply: Extract<Reply<Record<string, unknown>>, { kind: 'privately' }>;
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
 * that is more public: where none works, nothing is shown.
 */
export async function giveSecret({ stage, incoming, draft, reply, answer, outlet }: Giving): Promise<Given> {
  const { words, secrets, mailbox, jobs, log } = stage;
  const { place, who } = incoming;
  const data = reply.data;
  if (answer?.via === 'dialog') {
    return outlet.isLate()
      ? { answered: { kind: 'say', text: words.keys.pressInstead }, data, showToAll: false }
      : { answered: { kind: 'secret', card: reply.secret }, data, showToAll: place.kind !== 'personal' };
  }
  if (secrets.reveal === 'dialog') return toDialog(words.keys.dialog, data);
  if (place.kind === 'personal') {
    const isAnswerable = answer?.via === 'invoke' && !outlet.isLate();
    if (!isAnswerable)
      return {
        answered: { kind: 'say', text: words.keys.pressInstead },
        data,
        problem: words.keys.pressInstead,
        showToAll: true,
      };
    if (draft.card) await jobs.hideLater({ card: draft.card, draftId: draft.id }, secrets.seconds);
    return { answered: { kind: 'secret', card: reply.secret }, data, settled: reply.settled, showToAll: false };
  }
  try {
    const posted = await mailbox.whisper(place.id, who.id, reply.secret);
    await jobs.hideLater({ card: posted }, secrets.seconds);
    return { answered: { kind: 'say', text: words.keys.said }, data, showToAll: true };
  } catch (error) {
    if (!(error instanceof Undelivered)) throw error;
    log.warn({ turnId: incoming.turnId, err: error }, 'Teams refused a targeted message');
    return toDialog(words.keys.dialog, data);
  }
}

/** The buttons are drawn anew so that they open a dialog. */
function toDialog(problem: string, data: Record<string, unknown>): Given {
  return { answered: { kind: 'say', text: problem }, data: { ...data, asDialog: true }, problem, showToAll: true };
}
