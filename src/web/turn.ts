import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readCardAction } from '../cards/card-action.ts';
import { asTyped, clean } from '../cards/typed-text.ts';
import type { PageMessage } from '../domain/people/open-pages.ts';
import type { Person } from '../domain/people/staff.ts';
import { createRecentValues } from '../domain/work/recent-values.ts';
import type { Incoming, InvokeAnswer, WebPage } from '../flows/engine/messenger.ts';
import { HttpError } from './http.ts';
import type { WebMessenger } from './messenger.ts';
import { webPlace } from './places.ts';

/** What a page is told of its turn. A secret is here and nowhere else: it is no message, and nothing keeps it. */
export interface TurnAnswer {
  readonly messages: readonly PageMessage[];
  readonly text?: string;
  /** What a dialog shows. */
  readonly card?: Readonly<Record<string, unknown>>;
  readonly secret?: Readonly<Record<string, unknown>>;
  /** Another page of ours, for a dialog. */
  readonly page?: WebPage;
  /** After so long the page takes the secret away by itself. */
  readonly hideAfterSeconds?: number;
}

/** `key`: made by the page for each press, and the same when it asks again. `isDialog`: what answers stands in a dialog. */
const asked = z.object({
  key: z.string().min(8).max(100),
  text: z.string().min(1).max(4000).optional(),
  action: z.record(z.string(), z.unknown()).optional(),
  messageId: z.string().max(100).optional(),
  isDialog: z.boolean().optional(),
});

interface TurnParts {
  readonly runner: { handle(incoming: Incoming): Promise<InvokeAnswer> };
  readonly messenger: Pick<WebMessenger, 'collect'>;
  readonly hideAfterSeconds: number;
  readonly observe?: (kind: string, outcome: 'answered' | 'failed', ms: number) => void;
}

/** A page waits longer than Teams does; what takes longer still comes live. */
const answerWithinMs = 8_000;
const rememberedMs = 10 * 60_000;

/** The same turn as in chat: what was typed or pressed goes to the runner, and what it answers and sends comes back. */
export function createTurnDoor({ runner, messenger, hideAfterSeconds, observe }: TurnParts) {
  const running = new Map<string, Promise<TurnAnswer>>();
  const answered = createRecentValues<TurnAnswer>({ most: 1000, keptMs: rememberedMs });

  async function run(body: z.infer<typeof asked>, who: Person): Promise<TurnAnswer> {
    const input = inputOf(body);
    const begunAt = performance.now();
    const incoming: Incoming = {
      turnId: randomUUID(),
      // A button needs its answer each time; a sentence that comes again, to whichever process, needs none.
      activityKey: input.kind === 'text' ? `web|${who.id}|${body.key}` : undefined,
      who,
      place: webPlace(who.id),
      language: who.language,
      isPrivate: false,
      answerBy: begunAt + answerWithinMs,
      input,
    };
    const answer = await messenger.collect(who.id, async (messages) => {
      const given = await runner.handle(incoming);
      return answerOf(given, messages.take(), body);
    });
    observe?.('web', 'answered', performance.now() - begunAt);
    return answer;
  }

  function answerOf(given: InvokeAnswer, messages: PageMessage[], body: z.infer<typeof asked>): TurnAnswer {
    switch (given.kind) {
      case 'nothing':
      // Only a page that goes on with a conversation elsewhere asks for one.
      case 'token':
        return { messages };
      case 'text':
        return { messages, text: given.text };
      case 'page': {
        const { kind: _, ...page } = given;
        return { messages, page };
      }
      case 'secret':
        return { messages, secret: given.card.reveal().content, hideAfterSeconds };
      case 'card': {
        const { content } = given.card;
        const { messageId, isDialog } = body;
        if (isDialog || messageId === undefined) return { messages, card: content };
        return { messages: [...messages.filter((one) => one.messageId !== messageId), { messageId, card: content }] };
      }
    }
  }

  return async (given: unknown, who: Person): Promise<TurnAnswer> => {
    const body = asked.safeParse(given);
    if (!body.success) throw new HttpError(400);
    const key = `${who.id}|${body.data.key}`;
    const before = running.get(key) ?? answered.get(key)?.value;
    if (before) return before;
    const turn = run(body.data, who).finally(() => running.delete(key));
    running.set(key, turn);
    const answer = await turn;
    if (answer.secret === undefined) answered.put(key, answer);
    return answer;
  };
}

function inputOf({ text, action, messageId, isDialog }: z.infer<typeof asked>): Incoming['input'] {
  if (action) {
    const via = isDialog ? 'dialog' : 'invoke';
    return { kind: 'action', action: readCardAction(action), messageId, via, isAutomatic: false };
  }
  const asWritten = clean(asTyped(text ?? ''));
  const oneLine = asWritten.replace(/\s+/g, ' ').trim();
  if (oneLine === '') throw new HttpError(400);
  return { kind: 'text', text: oneLine, ...(asWritten !== oneLine && { asWritten }) };
}
