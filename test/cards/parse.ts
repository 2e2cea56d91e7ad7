import { createRequire } from 'node:module';

/** The package's own entry cannot be loaded by Node; its bundle can. */
const official: typeof import('adaptivecards') = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

export type Json = Record<string, unknown>;

/** What the official parser finds wrong with a card; nothing when it would be drawn as it stands. */
export function complaintsAbout(content: unknown): string[] {
  const context = new official.SerializationContext();
  const card = new official.AdaptiveCard();
  card.hostConfig = new official.HostConfig({ actions: { maxActions: 6 } });
  card.parse(JSON.parse(JSON.stringify(content)), context);
  const parsing = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const validation = card.validateProperties().validationEvents.map(({ message }) => message);
  return [...parsing, ...validation].filter((complaint) => !isItsOwnFault(complaint));
}

/**
 * Its pattern for languages remembers where it stopped, so that every other card has a wrong one; and it does not know
 * the elements that Teams has beyond the schema, for which their `fallback` is drawn.
 */
function isItsOwnFault(complaint: string): boolean {
  const [, element = ''] = complaint.match(/^Unknown element type "(\w+)"\. Fallback will be used/) ?? [];
  return /^Invalid value "[a-z]{2,3}" for property "lang"/.test(complaint) || teamsElements.has(element);
}

/** Each needs a `fallback`. */
export const teamsElements = new Set(['Badge', 'Icon', 'ProgressBar']);

/** Every object inside, the card itself first. */
export function* nodesOf(content: unknown): Generator<Json> {
  if (Array.isArray(content)) for (const one of content) yield* nodesOf(one);
  else if (typeof content === 'object' && content !== null) {
    yield content as Json;
    for (const value of Object.values(content)) yield* nodesOf(value);
  }
}

const typed = (content: unknown, prefix: string): Json[] =>
  [...nodesOf(content)].filter(({ type }) => typeof type === 'string' && type.startsWith(prefix));

export const inputsOf = (content: unknown): Json[] => typed(content, 'Input.');
export const actionsOf = (content: unknown): Json[] => typed(content, 'Action.');

/** All that a person reads on it, Markdown taken for what it shows. */
export function textOf(content: unknown): string {
  const texts = [...nodesOf(content)].flatMap(({ type, text, facts }) => [
    ...(type === 'TextBlock' ? [shown(String(text))] : []),
    ...(type === 'TextRun' ? [String(text)] : []),
    ...(Array.isArray(facts) ? facts.map((fact: Json) => `${fact.title}: ${shown(String(fact.value))}`) : []),
  ]);
  return texts.join('\n');
}

const shown = (markdown: string): string => markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');

/** What the client sends with a press when nothing was changed, plus what was. */
export function sent(content: unknown, changed: Readonly<Record<string, string>> = {}): Record<string, string> {
  const filled = inputsOf(content).flatMap(({ id, value }) =>
    value === undefined || value === '' ? [] : [[id, String(value)]],
  );
  return { ...Object.fromEntries(filled), ...changed };
}

/** As Teams counts it. */
export const sizeOf = (content: unknown): number => Buffer.byteLength(JSON.stringify(content), 'utf16le');
