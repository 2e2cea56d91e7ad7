import type { Card, PrivateCard, SecretParts } from '../../cards/card.ts';
import type { CardAction } from '../../cards/card-action.ts';
import type { SentFile } from '../../domain/cancellations/ticket-files.ts';
import type { Language } from '../../domain/people/languages.ts';
import type { OtherReaders, Place, SentMessage } from '../../domain/people/place.ts';
import type { Person } from '../../domain/people/staff.ts';
import type { Secret } from '../../domain/secret.ts';

/** So long before the answer must be out, the person gets "working on it" and the answer comes later. */
export const workingMs = 300;

/** How an action can be answered: in the answer of its invoke, by a message only, inside its dialog, or on a web page. */
export type AnswerWay = 'invoke' | 'message' | 'dialog' | 'page';

/** What the session of a web page says, and the one-time token that it presents. */
export interface PageSession {
  readonly tenantId: string;
  readonly token?: string;
}

/** One thing that somebody typed or pressed, free of Teams. */
export interface Incoming {
  /** Goes into every log line of the turn, and out as the correlation id of every call made in it. */
  readonly turnId: string;
  /** By what a second delivery is known. Absent: each delivery is a turn of its own. */
  readonly activityKey?: string;
  readonly who: Person;
  readonly place: Place;
  /** Of what everybody here reads; in a personal chat, the person's. */
  readonly language: Language;
  /** Sent as a targeted message: every answer stays private. */
  readonly isPrivate: boolean;
  /** Why it is private although it was not asked in private: who else would read the answers. */
  readonly readers?: OtherReaders;
  /** The answer must be out by then, in milliseconds of `performance.now()`. */
  readonly answerBy: number;
  readonly input: TypedText | ({ readonly kind: 'action' } & PressedAction);
}

export interface TypedText {
  readonly kind: 'text';
  /** In one line, and without anybody's mention. */
  readonly text: string;
  /** For an answer in whole sentences: with its line breaks, and other people by name. */
  readonly asWritten?: string;
  /** There are no words, but something that nobody reads here. */
  readonly unread?: 'file' | 'picture' | 'forwarded';
  /** Sent along, in the personal chat. */
  readonly files?: readonly SentFile[];
  /** An earlier message that was edited, or deleted and restored: it may have been acted on. */
  readonly isChanged?: boolean;
}

/** `isAutomatic`: the client refreshed a card by itself; nothing may follow from that. */
export interface PressedAction {
  readonly action: CardAction;
  /** Which message the client says was pressed. It can be wrong or missing: what is stored counts more. */
  readonly messageId?: string;
  readonly via: AnswerWay;
  readonly isAutomatic: boolean;
  /** Where it was pressed on a web page that goes on with a conversation of any place. */
  readonly page?: PageSession;
}

/** What the presser alone gets at once, in the answer of the invoke. A typed message has none: its answer is a message. */
export type InvokeAnswer =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'card'; readonly card: Card }
  /** `parts`: the same, for a page that draws it itself. `onMissed`: it did not go out after all. */
  | {
      readonly kind: 'secret';
      readonly card: PrivateCard;
      readonly parts?: Secret<SecretParts>;
      readonly onMissed?: () => Promise<void>;
    }
  /** The page presents it at once and gets the secret for it. */
  | { readonly kind: 'token'; readonly token: Secret<string> }
  | ({ readonly kind: 'page' } & WebPage)
  | { readonly kind: 'text'; readonly text: string };

/** One of our own web pages, shown in a dialog. There is nothing secret in its path. */
export interface WebPage {
  /** Below PUBLIC_URL, with its query: `/web/key?draft=…`. */
  readonly path: string;
  readonly title: string;
  /** In pixels, or as a part of the window. */
  readonly width: number | 'small' | 'medium' | 'large';
  readonly height: number | 'small' | 'medium' | 'large';
}

/** `onlyFor`: a targeted message to that person. `isAnswer`: somebody waits for it, and seeing it twice does no harm. */
export interface SendOptions {
  readonly onlyFor?: string;
  readonly isAnswer?: boolean;
  /** Nobody waits for it: it waits for room within the limits of sending. */
  readonly isNotice?: boolean;
}

/** Sends messages. `teams/` implements it; a message that could not be delivered throws `DeliveryError`. */
export interface Messenger {
  /**
   * A new message in the place (in a channel: in its thread). Nothing is returned where Teams took it and did not say
   * under which id.
   */
  send(placeId: string, card: Card, options?: SendOptions): Promise<SentMessage | undefined>;
  /** Updates are repeated until they succeed or can't; they are harmless twice. `onlyFor` of the message is honoured always. */
  update(message: SentMessage, card: Card): Promise<void>;
  /** One try, for a message of which nobody knows whether it is there. False: Teams says that it is not. */
  updateIfThere(message: SentMessage, card: Card): Promise<boolean>;
  /** Takes a message away. Throws where Teams does not say that it is gone now. */
  delete(message: SentMessage): Promise<void>;
  /** A message in the person's own chat with the bot, which is opened when it does not exist yet. */
  sendDirect(
    personId: string,
    card: Card,
    options?: Pick<SendOptions, 'isAnswer' | 'isNotice'>,
  ): Promise<SentMessage | undefined>;
  /**
   * A targeted message, also in this person's own chat, where only some tenants take one. Throws where it is not to be had;
   * nothing was said in another way then.
   */
  sendTargeted(placeId: string, card: Card, personId: string): Promise<SentMessage | undefined>;
  /** Puts a secret into a targeted message that stands already. Refuses a message that others can see. */
  updateTargeted(message: SentMessage, card: PrivateCard): Promise<void>;
  typing(placeId: string): Promise<void>;
}
