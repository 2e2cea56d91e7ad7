import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SecretParts } from '../cards/card.ts';
import { readCardAction } from '../cards/card-action.ts';
import type { Drafts } from '../domain/drafts/drafts.ts';
import { Refusal } from '../domain/errors.ts';
import { useToken } from '../domain/keys/use-token.ts';
import type { Languages } from '../domain/people/languages.ts';
import type { References } from '../domain/people/references.ts';
import type { Person } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import type { Incoming, InvokeAnswer } from '../flows/engine/messenger.ts';
import { type Words, wordsFor } from '../words/index.ts';
import { explain } from '../words/words.ts';
import { HttpError } from './http.ts';

/** What a page is told that goes on with one conversation, wherever that is. */
export interface PageTurnAnswer {
  readonly card?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  /** Good once, and at once: the page presents it and gets the secret. */
  readonly token?: string;
  readonly secret?: SecretParts;
  readonly words?: Words['web']['secret'];
  readonly ticket?: Words['web']['ticket'];
}

/** Without `action` the card is shown as it stands. */
const asked = z.object({
  draft: z.string().regex(/^[\w-]{1,100}$/),
  action: z.record(z.string(), z.unknown()).optional(),
  token: z.string().min(1).max(200).optional(),
});

export interface PageTurnParts {
  readonly world: World;
  readonly runner: { handle(incoming: Incoming): Promise<InvokeAnswer> };
  readonly drafts: Pick<Drafts, 'get'>;
  readonly references: Pick<References, 'place'>;
  readonly languages: Pick<Languages, 'of'>;
  /** The only organisation whose people are let in; none in development. */
  readonly tenantId: string | undefined;
}

const answerWithinMs = 8_000;

/** A press on a page is a press on the card of the conversation, in its place: with the same rights, and the same effects. */
export function createPageTurnDoor({ world, runner, drafts, references, languages, tenantId = '' }: PageTurnParts) {
  /** A token gives nothing on somebody else's conversation; one that was copied is recorded under whoever presents it. */
  async function refusalOf(value: string, who: Person): Promise<Refusal> {
    try {
      await useToken(world, who, { value, tenantId });
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    return new Refusal('token-refused', { why: 'unknown' });
  }

  return async (given: unknown, who: Person): Promise<PageTurnAnswer> => {
    const body = asked.safeParse(given);
    if (!body.success) throw new HttpError(400);
    const { draft: id, action, token } = body.data;
    const draft = await drafts.get(id);
    if (!draft) throw new HttpError(404);
    const refused = token !== undefined && draft.ownerId !== who.id ? await refusalOf(token, who) : undefined;
    if (refused) return { text: explain(wordsFor(who.language), refused) };
    const { place, isPrivate } = draft;
    const { shared } = await languages.of({ personId: who.id }, (await references.place(place.id)) ?? { place });
    const input: Incoming['input'] = {
      kind: 'action',
      action: { ...readCardAction(action ?? {}), draft: id },
      via: 'page',
      isAutomatic: action === undefined,
      page: { tenantId, ...(token !== undefined && { token }) },
    };
    const answerBy = performance.now() + answerWithinMs;
    const language = place.kind === 'personal' ? who.language : shared;
    const answer = await runner.handle({ turnId: randomUUID(), who, place, language, isPrivate, answerBy, input });
    const { secret: words, ticket } = wordsFor(who.language).web;
    return { ...answerOf(answer), ...(action === undefined && { words, ticket }) };
  };
}

function answerOf(answer: InvokeAnswer): PageTurnAnswer {
  switch (answer.kind) {
    case 'card':
      return { card: answer.card.content };
    case 'text':
      return { text: answer.text };
    case 'token':
      return { token: answer.token.reveal() };
    case 'secret':
      return answer.parts ? { secret: answer.parts.reveal() } : { card: answer.card.reveal().content };
    // It is open already.
    case 'page':
    case 'nothing':
      return {};
  }
}
