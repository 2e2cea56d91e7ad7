import type { World } from '../../domain/world.ts';

/** How long what was asked outside is kept with a draft. */
const cacheMs = 60_000;
/** So many drafts' facts are kept at the most; the ones not used for longest go first. */
const maxDrafts = 2_000;

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

const keyOf = (operation: string, args: readonly unknown[]): string => `${operation} ${JSON.stringify(args)}`;

/** The world for reading: each thing is asked once, and then answered from `asked` for a minute. A failure is not kept. */
export function readOnce(world: World, cache: FactCache): World {
  const ports = Object.entries(readOperations).map(([port, operations]) => {
    const real = world[port as keyof typeof readOperations] as unknown as Record<
      string,
      (...args: unknown[]) => Promise<unknown>
    >;
    const kept = operations.map((operation) => [
      operation,
      (...args: unknown[]) => {
        const key = keyOf(`${port}.${operation}`, args);
        const before = cache.get(key);
        if (before && performance.now() - before.at < cacheMs) return before.answer;
        const at = performance.now();
        const answer = Promise.resolve(real[operation]?.(...args)).then((answered) => {
          for (const also of alsoTold[`${port}.${operation}`]?.(answered as never) ?? [])
            cache.set(keyOf(also.operation, also.args), { at, answer: Promise.resolve(also.answer) });
          return answered;
        });
        cache.set(key, { at, answer });
        answer.catch(() => {
          if (cache.get(key)?.answer === answer) cache.delete(key);
        });
        return answer;
      },
    ]);
    return [port, { ...real, ...Object.fromEntries(kept) }];
  });
  return { ...world, ...Object.fromEntries(ports) };
}

/** What was asked for each draft, in this process. Another process asks for itself. */
export interface FactCaches {
  of(draftId: string): FactCache;
  /** After an act what was known may no longer be so. */
  forget(draftId: string): void;
}

export function createFactCaches(): FactCaches {
  const byDraft = new Map<string, FactCache>();
  return {
    of(draftId) {
      const cache = byDraft.get(draftId) ?? new Map();
      byDraft.delete(draftId);
      byDraft.set(draftId, cache);
      const oldest = byDraft.size > maxDrafts ? byDraft.keys().next().value : undefined;
      if (oldest !== undefined) byDraft.delete(oldest);
      return cache;
    },
    forget: (draftId) => void byDraft.delete(draftId),
  };
}
