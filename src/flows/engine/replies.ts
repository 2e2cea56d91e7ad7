import type { Card, PrivateCard, SecretParts } from '../../cards/card.ts';
import type { Secret } from '../../domain/secret.ts';
import type { WebPage } from './messenger.ts';

/** The data of each question of a flow, by the question's name. */
export type StepData = Readonly<Record<string, object>>;

/** Goes on to another question, or asks the same again: with that question's own data. */
export type Ask<Steps extends StepData> = {
  [Step in keyof Steps & string]: {
    readonly kind: 'ask';
    readonly step: Step;
    readonly data: Steps[Step];
    readonly problem?: string;
  };
}[keyof Steps & string];

/** What was fetched, the rows that say who looks at it, and what is left of the conversation once it is shown. */
export interface Fetched<Data> {
  readonly kind: 'fetched';
  readonly secret: PrivateCard;
  readonly parts?: Secret<SecretParts>;
  readonly keyReveals: readonly string[];
  readonly data: Data;
}

/** Something that only the one who asked may see; the engine knows where it can be shown to them alone. */
export interface ShowSecret<Steps extends StepData> {
  readonly kind: 'secret';
  /** Writes down who looks, and only then fetches; or says what comes instead. */
  reveal(where: 'answer' | 'message'): Promise<Fetched<Steps[keyof Steps & string]> | Reply<Steps>>;
  /** The message before the secret is in it. */
  readonly placeholder: Card;
  /** It was fetched too late to be shown. */
  readonly late: { readonly data: Steps[keyof Steps & string]; readonly problem: string };
}

/** The dialog that is being opened shows a page of ours, which goes on with this conversation. */
export interface ShowPage<Steps extends StepData> {
  readonly kind: 'page';
  readonly page: WebPage;
  readonly data: Steps[keyof Steps & string];
}

/** What a step says. `start`, `resume` and `discard` lead from a list to another conversation, below. */
export type Reply<Steps extends StepData> =
  | Ask<Steps>
  | { readonly kind: 'done'; readonly card: Card }
  | ShowSecret<Steps>
  | ShowPage<Steps>
  | { readonly kind: 'token'; readonly token: Secret<string> }
  | { readonly kind: 'start'; readonly flow: string; readonly args: string }
  | { readonly kind: 'resume' | 'discard'; readonly draftId: string };

export const done = (card: Card): { readonly kind: 'done'; readonly card: Card } => ({ kind: 'done', card });
export const start = (flow: string, args: string) => ({ kind: 'start', flow, args }) as const;

/** `ask` for the questions of one flow: the data must be that of the question. */
export type AskFor<Steps extends StepData> = <Step extends keyof Steps & string>(
  step: Step,
  data: Steps[Step],
  problem?: string,
) => Ask<Steps>;

export function askIn<Steps extends StepData>(): AskFor<Steps> {
  return (step, data, problem) => ({ kind: 'ask', step, data, problem }) as Ask<Steps>;
}
