/** Refusals of other services are passed on as text within text; deeper than this nothing was seen. */
const maxDepth = 5;

/**
 * The code in the body of a refusal: `{ error: { code } }`, or, nearer to the cause, a `subCode` in an object or in JSON
 * that is the text of a message. See docs/teams.md, "Statuses of the Connector".
 */
export function refusalCode(body: unknown): string | undefined {
  const code = find(body, 'subCode', maxDepth) ?? find(body, 'code', maxDepth) ?? find(body, 'errorCode', maxDepth);
  return code?.slice(0, 100).replace(/[^\w.-]/g, '') || undefined;
}

/** The innermost field of that name. */
function find(value: unknown, name: string, depth: number): string | undefined {
  if (depth === 0) return undefined;
  if (typeof value === 'string') return value.trimStart().startsWith('{') ? find(parse(value), name, depth) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const inner of Object.values(value)) {
    const found = find(inner, name, depth - 1);
    if (found !== undefined) return found;
  }
  const own: unknown = Reflect.get(value, name);
  return typeof own === 'string' && own !== '' && !own.trimStart().startsWith('{') ? own : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
