import type { Card, PrivateCard } from '../cards/card.ts';
import type { Place, Posted } from '../domain/place.ts';
import type { World } from '../domain/ports.ts';
import type { Person } from '../domain/staff.ts';
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
  | { readonly kind: 'secret'; readonly card: PrivateCard }
  | { readonly kind: 'say'; readonly text: string };

/** The bot's mouth. `teams/` implements it; a message that could not be delivered throws `Undelivered`. */
export interface Mailbox {
  /** A new message in the place (in a channel: in its thread); `onlyFor`: a targeted message to that person. */
  post(placeId: string, card: Card, options?: { readonly onlyFor?: string }): Promise<Posted>;
  /** Edits are repeated until they succeed or can't; they are harmless twice. */
  edit(posted: Posted, card: Card): Promise<void>;
  /** Takes a message away. Gone already is fine. */
  remove(posted: Posted): Promise<void>;
  /** A message in the person's own chat with the bot, which is opened when it does not exist yet. */
  direct(personId: string, card: Card): Promise<Posted>;
  /** The only way a secret leaves as a message: targeted, to this person alone. Refuses in personal chats. */
  whisper(placeId: string, personId: string, card: PrivateCard): Promise<Posted>;
  typing(placeId: string): Promise<void>;
}

/** What a question sees of the conversation. */
export interface Turn<Data> {
  readonly world: World;
  readonly words: Words;
  readonly who: Person;
  readonly place: Place;
  readonly draft: DraftView<Data>;
  /** What a card needs to know to be pressed: put into each button's data by the cards themselves. */
  readonly problem?: string;
}

export interface DraftView<Data> {
  readonly id: string;
  readonly step: string;
  readonly data: Data;
  readonly submissionId?: string;
  readonly ownerId: string;
  readonly card?: Posted;
  readonly canGoBack: boolean;
}

/** Pressed or typed; both go through the same reader of the card. */
export interface Answer {
  readonly do: string;
  readonly values: Readonly<Record<string, string>>;
  /** Typed in chat instead of filled in. */
  readonly text?: string;
}

/** What a step says. Four words, and `start` for a list whose items lead to conversations of their own. */
export type Reply<Data> =
  | { readonly kind: 'ask'; readonly step: string; readonly data: Data }
  | { readonly kind: 'done'; readonly card: Card }
  | { readonly kind: 'privately'; readonly card: PrivateCard; readonly said: string; readonly data: Data }
  | { readonly kind: 'start'; readonly flow: string; readonly args: readonly string[] };
