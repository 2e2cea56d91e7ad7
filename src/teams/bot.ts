import { randomUUID } from 'node:crypto';
import { readCardAction } from '../cards/card-action.ts';
import { DeliveryError } from '../domain/errors.ts';
import type { Language, Languages } from '../domain/people/languages.ts';
import type { PersonReference, PlaceReference, References } from '../domain/people/references.ts';
import type { Person } from '../domain/people/staff.ts';
import { allShown } from '../domain/shown-text.ts';
import type { Incoming, InvokeAnswer, Messenger } from '../flows/engine/messenger.ts';
import type { Extension } from '../flows/extension.ts';
import type { Log } from '../log.ts';
import { type ConsentParts, createConsents } from './consents.ts';
import type { Registration } from './credentials.ts';
import type { FallbackTexts } from './fallback-texts.ts';
import type { Allows } from './hosts.ts';
import { type Activity, readActivity } from './inbound/activity.ts';
import { createAdmit } from './inbound/authenticate.ts';
import type { ExtensionInvoke } from './inbound/extension.ts';
import {
  deliveryKey,
  isPrivate,
  type ParsedActivity,
  parseActivity,
  readIncoming,
  type TypedSearch,
} from './inbound/parse-activity.ts';
import { forget, placeReferenceOf, remember, rememberPerson } from './inbound/references.ts';
import { createTurns, inTime } from './inbound/turns.ts';
import { type Speaker, type Stranger, senderOf, whoIs } from './inbound/who.ts';
import type { Audience } from './outbound/audience.ts';
import { resultsBody, searchBody } from './outbound/extension.ts';
import { type Choice, choicesBody, dialogBody, invokeBody, unknownBody } from './outbound/outgoing.ts';
import type { MarkProgress } from './outbound/progress.ts';
import type { Say } from './outbound/say.ts';

export interface BotParts {
  readonly bot: Registration;
  readonly allows: Allows;
  readonly staffTenantId: string | undefined;
  readonly references: References;
  readonly languages: Pick<Languages, 'of'>;
  /** The app was removed from the place: what stood there is gone. */
  readonly onRemoved: (placeId: string) => Promise<void>;
  /** Somebody who is not of the staff was told so; `id`: of whatever kind Teams tells. */
  readonly onStranger?: (refused: Pick<Speaker, 'id' | 'name'> & { readonly why: Stranger }) => void;
  readonly runner: {
    handle(incoming: Incoming): Promise<InvokeAnswer>;
    search(incoming: Omit<Incoming, 'input'>, query: Pick<TypedSearch, 'dataset' | 'text'>): Promise<readonly Choice[]>;
  };
  readonly extension: Extension;
  /** Turns in a dialog that belongs to no message. */
  readonly dialogs: Pick<BotParts['runner'], 'handle'>;
  readonly messenger: Messenger;
  readonly audience: Audience;
  readonly say: Say;
  readonly files: ConsentParts['files'];
  readonly giveFile: ConsentParts['giveFile'];
  /** Absent where Teams has no such marks. */
  readonly markProgress?: MarkProgress;
  readonly fallbackTexts: FallbackTexts;
  /** Title of dialogs. */
  readonly title: string;
  /** Where the web pages are that dialogs show. */
  readonly publicUrl: string | undefined;
  readonly log: Log;
  /** For counting: how long a turn took, and how it ended. */
  readonly observe?: (kind: string, outcome: 'answered' | 'late' | 'failed', ms: number) => void;
  readonly typingAfterMs?: number;
  readonly answerWithinMs?: number;
}

export interface BotAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Bot {
  handle(request: { readonly body: unknown; readonly authorization?: string }): Promise<BotAnswer>;
  /** Resolves when the turns in flight have ended, or after `ms`. */
  settled(ms: number): Promise<void>;
}

/** An admitted activity on its way through. */
interface Delivery {
  readonly activity: Activity;
  readonly reference: PlaceReference;
  readonly turnId: string;
  readonly locale: string | undefined;
  /** In milliseconds of `performance.now()`. */
  readonly answerBy: number;
}

/**
 * Handles activities: checks who sends, stores how to reach the place again, gives the turn to the runner and its answer
 * the form Teams wants. Whatever happens behind it, the answer is there within three seconds and is never a 5xx.
 */
