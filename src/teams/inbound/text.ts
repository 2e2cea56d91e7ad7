import { z } from 'zod';
import type { Activity } from './activity.ts';

const mention = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string(), name: z.string().optional().catch(undefined) }),
  text: z.string().optional().catch(undefined),
});

const maxLength = 4000;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Characters that databases refuse go, and nothing is longer than 4000; a pair is not cut in the middle. */
export function clean(text: string): string {
  const whole = text.length > maxLength ? text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '') : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is for
  return whole.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '');
}

/** Is the bot itself mentioned? By id: the visible name can be edited (docs/teams.md, "Mentions and text"). */
export function isMentioned(activity: Activity): boolean {
  return ownMentions(activity).length > 0;
}

/**
 * What a person meant to say: without mentions of the bot, quoted placeholders and markup; with plain quotes, dashes
 * and single spaces. Other people's mentions become their names.
 */
export function readMessageText(activity: Activity): string {
  let text = activity.text ?? '';
  for (const own of ownMentions(activity)) text = withoutMention(text, own);
  text = text
    .replace(/<quoted\b[^>]*?(?:\/>|>[\s\S]*?<\/quoted>|>)/gi, ' ')
    .replace(/<\/?(?:at|p|div|br|span|strong|em|b|i|u)\b[^>]*>/gi, (tag) =>
      /^<\/?(?:p|div|br)/i.test(tag) ? ' ' : '',
    );
  return clean(plain(decode(text)));
}

function ownMentions(activity: Activity): z.infer<typeof mention>[] {
  const self = activity.recipient?.id;
  const found: z.infer<typeof mention>[] = [];
  for (const entity of activity.entities) {
    const parsed = mention.safeParse(entity);
    if (parsed.success && parsed.data.mentioned.id === self) found.push(parsed.data);
  }
  return found;
}

function withoutMention(text: string, own: z.infer<typeof mention>): string {
  const name = /^<at\b[^>]*>([\s\S]*)<\/at>$/i.exec(own.text ?? '')?.[1] ?? own.mentioned.name;
  const rest = own.text ? text.replaceAll(own.text, ' ') : text;
  return name
    ? rest.replace(new RegExp(`<at\\b[^>]*>\\s*${name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}\\s*</at>`, 'gi'), ' ')
    : rest;
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  });
}

/** Autocorrected quotes and dashes, invisible characters, no-break spaces. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200B-\u200F\u202A-\u202E\u2060\uFEFF\u00AD]/g, '')
    .replace(/[\u2018\u2019\u201A\u201B\u2032\u00B4]/g, "'")
    .replace(/[\u201C-\u201F\u2033\u00AB\u00BB]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}
