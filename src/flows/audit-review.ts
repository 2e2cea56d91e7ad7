import type { CardContext } from '../cards/render.ts';
import { reviewCard, reviewsCard } from '../cards/review.ts';
import { quarterBefore, quarterNamed, quarterOf, reviewOf } from '../domain/audit/review.ts';
import { languages } from '../domain/people/languages.ts';
import { fold } from '../domain/search/fold.ts';
import type { World } from '../domain/world.ts';
import { wordsFor } from '../words/index.ts';
import { type Days, spanOf } from '../words/periods.ts';
import type { Card } from './engine/flow.ts';

/** `review contoso`: what follows the word, in any of the languages; `undefined` where it does not begin with it. */
export function afterReview(text: string): string | undefined {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  const isWord = languages.some((language) => fold(wordsFor(language).review.word) === fold(first));
  return isWord ? rest.join(' ') : undefined;
}

/** Where no days are named: the whole quarter before this one. */
export function lastQuarter({ clock }: Pick<World, 'clock'>): Days {
  const { first, last } = quarterBefore(clock.now());
  return { first, last };
}

interface Wanted {
  readonly customer?: { readonly id: string; readonly name: string };
  readonly days: Days;
  readonly from: number;
}

/** The list of one customer; without one, the customers there are to review. */
export async function reviewTold(world: World, context: CardContext, { customer, days, from }: Wanted): Promise<Card> {
  const { timeZone } = context;
  const review = await reviewOf(world, { customerId: customer?.id, ...spanOf(days, timeZone) });
  const commandOf = (customerId?: string) =>
    ['audit review', customerId, `${days.first} to ${days.last}`].filter(Boolean).join(' ');
  const title = reviewTitle(context, customer?.name, days);
  const shown = { title, review, command: commandOf(customer?.id), from };
  if (customer) return reviewCard(context, shown);
  return reviewsCard(context, { ...shown, commandOf });
}

export function reviewTitle({ words }: CardContext, customerName: string | undefined, { first, last }: Days): string {
  const { review, audit } = words;
  const about = customerName === undefined ? review.title : review.of(customerName);
  const quarter = quarterOf({ first, last });
  return audit.on(quarter ? `${about}, ${review.quarter(...quarter)}` : about, new Date(first), new Date(last));
}

/** The news of a quarter. */
export function reviewNews(world: World, context: CardContext, quarter: string): Promise<Card> {
  const { first, last } = quarterNamed(quarter);
  return reviewTold(world, context, { days: { first, last }, from: 0 });
}