export function createBot(parts: BotParts): Bot {
  const { references, runner, messenger, audience, say, fallbackTexts, title, publicUrl, log, observe } = parts;
  const { typingAfterMs = 1000, answerWithinMs = 2600 } = parts;
  const admit = createAdmit(parts);
  const turns = createTurns();
  const takeConsent = createConsents({ ...parts, turns });
  const frame = { title, publicUrl, ...(parts.bot.mode === 'registered' && { appId: parts.bot.appId }) };

  return {
    async handle({ body, authorization }) {
      const activity = readActivity(body);
      if (!activity) return { status: 400 };
      const begunAt = performance.now();
      const status = await admit(activity, authorization);
      const reference = placeReferenceOf(activity, parts.bot);
      if (status !== 200 || !reference) return { status: status === 200 ? 400 : status };
      const { locale } = activity;
      const answerBy = begunAt + answerWithinMs;
      return handleAdmitted({ activity, reference, turnId: randomUUID(), locale, answerBy }, begunAt);
    },
    settled: (ms) => turns.settled(ms),
  };

  async function handleAdmitted(delivery: Delivery, begunAt: number): Promise<BotAnswer> {
    const { activity, locale } = delivery;
    // People were added or removed, or a channel was shared.
    if (activity.type === 'conversationUpdate') audience.forget();
    const parsed = parseActivity(activity);
    if (parsed.kind === 'ignored') return { status: 200 };
    if (parsed.kind === 'installed' && (await references.place(delivery.reference.place.id))) return { status: 200 };
    const kind = activity.type === 'invoke' ? 'invoke' : 'message';
    let failure: BotAnswer | undefined;
    // An invoke needs its own answer each time; a message that comes again needs none.
    const turn = turns
      .once(deliveryKey(activity), () => answer(parsed, delivery))
      .then((given) => given ?? { status: 200 })
      .catch(async (error: unknown) => {
        failure = await answerFailure(error, delivery);
        return failure;
      });
    const answered = await inTime(turn, Math.max(0, delivery.answerBy - performance.now()));
    observe?.(kind, answered ? (failure ? 'failed' : 'answered') : 'late', performance.now() - begunAt);
    if (answered) return allShown(answered);
    return kind === 'invoke' ? invokeAnswer(activity, sentence(fallbackTexts.stillWorking(locale))) : { status: 200 };
  }

  async function answer(parsed: ParsedActivity, delivery: Delivery): Promise<BotAnswer> {
    const { activity, reference, turnId, locale } = delivery;
    if (parsed.kind === 'unknown-invoke') {
      log.info({ turnId, name: activity.name?.slice(0, 60) }, 'unknown invoke');
      return { status: 200, body: unknownBody(activity.name, fallbackTexts.notUnderstood(locale)) };
    }
    const who = whoIs(activity, parts.staffTenantId);
    if (who === 'guest' || who === 'other-tenant') audience.suspect(reference.place.id);
    if (parsed.kind === 'removed') {
      await forget(references, reference, typeof who === 'string' ? undefined : who.id);
      await parts.onRemoved(reference.place.id);
    }
    if (parsed.kind === 'extension') return { status: 200, body: await answerExtension(parsed.asked, who, delivery) };
    // Strangers find nothing.
    if (parsed.kind === 'search')
      return {
        status: 200,
        body: choicesBody(typeof who === 'string' ? [] : await search(parsed.query, who, delivery)),
      };
    if (parsed.kind === 'file-consent' && typeof who !== 'string') await takeConsent(parsed.consent, who, delivery);
    if (parsed.kind !== 'turn' && parsed.kind !== 'installed') return { status: 200 };
    // Others see the greeting too: nobody is refused in front of them who only added the app.
    if (parsed.kind === 'installed' && typeof who === 'string') return { status: 200 };
    return deliver(
      typeof who === 'string' ? refuseStranger(who, delivery) : await run(parsed.input, who, delivery),
      delivery,
    );
  }

  async function run(input: Incoming['input'], speaker: Speaker, delivery: Delivery): Promise<InvokeAnswer> {
    const { activity, reference, turnId, answerBy } = delivery;
    const { person, place } = await remember(references, activity, reference, speaker);
    const wasPrivate = isPrivate(activity);
    const [speaking, readers] = await Promise.all([
      asPerson(speaker, person, place),
      wasPrivate ? ('staff' as const) : audience.of(place),
    ]);
    const work = () => runner.handle({ ...readIncoming(activity, { ...speaking, turnId, answerBy, readers }), input });
    // Everybody in the place would see that the bot is typing: not what is asked in private.
    if (activity.type === 'invoke' || wasPrivate || readers !== 'staff') return work();
    let unmark: (() => Promise<void>) | undefined;
    const timer = setTimeout(() => {
      void messenger.typing(place.place.id).catch(() => undefined);
      if (place.place.kind === 'channel' && activity.id) unmark = parts.markProgress?.(place, activity.id);
    }, typingAfterMs);
    return work().finally(() => {
      clearTimeout(timer);
      void unmark?.();
    });
  }

  /** What is found is for this person alone, whoever reads along. */
  async function search(query: TypedSearch, speaker: Speaker, delivery: Delivery): Promise<readonly Choice[]> {
    const { activity, reference, turnId, answerBy } = delivery;
    const { person, place } = await rememberPerson(references, activity, reference, speaker);
    const speaking = await asPerson(speaker, person, place);
    const incoming = readIncoming(activity, { ...speaking, turnId, answerBy, readers: 'staff' });
    const found = await runner.search(incoming, query);
    return found.slice(query.skip, query.skip + query.top);
  }

  async function asPerson(
    { id, name }: Speaker,
    person: PersonReference,
    place: PlaceReference,
  ): Promise<{ readonly who: Person; readonly language: Language }> {
    const { own, shared } = await parts.languages.of(person, place);
    return { who: { id, name, language: own, timeZone: person.timeZone ?? 'UTC' }, language: shared };
  }

  /** Where there is nothing to choose from, a sentence says why; a link just stays a link. */
  async function answerExtension(
    asked: ExtensionInvoke,
    who: Speaker | Stranger,
    delivery: Delivery,
  ): Promise<unknown> {
    const { activity, reference, turnId, locale, answerBy } = delivery;
    if (asked.kind === 'nothing') return resultsBody([]);
    if (typeof who === 'string') return extensionBody(activity, refuseStranger(who, delivery));
    if (asked.kind === 'unknown') return extensionBody(activity, sentence(fallbackTexts.notUnderstood(locale)));
    const { person, place } = await rememberPerson(references, activity, reference, who);
    if (asked.kind === 'open' || asked.kind === 'press') {
      const pressed =
        asked.kind === 'press' ? asked.data : toBegin(parts.extension.commandIn(asked.command, asked.message));
      const input = { kind: 'action', action: readCardAction(pressed), via: 'dialog', isAutomatic: false } as const;
      const speaking = await asPerson(who, person, place);
      const incoming = readIncoming(activity, { ...speaking, turnId, answerBy, readers: 'staff' });
      return extensionBody(activity, await parts.dialogs.handle({ ...incoming, input }));
    }
    const [speaking, readers] = await Promise.all([asPerson(who, person, place), audience.of(place)]);
    const asking = { ...speaking, turnId, answerBy };
    // What is put into the conversation from here is a card for everybody there.
    if (readers !== 'staff' && asked.kind === 'link') return resultsBody([]);
    if (readers !== 'staff') return searchBody(sentence(fallbackTexts.notShownHere(locale, readers)));
    if (asked.kind === 'search') return searchBody(await parts.extension.search({ ...asked, ...asking }));
    const unfolded = await parts.extension.unfurl({ ...asked, ...asking });
    return resultsBody(unfolded ? [unfolded] : []);
  }

  function refuseStranger(why: Stranger, { activity, turnId, locale }: Delivery): InvokeAnswer {
    log.info({ turnId, why }, 'refused: not-staff');
    parts.onStranger?.({ ...senderOf(activity), why });
    return sentence(fallbackTexts.notStaff(locale, why));
  }

  /** A message has no answer of its own: what is to be said is posted, in private if it was asked in private. */
  async function deliver(answered: InvokeAnswer, { activity, reference, turnId }: Delivery): Promise<BotAnswer> {
    if (activity.type === 'invoke') return invokeAnswer(activity, answered);
    if (answered.kind === 'text')
      await say(reference, answered.text, { onlyFor: isPrivate(activity) ? activity.from : undefined });
    if (answered.kind === 'card') {
      const onlyFor = isPrivate(activity) ? activity.from?.aadObjectId?.toLowerCase() : undefined;
      await messenger.send(reference.place.id, answered.card, { onlyFor });
    }
    // A secret is shown in the answer of an invoke or in a targeted message only. This is neither.
    if (answered.kind === 'secret') log.error({ turnId }, 'a secret cannot answer a message; nothing was shown');
    return { status: 200 };
  }

  function invokeAnswer(activity: Activity, answered: InvokeAnswer): BotAnswer {
    if (activity.name === 'application/search') return { status: 200, body: choicesBody([]) };
    if (activity.name?.startsWith('composeExtension/')) return { status: 200, body: extensionBody(activity, answered) };
    const isDialog = activity.name?.startsWith('task/') ?? false;
    return { status: 200, body: isDialog ? dialogBody(answered, frame) : invokeBody(answered) };
  }

  function extensionBody({ name }: Activity, answered: InvokeAnswer): unknown {
    if (name === 'composeExtension/fetchTask' || name === 'composeExtension/submitAction')
      return dialogBody(answered, frame);
    // A link just stays a link.
    return answered.kind === 'text' && name !== 'composeExtension/queryLink' ? searchBody(answered) : resultsBody([]);
  }

  /** The last resort. The person gets one sentence and a number, the log the reason under the same number. */
  async function answerFailure(error: unknown, { activity, reference, turnId, locale }: Delivery): Promise<BotAnswer> {
    // What was not delivered is in the log already, and another message would fare no better.
    const isLost = error instanceof DeliveryError;
    if (!isLost) log.error({ turnId, err: error }, 'turn failed');
    const text = fallbackTexts.fault(locale, turnId);
    if (activity.type === 'invoke') return invokeAnswer(activity, sentence(text));
    if (activity.type !== 'installationUpdate' && !isLost) {
      const onlyFor = isPrivate(activity) ? activity.from : undefined;
      await say(reference, text, { onlyFor, suggestions: fallbackTexts.suggestions(locale) }).catch(() => undefined);
    }
    return { status: 200 };
  }
}

/** The data of a button that begins what would be typed. */
function toBegin(text: string): object {
  return { do: 'command', text };
}

function sentence(text: string): { readonly kind: 'text'; readonly text: string } {
  return { kind: 'text', text };
}
