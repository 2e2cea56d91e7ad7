import type { Card } from '../../cards/card.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import type { SessionRecord } from '../../domain/drafts/drafts.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import type { Engine } from './engine.ts';
import type { AnyReply } from './flow.ts';
import type { Incoming } from './messenger.ts';
import type { TurnReply } from './reply.ts';

/** Where the next card of a conversation appears. */
export interface Display {
  /** `new`: a message of its own, whose id is known only once it is sent. `same`: the card that stands already. */
  readonly message: 'new' | 'same';
  /** `isRefused`: the answer was not taken, and the question is asked again. `draft`: as it is now. */
  show(card: Card, how: { readonly isRefused: boolean; readonly draft: Draft }): Promise<SentMessage | undefined>;
}

/** One answer being taken, with everything it needs. */
export interface StepContext {
  readonly engine: Engine;
  readonly incoming: Incoming;
  readonly draft: Draft;
  readonly contact: SessionRecord['contact'];
  readonly reply: TurnReply;
  readonly display: Display;
  /** Leads into a conversation of its own, below. */
  goOn(next: Extract<AnyReply, { kind: 'start' | 'resume' | 'discard' }>): Promise<void>;
}

/** With what an answer is written down. */
export interface Commit {
  readonly isWaiting?: 'yes' | 'no';
  readonly isRefused?: boolean;
}
