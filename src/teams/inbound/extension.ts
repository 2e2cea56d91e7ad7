import { z } from 'zod';
import { asItLooks } from '../../cards/typed-text.ts';
import type { Search } from '../../flows/extension.ts';
import { type Activity, asRecord } from './activity.ts';
import { readWritten } from './text.ts';

/** What the message extension asks for: docs/teams.md, "Message extension". */
export type ExtensionInvoke =
  | ({ readonly kind: 'search' } & Pick<Search, 'subject' | 'text' | 'skip' | 'count'>)
  | { readonly kind: 'link'; readonly url: string }
  /** An action command: a dialog opens. `message`: the texts of the message on which it was chosen. */
  | { readonly kind: 'open'; readonly command: 'keys' | 'cancel'; readonly message: readonly string[] }
  /** Something was pressed in that dialog; what, is read from its data. */
  | { readonly kind: 'press'; readonly data: unknown }
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
const payload = z.object({
  body: z.object({ content: z.string() }).optional().catch(undefined),
  attachments: z
    .array(z.object({ content: z.string() }).nullable().catch(null))
    .catch([])
    .default([]),
});
const open = z.object({ commandId: z.enum(['keys', 'cancel']), messagePayload: payload.optional().catch(undefined) });
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
    case 'composeExtension/fetchTask': {
      const parsed = open.safeParse(value);
      if (!parsed.success) return { kind: 'unknown' };
      const { commandId: command, messagePayload } = parsed.data;
      return { kind: 'open', command, message: messagePayload ? textsOf(messagePayload) : [] };
    }
    case 'composeExtension/submitAction':
      return { kind: 'press', data: asRecord(value)?.data };
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

const mostCards = 5;
const maxCardLength = 50_000;

/** What was written, and the cards as they were sent. */
function textsOf({ body, attachments }: z.infer<typeof payload>): string[] {
  const cards = attachments.flatMap((one) => one?.content.slice(0, maxCardLength) ?? []);
  return [readWritten(body?.content ?? ''), ...cards.slice(0, mostCards)];
}
