import { z } from 'zod';
import { asItLooks } from '../../cards/typed-text.ts';
import type { Search } from '../../flows/extension.ts';
import type { Activity } from './activity.ts';

/** What the message extension asks for: docs/teams.md, "Message extension". */
export type ExtensionInvoke =
  | ({ readonly kind: 'search' } & Pick<Search, 'subject' | 'text' | 'skip' | 'count'>)
  | { readonly kind: 'link'; readonly url: string }
  /** Nothing is to be shown: a link of somebody who is not known, a setting, a button of a preview. */
  | { readonly kind: 'nothing' }
  /** A command that is not ours, or a value that has not the shape of its name. */
  | { readonly kind: 'unknown' };

/** As many as Teams shows of one answer. */
const mostResults = 25;
const mostSkipped = 500;
const maxLength = 200;

const whole = z.number().int().min(0).optional().catch(undefined);
const query = z.object({
  commandId: z.enum(['orders', 'cases', 'customers']),
  parameters: z.array(z.object({ name: z.string(), value: z.unknown() }).catch({ name: '', value: '' })).catch([]),
  queryOptions: z.object({ skip: whole, count: whole }).catch({}).default({}),
});
const link = z.object({ url: z.string().max(2000) });

/** The one parameter that each of our searches has; at first Teams sends `initialRun` instead. */
const searchParameter = 'search';

export function parseExtension({ name, value }: Pick<Activity, 'name' | 'value'>): ExtensionInvoke {
  switch (name) {
    case 'composeExtension/query':
      return parseSearch(value);
    case 'composeExtension/queryLink': {
      const parsed = link.safeParse(value);
      return parsed.success ? { kind: 'link', url: parsed.data.url } : { kind: 'nothing' };
    }
    case 'composeExtension/anonymousQueryLink':
    case 'composeExtension/setting':
    case 'composeExtension/onCardButtonClicked':
      return { kind: 'nothing' };
    default:
      return { kind: 'unknown' };
  }
}

function parseSearch(value: unknown): ExtensionInvoke {
  const parsed = query.safeParse(value);
  if (!parsed.success) return { kind: 'unknown' };
  const { commandId: subject, parameters, queryOptions } = parsed.data;
  const typed = parameters.find(({ name }) => name === searchParameter)?.value;
  const text = typeof typed === 'string' ? asItLooks(typed).replace(/\s+/g, ' ').trim().slice(0, maxLength) : '';
  const { skip = 0, count = mostResults } = queryOptions;
  return {
    kind: 'search',
    subject,
    text: text.toWellFormed(),
    skip: Math.min(skip, mostSkipped),
    count: Math.min(Math.max(count, 1), mostResults),
  };
}
