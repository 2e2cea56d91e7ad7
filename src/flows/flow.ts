import type { ZodType } from 'zod';
import type { Card, PrivateCard } from '../cards/card.ts';
import type { CardContext } from '../cards/render.ts';
import type { Place, SentMessage } from '../domain/people/place.ts';
import type { Person, Right } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import type { Words } from '../words/words.ts';

export type { Card, PrivateCard } from '../cards/card.ts';

/** What a person pressed, with what they filled in. Everything in it can be forged: it is only ever looked up or checked. */
export interface Press {
  readonly do: string;
  readonly draft?: string;
  readonly step?: string;
  readonly submission?: string;
  readonly values: Readonly<Record<string, string>>;
}

/** One thing that somebody said or pressed, free of Teams. */
export interface Incoming {
  /** Goes into every log line of the turn. */
  readonly turnId: string;
  /** For noticing a second delivery. */
  readonly activityId: string;
  readonly who: Person;
  readonly place: Place;
  /** Said in private (a targeted message): every answer stays private. */
  readonly isPrivate: boolean;
  readonly input:
    | { readonly kind: 'words'; readonly text: string }
    /** `isAutomatic`: the client refreshed a card by itself; nothing may follow from that. `via`: how it can be answered. */
    | {
        readonly kind: 'press';
        readonly press: Press;
        readonly messageId?: string;
        readonly via: 'invoke' | 'message' | 'dialog';
        readonly isAutomatic: boolean;
      };
}

/** What the presser alone sees at once, in the answer of the invoke. A typed message has none: its answer is a message. */
export type Answered =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'card'; readonly card: Card }
  /** `missed`: it did not go out after all. */
  | { readonly kind: 'secret'; readonly card: PrivateCard; readonly missed?: () => Promise<void> }
  | { readonly kind: 'say'; readonly text: string };

/** The bot's mouth. `teams/` implements it; a message that could not be delivered throws `DeliveryError`. */
export interface Messenger {
  /** A new message in the place (in a channel: in its thread); `onlyFor`: a targeted message to that person. */
  send(placeId: string, card: Card, options?: { readonly onlyFor?: string }): Promise<SentMessage>;
  /** Edits are repeated until they succeed or can't; they are harmless twice. */
  update(posted: SentMessage, card: Card): Promise<void>;
  /** Takes a message away. Gone already is fine. */
  delete(posted: SentMessage): Promise<void>;
  /** A message in the person's own chat with the bot, which is opened when it does not exist yet. */
  sendDirect(personId: string, card: Card): Promise<SentMessage>;
  /** The only way a secret leaves as a message: targeted, to this person alone. Refuses in personal chats. */
  sendTargeted(placeId: string, personId: string, card: PrivateCard): Promise<SentMessage>;
  typing(placeId: string): Promise<void>;
}

/** What a question sees of the conversation. */
export interface Turn<Data> {
  readonly world: World;
  readonly words: Words;
  readonly who: Person;
  readonly place: Place;
  readonly context: CardContext;
  readonly data: Data;
  /** The draft's id; the submission id is there while a confirmation is asked for. */
  readonly draftId: string;
  readonly submissionId?: string;
  readonly ownerName: string;
  /** Handed over, and on a card that others see too: its buttons are for whoever may. */
  readonly isHandedOver: boolean;
  /** Who prepared it, where that was somebody else. */
  readonly preparer?: { readonly id: string; readonly name: string };
  /** Where the card hangs that was pressed, for things that will change it later. */
  readonly card?: SentMessage;
  /** What the person filled in, when the question is shown again because something was wrong with it. */
  readonly entered: Readonly<Record<string, string>>;
}

/** Pressed or typed; both go through the same reader of the card. */
export interface Answer {
  readonly do: string;
  readonly values: Readonly<Record<string, string>>;
  /** Typed in chat instead of filled in. */
  readonly text?: string;
  /** How a private answer can be given. */
  readonly via: 'invoke' | 'message' | 'dialog' | 'words';
}

/** What a step says. `start` and `resume` lead from a list into a conversation of its own, below. */
export type Reply<Data> =
  | { readonly kind: 'ask'; readonly step: string; readonly data: Data; readonly problem?: string }
  | { readonly kind: 'done'; readonly card: Card }
  | Privately<Data>
  | { readonly kind: 'start'; readonly flow: string; readonly args: string }
  | { readonly kind: 'resume'; readonly draftId: string };

/** A secret, the record of who looked at it, and what is left of the conversation: once it is shown, or came too late. */
interface Privately<Data> {
  readonly kind: 'privately';
  readonly secret: PrivateCard;
  readonly keyReveal: string;
  readonly data: Data;
  readonly settled: Card;
  readonly late: { readonly data: Data; readonly problem: string };
}

export const ask = <Data>(step: string, data: Data, problem?: string): Reply<Data> => ({
  kind: 'ask',
  step,
  data,
  problem,
});
export const done = (card: Card): Reply<never> => ({ kind: 'done', card });
export const start = (flow: string, args: string): Reply<never> => ({ kind: 'start', flow, args });

