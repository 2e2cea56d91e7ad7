import { z } from 'zod';

/** The values that variables may have. Messages go behind the name of the variable: `PORT must be …`. */

export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname);
}

/** https, or http to this very machine; without a user name or password in it. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )
  .refine((items) => items.length > 0, 'has commas but no entry');

export const guid = z.guid('must be a GUID').transform((text) => text.toLowerCase());

export const guids = list
  .refine(
    (items) => items.every((item) => z.guid().safeParse(item).success),
    'must be Entra object ids (GUIDs), comma-separated',
  )
  .transform((items) => [...new Set(items.map((item) => item.toLowerCase()))]);

export const port = wholeNumber(0, 65_535);

export const url = z
  .string()
  .refine(isSafeUrl, 'must be an https address (http only on this machine)')
  .transform((text) => text.replace(/\/+$/, ''));

/** Of a program in the same network, which often has no certificate. */
export const anyHttpUrl = z.string().refine((text) => {
  const { protocol = '', username = '', password = '' } = URL.canParse(text) ? new URL(text) : {};
  return /^https?:$/.test(protocol) && username === '' && password === '';
}, 'must be an http or https address, without a password in it');

/** `name=value,name=value`, the values percent-encoded, as OpenTelemetry writes headers. */
export const pairs = z
  .string()
  .regex(/^\s*[\w-]+=[^,\s]*(\s*,\s*[\w-]+=[^,\s]*)*\s*$/, 'must be name=value, comma-separated')
  .refine((text) => !/%(?![0-9a-f]{2})/i.test(text), 'must have its values percent-encoded')
  .transform((text) =>
    Object.fromEntries(
      text.split(',').map((pair) => {
        const [name = '', ...value] = pair.trim().split('=');
        return [name, decodeURIComponent(value.join('='))];
      }),
    ),
  );

export const databaseUrl = z.string().regex(/^postgres(ql)?:\/\/.+/, 'must begin with postgres://');

/** Of somebody who made it up it would be short. */
export const sealingKey = z
  .string()
  .min(32, 'must have 32 characters or more, such as `openssl rand -base64 32` prints');

export const delaySeconds = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number of seconds, 0 or more')
  .transform(Number)
  .refine((value) => value <= 86_400, 'must be at most 86400');

export function wholeNumber(min: number, max: number) {
  const range = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, range)
    .transform(Number)
    .refine((value) => value >= min && value <= max, range);
}

export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, `must be one of: ${words.join(', ')}`);
}

/** `host`, `host:port` or `*.host`; a port other than 443 only on this machine, because only there it is honoured. */
export const serviceUrlHosts = list.superRefine((items, context) => {
  for (const item of items) {
    const parts = /^((?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/i.exec(item);
    if (!parts?.[1] || Number(parts[2] ?? 443) > 65_535) {
      context.addIssue({ code: 'custom', message: `has '${item}', which is neither host, host:port nor *.host` });
    } else if (parts[2] && parts[2] !== '443' && !isLoopback(parts[1])) {
      context.addIssue({ code: 'custom', message: `has '${item}': only port 443 is used, except on this machine` });
    }
  }
});
