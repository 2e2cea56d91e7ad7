import type { ZodType } from 'zod';
import type { Card } from '../../cards/card.ts';
import type { CardContext } from '../../cards/render.ts';
import type { Choice, Searched } from '../../cards/search.ts';
import type { TicketFile } from '../../domain/cancellations/ticket-file.ts';
import type { SentFile } from '../../domain/cancellations/ticket-files.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Contact } from '../../domain/people/contact.ts';
import type { Place, SentMessage } from '../../domain/people/place.ts';
import type { Person, Right } from '../../domain/people/staff.ts';
import type { World } from '../../domain/world.ts';
import { bare, fold } from '../../words/commands.ts';
import { allWords } from '../../words/index.ts';
import type { Words } from '../../words/words.ts';
import type { AnswerWay, PageSession } from './messenger.ts';
import type { Reply, StepData } from './replies.ts';

export type { Card } from '../../cards/card.ts';
export {
  type Ask,
  askIn,
  done,
  type Fetched,
  type Reply,
  type StepData,
  start,
} from './replies.ts';

/** Which part of a list is shown. It is in the button that is pressed, so it can be forged: rights are asked for anew. */
export interface ListPage {
  /** The number of its first row, from 0. */
  readonly from: number;
  /** Which row was the first one when the list was asked for, where new ones are added before it. */
  readonly top?: string;
}

/** What a question sees of the conversation. */
export interface Turn<Data> {
  readonly world: World;
  /**
   * The same world for reading: what is asked of Partner Center is asked once per turn, and kept with the draft for a
   * minute. For a key, a right, Confirm and Submit nothing is kept: there it asks anew.
   */
  readonly facts: World;
  /** What was kept is not believed any more: from here on, `facts` asks anew. */
  forgetFacts(): void;
  readonly words: Words;
  readonly who: Person;
  readonly place: Place;
  readonly context: CardContext;
  /** The same in the person's own words: for what nobody else gets to see. */
  readonly ownContext: CardContext;
  /** What another draft is about, in the words of this turn. */
  titleOf(draft: Draft): string | undefined;
  readonly data: Data;
  readonly draftId: string;
  /** Of the confirmation that is asked for; empty where none is. */
  readonly submissionId: string;
  readonly ownerName: string;
  /** How Microsoft may reach the person about a ticket: what they gave last time. */
  readonly contact?: Contact;
  /** Everything of this conversation is for one person's eyes: what it leads to is told to them alone. */
  readonly isPrivate: boolean;
  /** Handed over, and on a card that others see too: its buttons are for whoever may. */
  readonly isHandedOver: boolean;
  /** Who prepared it, where that was somebody else. */
  readonly preparer?: { readonly id: string; readonly name: string };
  /** Where others saw it begin, before it went on here. */
  readonly begunIn?: string;
  /** Everybody who had the draft before. */
  readonly preparers: readonly string[];
  /** Sent with the message that is answered. */
  readonly sentFiles: readonly SentFile[];
  /** That go with its ticket, as they were when the turn began. */
  readonly files: readonly TicketFile[];
  /** The message whose button was pressed, for what will change it later. */
  readonly card?: SentMessage;
  readonly page: ListPage;
  /** Its answer has not gone out yet: whoever asked sees what comes of it at once. */
  isWaitedFor(): boolean;
  /** What the person filled in: when the question is shown again because something was wrong with it, or beside a command. */
  readonly entered: Readonly<Record<string, string>>;
}

/** A turn before there is a draft with data. */
export type FirstTurn = Turn<unknown>;
/** Pressed or typed; both go through the same reader of the card. */
export interface Answer {
  readonly do: string;
  readonly values: Readonly<Record<string, string>>;
  /** Typed in chat instead of filled in. */
  readonly text?: string;
  /** How a private answer can be given. */
  readonly via: AnswerWay | 'words';
  /** Which message the client says was pressed: only ever looked up. */
  readonly messageId?: string;
  readonly page?: PageSession;
}

export type MaybePromise<T> = T | Promise<T>;

/**
 * Question and the reading of its answer, side by side.
 *
 * - `input`: what is typed here next answers it. `freeText`: as it stands, a sentence that begins with a command word is an
 *   answer too. `confirms`: this answer brings it to its end, so that its card has a submission id and facts are asked anew for it.
 * - `list`: looked at and pressed; nobody waits for words. What is pressed on an older drawing of it is shown anew.
 * - `confirm`: draws a submission id each time; facts are asked anew when it is answered.
 * - `record`: about a record, not a draft: leaving it discards nothing, and what is left of the card is `left`.
 */
