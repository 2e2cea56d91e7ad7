import type { JWK } from 'jose';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import { getJson } from '../outbound/send.ts';

/** A key of the channel, and the channels it may sign for: those, and no others. */
export interface SigningKey {
  readonly jwk: JWK;
  readonly endorsements: readonly string[];
}

export interface SigningKeys {
  /** The key with this id; `away`: it is not known, and the keys cannot be read now. */
  find(id: string): Promise<SigningKey | 'unknown' | 'away'>;
}

interface SigningKeysParts {
  /** Address of the OpenID document. */
  readonly url: string;
  readonly log?: Pick<Log, 'info' | 'warn'> | undefined;
  readonly now?: () => number;
  /** So long an activity waits for a key that is not known yet. */
  readonly waitMs?: number;
}

const openIdDocument = z.object({ jwks_uri: z.url() });
const keySet = z.object({
  keys: z.array(
    z.looseObject({
      kid: z.string(),
      kty: z.string(),
      endorsements: z.array(z.string()).catch([]).default([]),
    }),
  ),
});

/** New keys are published long before they sign; so often those known are read again. */
const freshMs = 24 * 3600 * 1000;
/** Tokens can name any key: the document is not asked more often than this because of them. */
const pauseMs = { usual: 5_000, whileAway: 1_000 };
const timeoutMs = 10_000;

/**
 * The keys that sign the channel's tokens. Those known go on serving while they cannot be read anew, however long that
 * is, and are read in the background; only a key that is not known is waited for (docs/teams.md, "Tokens of inbound activities").
 */
export function createSigningKeys(parts: SigningKeysParts): SigningKeys {
  const { url, log, now = Date.now, waitMs = 2_000 } = parts;
  let keys = new Map<string, SigningKey>();
  let readAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let isAway = false;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    try {
      const { jwks_uri: address } = openIdDocument.parse(await getJson(url, timeoutMs));
      const found = keySet.parse(await getJson(address, timeoutMs));
      keys = new Map(found.keys.map(({ endorsements, ...jwk }) => [jwk.kid, { jwk, endorsements }]));
      readAt = now();
      if (isAway) log?.info({ url }, 'the keys of the channel can be read again');
      isAway = false;
    } catch (error) {
      const reason = reasonOf(error);
      if (!isAway)
        log?.warn(
          { url, reason, known: keys.size },
          'the keys of the channel cannot be read; those known go on serving',
        );
      isAway = true;
    }
  }

  /** One at a time, and not again at once. */
  function refresh(): Promise<void> {
    if (!reading && now() - askedAt < (isAway ? pauseMs.whileAway : pauseMs.usual)) return Promise.resolve();
    if (!reading) {
      askedAt = now();
      reading = read().finally(() => {
        reading = undefined;
      });
    }
    return reading;
  }

  return {
    async find(id) {
      const known = keys.get(id);
      if (known) {
        if (now() - readAt > freshMs) void refresh();
        return known;
      }
      await Promise.race([refresh(), pause(waitMs)]);
      return keys.get(id) ?? (isAway || reading ? 'away' : 'unknown');
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** `fetch` says only that it failed, and why in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return (cause instanceof Error ? `${message}: ${cause.message}` : message).slice(0, 200);
}
