import { z } from 'zod';
import { asTyped, clean } from '../../cards/typed-text.ts';
import type { Activity } from './activity.ts';

const mention = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string(), name: z.string().optional().catch(undefined) }),
  text: z.string().optional().catch(undefined),
});

/** With its markup. Longer than a message of Teams can be (docs/teams.md, "Mentions and text"): what comes after is not read. */
const maxWritten = 30_000;
const maxEntities = 100;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Is the bot itself mentioned? By id: the visible name can be edited (docs/teams.md, "Mentions and text"). */
export function isMentioned(activity: Activity): boolean {
  return mentionsIn(activity).some(({ mentioned }) => mentioned.id === activity.recipient?.id);
}

/** What somebody typed. */
export interface MessageText {
  /** In one line, and without anybody's mention. */
  readonly text: string;
  /** For an answer in whole sentences: with its line breaks, and other people by name. Absent where that is the same. */
  readonly asWritten?: string;
}

/**
 * What a person meant to say: without mentions, quoted and forwarded messages, markup and invisible characters; with
 * plain quotes, dashes and spaces. A message that only mentions people means their names.
 */
export function readMessageText(activity: Activity): MessageText {
  const asWritten = clean(withoutQuoted(asTyped(decode(withoutMarkup(withNames(activity))))));
  const words = clean(withoutQuoted(asTyped(decode(withoutMarkup(withoutMentions(activity))))));
  const text = (words || asWritten).replace(/\s+/g, ' ').trim();
  return asWritten === text ? { text } : { text, asWritten };
}

/** What stands in a message of anybody's, without its markup. */
export function readWritten(html: string): string {
  return clean(asTyped(decode(withoutMarkup(html.slice(0, maxWritten)))));
}

/** Pasted text may come as HTML only. */
function textOf({ text, attachments }: Activity): string {
  const start = text?.slice(0, maxWritten);
  if (start?.trim()) return start;
  const html = attachments.find((one) => one?.contentType.toLowerCase() === 'text/html')?.content;
  return typeof html === 'string' ? html.slice(0, maxWritten) : '';
}

type Mention = z.infer<typeof mention>;

function mentionsIn(activity: Activity): Mention[] {
  return activity.entities.slice(0, maxEntities).flatMap((entity) => {
    const parsed = mention.safeParse(entity);
    return parsed.success ? [parsed.data] : [];
  });
}

const mentionTag = /<at\b[^<>]*>([\s\S]{0,400}?)<\/at>/gi;

function withoutMentions(activity: Activity): string {
  return withoutOwnName(activity, textOf(activity).replace(mentionTag, ' '), mentionsIn(activity));
}

/** Only the bot is left out. A name may have `&` and `<` in it, escaped or not, and an entity may have no text. */
function withNames(activity: Activity): string {
  const own = mentionsIn(activity).filter(({ mentioned }) => mentioned.id === activity.recipient?.id);
  const names = own.flatMap(({ text = '', mentioned }) => [
    clean(text).replace(/<\/?at\b[^<>]*>/gi, ''),
    mentioned.name ?? '',
  ]);
  const ownNames = names.map((name) => decode(name).trim());
  const text = textOf(activity).replace(mentionTag, (_whole, name: string) =>
    ownNames.includes(decode(name).trim()) ? ' ' : name,
  );
  return withoutOwnName(activity, text, own);
}

/** Some clients write a mention without a tag: as its text, or as the bot's name in front of everything else. */
function withoutOwnName(activity: Activity, text: string, mentions: readonly Mention[]): string {
  let rest = text;
  for (const { text: written } of mentions) if (written) rest = rest.replaceAll(written, ' ');
  const own = mentions.find(({ mentioned }) => mentioned.id === activity.recipient?.id)?.mentioned.name;
  return own && rest.trimStart().startsWith(`${own} `) ? rest.trimStart().slice(own.length) : rest;
}

// Each pattern ends at the next `<`, or after a bounded length: time must grow with the length of the text, not its square.
const quoteTag = /<(\/?)(quoted|blockquote)\b[^<>]*(?<!\/)>/gi;
const blockTag = /<\/?(?:p|div|br|ul|ol|li|table|tbody|thead|tr|h[1-6]|hr|pre|blockquote|quoted|codeblock)\b[^<>]*>/gi;
const inlineTag =
  /<\/?(?:at|span|strong|em|b|i|u|s|a|code|font|sub|sup|mark|del|ins|small|big|strike|td|th|img|emoji|attachment|readonly)(?:[\s/][^<>]*)?>/gi;

function withoutMarkup(text: string): string {
  return withoutQuotes(text).replace(blockTag, '\n').replace(inlineTag, '');
}

/** A quote whose end is missing is text like any other. */
function withoutQuotes(text: string): string {
  const left: string[] = [];
  const begunAt = new Map<string, number>();
  let from = 0;
  for (const { 0: tag, 1: slash, 2: written = '', index } of text.matchAll(quoteTag)) {
    const name = written.toLowerCase();
    const start = begunAt.get(name) ?? -1;
    if (!slash && start < from) begunAt.set(name, index);
    if (!slash || start < from) continue;
    left.push(text.slice(from, start));
    from = index + tag.length;
  }
  return [...left, text.slice(from)].join('\n');
}

/** Lines that quote somebody are not this person's words, unless there are no others. */
function withoutQuoted(text: string): string {
  const lines = text.split('\n');
  const own = lines.filter((line) => !/^>/.test(line));
  const isAnswered = own.some((line) => line !== '');
  const left = isAnswered ? own : lines.map((line) => line.replace(/^>[>\s]*/, ''));
  return left
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  });
}
