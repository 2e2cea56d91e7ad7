import type { Choice } from '../../cards/inputs.ts';
import { messageCard } from '../../cards/message.ts';
import { DeliveryError } from '../../domain/errors.ts';
import { onOneLine } from '../../words/words.ts';
import { handleAction } from './card-actions.ts';
import { createEngine, type EngineParts, StaleDraft } from './engine.ts';
import { hideKey, hideOverdue } from './hide.ts';
import { ownWords, wordsOf } from './languages.ts';
import { type Incoming, type InvokeAnswer, workingMs } from './messenger.ts';
import { createTurnReply, type TurnReply } from './reply.ts';
import { type SearchQuery, searchChoices } from './search.ts';
import { handleText, showAfterStale } from './text.ts';

/** Whoever types waits no longer for choices: the next letter asks again. */
const searchMs = 1_500;

export interface Runner {
  /** Answers in time with the result or with "in progress"; never throws. */
  handle(incoming: Incoming): Promise<InvokeAnswer>;
  /** The choices for what is typed into an input; none where that takes too long. */
  search(incoming: Omit<Incoming, 'input'>, query: SearchQuery): Promise<readonly Choice[]>;
  /** The job behind a key that was shown: takes it away. Throws where Teams refused, to be called again. */
  hideKey(visibleKeyId: string): Promise<void>;
  /** Takes away what should be hidden and whose job was lost. */
  hideOverdue(): Promise<void>;
  /** Waits for what goes on after its answer. */
  idle(): Promise<void>;
}

/** Drives the flows; what a step need not think of is done here and in the files it names, once. */
export function createRunner(parts: EngineParts): Runner {
  const engine = createEngine(parts);
  const { messenger, log } = engine;

  async function route(incoming: Incoming, reply: TurnReply): Promise<InvokeAnswer> {
    const { input } = incoming;
    try {
      if (input.kind === 'action') return await handleAction(engine, incoming, input, reply);
      await handleText(engine, incoming, input, reply).catch((error) => {
        if (error instanceof StaleDraft) return showAfterStale(engine, incoming, error, reply);
        throw error;
      });
      return { kind: 'nothing' };
    } catch (error) {
      const isAnswerable = input.kind === 'action' && input.via !== 'message';
      const isLost = error instanceof DeliveryError;
      // The sender has logged it. A place that does not take the answer does not take another message about that either.
      if (isLost && error.kind !== 'final' && !isAnswerable) return { kind: 'nothing' };
      const toPerson = { ...incoming, isPrivate: isAnswerable || incoming.isPrivate };
      const text = isLost ? wordsOf(toPerson).common.notTaken : engine.describe(error, toPerson);
      if (isAnswerable && !reply.isLate()) return { kind: 'text', text: onOneLine(text) };
      await reply.send(engine.textCard(toPerson, text), toPerson.isPrivate);
      return { kind: 'nothing' };
    }
  }

  /** The answer has gone out without it. */
  async function handleMissed(late: InvokeAnswer): Promise<void> {
    if (late.kind === 'secret') await late.onMissed?.();
  }

  return {
    async handle(incoming) {
      const { common } = wordsOf(incoming);
      const cardFor = ({ title, text }: { title: string; text: string }) =>
        messageCard(engine.contextFor(incoming), { title, lines: [text] });
      const reply = createTurnReply({
        messenger,
        incoming,
        privateFailed: () => cardFor(common.privateFailed),
        answeredInPrivate: () => engine.textCard(incoming, common.answeredInPrivate),
        perhapsAnswered: () => cardFor(common.perhapsAnswered),
      });
      const work = engine.track(route(incoming, reply));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), Math.max(0, incoming.answerBy - workingMs - performance.now()));
      });
      const answered = await Promise.race([work, late]).finally(() => clearTimeout(timer));
      if (answered) return answered;
      engine
        .track(work.then(handleMissed))
        .catch((error) => log.error({ err: error }, 'a key that came too late counts as seen'));
      engine
        .track(reply.goLate(cardFor(common.working)))
        .catch((error) => log.warn({ err: error }, '"working on it" could not be sent'));
      // A sentence, not a card: a card would stay where what was pressed leads elsewhere.
      return incoming.input.kind === 'text'
        ? { kind: 'nothing' }
        : { kind: 'text', text: ownWords(incoming).common.stillWorking };
    },

    async search(incoming, query) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<readonly Choice[]>((resolve) => {
        timer = setTimeout(() => resolve([]), searchMs);
      });
      const found = engine.track(searchChoices(engine, incoming, query));
      return Promise.race([found, late]).finally(() => clearTimeout(timer));
    },

    hideKey: (visibleKeyId) => hideKey(engine, visibleKeyId),
    hideOverdue: () => hideOverdue(engine),
    idle: () => engine.idle(),
  };
}