export type Question<Steps extends StepData, Data> = {
  readonly data: ZodType<Data>;
  /** Shown in one line when the answer was typed and the conversation went on below. */
  heading(words: Words, data: Data): string;
  show(turn: Turn<Data>): MaybePromise<Card>;
  answer(turn: Turn<Data>, answer: Answer): MaybePromise<Reply<Steps>>;
  /** Saved or handed over, it is taken up again: what is to be asked now. Absent, it is shown as it was left. */
  resume?(turn: Turn<Data>): Promise<Reply<Steps>>;
  /** What was typed, as if filled in on the card, where it can be corrected. */
  readTyped?(turn: Turn<Data>, text: string): MaybePromise<Answer['values']>;
  /** The choices for what was typed so far into one of its inputs. */
  suggest?(turn: Turn<Data>, searched: Searched, text: string): MaybePromise<readonly Choice[]>;
  /** What is under way, by the button that waits for the outside: the card says so meanwhile, and has no buttons. */
  busy?(words: Words, answer: Pick<Answer, 'via'>): Readonly<Record<string, string>>;
  /** Saved for later or handed over from here, what was filled in is kept. Absent, it is not. */
  keep?(turn: Turn<Data>, values: Answer['values']): Data;
  /** The titles of its buttons that may be typed, although they begin like a command. */
  titles?(words: Words): readonly string[];
  /** A detour: once the conversation has gone on to a question that is none, Back no longer leads here. */
  readonly isDetour?: boolean;
} & (
  | {
      readonly kind: 'input';
      freeText?(data: Data): boolean;
      confirms?(answer: Pick<Answer, 'do' | 'values'>): boolean;
    }
  | { readonly kind: 'list' }
  /** `yes`: the button that is meant by a typed yes, which is asked back once. */
  | { readonly kind: 'confirm'; readonly yes: string }
  | { readonly kind: 'record'; finalCard(turn: Turn<Data>): Promise<Card> }
);

/** A window that closes while the conversation is a draft: its owner is reminded. Times are UTC. */
export interface ClosingWindow {
  readonly orderNumber: string;
  readonly closesAt: string;
  /** Times before this are not reminded of. */
  readonly askedAt: string;
}

export interface FlowScript<Steps extends StepData> {
  readonly name: string;
  /** Demanded at the beginning and at each answer. */
  readonly right?: Right;
  /** Anybody with the right may press it: it only leads elsewhere. */
  readonly isOpen?: boolean;
  /** Only who has it brings the conversation to its end, so only they take over what was handed over. */
  readonly finishRight?: Right;
  /** Its own *Resume* leads into another conversation. */
  readonly ownResume?: boolean;
  /** What the draft is about; flows without it are not worth keeping and do not appear among the drafts. */
  title?(words: Words, data: Partial<Steps[keyof Steps & string]>): string;
  /** Two drafts of one person with the same key are one: the second one resumes the first. */
  key?(data: Partial<Steps[keyof Steps & string]>): string | undefined;
  closing?(data: Partial<Steps[keyof Steps & string]>): ClosingWindow | undefined;
  /** What became of what was submitted under the turn's submission id, or is kept in the data, as it stands now. */
  outcome?(turn: Turn<Partial<Steps[keyof Steps & string]>>): Promise<Card | undefined>;
  begin(turn: FirstTurn, args: string): MaybePromise<Reply<Steps>>;
  readonly questions: { readonly [Step in keyof Steps & string]: Question<Steps, Steps[Step]> };
}

type Data = Readonly<Record<string, unknown>>;
export type AnyReply = Reply<StepData>;

/** A flow whose data has been made opaque: what the engine drives. */
export interface Flow {
  readonly name: string;
  readonly right?: Right;
  readonly finishRight?: Right;
  readonly isOpen: boolean;
  readonly isKept: boolean;
  readonly ownResume: boolean;
  kindOf(step: string): 'input' | 'list' | 'confirm' | 'record' | undefined;
  takesFreeText(step: string, data: Data): boolean;
  /** A button of the card was typed by its title, in any language. */
  isTitle(step: string, text: string): boolean;
  /** What a typed yes means there; absent where it is a word like any other. */
  yes(step: string): string | undefined;
  /** Its card can end the conversation, or change what it lists: a second press must not count. */
  hasSubmission(step: string): boolean;
  /** What this answer leads to costs money or files something. */
  isBinding(step: string, answer: Pick<Answer, 'do' | 'values'>): boolean;
  isDetour(step: string): boolean;
  /** What is under way once this was pressed; `undefined` for what waits for nobody. */
  busy(step: string, words: Words, answer: Pick<Answer, 'do' | 'values' | 'via'>): string | undefined;
  title(words: Words, data: Data): string | undefined;
  key(data: Data): string | undefined;
  closing(data: Data): ClosingWindow | undefined;
  heading(step: string, words: Words, data: Data): string;
  begin(turn: FirstTurn, args: string): Promise<AnyReply>;
  show(step: string, turn: Turn<Data>): Promise<Card>;
  /** What is left of the card of a record; `undefined` for questions about a draft. */
  finalCard(step: string, turn: Turn<Data>): Promise<Card | undefined>;
  resume(step: string, turn: Turn<Data>): Promise<AnyReply | undefined>;
  keep(step: string, turn: Turn<Data>, values: Answer['values']): Data;
  outcome(turn: Turn<Data>): Promise<Card | undefined>;
  readTyped(step: string, turn: Turn<Data>, text: string): Promise<Answer['values']>;
  suggest(step: string, turn: Turn<Data>, searched: Searched, text: string): Promise<readonly Choice[]>;
  answer(step: string, turn: Turn<Data>, answer: Answer): Promise<AnyReply>;
}

