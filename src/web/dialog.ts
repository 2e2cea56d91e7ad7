import type { Incoming, InvokeAnswer } from '../flows/engine/messenger.ts';
import type { WebMessenger } from './messenger.ts';
import { webPlace } from './places.ts';

interface DialogParts {
  readonly runner: { handle(incoming: Incoming): Promise<InvokeAnswer> };
  readonly messenger: Pick<WebMessenger, 'collect'>;
}

/**
 * Turns in a dialog that no message belongs to, such as one that the message extension opened: they take place where the
 * person's turns on our pages do, so nothing is posted, and the last card of the turn is what the dialog shows.
 */
export function createDialogTurns({ runner, messenger }: DialogParts) {
  async function handle(incoming: Incoming): Promise<InvokeAnswer> {
    const { who } = incoming;
    return messenger.collect(who.id, async (messages) => {
      const place = webPlace(who.id);
      const given = await runner.handle({ ...incoming, place, language: who.language, isPrivate: false });
      const shown = messages.take().findLast(({ card }) => card !== undefined);
      const isTold = given.kind === 'text' || given.kind === 'nothing';
      return isTold && shown?.card ? { kind: 'card', card: { content: { ...shown.card }, summary: '' } } : given;
    });
  }
  return { handle };
}
