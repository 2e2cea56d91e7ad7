import { isatty } from 'node:tty';
import { type DestinationStream, type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { withoutSecrets } from './domain/secret-texts.ts';

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

function redactText(text: string): string {
  return withoutSecrets(text, censor);
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const facts: Record<string, unknown> = {
    type: error.name,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
  };
  for (const name of ['code', 'kind', 'status', 'operation', 'correlationId', 'facts'] as const) {
    const value: unknown = Reflect.get(error, name);
    if (value !== undefined) facts[name] = redact(value, depth + 1);
  }
  if (error.cause !== undefined) facts.cause = redact(error.cause, depth + 1);
  return facts;
}

/** A copy that is safe to print. Deep and cyclic objects are cut off. */
function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 5) return '[cut]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return redact(value.toJSON(), depth + 1);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretNames.has(name.toLowerCase()) ? censor : redact(inner, depth + 1),
    ]),
  );
}

/**
 * The logger. In every line, fields with the names of secrets are replaced, and tokens, product keys and the queries of
 * addresses are cut out of texts. That is a second protection; the first is that they are `Secret`s.
 */
export function createLog(level: string, stream: DestinationStream = standardOutput()): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error: unknown) => redact(error) },
      formatters: {
        level: (label) => ({ level: label }),
        log: (line) =>
          Object.fromEntries(Object.entries(line).map(([name, value]) => [name, redactField(name, value)])),
      },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args as readonly unknown[];
          const facts =
            first instanceof Error ? [{ err: first }, ...(rest.length > 0 ? [] : [first.message])] : [first];
          const clean = [...facts, ...rest].map((part, at) =>
            at === 0 && typeof part === 'object' ? part : redact(part),
          );
          method.apply(this, clean as typeof args);
        },
      },
    },
    stream,
  );
}

/** The same logger, whose warnings and errors are told to `onLine` as well: the level, and the text without its facts. */
export function watchLog(log: Log, onLine: (level: string, text: string) => void): Log {
  const watched: Log = Object.create(log);
  for (const level of ['warn', 'error', 'fatal'] as const) {
    watched[level] = (...args: unknown[]) => {
      const text = args.findLast((one) => typeof one === 'string');
      onLine(level, text ?? '');
      Reflect.apply(log[level], log, args);
    };
  }
  return watched;
}

/** Readable lines for a person at a terminal; JSON for whatever else collects the log. */
function standardOutput(): DestinationStream {
  return isatty(1) ? readableLines((text) => process.stdout.write(text)) : pino.destination({ dest: 1, sync: false });
}

/** A line as a person reads it: local time, level, text and facts, and the stack of an error below. */
export function readableLines(write: (text: string) => unknown): DestinationStream {
  const format = prettyFactory({ translateTime: 'SYS:HH:MM:ss', singleLine: true });
  return { write: (line) => void write(format(line)) };
}

function redactField(name: string, value: unknown): unknown {
  return secretNames.has(name.toLowerCase()) ? censor : redact(value);
}