/** Closes a script over its data: what was stored is parsed again before a step sees it. */
export function flow<Steps extends StepData>(script: FlowScript<Steps>): Flow {
  type Any = Steps[keyof Steps & string];
  const questions: Readonly<Record<string, Question<Steps, Any> | undefined>> = script.questions;
  const question = (step: string): Question<Steps, Any> => {
    const found = questions[step];
    // Asked by another version of the code.
    if (!found) throw new Refusal('draft-outdated', {});
    return found;
  };
  // As it will be read back from the store: without what is undefined.
  const parse = (step: string, data: unknown): Any => {
    const found = question(step).data.safeParse(JSON.parse(JSON.stringify(data)));
    // Written by another version of the code, for which this question needs other data.
    if (!found.success) throw new Refusal('draft-outdated', {});
    return found.data;
  };
  const withData = (step: string, turn: Turn<unknown>): Turn<Any> => ({ ...turn, data: parse(step, turn.data) });
  const opaque = async (reply: MaybePromise<Reply<Steps>>): Promise<AnyReply> => (await reply) as AnyReply;
  const loose = (data: unknown): Partial<Any> => data as Partial<Any>;
  return {
    name: script.name,
    right: script.right,
    finishRight: script.finishRight,
    isOpen: script.isOpen ?? false,
    isKept: script.title !== undefined,
    ownResume: script.ownResume ?? false,
    kindOf: (step) => questions[step]?.kind,
    takesFreeText(step, data) {
      const asked = questions[step];
      if (asked?.kind !== 'input' || !asked.freeText) return false;
      const found = asked.data.safeParse(data);
      return found.success && asked.freeText(found.data);
    },
    isTitle(step, text) {
      const titles = allWords().flatMap((words) => questions[step]?.titles?.(words) ?? []);
      return titles.some((title) => fold(title) === fold(bare(text)));
    },
    yes(step) {
      const asked = questions[step];
      return asked?.kind === 'confirm' ? asked.yes : undefined;
    },
    hasSubmission(step) {
      const asked = questions[step];
      if (asked?.kind === 'input') return asked.confirms !== undefined;
      return asked?.kind === 'confirm' || (asked?.kind === 'list' && !script.isOpen);
    },
    isBinding(step, answer) {
      const asked = questions[step];
      if (asked?.kind === 'input') return asked.confirms?.(answer) ?? false;
      return asked?.kind === 'confirm' || asked?.kind === 'record';
    },
    busy(step, words, answer) {
      const asked = questions[step];
      // What only leads on is no work.
      if (asked?.kind === 'input' && asked.confirms?.(answer) === false) return undefined;
      return asked?.busy?.(words, answer)[answer.do];
    },
    isDetour: (step) => questions[step]?.isDetour ?? false,
    title: (words, data) => script.title?.(words, loose(data)),
    key: (data) => script.key?.(loose(data)),
    closing: (data) => script.closing?.(loose(data)),
    heading: (step, words, data) => question(step).heading(words, parse(step, data)),
    begin: async (turn, args) => opaque(script.begin(turn, args)),
    show: async (step, turn) => question(step).show(withData(step, turn)),
    async finalCard(step, turn) {
      const asked = question(step);
      return asked.kind === 'record' ? asked.finalCard(withData(step, turn)) : undefined;
    },
    async resume(step, turn) {
      const reply = await question(step).resume?.(withData(step, turn));
      return reply && opaque(reply);
    },
    keep: (step, turn, values) => ({ ...turn.data, ...question(step).keep?.(withData(step, turn), values) }),
    outcome: async (turn) => script.outcome?.({ ...turn, data: loose(turn.data) }),
    readTyped: async (step, turn, text) => question(step).readTyped?.(withData(step, turn), text) ?? {},
    suggest: async (step, turn, searched, text) =>
      (await question(step).suggest?.(withData(step, turn), searched, text)) ?? [],
    answer: async (step, turn, answer) => opaque(question(step).answer(withData(step, turn), answer)),
  };
}
