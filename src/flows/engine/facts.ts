import type { World } from '../../domain/world.ts';

/** How long what was asked outside is kept with a draft. */
const cacheMs = 60_000;
/** So many drafts' facts are kept at the most; the ones not used for longest go first. */
const maxDrafts = 2_000;
/** So many turns run at the same time at the most. */
const maxTurns = 200;

/** What has been asked, by port, operation and arguments. */
export type FactCache = Map<string, { readonly at: number; readonly answer: Promise<unknown> }>;

/** The operations that only read. Everything else passes through: it acts, or its answer must never be kept. */
const readOperations = {
  customers: ['search', 'find', 'readiness', 'address'],
  catalog: ['products', 'items', 'skus', 'availabilities', 'availability', 'product', 'unitPrice', 'restrictions'],
  ordering: ['orders', 'order', 'subscriptions'],
  keys: ['entitlements', 'downloadOptions'],
  tickets: ['get', 'list', 'notClosed'],
  cases: ['openForOrder', 'refusedAtOnce'],
  customerRecords: ['find'],
  keyReveals: ['before', 'viewersOf'],
  drafts: ['openOf'],
  agreements: ['template', 'confirmations'],
  billingProfiles: ['of'],
  contacts: ['ofMember'],
} as const satisfies { readonly [Port in keyof World]?: readonly (keyof World[Port])[] };

/** Of our own records, which other processes change too: asked once in a turn, and anew in the next one. */
const turnOperations = { cases: ['get', 'history'] } as const satisfies {
  readonly [Port in keyof World]?: readonly (keyof World[Port])[];
};

type Fact = { readonly operation: string; readonly args: readonly unknown[]; readonly answer: unknown };

/** What an answer tells besides: it need not be asked either. */
const alsoTold: Readonly<Record<string, ((answer: never) => readonly Fact[]) | undefined>> = {
  'customerRecords.find': (known: Awaited<ReturnType<World['customerRecords']['find']>>) =>
    known
      ? [
          { operation: 'cases.openForOrder', args: [known.orderId], answer: known.openCase },
          { operation: 'cases.refusedAtOnce', args: [known.orderId], answer: known.refused },
          ...(known.chosen
            ? [
                {
                  operation: 'keyReveals.before',
                  args: [known.chosen.personId, known.orderId],
                  answer: { lastChoices: known.chosen.lastChoices, viewers: known.keySeenBy, leak: known.leak },
                },
              ]
            : []),
          { operation: 'keyReveals.viewersOf', args: [known.orderId], answer: known.keySeenBy },
          { operation: 'drafts.openOf', args: [{ flow: 'cancel', key: known.orderId }], answer: known.begun },
        ]
      : [],
};

/** What is left out at the end is the same as `undefined`. */
function keyOf(operation: string, args: readonly unknown[]): string {
  const given = args.findLastIndex((one) => one !== undefined) + 1;
  return `${operation} ${JSON.stringify(args.slice(0, given))}`;
}

/** That there is none is not kept: it is looked up again once more was read. */
const keptWhereFound: readonly string[] = ['customerRecords.find'];

/**
 * The world for reading: each thing is asked once, and then answered from `cache` for a minute, or from `ofTurn` for as long as
 * that is kept. A failure is not kept.
 */
export function readOnce(world: World, cache: FactCache, ofTurn: FactCache): World {
  return keepAnswers(keepAnswers(world, readOperations, cache), turnOperations, ofTurn);
}

function keepAnswers(
  world: World,
  kept: { readonly [Port in keyof World]?: readonly string[] },
  cache: FactCache,
): World {
  const ports = Object.entries(kept).map(([port, operations]) => {
    const real = world[port as keyof World] as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const asked = operations.map((operation) => [
      operation,
      (...args: unknown[]) => {
        const key = keyOf(`${port}.${operation}`, args);
        const before = cache.get(key);
        if (before && performance.now() - before.at < cacheMs) return before.answer;
        const at = performance.now();
        const answer = Promise.resolve(real[operation]?.(...args)).then((answered) => {
          for (const also of alsoTold[`${port}.${operation}`]?.(answered as never) ?? [])
            cache.set(keyOf(also.operation, also.args), { at, answer: Promise.resolve(also.answer) });
          if (answered === undefined && keptWhereFound.includes(`${port}.${operation}`)) cache.delete(key);
          return answered;
        });
        cache.set(key, { at, answer });
        answer.catch(() => {
          if (cache.get(key)?.answer === answer) cache.delete(key);
        });
        return answer;
      },
    ]);
    return [port, { ...real, ...Object.fromEntries(asked) }];
  });
  return { ...world, ...Object.fromEntries(ports) };
}

/** What was asked for each draft, in this process. Another process asks for itself. */
export interface FactCaches {
  of(draftId: string): FactCache;
  /** What was read in this turn. */
  ofTurn(turnId: string): FactCache;
  /** In place of what was known before. */
  keep(draftId: string, asked: FactCache): void;
  /** After an act what was known may no longer be so. */
  forget(draftId: string): void;
}

/** The one of this name, a given one in its place, or a new one; the one that was not used for longest goes. */
function newest(
  caches: Map<string, FactCache>,
  name: string,
  most: number,
  cache = caches.get(name) ?? new Map(),
): FactCache {
  caches.delete(name);
  caches.set(name, cache);
  const oldest = caches.size > most ? caches.keys().next().value : undefined;
  if (oldest !== undefined) caches.delete(oldest);
  return cache;
}

export function createFactCaches(): FactCaches {
  const byDraft = new Map<string, FactCache>();
  const byTurn = new Map<string, FactCache>();
  return {
    of: (draftId) => newest(byDraft, draftId, maxDrafts),
    ofTurn: (turnId) => newest(byTurn, turnId, maxTurns),
    keep: (draftId, asked) => void newest(byDraft, draftId, maxDrafts, asked),
    forget: (draftId) => void byDraft.delete(draftId),
  };
}
