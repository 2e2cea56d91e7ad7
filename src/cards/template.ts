/** Fills a template with data. What has no value there is left out. */
export type FillTemplate = (data: object) => Record<string, unknown>;

/** A part of a template, ready to be filled; `undefined` where the data have nothing for it. */
type Part = (data: unknown) => unknown;

/** An element of a list: as often as it stands there then. */
type Element = (data: unknown) => readonly unknown[];

const whole = /^\$\{([\w$.]+)\}$/;
const within = /\$\{([\w$.]+)\}/g;
const condition = /^\$\{(exists|count)\(([\w.]+)\)( > 0)?\}$/;

/**
 * Reads a template as the card designer of Adaptive Cards makes it, once; filling it is cheap then. Of the language this is as
 * much as our templates use: `${path}`, `$data` with a path to a list, `$when` with `exists(path)` or `count(path) > 0`.
 * Throws where a template says anything else. Microsoft's own package interprets each expression anew in every card.
 */
export function readTemplate(template: object): FillTemplate {
  const fill = readObject(template);
  return (data) => fill(data) as Record<string, unknown>;
}

function read(part: unknown): Part {
  if (typeof part === 'string') return readText(part);
  if (Array.isArray(part)) {
    const elements = part.map(readElement);
    return (data) => elements.flatMap((element) => element(data));
  }
  return typeof part === 'object' && part !== null ? readObject(part) : () => part;
}

function readObject(template: object): Part {
  if ('$data' in template || '$when' in template)
    throw new Error('only what stands in a list can be repeated or left out');
  const parts = Object.entries(template).map(([name, value]) => [name, read(value)] as const);
  return (data) => {
    const filled: Record<string, unknown> = {};
    for (const [name, part] of parts) {
      const value = part(data);
      if (value !== undefined) filled[name] = value;
    }
    return filled;
  };
}

function readElement(template: unknown): Element {
  const { $data, $when, ...rest } = Object(template);
  const fill = read(typeof template === 'object' ? rest : template);
  if ($data !== undefined) {
    const list = pathOf($data);
    return (data) => (valueAt(data, list) as readonly unknown[]).map(fill);
  }
  if ($when === undefined) return (data) => [fill(data)];
  const isThere = readCondition($when);
  return (data) => (isThere(data) ? [fill(data)] : []);
}

function readCondition(text: string): (data: unknown) => boolean {
  const [, what, path, isCompared] = condition.exec(text) ?? [];
  if (path === undefined || (what === 'count') !== (isCompared !== undefined))
    throw new Error(`unknown condition: ${text}`);
  const names = path.split('.');
  if (what === 'exists') return (data) => valueAt(data, names) !== undefined;
  return (data) => (valueAt(data, names) as readonly unknown[]).length > 0;
}

function readText(text: string): Part {
  if (whole.test(text)) {
    const path = pathOf(text);
    return (data) => valueAt(data, path);
  }
  if (text.replace(within, '').includes('${')) throw new Error(`unknown expression: ${text}`);
  if (!text.includes('${')) return () => text;
  return (data) => text.replace(within, (_, path: string) => String(valueAt(data, path.split('.'))));
}

/** `$data` is the data themselves. */
function pathOf(text: string): readonly string[] {
  const path = whole.exec(text)?.[1];
  if (path === undefined) throw new Error(`unknown expression: ${text}`);
  return path === '$data' ? [] : path.split('.');
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (const name of path) value = Object(value)[name];
  return value;
}
