/** A fault that is planted into the source as it is loaded, never on disk. */
export interface Mutant {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** It breaks a history of 2,500 steps of this seed, or of one of the next ones: what the core does moves with its code. */
  readonly seed?: number;
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
const answers = 'src/flows/engine/answers.ts';
const simulatedStorage = 'test/simulation/storage.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'a request id is new at each attempt',
    patches: [patch(records, "if (last && last.outcome !== 'conflict') return last;", '')],
  },
  {
    name: 'an activity that changed something leaves no mark',
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
    patches: [patch(sessions, "if ((kept.get(draft.id)?.revision ?? 0) !== draft.revision - 1) return 'stale';", '')],
  },
  {
    name: 'an order has two open cases',
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
    patches: [patch(records, 'if (due) beingSent.add(id);', '')],
  },
  {
    name: 'a look at a key is not recorded',
    seed: 1,
    patches: [patch(records, 'if (keyReveal) written.keyReveals.set(id, keyReveal);', '')],
  },
  {
    name: 'the older cards of a conversation keep their buttons',
    patches: [
      patch(answers, 'const ended = endFormerCards(step.engine, step.incoming, draft);', 'const ended = undefined;'),
    ],
  },
  {
    name: 'a press with which another process was faster is asked again',
    patches: [patch(answers, 'if (isFresh && (await isOvertaken(step))) {', 'if (isFresh && !step) {')],
  },
  {
    name: 'the job of a case tells nothing of an end that its turn did not show',
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
    seed: 1,
    patches: [patch('src/flows/engine/hide.ts', '    await removeMessage(engine, key);\n  } catch', '  } catch')],
  },
  {
    name: 'a key is shown on a card that is not the one that is hidden',
    seed: 19,
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
    patches: [patch('src/flows/notices.ts', 'isAgain: notice.isMaybeTold', 'isAgain: notice.isMaybeTold && !noticeId')],
  },
  {
    name: 'a cancellation counts as completed before it is read back',
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
    seed: 2,
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
    seed: 2,
    patches: [patch('src/domain/orders/buy.ts', 'orderIds: orders.map((order) => order.id),', 'orderIds: [],')],
  },
  {
    name: 'whoever prepared an order is not told',
    seed: 4,
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
    patches: [
      patch('src/flows/notices.ts', 'return escalate(world, { ...notice, attempts }, error);', "return 'done';"),
    ],
  },
  {
    name: 'a process that stood still sends without a look at its lease',
    patches: [patch('src/domain/work/send.ts', 'await leases.demandHeld();', 'void leases;')],
  },
  {
    name: 'the cart that was recorded is overwritten',
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
    patches: [
      patch(records, 'written.jobs.push(`finish-order ${submission.submissionId}`);', ''),
      patch('test/simulation/job-engine.ts', 'if (!has) add(queue, about);', ''),
    ],
  },
  {
    name: 'a case has no job, and nobody looks for what has none',
    patches: [
      patch(records, 'written.jobs.push(`work-case ${reference}`);\n      const { contactName', 'const { contactName'),
      patch('test/simulation/job-engine.ts', 'if (!has) add(queue, about);', ''),
    ],
  },
  {
    name: 'a job that failed is not tried again, and nobody looks for what has none',
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
    patches: [
      patch(
        simulatedStorage,
        'if (before && before.until >= scheduler.wallNow()) return false;',
        'if (before && !lease) return false;',
      ),
    ],
  },
];