/** Question and the reading of its answer, side by side. */
export interface Question<Data> {
  /** Shown in one line when the answer was typed and the conversation went on below. */
  heading(words: Words, data: Data): string;
  show(turn: Turn<Data>): Card | Promise<Card>;
  answered(turn: Turn<Data>, answer: Answer): Reply<Data> | Promise<Reply<Data>>;
  /** Saved or handed over, it is taken up again: what is to be asked now. Absent, it is shown as it was left. */
  resumed?(turn: Turn<Data>): Promise<Reply<Data>>;
  /** What was typed, as if filled in on the card: what is wrong with it can be mended there. */
  typed?(turn: Turn<Data>, text: string): Answer['values'] | Promise<Answer['values']>;
  /** Draws a submission id whenever it is asked. */
  readonly confirms?: boolean;
  /** It is about a record, not a draft: this is left of the card on Discard or Save for later. */
  left?(turn: Turn<Data>): Promise<Card>;
  /** Takes whole sentences, so that a sentence beginning with a command word is an answer. */
  readonly isFreeText?: boolean;
  /** Once the conversation has gone on to a question that is not, Back no longer leads here. */
  readonly isPassing?: boolean;
  /** Nobody waits for words here: a list that is looked at and pressed. */
  readonly isPressed?: boolean;
}

export interface FlowScript<Data extends Record<string, unknown>> {
  readonly name: string;
  /** Demanded at the beginning and at each answer. */
  readonly right?: Right;
  /** Anybody with the right may press it: it only leads elsewhere. */
  readonly isOpen?: boolean;
  /** Only who has it brings the conversation to its end, so only they take over what was handed over. */
  readonly finishing?: Right;
  /** Its own *Resume* leads into another conversation. */
  readonly takesResume?: boolean;
  readonly data: ZodType<Data>;
  /** What the draft is about; flows without it are not worth keeping and do not appear among the drafts. */
  title?(words: Words, data: Data): string;
  /** Two drafts of one person with the same key are one: the second wish resumes the first. */
  key?(data: Data): string | undefined;
  /** What became of what was submitted under the turn's submission id, or is kept in the data, as it stands now. */
  outcome?(turn: Turn<Data>): Promise<Card | undefined>;
  begin(turn: Turn<Record<string, never>>, args: string): Reply<Data> | Promise<Reply<Data>>;
  readonly questions: Readonly<Record<string, Question<Data>>>;
}

/** A flow whose data has been made opaque: what the runner drives. */
export interface Flow {
  readonly name: string;
  readonly right?: Right;
  readonly finishing?: Right;
  readonly isOpen: boolean;
  readonly isKept: boolean;
  readonly takesResume: boolean;
  has(step: string): boolean;
  confirms(step: string): boolean;
  isFreeText(step: string): boolean;
  isPressed(step: string): boolean;
  isPassing(step: string): boolean;
  /** Is the question about a record, not a draft? */
  isRecord(step: string): boolean;
  left(step: string, turn: Turn<unknown>): Promise<Card | undefined>;
  title(words: Words, data: unknown): string | undefined;
  key(data: unknown): string | undefined;
  heading(step: string, words: Words, data: unknown): string;
  begin(turn: Turn<unknown>, args: string): Promise<Reply<Record<string, unknown>>>;
  show(step: string, turn: Turn<unknown>): Promise<Card>;
  resumed(step: string, turn: Turn<unknown>): Promise<Reply<Record<string, unknown>> | undefined>;
  outcome(turn: Turn<unknown>): Promise<Card | undefined>;
  typed(step: string, turn: Turn<unknown>, text: string): Promise<Answer['values']>;
  answered(step: string, turn: Turn<unknown>, answer: Answer): Promise<Reply<Record<string, unknown>>>;
}

/** Closes a script over its data: what was stored is parsed again before a step sees it. */
export function flow<Data extends Record<string, unknown>>(script: FlowScript<Data>): Flow {
  const question = (step: string): Question<Data> => {
    const found = script.questions[step];
    if (!found) throw new Error(`flow ${script.name} has no question ${step}`);
    return found;
  };
  // As it will be read back from the store: without what is undefined.
  const parse = (data: unknown): Data => script.data.parse(JSON.parse(JSON.stringify(data)));
  const typed = (turn: Turn<unknown>): Turn<Data> => ({ ...turn, data: parse(turn.data) });
  return {
    name: script.name,
    right: script.right,
    finishing: script.finishing,
    isOpen: script.isOpen ?? false,
    isKept: script.title !== undefined,
    takesResume: script.takesResume ?? false,
    has: (step) => step in script.questions,
    confirms: (step) => question(step).confirms ?? false,
    isFreeText: (step) => question(step).isFreeText ?? false,
    isPressed: (step) => question(step).isPressed ?? false,
    isPassing: (step) => question(step).isPassing ?? false,
    title: (words, data) => script.title?.(words, parse(data)),
    key: (data) => script.key?.(parse(data)),
    heading: (step, words, data) => question(step).heading(words, parse(data)),
    begin: async (turn, args) => script.begin({ ...turn, data: {} }, args),
    show: async (step, turn) => question(step).show(typed(turn)),
    resumed: async (step, turn) => question(step).resumed?.(typed(turn)),
    isRecord: (step) => question(step).left !== undefined,
    left: async (step, turn) => question(step).left?.(typed(turn)),
    outcome: async (turn) => script.outcome?.(typed(turn)),
    typed: async (step, turn, text) => question(step).typed?.(typed(turn), text) ?? {},
    answered: async (step, turn, answer) => question(step).answered(typed(turn), answer),
  };
}
