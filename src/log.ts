import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Fields whose value is never printed, wherever they stand in what is logged; compared without regard to case. */
const secretNames = new Set(
  (
    'authorization cookie token accessToken access_token refreshToken refresh_token id_token password ' +
    'MicrosoftAppPassword secret clientSecret client_secret assertion productKey key downloadUrl downloadLink uploadUrl ' +
    'databaseUrl body attachments'
  )
    .toLowerCase()
    .split(' '),
);

const censor = '[secret]';

/** What gives a secret away inside a longer text: bearer tokens, JWTs, product keys, passwords in addresses, queries. */
const telltales: readonly [RegExp, string][] = [
  [/\bBearer\s+[\w.~+/-]+=*/gi, `Bearer ${censor}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, censor],
  [/\b(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}\b/g, censor],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:)[^\s/@]+@/gi, `$1${censor}@`],
  [/(\bhttps?:\/\/[^\s?#"']+)\?[^\s"'#]+/gi, `$1?${censor}`],
];

function scrubText(text: string): string {
  return telltales.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text);
}

function scrubError(error: Error, depth: number): Record<string, unknown> {
  const facts: Record<string, unknown> = {
    type: error.name,
    message: scrubText(error.message),
    stack: scrubText(error.stack ?? ''),
  };
  for (const name of ['code', 'kind', 'status', 'operation', 'correlationId', 'facts'] as const) {
    const value: unknown = Reflect.get(error, name);
    if (value !== undefined) facts[name] = scrub(value, depth + 1);
  }
  if (error.cause !== undefined) facts.cause = scrub(error.cause, depth + 1);
  return facts;
}

/** A copy that is safe to print. Deep and cyclic things are cut: a log line is no dump. */
function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 5) return '[cut]';
  if (value instanceof Error) return scrubError(value, depth);
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => scrub(item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return scrub(value.toJSON(), depth + 1);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretNames.has(name.toLowerCase()) ? censor : scrub(inner, depth + 1),
    ]),
  );
}

/**
 * The logger. Every line passes a scrub: fields with telling names are replaced, and tokens, product keys and the
 * queries of addresses are cut out of texts. This is the second net; the first is that they are `Secret`s.
 */
export function createLog(level: string, stream?: DestinationStream): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error: unknown) => scrub(error) },
      formatters: {
        level: (label) => ({ level: label }),
        log: (line) => Object.fromEntries(Object.entries(line).map(([name, value]) => [name, safe(name, value)])),
      },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args as readonly unknown[];
          const facts =
            first instanceof Error ? [{ err: first }, ...(rest.length > 0 ? [] : [first.message])] : [first];
          const clean = [...facts, ...rest].map((part, at) =>
            at === 0 && typeof part === 'object' ? part : scrub(part),
          );
          method.apply(this, clean as typeof args);
        },
      },
    },
    stream ?? pino.destination({ dest: 1, sync: false }),
  );
}

function safe(name: string, value: unknown): unknown {
  return secretNames.has(name.toLowerCase()) ? censor : scrub(value);
}
