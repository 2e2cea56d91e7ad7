import type { Secret } from '../domain/secret.ts';
import type { Button } from './button.ts';
import type { Input } from './inputs.ts';

export type { Button } from './button.ts';

/** An Adaptive Card ready to be sent. `summary` is the line shown where cards are not (toasts, lists). */
export interface Card {
  readonly content: Record<string, unknown>;
  readonly summary: string;
}

/** A card for one person's eyes only. It cannot be sent, stored or printed as an ordinary card. */
export type PrivateCard = Secret<Card>;

/** What is shown to one person, in parts. */
export interface SecretParts {
  readonly about: string;
  readonly secrets: readonly { readonly label: string; readonly text: string; readonly isAddress: boolean }[];
  readonly notes: readonly string[];
  readonly seconds: number;
}

/** A state in a word or two, with a colour that repeats what the words say. */
export interface Badge {
  readonly text: string;
  readonly style: 'good' | 'warning' | 'attention' | 'accent' | 'informative' | 'subtle';
  readonly icon?: IconName;
  readonly tooltip?: string;
}

/** Of the icons that Teams draws: the ones that are used. */
export type IconName =
  | 'Cart'
  | 'CheckmarkCircle'
  | 'Circle'
  | 'Clock'
  | 'DismissCircle'
  | 'DocumentText'
  | 'Eye'
  | 'History'
  | 'Info'
  | 'Key'
  | 'Person'
  | 'Server'
  | 'Warning';

export interface Fact {
  readonly title: string;
  readonly value: string;
}

/** A row of a list: pressed, it does its `action`, or shows its buttons below. */
export interface Row {
  readonly heading: string;
  readonly details: readonly string[];
  readonly badge?: Badge;
  readonly buttons?: readonly Button[];
  /** Its buttons are shown without pressing it. */
  readonly isOpen?: boolean;
  readonly action?: Button;
}

/** One step on the way of something: taken, under way, or still to come. */
export interface Step {
  readonly status: 'done' | 'failed' | 'now' | 'ahead';
  readonly text: string;
  readonly time: string;
}

export interface Total {
  readonly label: string;
  readonly value: string;
}

/** What is filled in and need not be looked at, with the inputs to change it. `change`: the title of the button. */
export interface Folded {
  readonly title: string;
  readonly text: string;
  readonly badge?: Badge;
  readonly facts: readonly Fact[];
  readonly change: string;
  readonly inputs: readonly Input[];
}
