import { messageCard } from '../cards/message.ts';
import type { Answered, Incoming } from './flow.ts';
import { hear } from './hear.ts';
import { createOutlet, type Outlet } from './outlet.ts';
import { takePress } from './press.ts';
import { createStage, type RunnerParts } from './stage.ts';

/** After this the person gets "working on it" and the answer comes later (design §7.5). */
const patienceMs = 2_500;

export interface Runner {
  /** Answers within 2.5 s with the result or with "in progress"; never throws. */
  handle(incoming: Incoming): Promise<Answered>;
  /** Puts the settled card of a conversation that is over where its card hangs: takes a secret away again. */
  settle(draftId: string): Promise<void>;
  /** Waits for what goes on after its answer. */
  idle(): Promise<void>;
}

/** Drives the flows; what a step need not think of is done here and in the files it names, once. */
export function createRunner(parts: RunnerParts): Runner {
  const stage = createStage(parts);
  const { words } = stage;

  async function route(incoming: Incoming, outlet: Outlet): Promise<Answered> {
    const { input } = incoming;
    try {
      if (input.kind === 'press') return await takePress(stage, incoming, input, outlet);
      await hear(stage, incoming, input.text, outlet);
      return { kind: 'nothing' };
    } catch (error) {
      const text = stage.tell(error, incoming);
      const isAnswerable = input.kind === 'press' && input.via !== 'message';
      if (isAnswerable && !outlet.isLate()) return { kind: 'say', text };
      const card = stage.sayCard(incoming, text);
      if (isAnswerable) await parts.messenger.send(incoming.place.id, card, { onlyFor: incoming.who.id });
      else await outlet.post(card);
      return { kind: 'nothing' };
    }
  }

  /** The answer has gone out without it. */
  async function missed(late: Answered): Promise<void> {
    if (late.kind === 'secret') await late.missed?.();
  }

  return {
    async handle(incoming) {
      const outlet = createOutlet(parts.messenger, incoming);
      const work = stage.track(route(incoming, outlet));
      const late = new AbortController();
      const patience = new Promise<undefined>((resolve) => {
        const timer = setTimeout(() => resolve(undefined), patienceMs);
        late.signal.addEventListener('abort', () => clearTimeout(timer));
      });
      const answered = await Promise.race([work, patience]);
      late.abort();
      if (answered) return answered;
      stage
        .track(work.then(missed))
        .catch((error) => parts.log.error({ err: error }, 'a secret that came too late counts as seen'));
      const { title, text } = words.common.working;
      const working = messageCard(stage.contextFor(incoming), { title, lines: [text] });
      stage
        .track(outlet.goLate(working))
        .catch((error) => parts.log.warn({ err: error }, 'the person waits without a word'));
      // A sentence, not a card: a card would stay where what was pressed leads elsewhere.
      return incoming.input.kind === 'words' ? { kind: 'nothing' } : { kind: 'say', text: words.common.stillWorking };
    },

    settle: (draftId) =>
      stage.inDraft(draftId, async ({ card, settled }) => {
        if (card && settled) await parts.messenger.update(card, settled);
      }),

    idle: () => stage.idle(),
  };
}
