import type { Recorded } from '../events.ts';
import type { Broken, Invariant } from './invariant.ts';

type Found = Omit<Broken, 'invariant'>;

/** Teams delivers a message again where it was not answered. */
export const isBegunOnce: Invariant = ({ end }) =>
  [...Map.groupBy(end?.drafts ?? [], ({ begunBy }) => begunBy)].flatMap(([begunBy, drafts]): Found[] =>
    end && begunBy !== undefined && drafts.length > 1
      ? [{ sentence: `${begunBy} has begun ${drafts.length} conversations`, events: [end] }]
      : [],
  );

/** Each write counts the draft's revision up by one: where two turns write the same one, the second undoes the first. */
export const isNotOverwritten: Invariant = ({ end }) =>
  (end?.drafts ?? []).flatMap(({ id, revision, writes }): Found[] =>
    end && revision !== undefined && writes !== undefined && revision !== writes
      ? [{ sentence: `the draft ${id} was written ${writes} times and stands at revision ${revision}`, events: [end] }]
      : [],
  );

/** Whoever orders, cancels or files something holds its lease when the request leaves. */
export const isSentByHolder: Invariant = ({ took }) =>
  took.flatMap((one): Found[] =>
    one.process !== undefined && one.holder !== undefined && one.holder !== one.process
      ? [{ sentence: `${one.process} sent a ${one.operation} that was in the hands of ${one.holder}`, events: [one] }]
      : [],
  );

/** An order has one open case at a time; where nobody knows when they were open, at the end. */
export function casesAtOnce(end: Recorded | undefined): Found[] {
  return [...Map.groupBy(end?.cases ?? [], ({ order }) => order)].flatMap(([order, all]): Found[] => {
    const several = all.filter((one) => all.some((other) => other !== one && areOpenTogether(one, other)));
    const references = several.map(({ reference }) => reference).join(', ');
    return end && several.length > 0
      ? [{ sentence: `the order ${order} has several open cases: ${references}`, events: [end] }]
      : [];
  });
}

type Span = Pick<Recorded['cases'][number], 'state' | 'openedAt' | 'closedAt'>;

function areOpenTogether(one: Span, other: Span): boolean {
  if (one.openedAt === undefined || other.openedAt === undefined) return isOpen(one) && isOpen(other);
  const [first, second] = one.openedAt < other.openedAt ? [one, other] : [other, one];
  return isOpen(first) || (first.closedAt ?? 0) > (second.openedAt ?? 0);
}

const isOpen = ({ state }: Span): boolean => state !== 'completed' && state !== 'refused';
