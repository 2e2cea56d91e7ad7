import type { Aim } from '../plan.ts';

/** A fault that is planted into the source as it is loaded, never on disk. */
export interface Mutant {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** Of the seeds with which it is looked for; absent: each has its own. */
  readonly aim?: Aim;
  /** It breaks a history of 2,500 steps of this seed, or of one of the next ones: what the core does moves with its code. */
  readonly seed: number;
}

interface Patch {
  /** From the top of the repository. */
  readonly file: string;
  /** Stands there once. */
  readonly find: string;
  readonly replace: string;
}

const patch = (file: string, find: string, replace: string): Patch => ({ file, find, replace });
const records = 'test/support/fakes/records.ts';
const sessions = 'test/support/fakes/sessions.ts';
const outcome = 'src/flows/engine/outcome.ts';
const simulatedStorage = 'test/simulation/storage.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'a request id is new at each attempt',
    aim: 'a ticket was filed and nobody knows',
    seed: 1,
    patches: [patch(records, "if (last && last.outcome !== 'conflict') return last;", '')],
  },
  {
    name: 'an activity that changed something leaves no mark',
    seed: 3,
    patches: [
      patch(
        sessions,
        'seen.set(activityKey, { turnId, draftId: draft.revision === 1 ? draft.id : undefined });',
        'seen.delete(activityKey);',
      ),
    ],
  },
  {
    name: 'the revision of a draft is not compared',
    aim: 'all want the same',
    seed: 1,
    patches: [patch(sessions, "if ((kept.get(draft.id)?.revision ?? 0) !== draft.revision - 1) return 'stale';", '')],
  },
  {
    name: 'an order has two open cases',
    aim: 'all want the same',
    seed: 2,
    patches: [
      patch(
        records,
        "if (open) throw new Refusal('case-open'",
        "if (!open) {} else if (!wanted) throw new Refusal('case-open'",
      ),
    ],
  },
  {
    name: 'a notice is sent without writing so first',
    aim: 'a message was taken',
    seed: 3,
    patches: [patch(records, 'if (due) beingSent.add(id);', '')],
  },
  {
    name: 'a look at a key is not recorded',
    aim: 'keys in chats',
    seed: 1,
    patches: [patch(records, 'if (keyReveal) written.keyReveals.set(id, keyReveal);', '')],
  },
  {
    name: 'the older cards of a conversation keep their buttons',
    aim: 'words in between',
    seed: 1,
    patches: [
      patch(
        'src/flows/engine/outcome.ts',
        '(draft.formerCards ?? []).map(end)',
        '(draft.formerCards ?? []).slice(0, 0).map(end)',
      ),
    ],
  },
  {
    name: 'a press with which another process was faster is asked again',
    aim: 'all want the same',
    seed: 2,
    patches: [patch(outcome, 'return isSubmitted || draft?.revision !== revision;', 'return isSubmitted && !draft;')],
  },
  {
    name: 'the job of a case tells nothing of an end that its turn did not show',
    aim: 'a case has ended',
    seed: 3,
    patches: [
      patch(
        'src/domain/cancellations/work-case-later.ts',
        'if (isClosed(before.state)) await tellEnd(world, before);',
        '',
      ),
    ],
  },
  {
    name: 'a key is not taken away',
    aim: 'keys in chats',
    seed: 1,
    patches: [patch('src/flows/engine/hide.ts', '    await removeMessage(engine, key);\n  } catch', '  } catch')],
  },
  {
    name: 'a key is shown on a card that is not the one that is hidden',
    aim: 'keys in chats',
    seed: 3,
    patches: [
      patch(
        'src/flows/engine/private.ts',
        'messageId === draft.card?.messageId) return false;',
        'messageId !== undefined) return false;',
      ),
    ],
  },
  {
    name: 'a key is sent to everybody in the thread',
    seed: 4,
    patches: [
      patch(
        'src/teams/outbound/outgoing.ts',
        'isTargeted: true } }),\n    summary',
        'isTargeted: true } } && {}),\n    summary',
      ),
    ],
  },
  {
    name: 'the end of a case is not told in its thread',
    seed: 1,
    patches: [
      patch(
        'src/domain/cancellations/move-case.ts',
        "    ...[...places].map((id): NewNotice => ({ ...facts, target: { to: 'place', id } })),\n",
        '',
      ),
    ],
  },
  {
    name: 'a ticket is filed without a look for one with its reference',
    aim: 'a ticket was filed and nobody knows',
    seed: 1,
    patches: [
      patch(
        'src/domain/cancellations/file-ticket.ts',
        'const there = isNew ? undefined : await ticketBearing(world, current);',
        'const there = isNew ? undefined : await ticketBearing(world, current).then(() => undefined);',
      ),
    ],
  },
  {
    name: 'a notice that may have arrived is sent again as if it had not',
    aim: 'a message was taken',
    seed: 3,
    patches: [
      patch('src/flows/notices.ts', 'isAgain: notice.isMaybeTold', 'isAgain: notice.isMaybeTold && !notice.id'),
    ],
  },
  {
    name: 'a cancellation counts as completed before it is read back',
    seed: 1,
    patches: [
      patch(
        'src/domain/cancellations/cancel-order.ts',
        'if (after && areLinesCancelled(after, lineNumbers)) return completeCase(world, current, { isShown });',
        'if (after) return completeCase(world, current, { isShown });',
      ),
    ],
  },
  {
    name: 'one piece is put into the cart, however many were confirmed',
    seed: 1,
    patches: [patch('src/domain/orders/buy.ts', '    quantity: item.quantity,', '    quantity: 1,')],
  },
  {
    name: 'the ticket asks for another amount',
    aim: 'a ticket was filed and nobody knows',
    seed: 1,
    patches: [
      patch(
        'src/domain/cancellations/ticket-text.ts',
        '${toDecimal(content.amount)}',
        '${toDecimal({ ...content.amount, minor: content.amount.minor + 100 })}',
      ),
    ],
  },
  {
    name: 'the orders that were placed are not recorded',
    seed: 1,
    patches: [patch('src/domain/orders/buy.ts', 'orderIds: orders.map((order) => order.id),', 'orderIds: [],')],
  },
  {
    name: 'whoever prepared an order is not told',
    aim: 'one prepares, another confirms',
    seed: 2,
    patches: [
      patch('src/domain/orders/place-order.ts', 'if (preparer && preparer.id !== personId)', 'if (!kind && preparer)'),
    ],
  },
  {
    name: 'the sweep looks at no case',
    seed: 2,
    patches: [
      patch(
        'src/domain/cancellations/check-cases.ts',
        'if (isWatching) failures.push(...(await lookAtDue(world, shown, calls)));',
        'if (!isWatching) failures.push(...(await lookAtDue(world, shown, calls)));',
      ),
    ],
  },
  {
    name: 'nobody is told that a case needs a person',
    aim: 'a ticket was filed and nobody knows',
    seed: 1,
    patches: [
      patch(
        'src/domain/cancellations/move-case.ts',
        'const notices = isToldOf ? noticesFor(found,',
        'const notices = isToldOf && !found ? noticesFor(found,',
      ),
    ],
  },
  {
    name: 'a notice that was not taken is not sent again',
    aim: 'a place refuses',
    seed: 4,
    patches: [
      patch('src/flows/notices.ts', 'return escalate(world, { ...notice, attempts }, error);', "return 'done';"),
    ],
  },
  {
    name: 'a process that stood still sends without a look at its lease',
    aim: 'a ticket is about to be filed',
    seed: 1,
    patches: [patch('src/domain/work/send.ts', 'await leases.demandHeld();', 'void leases;')],
  },
  {
    name: 'the cart that was recorded is overwritten',
    aim: 'a cart was made',
    seed: 1,
    patches: [
      patch(
        records,
        'change(submissionId, ({ cartId = id }) => ({ cartId }));',
        'change(submissionId, () => ({ cartId: id }));',
      ),
    ],
  },
  {
    name: 'an order has no job, and nobody looks for what has none',
    seed: 1,
    patches: [
      patch(records, 'written.jobs.push(`finish-order ${submission.submissionId}`);', ''),
      patch('test/simulation/job-engine.ts', 'if (!has) add(queue, about);', ''),
    ],
  },
  {
    name: 'a case has no job, and nobody looks for what has none',
    seed: 4,
    patches: [
      patch(records, 'written.jobs.push(`work-case ${reference}`);\n      const { contactName', 'const { contactName'),
      patch('test/simulation/job-engine.ts', 'if (!has) add(queue, about);', ''),
    ],
  },
  {
    name: 'a job that failed is not tried again, and nobody looks for what has none',
    aim: 'all want the same',
    seed: 1,
    patches: [
      patch(
        'test/simulation/job-engine.ts',
        "if (outcome === 'failed') {\n      retry(job);",
        "if (outcome === 'failed') {\n      jobs.delete(job.id);",
      ),
      patch('test/simulation/job-engine.ts', 'if (!has) add(queue, about);', ''),
    ],
  },
  {
    name: 'the lease of a dead process never ends',
    aim: 'a message was taken',
    seed: 1,
    patches: [
      patch(
        simulatedStorage,
        'if (before && before.until >= scheduler.wallNow()) return false;',
        'if (before) return false;',
      ),
      patch(simulatedStorage, 'for (const [key, { process }] of leases) if (process === dead) leases.delete(key);', ''),
    ],
  },
  {
    name: 'several processes hold one lease',
    aim: 'a case has ended',
    seed: 1,
    patches: [
      patch(
        simulatedStorage,
        'if (before && before.until >= scheduler.wallNow()) return false;',
        'if (before && !lease) return false;',
      ),
    ],
  },
];
